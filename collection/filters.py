"""Filters of the list of submissions: what a reviewer looks for among hundreds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from collection.flags import is_flagged
from collection.models import Anomaly, ReportingPeriod, Submission
from collection.models.submissions import SubmissionQuerySet
from collection.workflow import EDITABLE, State
from dxreport.lib.searching import holds_words
from schools.models import OrgUnit, User

ALL = "all"


def late_on(today: dt.date) -> Q:
    """Submissions awaited after their due date, or first handed in after it: `Deadline.is_late`."""
    return Q(state__in=EDITABLE, due_on__lt=today) | Q(first_submitted_at__date__gt=F("due_on"))


def with_period(query: QueryDict, periods: Sequence[ReportingPeriod], *, also: str = "") -> QueryDict:
    """Without a choice the pages show the newest period that was opened; `periods` newest first.

    `also` is a further choice that the page knows, such as ALL.
    """
    chosen = query.copy()
    known = {period.code for period in periods} | {also}
    if chosen.get("period") not in known:
        opened = [period for period in periods if period.state != ReportingPeriod.State.PLANNED]
        chosen["period"] = opened[0].code if opened else also
    return chosen


class SubmissionFilter(django_filters.FilterSet):
    """By period, unit above, state, lateness, warnings, and words of the unit's name."""

    q = django_filters.CharFilter(label=_("Tìm đơn vị"), method="filter_words")
    period = django_filters.ChoiceFilter(label=_("Kỳ"), method="filter_period", empty_label=None)
    under = django_filters.ChoiceFilter(
        label=_("Đơn vị quản lý"), method="filter_under", empty_label=_("Tất cả")
    )
    state = django_filters.ChoiceFilter(label=_("Trạng thái"), choices=State, empty_label=_("Tất cả"))
    late = django_filters.ChoiceFilter(
        label=_("Đúng hạn"),
        choices=[("yes", _("Trễ hạn")), ("no", _("Còn hạn hoặc đúng hạn"))],
        empty_label=_("Tất cả"),
        method="filter_late",
    )
    flagged = django_filters.ChoiceFilter(
        label=_("Cảnh báo"),
        choices=[("yes", _("Có cảnh báo")), ("no", _("Không có cảnh báo"))],
        empty_label=_("Tất cả"),
        method="filter_flagged",
    )

    class Meta:
        model = Submission
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        periods: Iterable[ReportingPeriod],
        units: Iterable[OrgUnit],
        today: dt.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.filters["period"].extra["choices"] = [
            *((period.code, period.name) for period in periods),
            (ALL, _("Tất cả các kỳ")),
        ]
        self.filters["under"].extra["choices"] = [(unit.code, unit.name) for unit in units]

    def filter_words(self, rows: QuerySet[Submission], name: str, value: str) -> QuerySet[Submission]:
        return rows.filter(holds_words("org_unit__search_name", value))

    def filter_period(self, rows: QuerySet[Submission], name: str, value: str) -> QuerySet[Submission]:
        return rows if value == ALL else rows.filter(period__code=value)

    def filter_under(self, rows: SubmissionQuerySet, name: str, value: str) -> SubmissionQuerySet:
        return rows.under(value)

    def filter_late(self, rows: QuerySet[Submission], name: str, value: str) -> QuerySet[Submission]:
        late = late_on(self.today)
        return rows.filter(late) if value == "yes" else rows.exclude(late)

    def filter_flagged(self, rows: QuerySet[Submission], name: str, value: str) -> QuerySet[Submission]:
        return rows.filter(is_flagged()) if value == "yes" else rows.exclude(is_flagged())


class AnomalyFilter(django_filters.FilterSet):
    """By period, status, owner, what it was compared with, unit above, and words of the unit's name."""

    q = django_filters.CharFilter(label=_("Tìm đơn vị"), method="filter_words")
    period = django_filters.ChoiceFilter(label=_("Kỳ"), method="filter_period", empty_label=None)
    under = django_filters.ChoiceFilter(
        label=_("Đơn vị quản lý"), method="filter_under", empty_label=_("Tất cả")
    )
    status = django_filters.ChoiceFilter(label=_("Trạng thái"), method="filter_status", empty_label=None)
    owner = django_filters.ChoiceFilter(
        label=_("Người xử lý"),
        choices=[("me", _("Tôi")), ("nobody", _("Chưa giao ai"))],
        empty_label=_("Tất cả"),
        method="filter_owner",
    )
    kind = django_filters.ChoiceFilter(label=_("Căn cứ"), choices=Anomaly.Kind, empty_label=_("Tất cả"))

    class Meta:
        model = Anomaly
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        periods: Iterable[ReportingPeriod],
        units: Iterable[OrgUnit],
        reader: User,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.reader = reader
        self.filters["period"].extra["choices"] = [
            *((period.code, period.name) for period in periods),
            (ALL, _("Tất cả các kỳ")),
        ]
        self.filters["under"].extra["choices"] = [(unit.code, unit.name) for unit in units]
        self.filters["status"].extra["choices"] = [*Anomaly.Status.choices, (ALL, _("Tất cả"))]

    def filter_words(self, rows: QuerySet[Anomaly], name: str, value: str) -> QuerySet[Anomaly]:
        return rows.filter(holds_words("submission__org_unit__search_name", value))

    def filter_period(self, rows: QuerySet[Anomaly], name: str, value: str) -> QuerySet[Anomaly]:
        return rows if value == ALL else rows.filter(submission__period__code=value)

    def filter_under(self, rows: QuerySet[Anomaly], name: str, value: str) -> QuerySet[Anomaly]:
        return rows.filter(submission__in=Submission.objects.order_by().under(value).values("pk"))

    def filter_status(self, rows: QuerySet[Anomaly], name: str, value: str) -> QuerySet[Anomaly]:
        return rows if value == ALL else rows.filter(status=value)

    def filter_owner(self, rows: QuerySet[Anomaly], name: str, value: str) -> QuerySet[Anomaly]:
        return rows.filter(owner=self.reader) if value == "me" else rows.filter(owner__isnull=True)
