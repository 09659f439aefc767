"""The course of one indicator in one unit: its figure in every period of its set, oldest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from collection.models import ReportingPeriod
from collection.workflow import Basis
from dxreport.lib.numbers import DASH, format_number
from indicators.models import Indicator, Target
from reporting import sentences
from reporting.figures import Figure, FigureSet
from reporting.places import read_place, topmost_unit
from reporting.reading import read_choices, read_totals, rows_of
from reporting.selection import Selection, period_label, read_periods
from reporting.tiles import CHIPS, Spark, display_of, sparkline
from schools.models import OrgUnit, User


@dataclass(frozen=True)
class Point:
    """One period, as a row of the table."""

    period: str
    is_span: bool
    value: str
    numerator: str
    denominator: str
    coverage: str
    target: str
    chip: str
    word: str
    url: str


@dataclass(frozen=True)
class Course:
    """All periods of one unit, and a line through the single ones."""

    unit: OrgUnit
    points: tuple[Point, ...]
    spark: Spark | None
    latest: Point


def read_course(user: User, indicator: Indicator) -> Course | None:
    """The official figures of the reader's highest unit; None without a unit or a period of the set.

    Four statements, five for distinct choices, whatever the number of periods.
    """
    top = topmost_unit(user)
    periods = read_periods()
    ours = [one for one in periods if one.indicator_set_id == indicator.indicator_set_id]
    if top is None or not ours:
        return None
    place = read_place(user, top.code, on=ours[-1].hierarchy_date)
    figures = _figures(place.unit, ours, indicator, place.scopes_by_unit)
    found = [(one, figures.figure(place.unit, one, indicator)) for one in ours]
    points = [_point(figure, place.unit, Selection(one, Basis.OFFICIAL, periods)) for one, figure in found]
    line = [
        (period_label(one), figure.value)
        for one, figure in found
        if not one.is_span and figure.value is not None
    ]
    given = [point for point in points if point.value != DASH and not point.is_span] or points
    return Course(place.unit, tuple(points), sparkline(line, display_of(found[-1][1])), given[-1])


def _figures(
    unit: OrgUnit, periods: list[ReportingPeriod], indicator: Indicator, scopes: dict[int, tuple[str, ...]]
) -> FigureSet:
    where = rows_of([unit], periods)
    return FigureSet(
        [indicator],
        read_totals(where & Q(indicator=indicator), Basis.OFFICIAL),
        read_choices(where, Basis.OFFICIAL) if indicator.kind == Indicator.Kind.DISTINCT else {},
        {indicator.pk: list(Target.objects.filter(indicator=indicator))},
        scopes,
    )


def _point(figure: Figure, unit: OrgUnit, selection: Selection) -> Point:
    return Point(
        period=period_label(selection.period),
        is_span=selection.period.is_span,
        value=figure.display,
        numerator=format_number(figure.numerator),
        denominator=format_number(figure.denominator),
        coverage=sentences.coverage_text(figure) or DASH,
        target=sentences.target_text(figure) or DASH,
        chip=CHIPS[figure.status],
        word=sentences.status_word(figure),
        url=selection.figure_url(unit.code, figure.code),
    )
