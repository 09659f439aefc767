"""Lists of units, of the registers and of the audit trail, each within the reader's subtrees."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_tables2 import RequestConfig

from schools.access import require_somewhere
from schools.filters import AuditFilter, RegisterFilter, StudentFilter, TeacherFilter, UnitFilter
from schools.models import AuditEvent, OrgUnit, Student, Teacher, User
from schools.models.registers import RegisterQuerySet
from schools.models.units import OrgUnitQuerySet
from schools.roles import Permission
from schools.tables import AuditTable, RegisterTable, StudentTable, TeacherTable, UnitTable

ROWS_PER_PAGE = 50


def signed_in(request: HttpRequest) -> User:
    """The user of a page that asks for signing in."""
    assert isinstance(request.user, User)
    return request.user


def show(request: HttpRequest, template: str, filters: Any, table: Any, **context: Any) -> HttpResponse:
    """Render a filtered list, a page of it; the rows are counted once."""
    RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    return render(request, template, {"filter": filters, "table": table, **context})


@login_required
def unit_list(request: HttpRequest) -> HttpResponse:
    """The units of the reader's subtrees."""
    units = OrgUnit.objects.visible_to(signed_in(request))
    filters = UnitFilter(request.GET, queryset=units.for_list())
    return show(request, "schools/unit_list.html", filters, UnitTable(filters.qs), **_made_up(units))


@login_required
def teacher_list(request: HttpRequest) -> HttpResponse:
    """The register of staff."""
    return _register(request, Teacher.objects.all(), TeacherFilter, TeacherTable, "schools/teacher_list.html")


@login_required
def student_list(request: HttpRequest) -> HttpResponse:
    """The register of learners."""
    return _register(request, Student.objects.all(), StudentFilter, StudentTable, "schools/student_list.html")


def _register(
    request: HttpRequest,
    people: RegisterQuerySet[Any],
    filter_class: type[RegisterFilter],
    table_class: type[RegisterTable],
    template: str,
) -> HttpResponse:
    """A list of people of the units at which the reader may see registers."""
    user = signed_in(request)
    require_somewhere(user, Permission.VIEW_REGISTERS)
    units = OrgUnit.objects.visible_to(user, permission=Permission.VIEW_REGISTERS)
    rows = people.visible_to(user).prefetch_related("unit", "level")
    filters = filter_class(request.GET, queryset=rows, units=units)
    table = table_class(filters.qs, with_names=user.sees_names())
    return show(request, template, filters, table, **_made_up(units))


def _made_up(units: OrgUnitQuerySet) -> dict[str, bool]:
    """Whether the list holds units that were generated to try the product with."""
    return {"is_illustrative": units.filter(is_illustrative=True).exists()}


@login_required
def audit_list(request: HttpRequest) -> HttpResponse:
    """What was done in the reader's subtrees, by whom and when."""
    user = signed_in(request)
    require_somewhere(user, Permission.VIEW_HISTORY)
    units = OrgUnit.objects.visible_to(user, permission=Permission.VIEW_HISTORY)
    filters = AuditFilter(request.GET, queryset=AuditEvent.objects.visible_to(user), units=units)
    return show(request, "schools/audit_list.html", filters, AuditTable(filters.qs))
