"""The dashboard of one unit: a summary put together from figures that were already read.

Nothing here asks the database or computes a figure; `reporting.board` reads, the modules beside
this one say one thing each (tiles, attention, comparison, charts).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from dxreport.lib.charts import Chart
from dxreport.lib.numbers import format_number
from indicators.targets import Status
from reporting import charts, sentences
from reporting.attention import Card, attention, unmet
from reporting.charts import ChartRow, Setting
from reporting.comparison import Comparison, Matrix, group_name
from reporting.figures import Figure, FigureSet
from reporting.places import Place, at_the_start
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
    compared = _compared(board, comparison, missing)
    return Summary(
        heading=sentences.headline(board.figures, missing[0] if missing else None),
        lede=sentences.lede(selection.basis, period_text(selection.period), board.progress),
        is_illustrative=is_illustrative(board),
        attention=attention(board.figures, place, selection, comparison),
        sections=tile_sections(board.figures, board.figure_set, place.unit, selection),
        targets_chart=_targets_chart(board),
        units_chart=_units_chart(board, comparison, compared) if compared else None,
        choices=_choices(board, comparison, compared),
        matrix=comparison.matrix(),
        has_figures=any(figure.units_expected for figure in board.figures),
    )


def is_illustrative(board: Board) -> bool:
    """Whether something on the page was generated for trial: the period or one of the units."""
    periods = (board.selection.period, *board.selection.members)
    units = (board.place.unit, *board.place.children)
    return any(one.is_illustrative for one in periods) or any(one.is_illustrative for one in units)


# --- Chart 1: indicators against their targets ------------------------------------------


def _targets_chart(board: Board) -> Chart | None:
    shown = [figure for figure in sentences.judged(board.figures) if figure.is_ratio]
    if not shown:
        return None
    rows = [_chart_row(figure, figure.indicator.short_label) for figure in shown]
    return charts.against_targets(rows, _setting(board, _targets_title(shown)))


def _targets_title(shown: Sequence[Figure]) -> str:
    """The finding: how many are met, and which lies furthest away in points."""
    met = sum(figure.status == Status.MET for figure in shown)
    title = _("%(met)s trong %(all)s chỉ số đạt mục tiêu") % {"met": met, "all": len(shown)}
    if met == len(shown):
        return _("Cả %(all)s chỉ số đều đạt mục tiêu") % {"all": met}
    furthest = max((one for one in shown if one.status == Status.NOT_MET), key=_distance)
    return _("%(title)s; xa nhất: %(indicator)s, còn cách %(amount)s") % {
        "title": title,
        "indicator": sentences.inside_sentence(furthest.indicator.short_label),
        "amount": sentences.amount_text(furthest, _distance(furthest)),
    }


def _distance(figure: Figure) -> Decimal:
    return abs(sentences.distance(figure) or Decimal(0))


def _setting(board: Board, title: str) -> Setting:
    """What both charts say of their measure, of whom, when and from where."""
    return Setting(
        title=title,
        unit=_("Tỉ lệ phần trăm; vạch đứng là mục tiêu"),
        period=_("%(unit)s, kỳ %(period)s")
        % {"unit": board.place.unit.name, "period": period_text(board.selection.period)},
        source=_("phiếu báo cáo của các đơn vị, %(basis)s.")
        % {"basis": sentences.basis_text(board.selection.basis)},
    )


def _chart_row(figure: Figure, label: str) -> ChartRow:
    return ChartRow(
        label=label,
        value=figure.value,
        display=figure.display,
        target=None if figure.target is None else figure.target.value,
        target_display=sentences.target_text(figure),
        is_met=None if figure.status not in sentences.JUDGED else figure.status == Status.MET,
        word=sentences.inside_sentence(sentences.status_word(figure)),
    )


# --- Chart 2: the children compared on one indicator ------------------------------------


def _compared(board: Board, comparison: Comparison, missing: Sequence[Figure]) -> Figure | None:
    """The indicator to compare: the one asked for, else the worst that the children report."""
    fit = [figure for figure in board.figures if comparison.concerns(figure)]
    asked = next((figure for figure in fit if figure.code == board.indicator), None)
    worst = next((figure for figure in missing if comparison.concerns(figure)), None)
    return asked or worst or next(iter(comparison.main()), None)


def _choices(board: Board, comparison: Comparison, compared: Figure | None) -> list[Option]:
    """The indicators that can be compared; `url` holds the code, for a select of a form."""
    if compared is None:
        return []
    return [
        Option(figure.indicator.short_label, figure.code, figure.code == compared.code)
        for figure in board.figures
        if comparison.concerns(figure)
    ]


def _units_chart(board: Board, comparison: Comparison, own: Figure) -> Chart | None:
    pairs = [pair for pair in comparison.of(own.indicator) if pair[1].units_expected]
    if not pairs:
        return None
    pairs.sort(key=lambda pair: (pair[1].value is not None, pair[1].value or 0))
    rows = [_chart_row(figure, at_the_start(comparison.name(unit))) for unit, figure in pairs]
    for group in comparison.others:
        together = comparison.together(group, own.indicator)
        if together.units_expected:
            rows.append(_chart_row(together, group_name(group)))
    title = _units_title(
        own, [(comparison.name(one), theirs) for one, theirs in pairs if theirs.value is not None]
    )
    target = own.target.value if own.target else None
    return charts.units_compared(rows, _setting(board, title), target=target)


def _units_title(own: Figure, pairs: Sequence[tuple[str, Figure]]) -> str:
    """The finding: who is lowest and how many reach the target."""
    name = own.indicator.short_label
    if not pairs:
        return _("%(indicator)s: chưa đơn vị nào có số liệu") % {"indicator": name}
    lowest, theirs = pairs[0]
    words = {
        "indicator": name,
        "unit": lowest,
        "value": theirs.display,
        "all": format_number(len(pairs)),
    }
    if own.target is None:
        return _("%(indicator)s: %(unit)s thấp nhất, %(value)s") % words
    met = sum(figure.status == Status.MET for _unit, figure in pairs)
    if met == len(pairs):
        return _("%(indicator)s: cả %(all)s đơn vị đều đạt mục tiêu; thấp nhất %(unit)s, %(value)s") % words
    if met == 0:
        return (
            _("%(indicator)s: chưa đơn vị nào trong %(all)s đơn vị đạt; thấp nhất %(unit)s, %(value)s")
            % words
        )
    return _("%(indicator)s: %(met)s trong %(all)s đơn vị đạt; thấp nhất %(unit)s, %(value)s") % {
        **words,
        "met": format_number(met),
    }
