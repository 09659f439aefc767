"""Rules: what must hold between the elements of one submission."""

from django.db import models
from django.db.models import TextChoices

from .base import NaturalKeyManager, in_language
from .indicator import _validate_formula
from .sets import IndicatorSet


class Rule(models.Model):
    """A relation between two formulas over one unit's values in one period."""

    class Kind(TextChoices):
        PART_OF_WHOLE = "part_of_whole", "phần không lớn hơn tổng"
        SUBSET = "subset", "tập con của chỉ tiêu khác"
        PARTS_TOTAL = "parts_total", "các phần cộng lại bằng tổng"
        PAIR = "pair", "có cả hai hoặc không có cả hai"

    class Severity(TextChoices):
        HARD = "hard", "chặn nộp phiếu"
        SOFT = "soft", "cần giải trình"

    NATURAL_KEY = ("indicator_set__code", "code")

    indicator_set = models.ForeignKey(
        IndicatorSet, models.PROTECT, related_name="rules", verbose_name="bộ chỉ số"
    )
    code = models.SlugField("mã", max_length=20)
    kind = models.CharField("loại", max_length=14, choices=Kind)
    severity = models.CharField("mức độ", max_length=4, choices=Severity)
    left = models.CharField("vế trái (phần)", max_length=400, validators=[_validate_formula])
    right = models.CharField("vế phải (tổng)", max_length=400, validators=[_validate_formula])
    message = models.CharField("câu báo", max_length=400)
    message_en = models.CharField("câu báo (tiếng Anh)", max_length=400, blank=True)

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "quy tắc"
        verbose_name_plural = "quy tắc"
        ordering = ["indicator_set", "code"]
        constraints = [models.UniqueConstraint(fields=["indicator_set", "code"], name="rule_code_in_set")]

    def __str__(self) -> str:
        return f"{self.code}: {self.left} / {self.right}"

    def natural_key(self) -> tuple[str, ...]:
        return (*self.indicator_set.natural_key(), self.code)

    natural_key.dependencies = ["indicators.indicatorset"]  # type: ignore[attr-defined]

    @property
    def sentence(self) -> str:
        """What is wrong when the rule does not hold, in the reader's language."""
        return in_language(self.message, self.message_en)
