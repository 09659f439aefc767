"""Many workbooks in one zip: checked one after the other in the background, saved together or not at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .uploads import Upload

if TYPE_CHECKING:
    from schools.models import User

# Of each file; all of them stand on the page of its upload.
ERRORS_NOTED = 5
# A worker that lives moves on within seconds; longer, and it was stopped or never began.
STALLED_AFTER = dt.timedelta(minutes=2)


class BatchQuerySet(models.QuerySet["Batch"]):
    """Scopes of batches; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> BatchQuerySet:
        """One's own, like the uploads that they are made of."""
        return self.filter(uploaded_by=user)

    def for_list(self) -> BatchQuerySet:
        """The newest first with `done`, the number of files checked, and without the archives themselves."""
        return self.defer("data").annotate(done=Count("files")).order_by("-uploaded_at", "-pk")


class Batch(models.Model):
    """A zip of workbooks as somebody sent it, and how far it has come.

    `run` counts how often work on it was begun: a worker goes on only while it holds the latest
    number, so that a second one, or a cancelled one, writes nothing.
    """

    class State(TextChoices):
        CHECKING = "checking", _("đang kiểm tra")
        CHECKED = "checked", _("chờ xác nhận")
        SAVING = "saving", _("đang lưu")
        CONFIRMED = "confirmed", _("đã lưu")
        CANCELLED = "cancelled", _("đã dừng")

    WORKING = (State.CHECKING, State.SAVING)

    file_name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    data = models.BinaryField("tệp", null=True)  # None once each file is kept in its upload, or too old
    names = models.JSONField("tên các tệp trong zip", default=list)
    state = models.CharField("trạng thái", max_length=9, choices=State, default=State.CHECKING)
    problem = models.TextField("vì sao chưa lưu được", blank=True)
    run = models.PositiveIntegerField("lần chạy", default=1)
    moved_at = models.DateTimeField("tiến triển lúc")
    uploaded_at = models.DateTimeField("tải lên lúc")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp zip tải lên"
        verbose_name_plural = "tệp zip tải lên"
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="batch_confirmed_has_moment",
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="batch_at_work_has_file",
                condition=Q(state__in=["confirmed", "cancelled", "checked"]) | Q(data__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING

    @property
    def is_stalled(self) -> bool:
        """Whether it should be moving and is not."""
        return self.is_working and timezone.now() - self.moved_at > STALLED_AFTER


class BatchFile(models.Model):
    """What the check of one file of a batch came to. The file itself is in its upload, where it has one."""

    class Outcome(TextChoices):
        READY = "ready", _("có thay đổi")
        FAULTY = "faulty", _("có ô sai")
        UNCHANGED = "unchanged", _("không thay đổi gì")
        REFUSED = "refused", _("không nhận")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files", verbose_name="tệp zip")
    position = models.PositiveIntegerField("thứ tự")
    name = models.CharField("tên tệp", max_length=240)
    outcome = models.CharField("kết quả", max_length=9, choices=Outcome)
    sentence = models.TextField("vì sao", blank=True)
    counts = models.JSONField("số ô theo kết quả", default=dict)  # as in the report of the upload
    errors = models.JSONField("các lỗi đầu tiên", default=list)  # [sheet, cell, sentence]
    upload = models.OneToOneField(
        Upload, models.SET_NULL, null=True, blank=True, related_name="batch_file", verbose_name="tệp tải lên"
    )

    class Meta:
        verbose_name = "tệp trong zip"
        verbose_name_plural = "tệp trong zip"
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batch_file_once"),
            models.CheckConstraint(
                name="batch_file_refused_says_why", condition=~Q(outcome="refused") | ~Q(sentence="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
