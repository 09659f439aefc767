"""A unit beside another, or a school beside what it belongs to (docs/adr/0027).

A unit stands beside another that the reader may see, or beside the sums of the units above it. Of
what lies above the reader's scope only sums are shown: they have a name and no page, and a figure
that fewer than LEAST_UNITS units make up is left out, as one of these could be worked out from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dxreport.lib.numbers import DASH, format_number
from dxreport.lib.plain_tables import Heading, PlainTable
from dxreport.lib.workbooks import Value
from indicators.models import Indicator, Section
from reporting import sentences
from reporting.figures import Figure, FigureSet
from reporting.peers import read_peers
from reporting.places import Place, at_the_start
from reporting.selection import Option, Selection, period_text
from reporting.unit_figures import plain
from schools.access import visible_unit_or_404
from schools.models import OrgUnit, User

LEAST_UNITS = 3
FOUND_AT_MOST = 20


@dataclass(frozen=True)
class Side:
    """One unit, or several taken together, with its figures by indicator id.

    `code` is that of a unit whose pages the reader may open, else "".
    """

    name: str
    code: str
    figures: Mapping[int, Figure]

    def figure(self, indicator: Indicator) -> Figure | None:
        """One figure; None where there is none, or where it would give away one of very few units."""
        found = self.figures.get(indicator.pk)
        if found is None or (not self.code and found.units_counted < LEAST_UNITS):
            return None
        return found


@dataclass(frozen=True)
class Beside:
    """A unit and what it stands beside; `chosen` is the code of the one that was asked for, or ""."""

    place: Place
    selection: Selection
    indicators: tuple[Indicator, ...]
    own: Side
    others: tuple[Side, ...]
    chosen: str = ""


@dataclass(frozen=True)
class Cell:
    """A value, where it is explained, and by how much the unit's own lies above it."""

    value: str
    url: str = ""
    difference: str = ""


@dataclass(frozen=True)
class Row:
    """One indicator: its own value first, then those beside it."""

    code: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class RowGroup:
    """The rows under one heading of the indicator set."""

    name: str
    rows: tuple[Row, ...]


def read_beside(user: User, place: Place, selection: Selection, code: str = "") -> Beside:
    """The unit of `place` beside the one of `code`, or without a code beside all units above it, and
    a school also beside those like it.

    Http404 where `code` is neither visible to the user nor above the unit. The statements do not
    grow with the number of units or indicators.
    """
    above = _above(place)
    if code:
        asked = next((one for one in above if one.code == code), None) or visible_unit_or_404(user, code)
        units = [asked] if asked != place.unit else []
    else:
        units = above
    closed = {one.pk for one in above} - {one.pk for one in place.above}
    figures = selection.figure_set([place.unit, *units])
    own = _side(place.unit, figures, selection)
    others = tuple(_side(one, figures, selection, is_open=one.pk not in closed) for one in units)
    if not code:
        others += _alike(place, selection)
    return Beside(place, selection, _asked(figures, own, *others), own, others, code)


def _above(place: Place) -> list[OrgUnit]:
    """All units above, nearest first, those beyond the reader's scope too. At most one query."""
    codes = place.scopes[1:]
    known = {one.code: one for one in place.above}
    if len(known) < len(codes):
        known = {one.code: one for one in OrgUnit.objects.filter(code__in=codes).select_related("kind")}
    return [known[one] for one in codes if one in known]


def _side(unit: OrgUnit, figures: FigureSet, selection: Selection, *, is_open: bool = True) -> Side:
    found = {one.indicator.pk: one for one in figures.of(unit, selection.period)}
    return Side(unit.name, unit.code if is_open else "", found)


def _alike(place: Place, selection: Selection) -> tuple[Side, ...]:
    """The schools of the same levels and size taken together, beside a school that has enough of them."""
    peers = read_peers(place.unit, selection, scopes=place.scopes)
    if peers is None:
        return ()
    name = ngettext(
        "%(number)s trường cùng cấp học, quy mô tương đương",
        "%(number)s trường cùng cấp học, quy mô tương đương",
        peers.schools,
    ) % {"number": format_number(peers.schools)}
    return (Side(name, "", {one.indicator.pk: one for one in peers.figures}),)


def _asked(figures: FigureSet, *sides: Side) -> tuple[Indicator, ...]:
    """The indicators that somebody here is asked, in catalogue order."""
    return tuple(
        one for one in figures.indicators if any(side.figures[one.pk].units_expected for side in sides)
    )


