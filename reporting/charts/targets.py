"""Indicators against their targets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from dxreport.lib.charts import Chart
from indicators.targets import Status
from reporting import sentences
from reporting.charts.common import Subject, judged_row
from reporting.figures import Figure


def targets_chart(subject: Subject, figures: Sequence[Figure]) -> Chart | None:
    """Every ratio of the unit that has a target; None where there is none."""
    shown = [figure for figure in sentences.judged(figures) if figure.is_ratio]
    if not shown:
        return None
    return subject.chart(
        "targets",
        "bullets",
        title=_title(shown),
        unit=_("Tỉ lệ phần trăm; vạch đứng là mục tiêu"),
        columns=(_("Chỉ số"), _("Kết quả"), _("Mục tiêu"), _("Tình trạng")),
        rows=[
            judged_row(figure, figure.indicator.short_label, why=subject.figure_url(figure))
            for figure in shown
        ],
    )


def _title(shown: Sequence[Figure]) -> str:
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
