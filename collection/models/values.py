"""Data values and their history."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from indicators.models import DataElement
from schools.models import OrgUnit

from .periods import ReportingPeriod
from .submissions import Submission


class DataValue(models.Model):
    """What a unit said of one element in one period.

    Counts and yes/no (1 or 0) stand in `number`, chosen codes in `choices`, text in `text`.
    An element without a row was never entered; one whose answer was taken back has a row with
    the state EMPTY, which keeps its history. What a unit is not asked has no row at all.
    """

    class State(TextChoices):
        ENTERED = "entered", _("đã nhập")
        EMPTY = "empty", _("chưa nhập")
        NOT_AVAILABLE = "not_available", _("không có số liệu")
        NOT_APPLICABLE = "not_applicable", _("không áp dụng")

    class Source(TextChoices):
        FORM = "form", _("biểu mẫu trên trang")
        WORKBOOK = "workbook", _("tệp Excel")
        GRID = "grid", _("bảng nhiều trường")
        DEMO = "demo", _("số liệu dùng thử")

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+", verbose_name="kỳ")
    org_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    element = models.ForeignKey(DataElement, models.PROTECT, related_name="values", verbose_name="chỉ tiêu")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="values", verbose_name="phiếu")
    state = models.CharField("trạng thái", max_length=14, choices=State, default=State.ENTERED)
    number = models.BigIntegerField("số", null=True, blank=True)
    choices = models.JSONField("mục đã chọn", null=True, blank=True)
    text = models.TextField("văn bản", blank=True)
    reason = models.CharField("lý do không có số liệu", max_length=400, blank=True)
    explanation = models.CharField("giải trình", max_length=400, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    updated_at = models.DateTimeField("sửa lúc")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người sửa"
    )

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        ordering = ["period", "org_unit", "element"]
        constraints = [
            # The order of the key is measured: totals of a period are summed 2 to 40 times
            # faster than with the element before the unit.
            models.UniqueConstraint(fields=["period", "org_unit", "element"], name="value_once"),
            models.CheckConstraint(
                name="value_not_negative", condition=Q(number__isnull=True) | Q(number__gte=0)
            ),
            models.CheckConstraint(
                name="value_number_only_when_entered", condition=Q(number__isnull=True) | Q(state="entered")
            ),
            models.CheckConstraint(
                name="value_not_available_has_reason", condition=~Q(state="not_available") | ~Q(reason="")
            ),
        ]
        # Few values are explained, and every list of submissions counts them (collection.flags).
        indexes = [models.Index(fields=["submission"], condition=~Q(explanation=""), name="value_explained")]

    def __str__(self) -> str:
        return f"{self.element.code}, {self.org_unit}, {self.period}"


class ValueChange(models.Model):
    """One change of one value: what it was, what it became, who, when, from where."""

    value = models.ForeignKey(DataValue, models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField("phiên bản")
    old = models.JSONField("cũ", null=True)
    new = models.JSONField("mới")
    source = models.CharField("nguồn", max_length=8, choices=DataValue.Source)
    changed_at = models.DateTimeField("lúc")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "thay đổi số liệu"
        verbose_name_plural = "thay đổi số liệu"
        ordering = ["value", "version"]
        constraints = [models.UniqueConstraint(fields=["value", "version"], name="valuechange_version_once")]

    def __str__(self) -> str:
        return f"{self.value_id} v{self.version}"
