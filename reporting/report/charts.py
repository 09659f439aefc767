"""The charts that a text may name, as the numbers that they show. Titles are counted where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.models import DataElement
from indicators.targets import Status
from reporting.figures import Figure
from reporting.notes import LANGUAGE, count
from reporting.report.comparison import ASSESSMENTS, target_words
from reporting.report.content import ChartBlock, ChartRow, Point
from reporting.report.source import Past, Source
from reporting.sentences import inside_sentence

LINES = 6  # more cannot be told apart in print


def targets_chart(source: Source) -> ChartBlock | None:
    """Ratios that are held to a target, each with its target."""
    rows = tuple(_against_target(one) for one in source.with_target if one.is_ratio and one.value is not None)
    if not rows:
        return None
    met = sum(row.verdict == ASSESSMENTS[Status.MET] for row in rows)
    return ChartBlock(
        key="targets",
        title="Kết quả so với mục tiêu",
        alt=(
            f"Biểu đồ thanh: {count(len(rows))} chỉ số, mỗi chỉ số một thanh kèm vạch mục tiêu; "
            f"{count(met)} chỉ số đạt. {_told(rows)}"
        ),
        rows=rows,
        columns=("Kết quả",),
    )


def trend_chart(source: Source) -> ChartBlock | None:
    """Ratios held to a target over the periods so far; nothing where no two periods have a value."""
    past = [one for one in source.history if any(_value(one, goal) for goal in source.with_target)]
    if len(past) < 2:
        return None
    goals = [one for one in source.with_target if _has_course(source, one, past)]
    rows = tuple(
        ChartRow(
            one.indicator.short_name,
            tuple(_point(when.figures[one.code]) for when in past),
            one.code,
        )
        for one in goals[:LINES]
    )
    if not rows:
        return None
    return ChartBlock(
        key="trend",
        title="Một số chỉ số qua các kỳ",
        alt=(
            f"Biểu đồ đường: {count(len(rows))} chỉ số từ {past[0].label} đến {past[-1].label}. "
            + " ".join(f"{row.label}: {' – '.join(point.text for point in row.points)}." for row in rows)
        ),
        rows=rows,
        columns=tuple(one.label for one in past),
        shape="lines",
    )


def units_chart(source: Source, figure: Figure) -> ChartBlock | None:
    """The units below, the best first, on one indicator."""
    rows = tuple(
        ChartRow(one.name, (_point(one.figure),), target=_target(figure))
        for one in source.below.units(figure.code)
    )
    if not rows:
        return None
    return ChartBlock(
        key=f"units {figure.code}",
        title=f"Kết quả theo đơn vị: {inside_sentence(figure.indicator.short_name)}",
        alt=f"Biểu đồ thanh: {count(len(rows))} đơn vị, cao nhất trước. {_told(rows)}",
        rows=rows,
        columns=("Kết quả",),
        measure="%" if figure.is_ratio else figure.indicator.unit_of_measure,
    )


def _against_target(figure: Figure) -> ChartRow:
    return ChartRow(
        figure.indicator.short_name,
        (_point(figure),),
        figure.code,
        _target(figure),
        ASSESSMENTS.get(figure.status, ""),
    )


def _point(figure: Figure) -> Point:
    return Point(figure.value, figure.display_in(LANGUAGE))


def _target(figure: Figure) -> Point | None:
    return None if figure.target is None else Point(figure.target.value, target_words(figure))


def _has_course(source: Source, figure: Figure, past: Sequence[Past]) -> bool:
    """Whether a ratio has a value in all periods whose last is the one that the report tells: over a span a
    flow is the sum of all of them, and no single one."""
    is_flow = figure.indicator.period_rule == DataElement.PeriodRule.SUM
    if not figure.is_ratio or (source.period.is_span and is_flow):
        return False
    return all(_value(one, figure) for one in past)


def _value(past: Past, figure: Figure) -> bool:
    found = past.figures.get(figure.code)
    return found is not None and found.value is not None


def _told(rows: tuple[ChartRow, ...]) -> str:
    return " ".join(f"{row.label}: {row.points[0].text}." for row in rows)
