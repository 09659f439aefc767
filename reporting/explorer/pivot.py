"""The table itself: headings, rows and cells from figures that were read. No database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from math import prod

from django.urls import reverse

from dxreport.lib.numbers import format_number
from indicators.models import Indicator
from reporting.explorer.layout import Axis, Layout, Measure
from reporting.figures import Figure, FigureSet
from reporting.places import at_the_start, short_names
from reporting.selection import Selection, period_label
from schools.models import OrgUnit


@dataclass(frozen=True)
class Member:
    """One unit, indicator or period as a heading.

    `short` is what it is called beside the others on a page, `url` its own page, "" without one;
    `is_total` marks the unit that stands for all.
    """

    code: str
    label: str
    short: str
    url: str = ""
    is_total: bool = False

    @property
    def name(self) -> str:
        """How it is called alone, outside of its place in a table."""
        return f"{self.code} {self.label}"


@dataclass(frozen=True)
class UnitMember(Member):
    """A unit."""

    unit: OrgUnit = field(kw_only=True)


@dataclass(frozen=True)
class IndicatorMember(Member):
    """An indicator."""

    indicator: Indicator = field(kw_only=True)


@dataclass(frozen=True)
class PeriodMember(Member):
    """A period, with everything else that a page of it shows."""

    selection: Selection = field(kw_only=True)

    @property
    def name(self) -> str:
        """Its label says which period it is."""
        return self.label


@dataclass(frozen=True)
class Members:
    """What a table is about, in the order shown; `total` is the unit above, None where there is none."""

    units: tuple[UnitMember, ...]
    indicators: tuple[IndicatorMember, ...]
    periods: tuple[PeriodMember, ...]
    total: UnitMember | None = None


@dataclass(frozen=True)
class Heading:
    """A heading over `span` columns, with the page of what it names."""

    text: str
    span: int
    url: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class Cell:
    """One number as text and as it is, and the page that says why."""

    text: str
    exact: Decimal | int | None
    url: str
    is_percent: bool


@dataclass(frozen=True)
class Row:
    """One row: its headings, the outer one first, and its cells. A repeated outer heading is not shown."""

    heads: tuple[Member, ...]
    cells: tuple[Cell, ...]
    is_first: bool = True

    @property
    def is_total(self) -> bool:
        """Whether it shows the unit above instead of one of the units."""
        return any(head.is_total for head in self.heads)


@dataclass(frozen=True)
class FigureAt:
    """One figure with what it is of."""

    unit: UnitMember
    indicator: IndicatorMember
    period: PeriodMember
    figure: Figure


def unit_members(units: Sequence[OrgUnit], selection: Selection) -> tuple[UnitMember, ...]:
    """Units as headings, each without the words that all of its kind begin with."""
    by_kind: dict[int, list[OrgUnit]] = {}
    for one in units:
        by_kind.setdefault(one.kind_id, []).append(one)
    short = {
        pk: at_the_start(name) for several in by_kind.values() for pk, name in short_names(several).items()
    }
    return tuple(
        UnitMember(one.code, one.name, short[one.pk], selection.unit_url(one.code), unit=one) for one in units
    )


def total_member(unit: OrgUnit, selection: Selection) -> UnitMember:
    """The unit that stands for all."""
    return UnitMember(
        unit.code, unit.name, unit.name, selection.unit_url(unit.code), is_total=True, unit=unit
    )


def indicator_member(indicator: Indicator) -> IndicatorMember:
    """An indicator as a heading."""
    label, url = indicator.short_label, reverse("indicators:indicator", args=[indicator.code])
    return IndicatorMember(indicator.code, label, label, url, indicator=indicator)


def period_member(selection: Selection) -> PeriodMember:
    """The period of a selection as a heading."""
    label = period_label(selection.period)
    return PeriodMember(selection.period.code, label, label, selection=selection)


class Pivot:
    """Units, indicators and periods laid out; `figures` holds the figures of its units and of the total."""

    def __init__(
        self, layout: Layout, members: Members, measures: Sequence[Measure], figures: FigureSet
    ) -> None:
        self.layout = layout
        self.members = members
        self.measures = tuple(measures)
        self._figures = figures

    def headings(self) -> list[list[Heading]]:
        """The rows of headings over the columns, the outer one first."""
        levels = list(self._levels().values())
        found = []
        for place, level in enumerate(levels):
            repeats = prod(len(one) for one in levels[:place])
            span = prod(len(one) for one in levels[place + 1 :])
            found.append([replace(one, span=span) for one in level * repeats])
        return found

    @property
    def across(self) -> str:
        """What each row of headings names, the outer one first, as words for scripts: "indicator period"."""
        return " ".join(self._levels())

    @property
    def down(self) -> str:
        """What each heading of a row names, likewise."""
        return " ".join(self.layout.down)

    def _levels(self) -> dict[str, list[Heading]]:
        """The words of each level by its axis; what is one and the same in every column is left out."""
        axes = {axis: self._along(axis) for axis in self.layout.across}
        shown = [axis for axis, several in axes.items() if axis != Axis.PERIOD or len(several) > 1]
        levels = {
            axis.value: [Heading(one.short, 1, one.url, one.is_total) for one in axes[axis]] for axis in shown
        }
        if self.measures != (Measure.VALUE,) or not levels:
            levels["measure"] = [Heading(str(one.label), 1) for one in self.measures]
        return levels

    @property
    def corner(self) -> str:
        """What the rows are, over their headings."""
        return ", ".join(str(one.label) for one in self.layout.down)

    def column_names(self) -> list[str]:
        """One name for each column, for files: all its headings, with codes."""
        several = [self._along(axis) for axis in self.layout.across]
        return [
            " · ".join([*(one.name for one in combination), str(measure.label)])
            for combination in product(*several)
            for measure in self.measures
        ]

    def body(self) -> list[Row]:
        """The rows without the total, which is a row only where units are rows."""
        if Axis.UNIT not in self.layout.down:
            return self._rows([self._along(axis) for axis in self.layout.down])
        return self._rows([self._below(axis) for axis in self.layout.down])

    def foot(self) -> list[Row]:
        """The rows of the unit above."""
        total = self.members.total
        if total is None or Axis.UNIT not in self.layout.down:
            return []
        return self._rows([[total] if axis == Axis.UNIT else self._along(axis) for axis in self.layout.down])

    def _rows(self, several: Sequence[Sequence[Member]]) -> list[Row]:
        across = list(product(*(self._along(axis) for axis in self.layout.across)))
        rows: list[Row] = []
        for heads in product(*several):
            known = dict(zip(self.layout.down, heads, strict=True))
            cells = tuple(
                cell
                for combination in across
                for cell in self._cells({**known, **dict(zip(self.layout.across, combination, strict=True))})
            )
            rows.append(Row(heads, cells, is_first=not rows or rows[-1].heads[0] != heads[0]))
        return rows

    def _cells(self, at: Mapping[Axis, Member]) -> Iterator[Cell]:
        unit, indicator, period = at[Axis.UNIT], at[Axis.INDICATOR], at[Axis.PERIOD]
        assert isinstance(unit, UnitMember)
        assert isinstance(indicator, IndicatorMember)
        assert isinstance(period, PeriodMember)
        figure = self._figure(unit, indicator, period)
        url = period.selection.figure_url(unit.code, indicator.code)
        for measure in self.measures:
            exact = EXACT[measure](figure)
            is_percent = measure == Measure.VALUE and figure.is_ratio
            text = figure.display if measure == Measure.VALUE else format_number(exact)
            yield Cell(text, exact, url, is_percent)

    def figures(self, units: Sequence[UnitMember]) -> Iterator[FigureAt]:
        """Every figure of `units`, by unit, indicator and period."""
        for unit, indicator, period in product(units, self.members.indicators, self.members.periods):
            yield FigureAt(unit, indicator, period, self._figure(unit, indicator, period))

    def _figure(self, unit: UnitMember, indicator: IndicatorMember, period: PeriodMember) -> Figure:
        return self._figures.figure(unit.unit, period.selection.period, indicator.indicator)

    def _along(self, axis: Axis) -> list[Member]:
        """Everything on an axis, the total last."""
        total = [self.members.total] if axis == Axis.UNIT and self.members.total else []
        return [*self._below(axis), *total]

    def _below(self, axis: Axis) -> list[Member]:
        several: dict[Axis, Sequence[Member]] = {
            Axis.UNIT: self.members.units,
            Axis.INDICATOR: self.members.indicators,
            Axis.PERIOD: self.members.periods,
        }
        return list(several[axis])


def _asked(figure: Figure, number: int) -> int | None:
    """A number of units; nothing where nobody is asked."""
    return number if figure.units_expected else None


EXACT: dict[Measure, Callable[[Figure], Decimal | int | None]] = {
    Measure.VALUE: lambda figure: figure.value,
    Measure.NUMERATOR: lambda figure: figure.numerator,
    Measure.DENOMINATOR: lambda figure: figure.denominator,
    Measure.COUNTED: lambda figure: _asked(figure, figure.units_counted),
    Measure.EXPECTED: lambda figure: _asked(figure, figure.units_expected),
}
