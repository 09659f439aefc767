"""What a chart needs on a page: its words, and the table that the browser draws it from.

A function of `reporting` takes figures and returns a `Chart`; `partials/chart.html` frames it and
`static/js/charts/` draws it from the very cells that the reader sees, by its kind:

    bullets   value, target, state                     indicators, each with a mark at its target
    bars      value, target, state                     units, with a line at their common target
    trend     value, target                            periods, with the path of the targets
    classes   number, share                            classes of values; marks are lines at a value
    shares    number and share of each part, total     wholes that have the same parts
    parts     name of the part, number, share          wholes that have parts of their own, a row each

The columns named come after the label and in this order; a table may hold more of them. Nothing is
said twice on the page.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Cell:
    """One cell: its text in the reader's notation, the same as a number for files, and where it leads."""

    text: str
    value: Decimal | int | None = None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the table and one bar or point of the picture.

    `state` is how it stands, which the picture says in colour and the cells in words: "met",
    "missed", "own" or "". Clicked in the picture it leads to the first link of the row.
    """

    label: str
    cells: tuple[Cell, ...]
    url: str = ""
    state: str = ""


@dataclass(frozen=True)
class Chart:
    """One chart. Texts are in the reader's language.

    `key` is a slug unique on the page; `title` says what the chart shows as a finding;
    `alternative` is one sentence for those who do not see it. The first of `columns` heads the
    labels; `marks` stand at the foot of the table. `files` are names and addresses of downloads.
    """

    key: str
    kind: str
    title: str
    unit: str
    source: str
    period: str
    alternative: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    marks: tuple[Row, ...] = ()
    note: str = ""
    files: tuple[tuple[str, str], ...] = ()
