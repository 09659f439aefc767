"""The units behind a missed target: who lies below it, by how much, the largest lack first.

The list goes straight to the bottom of the hierarchy, to the units that gave the figures: from an
exception of a dashboard a leader reaches the school that explains it by two links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dxreport.lib.numbers import format_number, format_percent, rounded
from dxreport.lib.plain_tables import Heading, PlainTable
from dxreport.lib.workbooks import Value
from indicators.arithmetic import percentage
from indicators.models import Indicator, Target
from indicators.targets import gap
from reporting import sentences
from reporting.figures import Figure
from reporting.models import Totals
from reporting.places import Place, read_place
from reporting.selection import Selection, period_text
from schools.models import Ancestry, OrgUnit, User
from schools.models.units import in_force

PAGE = 50
_LACK = DecimalField(max_digits=40, decimal_places=6)


@dataclass(frozen=True)
class Line:
    """One unit behind: ready texts."""

    name: str
    code: str
    url: str
    value: str
    value_url: str
    counts: str
    lack: str
    share: str


@dataclass(frozen=True)
class Behind:
    """One figure of a unit, and the units at the bottom that lie behind its target."""

    place: Place
    selection: Selection
    figure: Figure
    rows: QuerySet[Totals]

    @property
    def target(self) -> Target | None:
        """What the units are held to: the target of the unit that is looked at, a ratio's alone."""
        return self.figure.target if self.figure.is_ratio else None

    @cached_property
    def sums(self) -> dict[str, Decimal | int | None]:
        """How many units have a value, how many none, how many lie behind, and what these lack. One query."""
        if self.target is None:
            return {"known": 0, "unknown": 0, "behind": 0, "lacking": None}
        return self.rows.aggregate(
            known=Count("pk", filter=Q(counted__gt=0)),
            unknown=Count("pk", filter=Q(counted=0)),
            behind=Count("pk", filter=self._is_behind),
            lacking=Sum("lack", filter=self._is_behind),
        )

    @property
    def _is_behind(self) -> Q:
        assert self.target is not None
        misses = "lack__gte" if self.target.comparison == Target.Comparison.MORE_THAN else "lack__gt"
        return Q(counted__gt=0, denominator__gt=0, **{misses: 0})

    def ordered(self) -> QuerySet[Totals]:
        """The rows of the units behind, the largest lack first."""
        if self.target is None:
            return self.rows.none()
        found = self.rows.filter(self._is_behind).select_related("org_unit")
        return found.order_by("-lack", "org_unit__code")  # type: ignore[misc]


def read_behind(user: User, code: str, indicator_code: str, selection: Selection) -> Behind:
    """The units behind the figure of a unit. Http404 for an unknown unit or indicator."""
    place, figure = read_figure(user, code, indicator_code, selection)
    rows = _rows_at_the_bottom(place.unit, selection, figure.indicator)
    if figure.target is not None:
        rows = rows.annotate(lack=_lack(figure.target))
    return Behind(place, selection, figure, rows)


def read_figure(user: User, code: str, indicator_code: str, selection: Selection) -> tuple[Place, Figure]:
    """A figure with the surroundings of its unit. Http404 for an unknown unit or indicator."""
    place = read_place(user, code, on=selection.hierarchy_date)
    found = selection.figure_set([place.unit])
    indicator = next((one for one in found.indicators if one.code == indicator_code), None)
    if indicator is None:
        raise Http404(
            _("Bộ chỉ số của kỳ này không có chỉ số “%(code)s”. Hãy tìm trong danh mục chỉ số.")
            % {"code": indicator_code}
        )
    return place, found.figure(place.unit, selection.period, indicator)


def _rows_at_the_bottom(unit: OrgUnit, selection: Selection, indicator: Indicator) -> QuerySet[Totals]:
    """The stored rows of the lowest units under `unit` that are asked: they are no sums of others.

    Whoever hands in the same beside units below it, as an office its own form, is among its own sum
    and not in the list; the page of the figure has it.
    """
    asked = Totals.objects.filter(
        period=selection.period, basis=selection.basis, indicator=indicator, expected__gt=0
    ).order_by()
    below = Ancestry.objects.filter(
        in_force(selection.period.hierarchy_date), ancestor=OuterRef("org_unit"), depth__gt=0
    )
    sums_others = below.filter(descendant__in=asked.values("org_unit"))
    units = selection.units_below(unit).order_by().values("pk")
    return asked.filter(~Exists(sums_others), org_unit__in=units)


