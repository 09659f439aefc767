"""Indicators and their targets."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import TextChoices

from indicators import formula
from indicators.traits import LEVELS

from .base import BilingualName, NaturalKeyManager, in_language
from .elements import DataElement
from .sets import IndicatorSet, Section


def _validate_formula(value: str) -> None:
    try:
        formula.parse(value)
    except formula.FormulaError as error:
        raise ValidationError(str(error)) from error


_validate_code = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9.-]*\Z", "Mã gồm chữ không dấu, chữ số, dấu chấm và dấu gạch nối."
)


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators with what pages name."""

    def with_context(self) -> "IndicatorQuerySet":
        """With set, section and targets: what the list and the page of an indicator show, in two queries."""
        return self.select_related("indicator_set", "section").prefetch_related("targets")


class Indicator(BilingualName):
    """Numerator ÷ denominator, a count, or the number of distinct choices in use."""

    class Kind(TextChoices):
        RATIO = "ratio", "tỉ lệ"
        COUNT = "count", "số lượng"
        DISTINCT = "distinct", "số mục khác nhau"
        NOT_APPLICABLE = "not_applicable", "không áp dụng"

    class Direction(TextChoices):
        UP = "up", "càng cao càng tốt"
        DOWN = "down", "càng thấp càng tốt"
        NEUTRAL = "neutral", "không xét"

    NATURAL_KEY = ("indicator_set__code", "code")

    indicator_set = models.ForeignKey(
        IndicatorSet, models.PROTECT, related_name="indicators", verbose_name="bộ chỉ số"
    )
    section = models.ForeignKey(Section, models.PROTECT, related_name="indicators", verbose_name="phần")
    code = models.CharField("mã", max_length=20, validators=[_validate_code])
    short_name = models.CharField("tên ngắn", max_length=80)
    short_name_en = models.CharField("tên ngắn (tiếng Anh)", max_length=80, blank=True)
    kind = models.CharField("loại", max_length=16, choices=Kind)
    numerator = models.CharField("tử số", max_length=400, blank=True, validators=[_validate_formula])
    denominator = models.CharField("mẫu số", max_length=400, blank=True, validators=[_validate_formula])
    choice_group = models.SlugField("chỉ đếm nhóm", max_length=40, blank=True)
    formula_version = models.PositiveSmallIntegerField("phiên bản công thức", default=1)
    period_rule = models.CharField(
        "quy tắc kỳ", max_length=4, choices=DataElement.PeriodRule, default=DataElement.PeriodRule.LAST
    )
    direction = models.CharField("chiều", max_length=8, choices=Direction, default=Direction.UP)
    unit_of_measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    unit_of_measure_en = models.CharField("đơn vị tính (tiếng Anh)", max_length=40, blank=True)
    is_estimate = models.BooleanField("số ước tính", default=False)
    legal_basis = models.TextField("căn cứ pháp lý", blank=True)
    why_it_matters = models.TextField("vì sao quan trọng", blank=True)
    why_it_matters_en = models.TextField("vì sao quan trọng (tiếng Anh)", blank=True)
    not_applicable_reason = models.TextField("lý do không áp dụng", blank=True)
    not_applicable_reason_en = models.TextField("lý do không áp dụng (tiếng Anh)", blank=True)
    appendix_row = models.PositiveSmallIntegerField("dòng phụ lục", null=True, blank=True)
    appendix_subject = models.TextField("tên dòng phụ lục", blank=True)
    appendix_measure = models.TextField("nội dung trong dòng phụ lục", blank=True)
    on_dashboard = models.BooleanField("hiện trên trang tổng quan", default=False)
    position = models.PositiveSmallIntegerField("thứ tự")

    objects = NaturalKeyManager.from_queryset(IndicatorQuerySet)()

    class Meta:
        verbose_name = "chỉ số"
        verbose_name_plural = "chỉ số"
        ordering = ["indicator_set", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["indicator_set", "code"], name="indicator_code_in_set"),
            models.CheckConstraint(
                name="indicator_formula_goes_with_kind",
                condition=(models.Q(kind="ratio") & ~models.Q(numerator="") & ~models.Q(denominator=""))
                | (models.Q(kind__in=["count", "distinct"], denominator="") & ~models.Q(numerator=""))
                | models.Q(kind="not_applicable", numerator="", denominator=""),
            ),
            models.CheckConstraint(
                name="indicator_not_applicable_says_why",
                condition=~models.Q(kind="not_applicable") | ~models.Q(not_applicable_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def natural_key(self) -> tuple[str, ...]:
        return (*self.indicator_set.natural_key(), self.code)

    natural_key.dependencies = ["indicators.indicatorset", "indicators.section"]  # type: ignore[attr-defined]

    @property
    def short_label(self) -> str:
        """The short name in the reader's language."""
        return in_language(self.short_name, self.short_name_en)

    @property
    def why(self) -> str:
        """Why it matters, in the reader's language."""
        return in_language(self.why_it_matters, self.why_it_matters_en)

    @property
    def reason(self) -> str:
        """Why it does not apply, in the reader's language; blank for one that does."""
        return in_language(self.not_applicable_reason, self.not_applicable_reason_en)

    @property
    def measure(self) -> str:
        """What the numerator counts ("giáo viên"), in the reader's language."""
        return in_language(self.unit_of_measure, self.unit_of_measure_en)


class Target(models.Model):
    """The value wanted of an indicator by the end of a year, with the document that says so."""

    class Scope(TextChoices):
        NATIONAL = "national", "cả nước"
        UNIT = "unit", "một đơn vị và các đơn vị bên dưới"
        LEVEL = "level", "một cấp học"

    class Comparison(TextChoices):
        AT_LEAST = "at_least", "ít nhất"
        MORE_THAN = "more_than", "lớn hơn"
        AT_MOST = "at_most", "nhiều nhất"

    NATURAL_KEY = ("indicator__indicator_set__code", "indicator__code", "year", "scope", "scope_code")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name="chỉ số")
    year = models.PositiveSmallIntegerField("đến năm")
    scope = models.CharField("phạm vi", max_length=8, choices=Scope, default=Scope.NATIONAL)
    scope_code = models.CharField("mã phạm vi", max_length=40, blank=True)
    comparison = models.CharField("so sánh", max_length=9, choices=Comparison, default=Comparison.AT_LEAST)
    value = models.DecimalField("giá trị", max_digits=14, decimal_places=2)
    document = models.CharField("văn bản", max_length=400)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)
    note = models.TextField("ghi chú", blank=True)

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "mục tiêu"
        verbose_name_plural = "mục tiêu"
        ordering = ["indicator", "year", "scope", "scope_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "scope", "scope_code"],
                name="target_one_per_indicator_year_scope",
            ),
            models.CheckConstraint(
                name="target_scope_names_its_code",
                condition=models.Q(scope="national", scope_code="")
                | (~models.Q(scope="national") & ~models.Q(scope_code="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.get_comparison_display()} {self.value} ({self.year})"

    def clean(self) -> None:
        """Refuse a level that does not exist."""
        if self.scope == self.Scope.LEVEL and self.scope_code not in LEVELS:
            raise ValidationError(
                {"scope_code": f"Không có cấp học “{self.scope_code}”. Các cấp học: {', '.join(LEVELS)}."}
            )

    def natural_key(self) -> tuple[str | int, ...]:
        return (*self.indicator.natural_key(), self.year, self.scope, self.scope_code)

    natural_key.dependencies = ["indicators.indicator"]  # type: ignore[attr-defined]
