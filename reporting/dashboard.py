"""The dashboard of one unit: a summary put together from figures that were already read.

Nothing here asks the database or computes a figure; `reporting.board` reads, the modules beside
this one say one thing each (tiles, attention, comparison, charts).
"""

from __future__ import annotations

from dataclasses import dataclass

from dxreport.lib.charts import Chart
from reporting import sentences
from reporting.attention import Card, attention, unmet
from reporting.charts import units
from reporting.charts.common import Subject
from reporting.charts.targets import targets_chart
from reporting.comparison import Comparison, Matrix
from reporting.figures import Figure, FigureSet
from reporting.places import Place
from reporting.progress import Progress
from reporting.selection import Option, Selection, period_text
from reporting.tiles import TileSection, tile_sections


@dataclass(frozen=True)
class Board:
    """Everything that a dashboard shows, as it was read.

    `figures` are the unit's own with their findings; `figure_set` also holds those of earlier
    periods and of the children. `indicator` is the code chosen for the comparison, `kind` the kind
    of children; both may be empty.
    """

    place: Place
    selection: Selection
    progress: Progress
    figures: tuple[Figure, ...]
    figure_set: FigureSet
    indicator: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Summary:
    """What the template shows, from top to bottom."""

    heading: str
    lede: str
    is_illustrative: bool
    attention: list[Card]
    sections: list[TileSection]
    targets_chart: Chart | None
    units_chart: Chart | None
    choices: list[Option]
    matrix: Matrix | None
    has_figures: bool


def summarise(board: Board) -> Summary:
    """The summary of a board."""
    selection, place = board.selection, board.place
    comparison = Comparison(place, selection, board.figures, board.figure_set, board.kind)
    missing = unmet(board.figures)
    compared = units.compared(comparison, board.figures, board.indicator)
    subject = Subject(place, selection, board.kind)
    return Summary(
        heading=sentences.headline(board.figures, missing[0] if missing else None),
        lede=sentences.lede(selection.basis, period_text(selection.period), board.progress),
        is_illustrative=is_illustrative(board),
        attention=attention(board.figures, place, selection, comparison),
        sections=tile_sections(board.figures, board.figure_set, place.unit, selection),
        targets_chart=targets_chart(subject, board.figures),
        units_chart=units.units_chart(subject, comparison, compared) if compared else None,
        choices=_choices(board, comparison, compared),
        matrix=comparison.matrix(),
        has_figures=any(figure.units_expected for figure in board.figures),
    )


def is_illustrative(board: Board) -> bool:
    """Whether something on the page was generated for trial: the period or one of the units."""
    periods = (board.selection.period, *board.selection.members)
    units = (board.place.unit, *board.place.children)
    return any(one.is_illustrative for one in periods) or any(one.is_illustrative for one in units)


def _choices(board: Board, comparison: Comparison, compared: Figure | None) -> list[Option]:
    """The indicators that can be compared; `url` holds the code, for a select of a form."""
    if compared is None:
        return []
    return [
        Option(figure.indicator.short_label, figure.code, figure.code == compared.code)
        for figure in board.figures
        if comparison.concerns(figure)
    ]