def _lack(target: Target) -> Combinable:
    """A hundred times what the numerator lacks (or, where less is better, has too much)."""
    sign = -1 if target.comparison == Target.Comparison.AT_MOST else 1
    return ExpressionWrapper(
        sign * (F("denominator") * target.value - F("numerator") * Decimal(100)), output_field=_LACK
    )


def heading(behind: Behind) -> str:
    """How many units of how many lie behind which target."""
    figure = behind.figure
    words = {
        "indicator": figure.indicator.short_label,
        "behind": format_number(_whole(behind.sums["behind"])),
        "known": format_number(_whole(behind.sums["known"])),
        "target": sentences.target_text(figure),
    }
    if behind.target is None:
        return _("%(indicator)s: chưa có mục tiêu để xem đơn vị nào còn thiếu") % words
    return (
        ngettext(
            "%(indicator)s: %(behind)s trong %(known)s đơn vị chưa đạt %(target)s",
            "%(indicator)s: %(behind)s trong %(known)s đơn vị chưa đạt %(target)s",
            _whole(behind.sums["behind"]),
        )
        % words
    )


def lede(behind: Behind) -> str:
    """Of whom and when, and how many are not in the list because they gave no figure."""
    text = _("%(unit)s, kỳ %(period)s, %(basis)s: %(value)s.") % {
        "unit": behind.place.unit.name,
        "period": period_text(behind.selection.period),
        "basis": sentences.basis_text(behind.selection.basis),
        "value": behind.figure.display,
    }
    unknown = _whole(behind.sums["unknown"])
    if not unknown:
        return text
    left = ngettext(
        "%(count)s đơn vị chưa có số liệu nên không có trong danh sách.",
        "%(count)s đơn vị chưa có số liệu nên không có trong danh sách.",
        unknown,
    ) % {"count": format_number(unknown)}
    return f"{text} {left}"


def _whole(value: Decimal | int | None) -> int:
    return int(value or 0)


def lines(behind: Behind, rows: Iterable[Totals]) -> list[Line]:
    """Some of the rows in words."""
    selection, code = behind.selection, behind.figure.code
    return [
        Line(
            name=row.org_unit.name,
            code=row.org_unit.code,
            url=selection.unit_url(row.org_unit.code),
            value=format_percent(percentage(row.numerator, row.denominator)),
            value_url=selection.figure_url(row.org_unit.code, code),
            counts=f"{format_number(row.numerator)}/{format_number(row.denominator)}",
            lack=format_number(_missing(behind, row)),
            share=format_percent(_share(behind, row)),
        )
        for row in rows
    ]


def _missing(behind: Behind, row: Totals) -> int | None:
    """What the unit lacks, in people or things."""
    return gap(behind.figure.indicator.kind, row.numerator, row.denominator, behind.target)


def _share(behind: Behind, row: Totals) -> Decimal | None:
    """Its part of what all units behind lack, in percent."""
    whole = Decimal(behind.sums["lacking"] or 0)
    lack: Decimal = row.lack  # type: ignore[attr-defined]
    return rounded(Decimal(lack) * 100 / whole) if whole else None


def behind_table(behind: Behind) -> PlainTable:
    """All units behind, as a file."""
    return PlainTable(
        title=heading(behind),
        remarks=(lede(behind),),
        headings=(
            Heading(_("Mã"), 14),
            Heading(_("Đơn vị"), 48),
            Heading(_("Kết quả (%)"), 12),
            Heading(_("Tử số"), 14),
            Heading(_("Mẫu số"), 14),
            Heading(_("Còn thiếu (%(measure)s)") % {"measure": behind.figure.indicator.measure}, 18),
            Heading(_("Phần trong số còn thiếu (%)"), 16),
        ),
        rows=list(_plain_rows(behind)),
    )


def _plain_rows(behind: Behind) -> Iterator[list[Value]]:
    for row in behind.ordered():
        yield [
            row.org_unit.code,
            row.org_unit.name,
            percentage(row.numerator, row.denominator),
            row.numerator,
            row.denominator,
            _missing(behind, row),
            _share(behind, row),
        ]
