"""Tiles: one indicator each, with value, target bar, change and coverage. No database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from collection.models import ReportingPeriod
from collection.workflow import Basis
from dxreport.lib.numbers import format_number, format_percent, rounded
from indicators.models import DataElement, Indicator
from indicators.targets import Status
from reporting import sentences
from reporting.figures import Figure, FigureSet
from reporting.selection import Selection, period_label
from schools.models import OrgUnit

CHIPS = {
    Status.MET: "met",
    Status.NOT_MET: "miss",
    Status.NO_TARGET: "none",
    Status.NO_VALUE: "none",
    Status.NOT_APPLICABLE: "none",
}
# A sparkline of more points than this says nothing at 84 pixels.
TREND_POINTS = 8
SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 84, 30, 4


@dataclass(frozen=True)
class Bar:
    """A value and its target on a scale of 100, as words beside it say; `goal` is None without a target."""

    css: str
    width: str
    goal: str | None


@dataclass(frozen=True)
class Spark:
    """A line through the values of several periods; `x`, `y` mark the last one."""

    points: str
    x: str
    y: str
    description: str


@dataclass(frozen=True)
class Tile:
    """One indicator as a tile shows it: ready texts, no arithmetic left."""

    name: str
    target: str
    value: str
    url: str
    chip: str
    word: str
    note: str
    bar: Bar | None
    spark: Spark | None
    gap: str
    change: str
    coverage: str
    absent_url: str  # who is not counted; "" where everybody is


@dataclass(frozen=True)
class TileSection:
    """The tiles under one heading of the indicator set."""

    code: str
    name: str
    tiles: tuple[Tile, ...]


def tile_sections(
    figures: Sequence[Figure], figure_set: FigureSet, unit: OrgUnit, selection: Selection
) -> list[TileSection]:
    """Tiles of the indicators meant for a dashboard and asked of somebody here, by section."""
    shown = [figure for figure in figures if figure.indicator.on_dashboard and _concerns_unit(figure)]
    compared = compared_period(selection)
    sections = {figure.indicator.section_id: figure.indicator.section for figure in shown}
    return [
        TileSection(
            section.code,
            section.label,
            tuple(
                _tile(figure, figure_set, unit, selection, compared)
                for figure in shown
                if figure.indicator.section_id == pk
            ),
        )
        for pk, section in sorted(sections.items(), key=lambda item: item[1].position)
    ]


def _concerns_unit(figure: Figure) -> bool:
    return bool(figure.units_expected) or figure.status == Status.NOT_APPLICABLE


def compared_period(selection: Selection) -> ReportingPeriod | None:
    """What a value is compared with: the single period before, or the first period of a span."""
    if selection.period.is_span:
        return selection.members[0] if len(selection.members) > 1 else None
    before = [one for one in selection.so_far if one.ends_on < selection.period.ends_on]
    return before[-1] if before else None


def earlier_figure(
    figure_set: FigureSet, unit: OrgUnit, selection: Selection, indicator: Indicator
) -> tuple[Figure | None, str]:
    """The figure that a value is compared with, and the code of its period.

    Over a span a stock is compared with its value in the first period; a flow is a sum over the
    whole span, which no single period can be set against.
    """
    return _earlier(figure_set, unit, selection, indicator, compared_period(selection))


def _earlier(
    figure_set: FigureSet,
    unit: OrgUnit,
    selection: Selection,
    indicator: Indicator,
    compared: ReportingPeriod | None,
) -> tuple[Figure | None, str]:
    is_flow = indicator.period_rule == DataElement.PeriodRule.SUM
    if compared is None or (selection.period.is_span and is_flow):
        return None, ""
    return figure_set.figure(unit, compared, indicator), compared.code


def _tile(
    figure: Figure,
    figure_set: FigureSet,
    unit: OrgUnit,
    selection: Selection,
    compared: ReportingPeriod | None,
) -> Tile:
    indicator = figure.indicator
    before, when = _earlier(figure_set, unit, selection, indicator, compared)
    return Tile(
        name=indicator.short_label,
        target=sentences.target_text(figure),
        value=figure.display,
        url=selection.figure_url(unit.code, indicator.code),
        chip=CHIPS[figure.status],
        word=sentences.status_word(figure),
        note=_("Mục tiêu chưa đối chiếu văn bản") if sentences.is_unverified(figure) else "",
        bar=target_bar(figure),
        spark=tile_spark(trend(figure_set, unit, selection, indicator), display_of(figure)),
        gap=sentences.gap_text(figure),
        change=_sum_of_periods(selection, indicator) or sentences.change_text(figure, before, when),
        coverage=_coverage(figure, selection),
        absent_url="" if figure.is_complete else selection.absent_url(unit.code, figure.code),
    )


def _coverage(figure: Figure, selection: Selection) -> str:
    """ "366/370 đơn vị"; of provisional figures it says that they are."""
    text = sentences.coverage_text(figure)
    return (
        _("%(coverage)s, tạm tính") % {"coverage": text}
        if text and selection.basis != Basis.OFFICIAL
        else text
    )


def _sum_of_periods(selection: Selection, indicator: Indicator) -> str:
    """Said of a flow over a span in place of a change: what it adds up."""
    if not selection.period.is_span or indicator.period_rule != DataElement.PeriodRule.SUM:
        return ""
    return _("cộng %(count)s kỳ") % {"count": len(selection.members)}


def trend(
    figure_set: FigureSet, unit: OrgUnit, selection: Selection, indicator: Indicator
) -> list[tuple[str, Decimal]]:
    """The values of the latest single periods up to the shown one, oldest first; gaps left out."""
    points = []
    for period in selection.so_far[-TREND_POINTS:]:
        value = figure_set.figure(unit, period, indicator).value
        if value is not None:
            points.append((period_label(period), value))
    return points


def display_of(figure: Figure) -> Callable[[Decimal], str]:
    """How values of the same indicator are written."""
    return format_percent if figure.is_ratio else format_number


def target_bar(figure: Figure) -> Bar | None:
    """The bar of a ratio, None without a value: longer than 100 % is drawn as 100."""
    if not figure.is_ratio or figure.value is None:
        return None
    if figure.target is None:
        return Bar(CHIPS[figure.status], _on_scale(figure.value), None)
    # The mark is two pixels wide: one unit inwards keeps it in the picture at 100 %.
    goal = min(figure.target.value, Decimal(99))
    return Bar(CHIPS[figure.status], _on_scale(figure.value), _on_scale(goal))


def _on_scale(value: Decimal) -> str:
    """Whole hundredths: the bar is some 250 pixels wide."""
    return str(rounded(min(max(value, Decimal(0)), Decimal(100)), 0))


def tile_spark(points: Sequence[tuple[str, Decimal]], display: Callable[[Decimal], str]) -> Spark | None:
    """The line of a tile: of two periods, the change beside it says as much as a description would."""
    spark = sparkline(points, display)
    return replace(spark, description="") if spark and len(points) == 2 else spark


def sparkline(points: Sequence[tuple[str, Decimal]], display: Callable[[Decimal], str]) -> Spark | None:
    """A line through at least two points, the lowest value at the bottom of the picture."""
    if len(points) < 2:
        return None
    values = [value for _label, value in points]
    low, high = min(values), max(values)
    step = Decimal(SPARK_WIDTH - 2 * SPARK_MARGIN) / (len(points) - 1)
    xs = [rounded(SPARK_MARGIN + step * index, 0) for index in range(len(points))]
    ys = [rounded(_height(value, low, high), 0) for value in values]
    return Spark(
        points=" ".join(f"{x},{y}" for x, y in zip(xs, ys, strict=True)),
        x=str(xs[-1]),
        y=str(ys[-1]),
        description="; ".join(f"{label}: {display(value)}" for label, value in points),
    )


def _height(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Distance from the top; a flat line runs through the middle."""
    if low == high:
        return Decimal(SPARK_HEIGHT) / 2
    return SPARK_MARGIN + (high - value) / (high - low) * (SPARK_HEIGHT - 2 * SPARK_MARGIN)