def heading(beside: Beside) -> str:
    """In how many ratios the unit lies above the first one beside it, and in how many below."""
    name = beside.place.unit.name
    if not beside.others:
        return _("%(unit)s: chọn đơn vị để đặt cạnh") % {"unit": name}
    other = beside.others[0]
    apart = [one for one in (_difference(beside, other, row) for row in beside.indicators) if one is not None]
    if not apart:
        return _("%(unit)s và %(other)s: chưa có tỉ lệ nào để so") % {"unit": name, "other": other.name}
    more, less = sum(one > 0 for one in apart), sum(one < 0 for one in apart)
    return ngettext(
        "%(unit)s và %(other)s: cao hơn ở %(more)s, thấp hơn ở %(less)s trong %(all)s tỉ lệ",
        "%(unit)s và %(other)s: cao hơn ở %(more)s, thấp hơn ở %(less)s trong %(all)s tỉ lệ",
        len(apart),
    ) % {
        "unit": name,
        "other": other.name,
        "more": format_number(more),
        "less": format_number(less),
        "all": format_number(len(apart)),
    }


def lede(beside: Beside) -> str:
    """What is compared, of which period."""
    return _("%(basis)s, kỳ %(period)s. Chênh lệch là số của %(unit)s trừ số đứng cạnh, tính bằng điểm.") % {
        "basis": at_the_start(sentences.basis_text(beside.selection.basis)),
        "period": period_text(beside.selection.period),
        "unit": beside.place.unit.name,
    }


def row_groups(beside: Beside) -> list[RowGroup]:
    """The rows of the table by section."""
    sections: dict[int, Section] = {one.section_id: one.section for one in beside.indicators}
    return [
        RowGroup(
            f"{section.code}. {section.label}",
            tuple(_row(beside, one) for one in beside.indicators if one.section_id == pk),
        )
        for pk, section in sorted(sections.items(), key=lambda item: item[1].position)
    ]


def _row(beside: Beside, indicator: Indicator) -> Row:
    cells = (_cell(beside, one, indicator) for one in (beside.own, *beside.others))
    return Row(indicator.code, indicator.label, tuple(cells))


def _cell(beside: Beside, side: Side, indicator: Indicator) -> Cell:
    figure = side.figure(indicator)
    if figure is None or figure.value is None:
        return Cell(DASH)
    apart = None if side is beside.own else _difference(beside, side, indicator)
    return Cell(
        figure.display,
        beside.selection.figure_url(side.code, indicator.code) if side.code else "",
        "" if apart is None else sentences.signed_text(figure, apart),
    )


def _difference(beside: Beside, other: Side, indicator: Indicator) -> Decimal | None:
    """Points between two ratios; None for a count, which says more of a unit's size."""
    own, theirs = beside.own.figure(indicator), other.figure(indicator)
    if own is None or theirs is None or own.value is None or theirs.value is None or not own.is_ratio:
        return None
    return own.value - theirs.value


def beside_table(beside: Beside) -> PlainTable:
    """The same as a file."""
    sides = (beside.own, *beside.others)
    return PlainTable(
        title=heading(beside),
        remarks=(lede(beside),),
        headings=(
            Heading(_("Mã"), 8),
            Heading(_("Chỉ số"), 52),
            Heading(_("Đơn vị tính"), 12),
            *(Heading(one.name, 20) for one in sides),
            *(Heading(_("Chênh với %(unit)s (điểm)") % {"unit": one.name}, 20) for one in beside.others),
        ),
        rows=list(_plain_rows(beside)),
    )


def _plain_rows(beside: Beside) -> Iterator[list[Value]]:
    for indicator in beside.indicators:
        figures = [one.figure(indicator) for one in (beside.own, *beside.others)]
        own = beside.own.figures[indicator.pk]
        yield [
            indicator.code,
            indicator.label,
            "%" if own.is_ratio else indicator.measure,
            *(None if one is None else plain(one, one.value) for one in figures),
            *(_difference(beside, one, indicator) for one in beside.others),
        ]


def choices(user: User, beside: Beside, text: str, path: str) -> list[Option]:
    """Units to stand beside: those that `text` finds, else those above and directly below."""
    unit = beside.place.unit
    if text:
        visible = OrgUnit.objects.visible_to(user).matching(text).exclude(pk=unit.pk)
        found = list(visible.order_by("kind__position", "code")[:FOUND_AT_MOST])
    else:
        found = [*reversed(beside.place.above), *beside.place.children[:FOUND_AT_MOST]]
    query = beside.selection.query
    return [
        Option(one.name, f"{path}?{query}&{urlencode({'with': one.code})}", one.code == beside.chosen)
        for one in found
    ]
