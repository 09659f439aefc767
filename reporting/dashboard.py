"""The dashboard of one unit: a summary put together from figures that were already read.

Nothing here asks the database or computes a figure; `reporting.board` reads, the modules beside
this one say one thing each (tiles, attention, comparison). The
pictures of the page are SVG in its HTML: those that scripts draw stand on a page of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from reporting import sentences
from reporting.attention import Card, attention, unmet
from reporting.charts import units
from reporting.charts.common import Subject
from reporting.comparison import Comparison, Matrix
from reporting.figures import Figure, FigureSet
from reporting.places import Place
from reporting.progress import Progress
from reporting.selection import Selection, period_text
from reporting.tiles import TileSection, compared_period, earlier_figure, tile_sections


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
    matrix: Matrix | None
    finding: str
    charts_url: str
    has_figures: bool


def summarise(board: Board) -> Summary:
    """The summary of a board."""
    selection, place = board.selection, board.place
    comparison = Comparison(place, selection, board.figures, board.figure_set, board.kind)
    missing = unmet(board.figures)
    compared = units.compared(comparison, board.figures, board.indicator)
    since = compared_period(selection)
    return Summary(
        heading=sentences.headline(
            board.figures,
            missing[0] if missing else None,
            fallen=_fallen(board),
            since=since.code if since else "",
        ),
        lede=sentences.lede(selection.basis, period_text(selection.period), board.progress),
        is_illustrative=is_illustrative(place, selection),
        attention=attention(board.figures, place, selection, comparison),
        sections=tile_sections(board.figures, board.figure_set, place.unit, selection),
        matrix=comparison.matrix(compared),
        finding=units.comparison_finding(comparison, compared) if compared else "",
        charts_url=Subject(place, selection, board.kind).charts_url(
            indicator=compared.code if compared else ""
        ),
        has_figures=any(figure.units_expected for figure in board.figures),
    )


def is_illustrative(place: Place, selection: Selection) -> bool:
    """Whether something on the page was generated for trial: the period or one of the units."""
    periods = (selection.period, *selection.members)
    units = (place.unit, *place.children)
    return any(one.is_illustrative for one in periods) or any(one.is_illustrative for one in units)


def _fallen(board: Board) -> int:
    """How many figures with a target are lower than before."""
    earlier = (
        (one, earlier_figure(board.figure_set, board.place.unit, board.selection, one.indicator)[0])
        for one in sentences.judged(board.figures)
    )
    return sum(sentences.has_fallen(one, before) for one, before in earlier)
