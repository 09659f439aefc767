"""Anomalies: numbers out of line with others of their kind, as a worklist."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from indicators.models import DataElement, Indicator
from schools.models import OrgUnit

from .submissions import Submission

if TYPE_CHECKING:
    from schools.models import User


class AnomalyQuerySet(models.QuerySet["Anomaly"]):
    """Scopes of anomalies; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> AnomalyQuerySet:
        """Anomalies in submissions of the user's subtrees."""
        return self.filter(submission__org_unit__in=OrgUnit.objects.visible_to(user))

    def for_list(self, user: User) -> AnomalyQuerySet:
        """The rows of the worklist: what is due first stands first."""
        return (
            self.visible_to(user)
            .with_context()
            .order_by(models.F("due_on").asc(nulls_last=True), "submission__org_unit__code", "element__code")
        )

    def with_context(self) -> AnomalyQuerySet:
        """Everything that a sentence about an anomaly names, in one query."""
        return self.select_related(
            "submission__period",
            "submission__org_unit",
            "submission__form",
            "element",
            "indicator",
            "owner",
            "resolved_by",
        )


class Anomaly(models.Model):
    """A number of one submission that stands far from others of its kind.

    Of the kind HISTORY `number` is a count, judged against the unit's earlier periods; of the kind
    PEERS `number` of `size` is a share, judged against schools of the same levels and of similar
    size. `median` and `score` are decimals as text, the median exact (that of shares in percent), the
    score to two places.
    """

    class Kind(TextChoices):
        HISTORY = "history", _("so với các kỳ trước")
        PEERS = "peers", _("so với các đơn vị cùng loại")

    class Status(TextChoices):
        OPEN = "open", _("chưa xử lý")
        CORRECTED = "corrected", _("đã sửa số")
        CONFIRMED = "confirmed", _("đã xác nhận đúng")

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="anomalies", verbose_name="phiếu báo cáo"
    )
    element = models.ForeignKey(DataElement, models.PROTECT, related_name="+", verbose_name="chỉ tiêu")
    kind = models.CharField("so với", max_length=7, choices=Kind)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chỉ số"
    )
    number = models.BigIntegerField("số bị xét")
    size = models.BigIntegerField("trên tổng số", null=True, blank=True)
    median = models.CharField("trung vị", max_length=60)
    score = models.CharField("điểm z sửa đổi", max_length=40)
    compared = models.PositiveIntegerField("số giá trị đem so")
    status = models.CharField("trạng thái", max_length=9, choices=Status, default=Status.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xử lý",
    )
    due_on = models.DateField("hạn xử lý", null=True, blank=True)
    reason = models.TextField("lý do xác nhận", blank=True)
    detected_at = models.DateTimeField("phát hiện lúc")
    resolved_at = models.DateTimeField("xử lý xong lúc", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xử lý xong",
    )

    objects = AnomalyQuerySet.as_manager()

    class Meta:
        verbose_name = "số bất thường"
        verbose_name_plural = "số bất thường"
        ordering = ["submission", "element", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "element", "kind"], name="anomaly_once"),
            models.CheckConstraint(
                name="anomaly_of_peers_is_a_share",
                condition=Q(kind="peers", indicator__isnull=False, size__isnull=False)
                | Q(kind="history", indicator__isnull=True, size__isnull=True),
            ),
            models.CheckConstraint(
                name="anomaly_resolved_by_somebody",
                condition=Q(status="open", resolved_at__isnull=True, resolved_by__isnull=True)
                | (~Q(status="open") & Q(resolved_at__isnull=False, resolved_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="anomaly_confirmed_with_reason", condition=~Q(status="confirmed") | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="anomaly_worklist")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.element}"

    @property
    def judged(self) -> str:
        """What was judged, exactly: "1010" or "20/20". A decision names the one that it is about."""
        return str(self.number) if self.size is None else f"{self.number}/{self.size}"

    def is_overdue(self, today: dt.date) -> bool:
        """Whether it should have been dealt with by now and was not."""
        return self.status == self.Status.OPEN and self.due_on is not None and self.due_on < today
