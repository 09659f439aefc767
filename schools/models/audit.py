"""The audit trail: who did what, when. It outlives what it describes."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One thing that somebody did. Codes and names are copied, so that nothing can erase it."""

    at = models.DateTimeField("lúc", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="người làm"
    )
    actor_name = models.CharField("tên người làm", max_length=150)
    action = models.CharField("việc", max_length=40)
    unit_code = models.CharField("mã đơn vị", max_length=20, blank=True)
    period_code = models.CharField("kỳ", max_length=40, blank=True)
    subject = models.CharField("đối tượng", max_length=200)
    reason = models.TextField("lý do", blank=True)
    detail = models.JSONField("chi tiết", default=dict, blank=True)

    class Meta:
        verbose_name = "nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["unit_code", "period_code", "at"], name="audit_unit_period")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_name}: {self.action} {self.subject}"
