"""What the list of editions can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from collection.models import ReportingPeriod
from dxreport.lib.folding import fold
from reporting.models import Edition
from reporting.selection import period_label


class EditionFilter(django_filters.FilterSet):
    """By words of the unit's code and name, diacritics or not, and by period."""

    q = django_filters.CharFilter(label=_("Tìm theo tên hoặc mã đơn vị"), method="filter_words")
    period = django_filters.ChoiceFilter(label=_("Kỳ"), field_name="period__code", empty_label=_("Tất cả"))

    class Meta:
        model = Edition
        fields: list[str] = []

    def __init__(self, *args: Any, periods: Iterable[ReportingPeriod], **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["period"].extra["choices"] = [(one.code, period_label(one)) for one in periods]

    def filter_words(self, rows: QuerySet[Edition], name: str, value: str) -> QuerySet[Edition]:
        """Both sides are folded; a house has few editions."""
        words = fold(value).split(" ")
        units = rows.order_by().values_list("pk", "unit__code", "unit__name")
        texts = [(pk, fold(f"{code} {title}")) for pk, code, title in units]
        return rows.filter(pk__in=[pk for pk, text in texts if all(word in text for word in words)])
