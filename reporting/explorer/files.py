"""A table of the explorer as files: as it stands on the page, or one figure a line for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from django.utils.translation import gettext as _

from dxreport.lib.delimited import to_csv
from dxreport.lib.plain_tables import Heading, PlainTable, Share, Total
from dxreport.lib.workbooks import Value
from reporting.explorer.layout import Axis, Layout
from reporting.explorer.pivot import Cell, FigureAt, Row
from reporting.explorer.reading import Exploration

NUMBER_WIDTH = PERIOD_WIDTH = 16
NAME_WIDTH = 44
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


def table_to_take(exploration: Exploration, *, title: str) -> PlainTable:
    """The table as it stands on the page, all its pages, the total at the end. Raises TooLarge."""
    layout = exploration.choices.layout
    names, rows = exploration.opened()
    heads = _heads(layout)
    return PlainTable(
        title=title,
        remarks=(),
        headings=(*heads, *(Heading(one, NUMBER_WIDTH) for one in names)),
        rows=(_line(row, layout) for row in rows),
        heads=len(heads),
    )


def long_csv(exploration: Exploration) -> bytes:
    """One figure a line with everything that it is made of, under fixed names. Raises TooLarge."""
    return to_csv(chain([LONG_COLUMNS], map(_figure_line, exploration.figures())))


def _heads(layout: Layout) -> list[Heading]:
    """The columns before the numbers: a code and a name, or the period."""
    heads: list[Heading] = []
    for axis in layout.down:
        name = Heading(str(axis.label), NAME_WIDTH)
        heads += [replace(name, width=PERIOD_WIDTH)] if axis == Axis.PERIOD else [Heading(_("Mã")), name]
    return heads


def _line(row: Row, layout: Layout) -> Sequence[Value]:
    line: list[Value] = []
    for axis, head in zip(layout.down, row.heads, strict=True):
        line += [head.label] if axis == Axis.PERIOD else [head.code, head.label]
    line += [_exact(cell) for cell in row.cells]
    return Total(line) if row.is_total else line


def _exact(cell: Cell) -> Decimal | int | None:
    """A number as it is; only a share has decimals."""
    if cell.exact is None:
        return None
    return Share(cell.exact) if cell.is_percent else int(cell.exact)


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
