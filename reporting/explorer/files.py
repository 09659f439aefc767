"""A table of the explorer as files: as it stands on the page, or one figure a line for machines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from dxreport.lib.delimited import to_csv
from dxreport.lib.workbooks import (
    BOX,
    CENTRED,
    COUNT_FORMAT,
    HEADER_FILL,
    WRAPPED,
    Value,
    font,
    put_row,
    set_up_page,
    set_widths,
    to_bytes,
)
from reporting.explorer.layout import Axis, Layout
from reporting.explorer.pivot import FigureAt, Row
from reporting.explorer.reading import Exploration

# A value is kept in percent: the sign is part of its format.
PERCENT_SIGNED = '0.00"%"'
HEADING_ROW = 3
NUMBER_WIDTH = 16
WIDTHS = {Axis.UNIT: (14, 44), Axis.INDICATOR: (10, 44), Axis.PERIOD: (16,)}
LONG_COLUMNS = (
    "unit_code",
    "unit",
    "period",
    "indicator_code",
    "indicator",
    "numerator",
    "denominator",
    "value",
    "units_counted",
    "units_expected",
    "is_total",
)


def table_csv(exploration: Exploration) -> bytes:
    """The table as it stands on the page, all its pages, the total at the end. Raises TooLarge."""
    names, rows = exploration.opened()
    layout = exploration.choices.layout
    return to_csv(_with_heading([*_heads(layout), *names], (_line(row, layout) for row in rows)))


def long_csv(exploration: Exploration) -> bytes:
    """One figure a line with everything that it is made of, under fixed names. Raises TooLarge."""
    return to_csv(_with_heading([*LONG_COLUMNS], map(_figure_line, exploration.figures())))


def table_workbook(exploration: Exploration, *, title: str, made_on: dt.date) -> bytes:
    """The same table as a workbook under its title. Raises TooLarge."""
    layout = exploration.choices.layout
    names, rows = exploration.opened()
    workbook = Workbook()
    [sheet] = workbook.worksheets
    sheet.title = _("Số liệu")
    put_row(sheet, 1, [title])[0].font = font(12, bold=True)
    heads = _heads(layout)
    for cell in put_row(sheet, HEADING_ROW, [*heads, *names]):
        cell.font, cell.border, cell.fill, cell.alignment = font(11, bold=True), BOX, HEADER_FILL, CENTRED
    for number, row in enumerate(rows, start=HEADING_ROW + 1):
        cells = put_row(sheet, number, _line(row, layout))
        for place, cell in enumerate(cells):
            cell.font, cell.border = font(11, bold=row.is_total), BOX
            if place < len(heads):
                cell.alignment = WRAPPED
            else:
                is_percent = row.cells[place - len(heads)].is_percent
                cell.number_format = PERCENT_SIGNED if is_percent else COUNT_FORMAT
    set_widths(sheet, [*(one for axis in layout.down for one in WIDTHS[axis]), *[NUMBER_WIDTH] * len(names)])
    sheet.freeze_panes = f"{get_column_letter(len(heads) + 1)}{HEADING_ROW + 1}"
    set_up_page(sheet, landscape=True, title_rows=f"{HEADING_ROW}:{HEADING_ROW}")
    return to_bytes(workbook, title=title, made_on=made_on)


def _with_heading(heading: list[str], lines: Iterator[list[Value]]) -> Iterator[list[Value]]:
    yield [*heading]
    yield from lines


def _heads(layout: Layout) -> list[str]:
    """What the columns before the numbers are called: a code and a name, or the period."""
    heads: list[str] = []
    for axis in layout.down:
        heads += [str(axis.label)] if axis == Axis.PERIOD else [_("Mã"), str(axis.label)]
    return heads


def _line(row: Row, layout: Layout) -> list[Value]:
    line: list[Value] = []
    for axis, head in zip(layout.down, row.heads, strict=True):
        line += [head.label] if axis == Axis.PERIOD else [head.code, head.label]
    return [*line, *(cell.exact for cell in row.cells)]


def _figure_line(one: FigureAt) -> list[Value]:
    figure, is_asked = one.figure, bool(one.figure.units_expected)
    return [
        one.unit.code,
        one.unit.label,
        one.period.code,
        one.indicator.code,
        one.indicator.indicator.label,
        figure.numerator,
        figure.denominator,
        figure.value,
        figure.units_counted if is_asked else None,
        figure.units_expected if is_asked else None,
        int(one.unit.is_total),
    ]
