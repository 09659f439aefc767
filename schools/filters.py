"""Filters of the lists of units, registers and the audit trail."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import (
    AuditEvent,
    EducationLevel,
    OrgUnit,
    SchoolProfile,
    Student,
    Teacher,
    UnitKind,
)
from schools.models.audit import AuditEventQuerySet
from schools.models.registers import RegisterQuerySet
from schools.models.units import OrgUnitQuerySet
from schools.trail import action_choices, actions_named

ALL = _("Tất cả")
ANSWERS = {"yes": True, "no": False, "unknown": None}


class WordFilter(django_filters.ModelChoiceFilter):
    """A choice among kinds or levels, by code in the address and by label on the page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(empty_label=ALL, to_field_name="code", **options)
        self.field_class = WordField


class WordField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        label: str = obj.label
        return label


def named_units(units: OrgUnitQuerySet, text: str) -> QuerySet[OrgUnit]:
    """The unit whose code is `text` (as links carry it), else those whose code or name match it."""
    exact = units.filter(code__iexact=text.strip())
    return exact if exact.exists() else units.matching(text)


class UnitFilter(django_filters.FilterSet):
    """By words of code and names, kind, level, ownership, and whether the unit still exists."""

    q = django_filters.CharFilter(label=_("Tìm theo mã hoặc tên"), method="filter_words")
    kind = WordFilter(label=_("Loại đơn vị"), queryset=UnitKind.objects.all())
    level = WordFilter(
        label=_("Cấp học"), field_name="profile__levels", queryset=EducationLevel.objects.all()
    )
    ownership = django_filters.ChoiceFilter(
        label=_("Loại hình"),
        field_name="profile__ownership",
        choices=SchoolProfile.Ownership.choices,
        empty_label=ALL,
    )
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"),
        choices=[("ended", _("Đã kết thúc")), ("all", ALL)],
        empty_label=_("Đang hoạt động"),
        method="keep",
    )

    class Meta:
        model = OrgUnit
        fields: list[str] = []

    def filter_queryset(self, queryset: OrgUnitQuerySet) -> Any:
        """Without another choice only units in force are shown."""
        rows = super().filter_queryset(queryset)
        today = timezone.localdate()
        state = self.form.cleaned_data.get("state")
        if state == "all":
            return rows
        return rows.filter(valid_to__lte=today) if state == "ended" else rows.in_force(today)

    def filter_words(self, rows: OrgUnitQuerySet, name: str, value: str) -> OrgUnitQuerySet:
        return rows.matching(value)

    def keep(self, rows: OrgUnitQuerySet, name: str, value: str) -> OrgUnitQuerySet:
        """The state is judged in `filter_queryset`, for its empty choice filters too."""
        return rows


class FlagFilter(django_filters.ChoiceFilter):
    """A flag of a register: yes, no, or not said."""

    def __init__(self, **options: Any) -> None:
        choices = [("yes", _("Có")), ("no", _("Không")), ("unknown", _("Chưa rõ"))]
        super().__init__(choices=choices, empty_label=ALL, **options)

    def filter(self, rows: Any, value: str) -> Any:
        if value not in ANSWERS:
            return rows
        answer = ANSWERS[value]
        name = self.field_name
        return rows.filter(**({f"{name}__isnull": True} if answer is None else {name: answer}))


class RegisterFilter(django_filters.FilterSet):
    """What both registers are searched by.

    `units`: those whose registers the reader may see; `own`: ids of those that the reader works in.
    """

    q = django_filters.CharFilter(label=_("Tìm theo mã định danh"), method="filter_words")
    unit = django_filters.CharFilter(label=_("Đơn vị (mã hoặc tên)"), method="filter_unit")
    level = WordFilter(label=_("Cấp học"), queryset=EducationLevel.objects.all())

    def __init__(self, *args: Any, units: OrgUnitQuerySet, own: Collection[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units, self.own = units, own

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Fields that are always shown."""
        return [self.form[name] for name, one in self.filters.items() if not isinstance(one, FlagFilter)]

    @property
    def flag_fields(self) -> list[forms.BoundField]:
        """One field for each flag."""
        return [self.form[name] for name, one in self.filters.items() if isinstance(one, FlagFilter)]

    @property
    def uses_flags(self) -> bool:
        """Whether the list is narrowed by a flag."""
        return any(field.value() for field in self.flag_fields)

    def filter_words(self, rows: RegisterQuerySet[Any], name: str, value: str) -> RegisterQuerySet[Any]:
        return rows.matching(value, own=self.own)

    def filter_unit(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(unit__in=named_units(self.units, value).order_by().values("pk"))


class TeacherFilter(RegisterFilter):
    position = django_filters.ChoiceFilter(
        label=_("Vị trí"), choices=Teacher.Position.choices, empty_label=ALL
    )
    has_computer = FlagFilter(label=_("Có máy tính"))
    has_internet = FlagFilter(label=_("Có Internet"))
    has_digital_record = FlagFilter(label=_("Có hồ sơ số"))
    uses_platform = FlagFilter(label=_("Dùng nền tảng"))
    trained_blended = FlagFilter(label=_("Tập huấn dạy học kết hợp"))
    trained_elearning = FlagFilter(label=_("Tập huấn e-learning"))
    trained_management = FlagFilter(label=_("Tập huấn quản trị"))
    trained_security = FlagFilter(label=_("Tập huấn an toàn thông tin"))

    class Meta:
        model = Teacher
        fields: list[str] = []


class StudentFilter(RegisterFilter):
    grade = django_filters.NumberFilter(label=_("Lớp"), min_value=1, max_value=12)
    has_computer = FlagFilter(label=_("Có máy tính"))
    has_internet = FlagFilter(label=_("Có Internet"))
    has_digital_record = FlagFilter(label=_("Có hồ sơ số"))
    uses_platform = FlagFilter(label=_("Dùng nền tảng"))

    class Meta:
        model = Student
        fields: list[str] = []


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AuditFilter(django_filters.FilterSet):
    """By words, unit, period, action and day. `units`: those whose history the reader may see."""

    q = django_filters.CharFilter(label=_("Tìm người, việc, lý do"), method="filter_words")
    unit = django_filters.CharFilter(label=_("Đơn vị (mã hoặc tên)"), method="filter_unit")
    period = django_filters.CharFilter(label=_("Mã kỳ báo cáo"), field_name="period_code")
    action = django_filters.ChoiceFilter(label=_("Việc"), choices=action_choices, empty_label=ALL)
    since = django_filters.DateFilter(
        label=_("Từ ngày"), field_name="at", lookup_expr="date__gte", widget=DateInput
    )
    until = django_filters.DateFilter(
        label=_("Đến ngày"), field_name="at", lookup_expr="date__lte", widget=DateInput
    )

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def __init__(self, *args: Any, units: OrgUnitQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = units

    def filter_words(self, rows: AuditEventQuerySet, name: str, value: str) -> AuditEventQuerySet:
        return rows.matching(value, actions_named)

    def filter_unit(self, rows: QuerySet[AuditEvent], name: str, value: str) -> QuerySet[AuditEvent]:
        return rows.filter(unit_code__in=named_units(self.units, value).order_by().values("code"))
