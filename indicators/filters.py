"""Filters of the catalogue's lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dxreport.lib.folding import fold
from indicators.element_explanation import TYPES
from indicators.explanation import KINDS
from indicators.models import DataElement, Form, Indicator, Section


def _matching(rows: Iterable[Indicator] | Iterable[DataElement], text: str) -> list[int]:
    """Ids of the rows whose code and names hold every word of `text`, diacritics or not."""
    words = fold(text).split(" ")
    texts = ((row.pk, fold(f"{row.code} {row.name} {row.name_en}")) for row in rows)
    return [pk for pk, folded in texts if all(word in folded for word in words)]


class IndicatorFilter(django_filters.FilterSet):
    """By words of the name, by section, by kind, and whether the ministry's appendix holds it."""

    q = django_filters.CharFilter(label=_("Tìm theo mã hoặc tên"), method="filter_words")
    section = django_filters.ChoiceFilter(
        label=_("Phần"), field_name="section__code", empty_label=_("Tất cả")
    )
    kind = django_filters.ChoiceFilter(label=_("Loại"), choices=list(KINDS.items()), empty_label=_("Tất cả"))
    appendix = django_filters.ChoiceFilter(
        label=_("Phụ lục của Bộ"),
        choices=[("yes", _("Có trong phụ lục")), ("no", _("Chỉ có trong báo cáo"))],
        empty_label=_("Tất cả"),
        method="filter_appendix",
    )

    class Meta:
        model = Indicator
        fields: list[str] = []

    def __init__(self, *args: Any, sections: Iterable[Section], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(section.code, f"{section.code}. {section.label}") for section in sections]
        self.filters["section"].extra["choices"] = choices

    def filter_words(self, rows: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        """Both sides are folded: a search without diacritics finds names that have them."""
        return rows.filter(pk__in=_matching(rows, value))

    def filter_appendix(self, rows: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        """ "yes": rows of the ministry's table; "no": figures of the body alone."""
        return rows.filter(appendix_row__isnull=value == "no")


class ElementFilter(django_filters.FilterSet):
    """By words of code and name, by the form that asks, by type."""

    q = django_filters.CharFilter(label=_("Tìm theo mã hoặc tên"), method="filter_words")
    form_code = django_filters.ChoiceFilter(
        label=_("Biểu mẫu"), empty_label=_("Tất cả"), method="filter_form"
    )
    type = django_filters.ChoiceFilter(
        label=_("Kiểu trả lời"), choices=list(TYPES.items()), empty_label=_("Tất cả")
    )

    class Meta:
        model = DataElement
        fields: list[str] = []

    def __init__(self, *args: Any, forms: Iterable[Form], **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["form_code"].extra["choices"] = [(form.code, form.label) for form in forms]

    def filter_words(self, rows: QuerySet[DataElement], name: str, value: str) -> QuerySet[DataElement]:
        """Both sides are folded, as for indicators."""
        return rows.filter(pk__in=_matching(rows, value))

    def filter_form(self, rows: QuerySet[DataElement], name: str, value: str) -> QuerySet[DataElement]:
        return rows.filter(form_elements__section__form__code=value).distinct()
