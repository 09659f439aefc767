"""Lists of units, of the registers and of the audit trail, each within the reader's subtrees."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from dxreport.lib.listing import answer_list
from schools.access import require_somewhere
from schools.filters import AuditFilter, RegisterFilter, StudentFilter, TeacherFilter, UnitFilter
from schools.models import AuditEvent, OrgUnit, Student, Teacher, User
from schools.models.registers import RegisterQuerySet
from schools.models.units import OrgUnitQuerySet
from schools.roles import Permission
from schools.tables import AuditTable, RegisterTable, StudentTable, TeacherTable, UnitTable


def signed_in(request: HttpRequest) -> User:
    """The user of a page that asks for signing in."""
    assert isinstance(request.user, User)
    return request.user


@login_required
def unit_list(request: HttpRequest, file_format: str = "") -> HttpResponseBase:
    """The units of the reader's subtrees."""
    units = OrgUnit.objects.visible_to(signed_in(request))
    filters = UnitFilter(request.GET, queryset=units.for_list())
    table = UnitTable(filters.qs)
    return answer_list(request, table, filters, "schools/unit_list.html", file_format, **_made_up(units))


@login_required
def teacher_list(request: HttpRequest, file_format: str = "") -> HttpResponseBase:
    """The register of staff."""
    people = Teacher.objects.all()
    return _register(request, people, TeacherFilter, TeacherTable, "schools/teacher_list.html", file_format)


@login_required
def student_list(request: HttpRequest, file_format: str = "") -> HttpResponseBase:
    """The register of learners."""
    people = Student.objects.all()
    return _register(request, people, StudentFilter, StudentTable, "schools/student_list.html", file_format)


def _register(
    request: HttpRequest,
    people: RegisterQuerySet[Any],
    filter_class: type[RegisterFilter],
    table_class: type[RegisterTable],
    template: str,
    file_format: str,
) -> HttpResponseBase:
    """A list of people of the units at which the reader may see registers."""
    user = signed_in(request)
    require_somewhere(user, Permission.VIEW_REGISTERS)
    units = OrgUnit.objects.visible_to(user, permission=Permission.VIEW_REGISTERS)
    rows = people.visible_to(user).prefetch_related("unit", "level")
    filters = filter_class(request.GET, queryset=rows, units=units, own=user.scope(Permission.VIEW_REGISTERS))
    table = table_class(filters.qs, with_names=user.sees_names())
    return answer_list(request, table, filters, template, file_format, **_made_up(units))


def _made_up(units: OrgUnitQuerySet) -> dict[str, bool]:
    """Whether the list holds units that were generated to try the product with."""
    return {"is_illustrative": units.filter(is_illustrative=True).exists()}


@login_required
def audit_list(request: HttpRequest, file_format: str = "") -> HttpResponseBase:
    """What was done in the reader's subtrees, by whom and when."""
    user = signed_in(request)
    require_somewhere(user, Permission.VIEW_HISTORY)
    units = OrgUnit.objects.visible_to(user, permission=Permission.VIEW_HISTORY)
    filters = AuditFilter(request.GET, queryset=AuditEvent.objects.visible_to(user), units=units)
    return answer_list(request, AuditTable(filters.qs), filters, "schools/audit_list.html", file_format)
