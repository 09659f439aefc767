"""Reporting periods. A span such as 2022..2023 is a period made of others: values are entered
only in single periods, while totals and reports exist for both."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from indicators.models import IndicatorSet

SPAN_MARK = ".."


class ReportingPeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    """Single periods and spans, in time order."""

    def single(self) -> ReportingPeriodQuerySet:
        """Periods in which values are entered."""
        return self.filter(first__isnull=True)

    def before(self, period: ReportingPeriod) -> ReportingPeriod | None:
        """The single period of the same indicator set that ended last before `period` does."""
        return self.earlier(period).first()

    def earlier(self, period: ReportingPeriod) -> ReportingPeriodQuerySet:
        """The single periods of the same indicator set that ended before `period` does, the last first."""
        rows = self.single().filter(indicator_set=period.indicator_set_id, ends_on__lt=period.ends_on)
        return rows.order_by("-ends_on")

    def for_selector(self) -> ReportingPeriodQuerySet:
        """Every period and span with its ends, for the period switch of pages."""
        return self.select_related("first", "last").order_by("ends_on", "-starts_on")


class ReportingPeriod(models.Model):
    """The span of time that one round of reporting covers, with its opening and due dates."""

    class State(TextChoices):
        PLANNED = "planned", _("chưa mở")
        OPEN = "open", _("đang mở")
        CLOSED = "closed", _("đã khóa")

    indicator_set = models.ForeignKey(
        IndicatorSet, models.PROTECT, related_name="periods", verbose_name="bộ chỉ số"
    )
    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=100)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    opens_on = models.DateField("ngày mở", null=True, blank=True)
    due_on = models.DateField("hạn nộp", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.PLANNED)
    first = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kỳ đầu (nếu là nhiều kỳ)",
    )
    last = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kỳ cuối (nếu là nhiều kỳ)",
    )
    is_illustrative = models.BooleanField("có số liệu minh họa", default=False)

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["starts_on", "ends_on"]
        constraints = [
            models.CheckConstraint(name="period_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="period_span_has_both_ends",
                condition=Q(first__isnull=True, last__isnull=True)
                | Q(first__isnull=False, last__isnull=False),
            ),
            models.CheckConstraint(
                name="period_single_has_due_date", condition=Q(first__isnull=False) | Q(due_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_span(self) -> bool:
        """Whether this period is made of others."""
        return self.first_id is not None

    def is_being_collected(self, today: dt.date) -> bool:
        """Whether figures are still coming in: open, and not yet due. From the due day on, it is in."""
        return self.state == self.State.OPEN and self.due_on is not None and today < self.due_on

    @property
    def hierarchy_date(self) -> dt.date:
        """The day whose hierarchy "as reported" means: the last day of the period."""
        return self.ends_on
