"""Figures: every indicator of a unit in a period, with coverage, target and what it carries.

Pages, charts, the appendix, reports and commands all show these and compute nothing themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from collection.models import ReportingPeriod
from collection.models.periods import SPAN_MARK
from collection.workflow import Basis
from dxreport.lib.numbers import format_number, format_percent
from indicators.arithmetic import Contribution, percentage, ratio
from indicators.formula import elements_of
from indicators.kept import catalogue_of
from indicators.models import Choice, Indicator, Rule, Target
from indicators.targets import Status, gap, status, target_for
from reporting.contributions import NOTHING
from reporting.footnotes import footnotes
from reporting.reading import Wanted, read_sums
from reporting.slices import EVERYTHING, Hierarchy, Slice
from reporting.violations import ViolationNote, concerns, violations
from schools.hierarchy import ancestor_ids
from schools.models import OrgUnit
from schools.models.units import OrgUnitQuerySet


class FigureError(LookupError):
    """An unknown period or unit; the message is a sentence for the person who asked."""


@dataclass(frozen=True)
class Figure:
    """One indicator of one unit in one period.

    `value` is the percentage half-up to two decimals for a ratio, the number for a count, None
    where there is none. `numerator` and `denominator` are exact sums over the units counted.
    """

    indicator: Indicator
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    units_counted: int
    units_expected: int
    target: Target | None
    status: Status
    gap: int | None
    names: tuple[str, ...] = ()
    findings: tuple[ViolationNote, ...] = ()
    footnotes: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The indicator's code, such as A1.1."""
        return self.indicator.code

    @property
    def is_ratio(self) -> bool:
        """Whether the value is a percentage."""
        return self.indicator.kind == Indicator.Kind.RATIO

    @property
    def display(self) -> str:
        """The value as shown, in the reader's language: "84,34%", "5.325" or a dash."""
        return self.display_in(None)

    def display_in(self, language: str | None) -> str:
        """The same in `language`; official documents ask for "vi"."""
        show = format_percent if self.is_ratio else format_number
        return show(self.value, language=language)

    @property
    def is_complete(self) -> bool:
        """Whether every unit asked is counted."""
        return self.units_counted == self.units_expected


