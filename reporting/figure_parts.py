"""The lines of a figure's tables: what each unit brings to it, what it was in each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dxreport.lib.numbers import DASH, format_number, format_percent
from indicators.models import Indicator
from reporting import sentences
from reporting.figures import Figure, FigureSet
from reporting.places import Place, at_the_start, groups, short_names
from reporting.selection import Selection, period_label
from reporting.shortfalls import Shortfall, shortfalls
from reporting.slices import Hierarchy
from reporting.tiles import CHIPS

# A longer table is folded after so many lines; what is folded stands in it as one line.
SHOWN_AT_MOST, SHOWN_OF_MANY = 20, 12


@dataclass(frozen=True)
class Part:
    """A line of a table of figures: a child unit, what is left beside them, the whole, or a period.

    `code` is that of the unit or period; blank for what is left and for the whole.
    """

    name: str
    figure: Figure
    code: str = ""
    url: str = ""
    shortfall: Shortfall | None = None
    is_current: bool = False

    @property
    def numerator(self) -> str:
        """As shown, or a dash."""
        return format_number(self.figure.numerator)

    @property
    def denominator(self) -> str:
        """As shown, or a dash."""
        return format_number(self.figure.denominator)

    @property
    def value(self) -> str:
        """As shown, or a dash."""
        return self.figure.display

    @property
    def coverage(self) -> str:
        """Units counted of units asked, or a dash."""
        return sentences.coverage_text(self.figure) or DASH

    @property
    def chip(self) -> str:
        """The class of the chip that says where it stands against its target."""
        return CHIPS[self.figure.status]

    @property
    def word(self) -> str:
        """Where it stands against its target."""
        return sentences.status_word(self.figure)

    @property
    def lacking(self) -> str:
        """How many people (schools, devices) it lacks of the whole's target, or a dash."""
        return format_number(self.shortfall.people if self.shortfall else None)

    @property
    def share(self) -> str:
        """Its share of all that the parts lack, or a dash."""
        return format_percent(self.shortfall.share if self.shortfall else None)


@dataclass(frozen=True)
class Parts:
    """What each unit brings, those that lack most first, and the whole. Together they are the figure.

    `folded` are the last lines of a long table, `rest` all of them as one line.
    """

    all: tuple[Part, ...] = ()
    shown: tuple[Part, ...] = ()
    folded: tuple[Part, ...] = ()
    rest: Part | None = None

    @property
    def explain_gap(self) -> bool:
        """Whether some of them lack something of the target of the whole."""
        return any(part.shortfall and part.shortfall.people for part in self.all)


def contributing(
    place: Place, selection: Selection, figure_set: FigureSet, indicator: Indicator, *, has_own: bool
) -> Parts:
    """What each child brings, and what is left: the unit's own form."""
    names = {pk: name for group in groups(place.children) for pk, name in short_names(group.units).items()}
    period = selection.period
    parts = [
        Part(
            at_the_start(names[child.pk]),
            figure,
            code=child.code,
            url=selection.figure_url(child.code, indicator.code),
        )
        for child in place.children
        if (figure := figure_set.figure(child, period, indicator)).units_expected
    ]
    rest = figure_set.remainder(place.unit, place.children, period, indicator)
    whole = figure_set.figure(place.unit, period, indicator)
    # A unit without children is its own form, unless it also answers for others that have ended.
    if rest is not None and (parts or whole.units_expected > 1):
        parts.append(Part(_name_of_rest(selection, has_own=has_own), rest))
    ordered = _with_shortfalls(parts, whole)
    if len(ordered) <= SHOWN_AT_MOST:
        return Parts(tuple(ordered), tuple(ordered))
    return _folded(ordered, place, selection, figure_set, indicator)


def _name_of_rest(selection: Selection, *, has_own: bool) -> str:
    if selection.hierarchy == Hierarchy.NOW:
        return _("Phiếu của chính đơn vị và của đơn vị cũ nay do đơn vị này kế tục")
    return _("Phiếu của chính đơn vị") if has_own else _("Đơn vị khác trong kỳ")


def _with_shortfalls(parts: Sequence[Part], whole: Figure) -> list[Part]:
    """The parts with what each lacks, those that lack most first; the others keep their order."""
    lacks = shortfalls(dict(enumerate(part.figure for part in parts)), whole.target)
    known = [replace(part, shortfall=lacks.get(number)) for number, part in enumerate(parts)]
    return sorted(known, key=lambda part: -max(part.shortfall.scaled, 0) if part.shortfall else 0)


def _folded(
    ordered: Sequence[Part], place: Place, selection: Selection, figure_set: FigureSet, indicator: Indicator
) -> Parts:
    is_folded = [number >= SHOWN_OF_MANY and bool(part.code) for number, part in enumerate(ordered)]
    folded = [part for part, hidden in zip(ordered, is_folded, strict=True) if hidden]
    shown = [part for part, hidden in zip(ordered, is_folded, strict=True) if not hidden]
    rest = None
    if indicator.kind != Indicator.Kind.DISTINCT:  # a union is no sum
        codes = {part.code for part in folded}
        units = [child for child in place.children if child.code in codes]
        together = figure_set.together(units, selection.period, indicator, held_as=place.unit)
        name = ngettext("%(count)s đơn vị còn lại", "%(count)s đơn vị còn lại", len(folded))
        rest = Part(name % {"count": format_number(len(folded))}, together)
    return Parts(tuple(ordered), tuple(shown), tuple(folded), rest)


def history(
    place: Place, selection: Selection, figure_set: FigureSet, indicator: Indicator
) -> tuple[Part, ...]:
    """The same figure in every period of the indicator set, the latest first."""
    return tuple(
        Part(
            period_label(period),
            figure_set.figure(place.unit, period, indicator),
            code=period.code,
            url=selection.at(period).figure_url(place.unit.code, indicator.code),
            is_current=period == selection.period,
        )
        for period in reversed(selection.periods)
        if period.indicator_set_id == indicator.indicator_set_id
    )


def whole_of(figure: Figure) -> Part:
    """The last line: distinct choices of several units are united, not added."""
    is_union = figure.indicator.kind == Indicator.Kind.DISTINCT
    gap = Shortfall(figure.gap, None, 0) if figure.gap is not None else None
    return Part(_("Hợp lại") if is_union else _("Cộng"), figure, shortfall=gap)
