"""Workbooks that were sent to us: the file itself, what it would change, and what became of it."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from indicators.models import Form

from .periods import ReportingPeriod

if TYPE_CHECKING:
    from schools.models import User


class UploadQuerySet(models.QuerySet["Upload"]):
    """Scopes of uploads; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> UploadQuerySet:
        """One's own: an upload shows figures of many units, and is one person's piece of work."""
        return self.filter(uploaded_by=user)

    def for_list(self) -> UploadQuerySet:
        """The newest first, without the files themselves; those of a zip stand on the page of their batch."""
        rows = self.filter(batch_file__isnull=True).select_related("period", "form")
        return rows.defer("data", "plan").order_by("-uploaded_at", "-pk")


class Upload(models.Model):
    """One workbook as somebody sent it, kept so that every figure can be traced to its file.

    `report` is what the page of the preview shows; `plan` is all that confirming would save and all
    that is wrong (see collection.workbooks.plan), packed. Nothing in it is reported until confirmed.
    """

    class State(TextChoices):
        READY = "ready", _("chờ xác nhận")
        FAULTY = "faulty", _("có lỗi")
        CONFIRMED = "confirmed", _("đã lưu")

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+", verbose_name="kỳ")
    form = models.ForeignKey(Form, models.PROTECT, related_name="+", verbose_name="biểu mẫu")
    unit_codes = models.JSONField("mã các đơn vị", default=list)
    file_name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    data = models.BinaryField("tệp", null=True)  # None once it is no longer kept
    state = models.CharField("trạng thái", max_length=9, choices=State)
    report = models.JSONField("báo cáo", default=dict)
    plan = models.BinaryField("thay đổi", null=True)
    uploaded_at = models.DateTimeField("tải lên lúc")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp tải lên"
        verbose_name_plural = "tệp tải lên"
        ordering = ["-uploaded_at", "-id"]
        indexes = [models.Index(fields=["uploaded_by", "-uploaded_at"], name="upload_of_whom")]
        constraints = [
            models.CheckConstraint(
                name="upload_confirmed_has_moment",
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="upload_waiting_has_file",
                condition=Q(state="confirmed") | Q(data__isnull=False, plan__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


def packed(content: Any) -> bytes:
    """`content` as JSON, compressed: 37,000 cells in a few hundred kilobytes."""
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def unpacked(data: bytes | memoryview) -> Any:
    """What `packed` made."""
    return json.loads(zlib.decompress(bytes(data)))