class FigureSet:
    """Figures of several units and periods of one indicator set, read together."""

    def __init__(
        self,
        indicators: Sequence[Indicator],
        totals: Mapping[tuple[int, int, int], Contribution],
        choices: Mapping[tuple[int, int, str], Sequence[Choice]],
        targets: Mapping[int, Sequence[Target]],
        scopes: Mapping[int, Sequence[str]],
    ) -> None:
        self.indicators = indicators
        self._totals = totals
        self._choices = choices
        self._targets = targets
        self._scopes = scopes

    @classmethod
    def load(
        cls,
        *,
        units: Sequence[OrgUnit],
        periods: Sequence[ReportingPeriod],
        basis: Basis,
        hierarchy: Hierarchy = Hierarchy.REPORTED,
        only: Slice = EVERYTHING,
        indicators: Sequence[Indicator] | None = None,
    ) -> FigureSet:
        """Three queries at most, however many units and periods; a few more where units have moved.

        `indicators`, of the set, are those that will be asked for, where it is not all of them.
        """
        catalogue = catalogue_of(periods[0].indicator_set)
        targets = catalogue.targets
        sums = read_sums([_wanted(units, periods, indicators)], basis, hierarchy, only)
        scoped = any(one.scope == Target.Scope.UNIT for several in targets.values() for one in several)
        scopes = _scopes(units, periods[-1]) if scoped else {}
        return cls(indicators or catalogue.indicators, sums.totals, sums.choices, targets, scopes)

    def of(self, unit: OrgUnit, period: ReportingPeriod) -> list[Figure]:
        """All figures of `unit` in `period`, in catalogue order."""
        return [self.figure(unit, period, indicator) for indicator in self.indicators]

    def figure(self, unit: OrgUnit, period: ReportingPeriod, indicator: Indicator) -> Figure:
        """One figure; a unit that is not asked has no value and nobody expected."""
        sums = self._totals.get((unit.pk, period.pk, indicator.pk), NOTHING)
        return self._figure(unit, period, indicator, sums, self._chosen(unit, period, indicator))

    def together(
        self, units: Iterable[OrgUnit], period: ReportingPeriod, indicator: Indicator, *, held_as: OrgUnit
    ) -> Figure:
        """A ratio or count of several units taken as one, held to the target of `held_as`."""
        return self._figure(held_as, period, indicator, self._sum(units, period, indicator), [])

    def remainder(
        self, unit: OrgUnit, children: Iterable[OrgUnit], period: ReportingPeriod, indicator: Indicator
    ) -> Figure | None:
        """What `unit` has beyond its children, such as its own form; None where they account for all."""
        if indicator.kind == Indicator.Kind.DISTINCT:
            return None  # a union is no sum: nothing can be taken away
        sums = self._sum([unit], period, indicator) - self._sum(children, period, indicator)
        return self._figure(unit, period, indicator, sums, []) if sums else None

    def _sum(self, units: Iterable[OrgUnit], period: ReportingPeriod, indicator: Indicator) -> Contribution:
        return sum((self._totals.get((one.pk, period.pk, indicator.pk), NOTHING) for one in units), NOTHING)

    def _figure(
        self,
        unit: OrgUnit,
        period: ReportingPeriod,
        indicator: Indicator,
        sums: Contribution,
        chosen: Sequence[Choice],
    ) -> Figure:
        numerator, denominator, value = _value(indicator, sums, chosen)
        target = target_for(
            self._targets.get(indicator.pk, ()),
            year=period.ends_on.year,
            unit_codes=self._scopes.get(unit.pk, ()),
        )
        # 49.996 % is shown as 50 % and does not reach 50 %.
        exact = ratio(numerator, denominator) if indicator.kind == Indicator.Kind.RATIO else value
        return Figure(
            indicator=indicator,
            numerator=numerator,
            denominator=denominator,
            value=value,
            units_counted=sums.counted,
            units_expected=sums.expected,
            target=target,
            status=status(indicator.kind, exact, target),
            gap=gap(indicator.kind, numerator, denominator, target),
            names=tuple(choice.label for choice in chosen),
        )

    def _chosen(self, unit: OrgUnit, period: ReportingPeriod, indicator: Indicator) -> list[Choice]:
        if indicator.kind != Indicator.Kind.DISTINCT:
            return []
        wanted = indicator.choice_group
        used = self._choices.get((unit.pk, period.pk, indicator.numerator), ())
        return [choice for choice in used if not wanted or choice.group == wanted]


def _wanted(
    units: Sequence[OrgUnit], periods: Sequence[ReportingPeriod], indicators: Sequence[Indicator] | None
) -> Wanted:
    """What is read for all indicators, or for some of them only."""
    if indicators is None:
        return Wanted(units, periods)
    is_listed = any(one.kind == Indicator.Kind.DISTINCT for one in indicators)
    return Wanted(units, periods, [one.pk for one in indicators], choices=is_listed)


def _scopes(units: Sequence[OrgUnit], period: ReportingPeriod) -> dict[int, list[str]]:
    """Codes of each unit and of those above it, nearest first."""
    above = ancestor_ids([unit.pk for unit in units], on=period.hierarchy_date)
    codes = OrgUnit.objects.in_bulk({pk for several in above.values() for pk in several})
    return {pk: [codes[one].code for one in several] for pk, several in above.items()}


def _value(
    indicator: Indicator, sums: Contribution, chosen: Sequence[Choice]
) -> tuple[int | None, int | None, Decimal | None]:
    """Numerator, denominator and value; nothing where no unit gave both sides."""
    # A flow over a span may hold numbers although no unit gave every period: they are shown, with
    # a coverage that says so.
    if not (sums.counted or sums.numerator or sums.denominator):
        return None, None, None
    if indicator.kind == Indicator.Kind.DISTINCT:
        return len(chosen), None, Decimal(len(chosen))
    if indicator.kind == Indicator.Kind.RATIO:
        return sums.numerator, sums.denominator, percentage(sums.numerator, sums.denominator)
    return sums.numerator, None, Decimal(sums.numerator)


