"""Indicator sets and their sections."""

from uuid import uuid4

from django.db import models

from .base import BilingualName, NaturalKeyManager


class IndicatorSet(BilingualName):
    """A versioned catalogue with its legal basis, valid between two dates."""

    NATURAL_KEY = ("code",)

    code = models.SlugField("mã", max_length=40, unique=True)
    legal_basis = models.TextField("căn cứ pháp lý")
    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    # Differs whenever anything of the set has changed: what processes keep of it in memory stands
    # under it (indicators/kept.py). Random, so that what was rolled back is never taken for a later one.
    revision = models.UUIDField("dấu thay đổi", default=uuid4, editable=False)

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "bộ chỉ số"
        verbose_name_plural = "bộ chỉ số"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="indicatorset_ends_after_start",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def natural_key(self) -> tuple[str, ...]:
        return (self.code,)


class Section(BilingualName):
    """A heading of the set under which its indicators are shown, as III.1 of the report."""

    NATURAL_KEY = ("indicator_set__code", "code")

    indicator_set = models.ForeignKey(
        IndicatorSet, models.PROTECT, related_name="sections", verbose_name="bộ chỉ số"
    )
    code = models.CharField("mã", max_length=40)  # an outline number such as III.1: its dot is no slug
    position = models.PositiveSmallIntegerField("thứ tự")

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "phần"
        verbose_name_plural = "các phần"
        ordering = ["indicator_set", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["indicator_set", "code"], name="section_code_in_set")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (*self.indicator_set.natural_key(), self.code)

    natural_key.dependencies = ["indicators.indicatorset"]  # type: ignore[attr-defined]
