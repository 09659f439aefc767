"""A small province, reached through the actions: the same few units and people in every test."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.management import call_command

from schools.actions import NewUnit, create_units, create_user
from schools.models import OrgUnit, User
from schools.roles import Role

FOUNDED = dt.date(2020, 1, 1)
YEAR_END = dt.date(2023, 12, 31)
REFORM = dt.date(2025, 7, 1)
TODAY = dt.date(2026, 11, 23)
PASSWORD = "mot-hai-ba-bon"

ROWS = [
    NewUnit("DN", "Sở Giáo dục và Đào tạo Đắk Nông", "department", FOUNDED),
    NewUnit("P1", "Phòng Giáo dục và Đào tạo Đắk Song", "district_office", FOUNDED, "DN"),
    NewUnit("P2", "Phòng Giáo dục và Đào tạo Tuy Đức", "district_office", FOUNDED, "DN"),
    NewUnit("S1", "Trường Tiểu học Nguyễn Viết Xuân", "school", FOUNDED, "P1", ["primary"]),
    NewUnit("S2", "Trường TH và THCS Bế Văn Đàn", "school", FOUNDED, "P1", ["primary", "lower_secondary"]),
    NewUnit("S3", "Trường Mầm non Hoa Sen", "school", FOUNDED, "P2", ["preschool"], "private"),
    NewUnit("T1", "Trường THPT Chu Văn An", "school", FOUNDED, "DN", ["upper_secondary"]),
]
PEOPLE = {
    "clerk": [("S1", Role.CLERK)],
    "other_clerk": [("S3", Role.CLERK)],
    "two_schools": [("S1", Role.CLERK), ("S3", Role.CLERK)],
    "reviewer": [("P1", Role.REVIEWER)],
    "officer": [("DN", Role.OFFICER)],
    "leader": [("DN", Role.LEADER)],
    "administrator": [("DN", Role.ADMINISTRATOR)],
    "auditor": [("P2", Role.AUDITOR)],
    "nobody": [],
}


@dataclass
class Province:
    """Units by code and people by name."""

    units: dict[str, OrgUnit]
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, code: str) -> OrgUnit:
        return self.units[code]

    def reread(self, code: str) -> OrgUnit:
        """The unit as it is stored now."""
        return OrgUnit.objects.get(code=code)

    def person(self, name: str) -> User:
        """The person as a new request meets them, remembering nothing."""
        return User.objects.get(pk=self.people[name].pk)


def load_words() -> None:
    """The kinds and levels that come with the application."""
    call_command("loaddata", "units/01_kinds.yaml", "units/02_levels.yaml", verbosity=0)


def build() -> Province:
    load_words()
    units = {unit.code: unit for unit in create_units(rows=ROWS, by=None)}
    people = {
        name: create_user(
            username=name,
            password=PASSWORD,
            display_name=f"Người {name}",
            memberships=[(units[code], role) for code, role in given],
            is_staff=name == "administrator",
            by=None,
        )
        for name, given in PEOPLE.items()
    }
    return Province(units, people)
