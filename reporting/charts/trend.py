"""One indicator over the periods, with the path of its targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from collection.models import ReportingPeriod
from dxreport.lib.charts import Cell, Chart, Row
from dxreport.lib.numbers import DASH
from indicators.models import Indicator, Target
from indicators.targets import Status, requirement, target_for
from reporting import sentences
from reporting.charts.common import STATES, Subject
from reporting.figures import Figure, FigureSet
from reporting.selection import period_label, period_text

PERIODS_AT_MOST = 8

Point = tuple[ReportingPeriod, Figure]


def trend_chart(
    subject: Subject, figure_set: FigureSet, indicator: Indicator, targets: Iterable[Target]
) -> Chart | None:
    """The periods up to the shown one, then the years ahead that have a target; None without any value.

    Beside each value stands the target that its year is held to, so that the path of the targets
    runs through all years.
    """
    selection, unit = subject.selection, subject.place.unit
    periods = selection.so_far[-PERIODS_AT_MOST:]
    points = [(one, figure_set.figure(unit, one, indicator)) for one in periods]
    known = [point for point in points if point[1].value is not None]
    if not known:
        return None
    measure = _("Tỉ lệ phần trăm") if indicator.kind == Indicator.Kind.RATIO else indicator.measure
    has_path = any(figure.target for _period, figure in points)
    return subject.chart(
        "trend",
        "trend",
        title=_title(known),
        unit=_("%(measure)s; đường chấm là mục tiêu") % {"measure": measure} if has_path else measure,
        columns=(_("Kỳ"), _("Kết quả"), _("Mục tiêu"), _("Độ bao phủ"), _("Tình trạng")),
        rows=[
            *(_row(period_label(one), figure, subject.at(one).figure_url(figure)) for one, figure in points),
            *_ahead(subject, indicator, list(targets)),
        ],
        indicator=indicator.code,
    )


def _row(label: str, figure: Figure, why: str) -> Row:
    return Row(
        label,
        (
            Cell(figure.display, figure.value, why),
            Cell(sentences.target_text(figure) or DASH),
            Cell(sentences.coverage_text(figure) or DASH),
            Cell(sentences.inside_sentence(sentences.status_word(figure))),
        ),
        state=STATES.get(figure.status, ""),
    )


def _ahead(subject: Subject, indicator: Indicator, targets: Sequence[Target]) -> list[Row]:
    """A row for each later year with a target of its own."""
    last = subject.selection.so_far[-1].ends_on.year
    rows = []
    for year in sorted({one.year for one in targets if one.year > last}):
        target = target_for(targets, year=year, unit_codes=subject.place.scopes)
        if target is not None and target.year == year:
            cells = (Cell(DASH), Cell(requirement(indicator.kind, target)), Cell(DASH), Cell(DASH))
            rows.append(Row(_("Năm %(year)s") % {"year": year}, cells))
    return rows


def _title(known: Sequence[Point]) -> str:
    """The finding: where the value went since the first period, and how far the target is."""
    (before, first), (now, last) = known[0], known[-1]
    words = {
        "indicator": last.indicator.short_label,
        "first": first.display,
        "last": last.display,
        "before": period_text(before),
        "now": period_text(now),
    }
    if len(known) == 1:
        finding = _("%(indicator)s: %(last)s, %(now)s") % words
    elif last.value == first.value:
        finding = _("%(indicator)s không đổi từ %(before)s đến %(now)s, %(last)s") % words
    elif (last.value or 0) > (first.value or 0):
        finding = _("%(indicator)s tăng từ %(first)s, %(before)s, lên %(last)s, %(now)s") % words
    else:
        finding = _("%(indicator)s giảm từ %(first)s, %(before)s, xuống %(last)s, %(now)s") % words
    return f"{finding}{_beside_target(last)}"


def _beside_target(figure: Figure) -> str:
    if figure.target is None or figure.status not in sentences.JUDGED:
        return ""
    words = {
        "year": figure.target.year,
        "amount": sentences.amount_text(figure, abs(sentences.distance(figure) or Decimal(0))),
    }
    if figure.status == Status.MET:
        return _("; đã đạt mục tiêu năm %(year)s") % words
    return _("; còn cách mục tiêu năm %(year)s %(amount)s") % words
