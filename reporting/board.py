"""Reading a dashboard: a fixed number of statements, whatever the number of units and indicators."""

from __future__ import annotations

from indicators.kept import catalogue_of
from indicators.models import Indicator
from reporting.dashboard import Board
from reporting.figures import FigureSet, with_findings
from reporting.places import Place, read_place
from reporting.progress import read_progress
from reporting.reading import Wanted
from reporting.selection import Selection
from reporting.tiles import TREND_POINTS
from schools.models import User


def read_board(
    user: User, unit_code: str, selection: Selection, *, indicator: str = "", kind: str = ""
) -> Board:
    """The board of a unit that `user` may see: seven statements, eight where a span breaks a rule.

    Http404 outside the user's scope.
    """
    place = read_place(user, unit_code, on=selection.hierarchy_date)
    units = selection.units_below(place.unit)
    figure_set = _read_figures(place, selection, indicator)
    figures = with_findings(
        figure_set.of(place.unit, selection.period),
        unit=place.unit,
        period=selection.period,
        basis=selection.basis,
        periods=selection.members,
        units=None if selection.is_plain else units,
    )
    return Board(
        place=place,
        selection=selection,
        progress=read_progress(units, selection.members),
        figures=tuple(figures),
        figure_set=figure_set,
        indicator=indicator,
        kind=kind,
    )


def _read_figures(place: Place, selection: Selection, indicator: str) -> FigureSet:
    """The unit in all periods so far; its children in the shown one, for what may be compared."""
    catalogue = catalogue_of(selection.period.indicator_set)
    indicators, targets = catalogue.indicators, catalogue.targets
    compared = [
        one.pk
        for one in indicators
        if one.kind == Indicator.Kind.RATIO and (one.pk in targets or one.code == indicator)
    ]
    periods = [selection.period, *selection.members, *selection.so_far[-TREND_POINTS:]]
    own = Wanted([place.unit], periods)
    theirs = Wanted(place.children, [selection.period], compared, choices=False)
    sums = selection.sums(own, theirs)
    return FigureSet(indicators, sums.totals, sums.choices, targets, place.scopes_by_unit)
