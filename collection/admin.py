"""Looking at what was reported in the administration. Only the actions write, so all is read-only,
and at this door too everybody sees the subtree of their memberships, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from collection.models import (
    Anomaly,
    DataValue,
    Extension,
    ReportingPeriod,
    ReturnedCell,
    Submission,
    ValueChange,
    Violation,
)
from schools.models import OrgUnit, User
from schools.roles import Permission

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:  # not subscriptable outside of the type checker
    from django.contrib.admin import ModelAdmin, TabularInline


def _may_look(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and user.is_active and user.may_somewhere(Permission.VIEW_HISTORY)


class ReadOnly:
    """Nobody adds, changes or deletes here; who may read history may look."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _may_look(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_look(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OfUnits(ReadOnly):
    """Rows of units whose history the user may read."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        if not isinstance(request.user, User):
            return rows.none()
        units = OrgUnit.objects.visible_to(request.user, permission=Permission.VIEW_HISTORY)
        return rows.filter(org_unit__in=units)


class ReturnedCellInline(ReadOnly, TabularInline):
    model = ReturnedCell
    extra = 0


class ExtensionInline(ReadOnly, TabularInline):
    model = Extension
    extra = 0


class ViolationInline(ReadOnly, TabularInline):
    model = Violation
    extra = 0


class AnomalyInline(ReadOnly, TabularInline):
    model = Anomaly
    extra = 0


class ChangeInline(ReadOnly, TabularInline):
    model = ValueChange
    extra = 0


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(ReadOnly, ModelAdmin):
    list_display = ["code", "name", "starts_on", "ends_on", "due_on", "state"]
    list_filter = ["state", "indicator_set"]


@admin.register(Submission)
class SubmissionAdmin(OfUnits, ModelAdmin):
    list_display = ["org_unit", "form", "period", "state", "due_on", "submitted_at", "submitted_by"]
    list_filter = ["period", "state", "form"]
    list_select_related = ["org_unit", "form", "period", "submitted_by"]
    search_fields = ["org_unit__code", "org_unit__search_name"]
    inlines = [ViolationInline, AnomalyInline, ReturnedCellInline, ExtensionInline]


@admin.register(DataValue)
class DataValueAdmin(OfUnits, ModelAdmin):
    list_display = ["element", "org_unit", "period", "state", "number", "choices", "updated_at", "updated_by"]
    list_filter = ["period", "state"]
    list_select_related = ["element", "org_unit", "period", "updated_by"]
    search_fields = ["org_unit__code", "element__code"]
    show_full_result_count = False
    ordering = ["-pk"]
    inlines = [ChangeInline]