def figures(*, unit: OrgUnit, period: ReportingPeriod, basis: Basis = Basis.OFFICIAL) -> list[Figure]:
    """All figures of one unit, each with the rule violations that it carries."""
    rows = FigureSet.load(units=[unit], periods=[period], basis=basis).of(unit, period)
    return with_findings(rows, unit=unit, period=period, basis=basis)


def with_findings(
    rows: Iterable[Figure],
    *,
    unit: OrgUnit,
    period: ReportingPeriod,
    basis: Basis,
    periods: Sequence[ReportingPeriod] | None = None,
    units: OrgUnitQuerySet | None = None,
) -> list[Figure]:
    """The same figures, each with the violations that concern it; the rest is as `violations` has it."""
    found = violations(unit, period, basis, periods=periods, units=units)
    return [_carrying(row, found) for row in rows]


def _carrying(figure: Figure, found: Sequence[tuple[Rule, ViolationNote]]) -> Figure:
    notes = tuple(note for rule, note in found if concerns(rule, figure.indicator))
    return replace(figure, findings=notes) if notes else figure


def with_footnotes(
    rows: Iterable[Figure], *, unit: OrgUnit, period: ReportingPeriod, basis: Basis
) -> list[Figure]:
    """The same figures, each with the footnotes about cells that it counts: for documents."""
    said = footnotes(unit, period, basis)
    return [_footnoted(row, said) for row in rows] if said else list(rows)


def _footnoted(figure: Figure, said: Sequence[tuple[str, str]]) -> Figure:
    named = elements_of(figure.indicator.numerator, figure.indicator.denominator)
    texts = tuple(text for code, text in said if code in named)
    return replace(figure, footnotes=texts) if texts else figure


def resolve_period(code: str) -> ReportingPeriod:
    """The period or span of `code` ("2023", "2022..2023"). Raises FigureError."""
    first, mark, last = code.partition(SPAN_MARK)
    wanted = first if mark and first == last else code
    # Compared here, for a database refuses to compare what it could not store.
    periods = {
        one.code: one for one in ReportingPeriod.objects.select_related("first", "last", "indicator_set")
    }
    if wanted in periods:
        return periods[wanted]
    if not periods:
        raise FigureError("Chưa có kỳ báo cáo nào. Hãy mở một kỳ trước khi lấy số liệu.")
    if f"{last}{mark}{first}" in periods:
        raise FigureError(f"Kỳ “{code}” viết ngược: kỳ đầu đứng trước. Hãy dùng {last}{mark}{first}.")
    raise FigureError(f"Không có kỳ báo cáo “{code}”. Các kỳ đang có: {', '.join(periods)}.")


def resolve_basis(text: str) -> Basis:
    """The basis of its word on the command line. Raises FigureError."""
    if text not in Basis.values:
        raise FigureError(f"Không có loại số liệu “{text}”. Hãy dùng official hoặc provisional.")
    return Basis(text)


def resolve_unit(code: str | None) -> OrgUnit:
    """The unit of `code`; without one, the unit at the top of the hierarchy. Raises FigureError."""
    units = OrgUnit.objects.select_related("kind")
    if code:
        # What cannot be printed stands in no code, and some of it no database takes.
        found = units.filter(code=code).first() if code.isprintable() else None
        if found is None:
            raise FigureError(f"Không có đơn vị mang mã “{code}”. Hãy kiểm tra lại mã đơn vị.")
        return found
    top = units.filter(placements__parent__isnull=True, placements__valid_to__isnull=True).first()
    if top is None:
        raise FigureError("Chưa có đơn vị nào. Hãy tạo đơn vị, hoặc chạy `manage.py load_demo` để thử.")
    return top
