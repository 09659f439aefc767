"""Explanations of cells that stand as footnotes in the report."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .values import DataValue


class FootnoteQuerySet(models.QuerySet["Footnote"]):
    """Footnotes of values."""

    def standing(self) -> FootnoteQuerySet:
        """Those whose explanation is still the one that was read: a later one was not decided on."""
        return self.filter(value__explanation=F("text"))


class Footnote(models.Model):
    """An explanation of a value, as it read when a reviewer made it a footnote of the report."""

    value = models.OneToOneField(DataValue, models.CASCADE, related_name="footnote", verbose_name="số liệu")
    text = models.CharField("giải trình", max_length=400)
    marked_at = models.DateTimeField("đánh dấu lúc", auto_now_add=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đánh dấu"
    )

    objects = FootnoteQuerySet.as_manager()

    class Meta:
        verbose_name = "chú thích của báo cáo"
        verbose_name_plural = "chú thích của báo cáo"
        ordering = ["value"]
        constraints = [models.CheckConstraint(name="footnote_has_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text
