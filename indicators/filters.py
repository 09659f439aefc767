"""Filters of the catalogue's lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dxreport.lib.folding import fold
from indicators.explanation import KINDS
from indicators.models import Indicator, Section


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
        words = fold(value).split(" ")
        found = [
            row.pk
            for row in rows
            if all(word in fold(f"{row.code} {row.name} {row.name_en}") for word in words)
        ]
        return rows.filter(pk__in=found)

    def filter_appendix(self, rows: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        """ "yes": rows of the ministry's table; "no": figures of the body alone."""
        return rows.filter(appendix_row__isnull=value == "no")
