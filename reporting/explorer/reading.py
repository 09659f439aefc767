"""Reading a table of the explorer: a page of it for the screen, all of it in batches for a file.

A fixed number of statements for a page, whatever the number of units, indicators and periods.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from dxreport.lib.numbers import format_number
from reporting.explorer.choices import Choices
from reporting.explorer.layout import Axis
from reporting.explorer.pivot import (
    FigureAt,
    Members,
    Pivot,
    Row,
    indicator_member,
    period_member,
    total_member,
    unit_members,
)
from schools.models import OrgUnit

ROWS_ON_PAGE = 100
COLUMNS_AT_MOST = 400
CELLS_ON_SCREEN = 20_000
CELLS_IN_FILE = 200_000
UNITS_AT_ONCE = 500


class TooLarge(ValueError):
    """A table with more cells than anybody can read; the message says what to choose instead."""


@dataclass(frozen=True)
class Size:
    """How large a table is: units, rows (without the total) and columns of numbers."""

    units: int
    rows: int
    columns: int

    @property
    def cells(self) -> int:
        """The number of its numbers, without those of the total."""
        return self.rows * self.columns


class Exploration:
    """The table of some choices."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices

    @property
    def has_units_down(self) -> bool:
        """Whether units are rows: then the table is read a page at a time."""
        return Axis.UNIT in self.choices.layout.down

    @cached_property
    def size(self) -> Size:
        """The size of the whole table: one query."""
        choices = self.choices
        units = choices.units.count()
        lengths = {
            Axis.UNIT: units if self.has_units_down else units + choices.units.has_total,
            Axis.INDICATOR: len(choices.indicators),
            Axis.PERIOD: len(choices.periods),
        }
        rows = columns = 1
        for axis in choices.layout.down:
            rows *= lengths[axis]
        for axis in choices.layout.across:
            columns *= lengths[axis]
        return Size(units, rows, columns * len(choices.measures))

    @property
    def units_on_page(self) -> int:
        """How many units fill a page."""
        if not self.has_units_down:
            return max(self.size.units, 1)
        return max(1, ROWS_ON_PAGE * self.size.units // max(self.size.rows, 1))

    @property
    def pages(self) -> int:
        """How many pages the table has, at least one."""
        return max(1, -(-self.size.units // self.units_on_page)) if self.has_units_down else 1

    @property
    def fits_in_file(self) -> bool:
        """Whether the whole table is small enough for a file."""
        return self.size.columns <= COLUMNS_AT_MOST and self.size.cells <= CELLS_IN_FILE

    def page(self, number: int) -> Pivot:
        """The page `number`, from 1, with the total. Raises TooLarge before anything large is read."""
        self._check_columns()
        shown = min(self.size.cells, self.units_on_page * self.size.cells // max(self.size.units, 1))
        if shown > CELLS_ON_SCREEN:
            raise TooLarge(_too_many(shown, CELLS_ON_SCREEN))
        start = (number - 1) * self.units_on_page
        return self.pivot(self.choices.units.some(start, self.units_on_page))

    def parts(self) -> Iterator[Pivot]:
        """The whole table, some units at a time; at least one part. Raises TooLarge at once."""
        self._check_columns()
        if self.size.cells > CELLS_IN_FILE:
            raise TooLarge(_too_many(self.size.cells, CELLS_IN_FILE))
        if not self.has_units_down:
            return iter([self.page(1)])
        return self._parts()

    def _parts(self) -> Iterator[Pivot]:
        is_empty = True
        for units in self.choices.units.batches(UNITS_AT_ONCE):
            is_empty = False
            yield self.pivot(units)
        if is_empty:
            yield self.pivot([])

    def opened(self) -> tuple[list[str], Iterator[Row]]:
        """The whole table for a file: the names of its columns, and its rows with the total at the end."""
        parts = self.parts()
        first = next(parts)
        return first.column_names(), _rows(first, parts)

    def figures(self) -> Iterator[FigureAt]:
        """Every figure of the table, those of the total at the end. Raises TooLarge at once."""
        return _figures(self.parts())

    def pivot(self, units: Sequence[OrgUnit]) -> Pivot:
        """The table of some of the units, with the total."""
        choices = self.choices
        total = choices.units.base if choices.units.has_total else None
        read = [*units, total] if total else [*units]
        members = Members(
            units=unit_members(units, choices.selection),
            indicators=tuple(indicator_member(one) for one in choices.indicators),
            periods=tuple(period_member(choices.selection.at(one)) for one in choices.periods),
            total=total_member(total, choices.selection) if total else None,
        )
        figures = choices.selection.figure_set(read, choices.periods, choices.indicators)
        return Pivot(choices.layout, members, choices.measures, figures)

    def _check_columns(self) -> None:
        if self.size.columns > COLUMNS_AT_MOST:
            raise TooLarge(
                _(
                    "Bảng này sẽ có %(columns)s cột, nhiều hơn mức %(limit)s cột đọc được."
                    " Hãy cho đơn vị thành dòng, hoặc chọn ít đơn vị, chỉ số, kỳ hơn."
                )
                % {
                    "columns": format_number(self.size.columns),
                    "limit": format_number(COLUMNS_AT_MOST),
                }
            )


def _rows(first: Pivot, rest: Iterator[Pivot]) -> Iterator[Row]:
    last = first
    yield from first.body()
    for last in rest:
        yield from last.body()
    yield from last.foot()


def _figures(parts: Iterator[Pivot]) -> Iterator[FigureAt]:
    last = None
    for last in parts:
        yield from last.figures(last.members.units)
    if last is not None and last.members.total is not None:
        yield from last.figures([last.members.total])


def _too_many(cells: int, limit: int) -> str:
    return _(
        "Bảng này có %(cells)s ô, nhiều hơn mức %(limit)s ô. Hãy chọn ít chỉ số, ít kỳ hoặc ít đơn vị hơn."
    ) % {"cells": format_number(cells), "limit": format_number(limit)}
