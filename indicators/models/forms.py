"""Forms: which elements are asked of which units.

Whom a form, a section or an element concerns is written as traits, plain words that describe
a unit ("school", "primary", "managed_by_department"). Units get theirs from the schools app;
nothing here knows a unit.
"""

from django.core.exceptions import ValidationError
from django.db import models

from indicators.traits import TRAITS

from .base import BilingualName, NaturalKeyManager, in_language
from .elements import DataElement
from .sets import IndicatorSet


def _validate_traits(value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(trait, str) and trait for trait in value):
        raise ValidationError("Đặc điểm đơn vị là một danh sách các từ.")
    unknown = [trait for trait in value if trait not in TRAITS]
    if unknown:
        raise ValidationError(
            f"Không có đặc điểm đơn vị {', '.join(unknown)}. Các đặc điểm: {', '.join(TRAITS)}."
        )


class Form(BilingualName):
    """The elements asked of one kind of unit."""

    NATURAL_KEY = ("indicator_set__code", "code")

    indicator_set = models.ForeignKey(
        IndicatorSet, models.PROTECT, related_name="forms", verbose_name="bộ chỉ số"
    )
    code = models.SlugField("mã", max_length=40)
    version = models.PositiveSmallIntegerField("phiên bản", default=1)
    asked_of = models.JSONField("đơn vị có một trong các đặc điểm", validators=[_validate_traits])
    position = models.PositiveSmallIntegerField("thứ tự")

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "biểu mẫu"
        verbose_name_plural = "biểu mẫu"
        ordering = ["indicator_set", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["indicator_set", "code"], name="form_code_in_set")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (*self.indicator_set.natural_key(), self.code)

    natural_key.dependencies = ["indicators.indicatorset"]  # type: ignore[attr-defined]


class FormSection(BilingualName):
    """A part of a form, asked of units with any of `asked_of`; of all units when that is empty."""

    NATURAL_KEY = ("form__indicator_set__code", "form__code", "code")

    form = models.ForeignKey(Form, models.CASCADE, related_name="sections", verbose_name="biểu mẫu")
    code = models.SlugField("mã", max_length=40)
    introduction = models.TextField("lời dẫn", blank=True)
    introduction_en = models.TextField("lời dẫn (tiếng Anh)", blank=True)
    asked_of = models.JSONField("đặc điểm", default=list, blank=True, validators=[_validate_traits])
    position = models.PositiveSmallIntegerField("thứ tự")

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "phần của biểu mẫu"
        verbose_name_plural = "các phần của biểu mẫu"
        ordering = ["form", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["form", "code"], name="formsection_code_in_form")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (*self.form.natural_key(), self.code)

    natural_key.dependencies = ["indicators.form"]  # type: ignore[attr-defined]

    @property
    def lead(self) -> str:
        """The introduction in the reader's language."""
        return in_language(self.introduction, self.introduction_en)


class FormElement(models.Model):
    """One element in a section, asked of units with any of `asked_of` (all when empty)."""

    NATURAL_KEY = (
        "section__form__indicator_set__code",
        "section__form__code",
        "section__code",
        "element__code",
    )

    section = models.ForeignKey(
        FormSection, models.CASCADE, related_name="form_elements", verbose_name="phần của biểu mẫu"
    )
    element = models.ForeignKey(
        DataElement, models.PROTECT, related_name="form_elements", verbose_name="chỉ tiêu dữ liệu"
    )
    asked_of = models.JSONField("đặc điểm", default=list, blank=True, validators=[_validate_traits])
    is_required = models.BooleanField("bắt buộc trả lời", default=True)
    position = models.PositiveSmallIntegerField("thứ tự")

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "chỉ tiêu của biểu mẫu"
        verbose_name_plural = "chỉ tiêu của biểu mẫu"
        ordering = ["section", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["section", "element"], name="formelement_element_in_section")
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.element}"

    def natural_key(self) -> tuple[str, ...]:
        return (*self.section.natural_key(), self.element.code)

    natural_key.dependencies = ["indicators.formsection", "indicators.dataelement"]  # type: ignore[attr-defined]
