"""The rows of a chart as a table to take away: what stands under the picture, numbers as numbers."""

from __future__ import annotations

from dxreport.lib.charts import Cell, Chart
from dxreport.lib.numbers import DASH
from dxreport.lib.plain_tables import Heading, PlainTable
from dxreport.lib.workbooks import Value

LABEL_WIDTH = 44


def chart_table(chart: Chart) -> PlainTable:
    """The chart's table, foot included; a heading over percentages says so."""
    rows = (*chart.rows, *chart.marks)
    shares = {
        at
        for row in rows
        for at, cell in enumerate(row.cells, start=1)
        if cell.value is not None and cell.text.endswith("%")
    }
    names = [f"{name} (%)" if at in shares else name for at, name in enumerate(chart.columns)]
    return PlainTable(
        title=chart.title,
        remarks=(f"{chart.unit} · {chart.period}", f"{chart.source} {chart.note}".strip()),
        headings=(Heading(names[0], LABEL_WIDTH), *(Heading(name, 18) for name in names[1:])),
        rows=[[row.label, *(_value(cell) for cell in row.cells)] for row in rows],
    )


def _value(cell: Cell) -> Value:
    """A number where there is one; a dash on the screen is an empty cell in a file."""
    if cell.value is not None:
        return cell.value
    return None if cell.text == DASH else cell.text
