"""Data elements: the things asked for, each with a type and a period rule."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import TextChoices

from indicators import formula

from .base import BilingualName, NaturalKeyManager, in_language
from .sets import IndicatorSet


class ChoiceList(BilingualName):
    """A closed list that an element is answered from, such as teaching platforms."""

    NATURAL_KEY = ("indicator_set__code", "code")

    indicator_set = models.ForeignKey(
        IndicatorSet, models.PROTECT, related_name="choice_lists", verbose_name="bộ chỉ số"
    )
    code = models.SlugField("mã", max_length=40)
    is_illustrative = models.BooleanField("danh sách minh họa", default=False)

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "danh sách chọn"
        verbose_name_plural = "danh sách chọn"
        ordering = ["indicator_set", "code"]
        constraints = [
            models.UniqueConstraint(fields=["indicator_set", "code"], name="choicelist_code_in_set")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (*self.indicator_set.natural_key(), self.code)

    natural_key.dependencies = ["indicators.indicatorset"]  # type: ignore[attr-defined]


class Choice(BilingualName):
    """One entry of a choice list; `group` divides the list, as domestic and foreign products."""

    NATURAL_KEY = ("choice_list__indicator_set__code", "choice_list__code", "code")

    choice_list = models.ForeignKey(
        ChoiceList, models.PROTECT, related_name="choices", verbose_name="danh sách chọn"
    )
    code = models.CharField("mã", max_length=40)
    group = models.SlugField("nhóm", max_length=40, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "mục chọn"
        verbose_name_plural = "mục chọn"
        ordering = ["choice_list", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["choice_list", "code"], name="choice_code_in_list")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (*self.choice_list.natural_key(), self.code)

    natural_key.dependencies = ["indicators.choicelist"]  # type: ignore[attr-defined]


def _validate_term(value: str) -> None:
    """An element's code stands in formulas, so it must read as one term and not mean something else."""
    try:
        readable = formula.parse(value) == (formula.Term(value),) and value != formula.UNITS
    except formula.FormulaError:
        readable = False
    if not readable:
        raise ValidationError("Mã gồm chữ thường không dấu, chữ số và dấu gạch dưới, khác với “units”.")


class DataElementQuerySet(models.QuerySet["DataElement"]):
    """Data elements with what pages name."""

    def with_forms(self) -> "DataElementQuerySet":
        """With the forms that ask them: what the list shows, in two queries."""
        return self.prefetch_related("form_elements__section__form")


class DataElement(BilingualName):
    """One thing asked for. Shares are never asked: they are two counts."""

    class Type(TextChoices):
        COUNT = "count", "số lượng"
        YES_NO = "yes_no", "có/không"
        CHOICE = "choice", "chọn một"
        CHOICES = "choices", "chọn nhiều"
        TEXT = "text", "văn bản"

    class PeriodRule(TextChoices):
        LAST = "last", "lấy kỳ cuối"
        SUM = "sum", "cộng các kỳ"

    NATURAL_KEY = ("indicator_set__code", "code")

    indicator_set = models.ForeignKey(
        IndicatorSet, models.PROTECT, related_name="elements", verbose_name="bộ chỉ số"
    )
    code = models.CharField("mã", max_length=60, validators=[_validate_term])
    type = models.CharField("kiểu", max_length=10, choices=Type)
    period_rule = models.CharField("quy tắc kỳ", max_length=4, choices=PeriodRule)
    unit_of_measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    unit_of_measure_en = models.CharField("đơn vị tính (tiếng Anh)", max_length=40, blank=True)
    definition = models.TextField("định nghĩa", blank=True)
    definition_en = models.TextField("định nghĩa (tiếng Anh)", blank=True)
    source = models.TextField("nguồn số liệu", blank=True)
    source_en = models.TextField("nguồn số liệu (tiếng Anh)", blank=True)
    example = models.CharField("ví dụ", max_length=200, blank=True)
    example_en = models.CharField("ví dụ (tiếng Anh)", max_length=200, blank=True)
    choice_list = models.ForeignKey(
        ChoiceList,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="elements",
        verbose_name="danh sách chọn",
    )
    change_limit = models.PositiveSmallIntegerField(
        "hỏi khi thay đổi quá (%)",
        null=True,
        blank=True,
        help_text="So với kỳ trước; để trống thì không bao giờ hỏi.",
    )
    change_least = models.PositiveIntegerField(
        "và ít nhất là",
        default=10,
        help_text="Chênh lệch nhỏ hơn số này thì không hỏi: từ 1 lên 2 không phải điều lạ.",
    )

    objects = NaturalKeyManager.from_queryset(DataElementQuerySet)()

    class Meta:
        verbose_name = "chỉ tiêu dữ liệu"
        verbose_name_plural = "chỉ tiêu dữ liệu"
        ordering = ["indicator_set", "code"]
        constraints = [
            models.UniqueConstraint(fields=["indicator_set", "code"], name="element_code_in_set"),
            models.CheckConstraint(
                name="element_list_goes_with_choice",
                condition=models.Q(type__in=["choice", "choices"], choice_list__isnull=False)
                | (~models.Q(type__in=["choice", "choices"]) & models.Q(choice_list__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    def natural_key(self) -> tuple[str, ...]:
        return (*self.indicator_set.natural_key(), self.code)

    natural_key.dependencies = ["indicators.indicatorset", "indicators.choicelist"]  # type: ignore[attr-defined]

    @property
    def help(self) -> str:
        """What to count, in the reader's language."""
        return in_language(self.definition, self.definition_en)

    @property
    def source_label(self) -> str:
        """Where the figure comes from, in the reader's language."""
        return in_language(self.source, self.source_en)

    @property
    def example_label(self) -> str:
        """A worked example, in the reader's language."""
        return in_language(self.example, self.example_en)

    @property
    def measure(self) -> str:
        """What is counted ("giáo viên", "teachers"), in the reader's language."""
        return in_language(self.unit_of_measure, self.unit_of_measure_en)
