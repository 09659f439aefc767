"""Demo people: one for each role, with a printed password, and those who enter and review elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reporting.demo.province import DEPARTMENT, Province, Unit
from schools.actions import create_user
from schools.models import OrgUnit, User
from schools.roles import PERMISSIONS, Permission, Role

# Printed on the screen; such accounts open only on a developer's machine.
PASSWORD = "dung-thu-2023"

OFFICER, DEPARTMENT_CLERK = "chuyenvien", "nhaplieu.so"


@dataclass(frozen=True)
class Person:
    """An account of the demo; without `signs_in` it only stands behind what was entered and approved."""

    username: str
    display_name: str
    unit_code: str
    role: Role
    signs_in: bool = False


def clerk_of(office: Unit) -> str:
    """The user name of who enters for an office and its schools."""
    return f"nhaplieu.{_place(office)}"


def reviewer_of(office: Unit) -> str:
    """The user name of who reviews the schools of an office."""
    return f"phong.{_place(office)}"


def _place(office: Unit) -> str:
    return office.code.removeprefix(f"{DEPARTMENT}-").lower()


def people_of(province: Province) -> Iterator[Person]:
    """All demo people: those who sign in first, in the order in which they are printed."""
    school = next(
        one for one in province.schools if one.parent == province.offices[0].code and one.is_general
    )
    yield Person("truong", f"Cán bộ nhập liệu {school.name}", school.code, Role.CLERK, True)
    for office in province.offices:
        name = f"Người duyệt {office.name}"
        yield Person(reviewer_of(office), name, office.code, Role.REVIEWER, office in province.offices[:2])
    yield Person(OFFICER, "Chuyên viên Sở", DEPARTMENT, Role.OFFICER, True)
    yield Person("lanhdao", "Lãnh đạo Sở", DEPARTMENT, Role.LEADER, True)
    yield Person("quantri", "Quản trị hệ thống", DEPARTMENT, Role.ADMINISTRATOR, True)
    yield Person("kiemtra", "Cán bộ kiểm tra", DEPARTMENT, Role.AUDITOR, True)
    yield Person(DEPARTMENT_CLERK, "Cán bộ nhập liệu Sở", DEPARTMENT, Role.CLERK)
    for office in province.offices:
        yield Person(clerk_of(office), f"Cán bộ nhập liệu {office.name}", office.code, Role.CLERK)


def create_people(province: Province, units: Mapping[str, OrgUnit]) -> dict[str, User]:
    """Open the accounts; users by name."""
    return {
        person.username: create_user(
            username=person.username,
            password=PASSWORD if person.signs_in else None,
            display_name=person.display_name,
            memberships=[(units[person.unit_code], person.role)],
            is_demo=True,
            is_staff=Permission.MANAGE_CATALOGUE in PERMISSIONS[person.role],
            by=None,
        )
        for person in people_of(province)
    }


def sign_in_lines() -> list[str]:
    """A line for each demo account that can sign in: `user / password`, its role and unit."""
    people = User.objects.filter(is_demo=True, is_active=True).order_by("pk")
    return [
        f"{user.username} / {PASSWORD}  ({membership.get_role_display()}, {membership.unit.name})"
        for user in people.prefetch_related("memberships__unit")
        if user.has_usable_password()
        for membership in user.memberships.all()
        if membership.is_active
    ]
