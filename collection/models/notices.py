"""Notices: what somebody has to know about a submission, shown inside the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from .submissions import Submission

if TYPE_CHECKING:
    from schools.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Scopes of notices; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> NoticeQuerySet:
        """The user's own, of submissions that are still in their subtrees."""
        return self.filter(recipient=user, submission__in=Submission.objects.visible_to(user))

    def unread(self) -> NoticeQuerySet:
        """Those that nobody has marked as read."""
        return self.filter(read_at__isnull=True)

    def for_list(self) -> NoticeQuerySet:
        """What the page of notices names, in one query, the newest first."""
        return self.select_related(
            "submission__period", "submission__org_unit", "submission__form", "sent_by"
        ).order_by("-sent_at", "-pk")


class Notice(models.Model):
    """One thing that one person is told about one submission.

    The sentence is made from `kind` when it is shown, in the reader's language; `text` holds
    what the sender wrote, such as the reasons of a return.
    """

    class Kind(TextChoices):
        REMINDER = "reminder", _("nhắc nộp")
        RETURNED = "returned", _("bị trả lại")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="người nhận"
    )
    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="notices", verbose_name="phiếu báo cáo"
    )
    kind = models.CharField("loại", max_length=8, choices=Kind)
    text = models.TextField("nội dung", blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi"
    )
    sent_at = models.DateTimeField("gửi lúc")
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.CheckConstraint(name="notice_kind_known", condition=Q(kind__in=["reminder", "returned"]))
        ]
        # The badge counts them on every page.
        indexes = [
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread")
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_kind_display()}, {self.submission}"
