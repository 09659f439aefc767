"""A small province for tests: one department, two districts, four schools, a person for each role.

    province = build_province()
    submission = province.submission("DN-101")      # of the open period 2023
    enter(submission, by=province.person("clerk_101"), teachers=30)
    submitted(submission, by=province.person("clerk_101"))

States are reached through the actions, as in life. People are named for what they are; the
number is the unit's: reviewer_1 reviews DN-1, clerk_201 enters for DN-201.

    DN  department                       officer, officer_2, leader, administrator, auditor, clerk_dn
    ├── DN-1  district office            reviewer_1, clerk_1
    │   ├── DN-101  primary              clerk_101, clerk_101b
    │   └── DN-102  preschool            clerk_102
    ├── DN-2  district office            reviewer_2
    │   └── DN-201  primary and lower secondary   clerk_201
    └── DN-301  upper secondary          clerk_301
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from collection import actions
from collection.actions import Entry
from collection.asked import AskedForms
from collection.models import DataValue, ReportingPeriod, Submission
from indicators.kept import catalogue_of
from indicators.models import DataElement, IndicatorSet
from schools.actions import NewUnit, create_units, create_user
from schools.models import EducationLevel, OrgUnit, UnitKind, User
from schools.roles import Role
from tests.kept import kept
from tests.small_catalogue import create_small_catalogue

SINCE = dt.date(2015, 1, 1)
PASSWORD = "mat-khau-thu"
KINDS = [("department", "Sở"), ("district_office", "Phòng"), ("commune", "Xã"), ("school", "Trường")]
LEVELS = ["preschool", "primary", "lower_secondary", "upper_secondary", "continuing"]
SCHOOLS = [
    # code, name, parent, levels
    ("DN-101", "Trường tiểu học số 1", "DN-1", ["primary"]),
    ("DN-102", "Trường mầm non số 2", "DN-1", ["preschool"]),
    ("DN-201", "Trường TH-THCS số 3", "DN-2", ["primary", "lower_secondary"]),
    ("DN-301", "Trường THPT số 4", "DN", ["upper_secondary"]),
]
PEOPLE = [
    ("officer", "DN", Role.OFFICER),
    ("officer_2", "DN", Role.OFFICER),
    ("leader", "DN", Role.LEADER),
    ("administrator", "DN", Role.ADMINISTRATOR),
    ("auditor", "DN", Role.AUDITOR),
    ("clerk_dn", "DN", Role.CLERK),
    ("reviewer_1", "DN-1", Role.REVIEWER),
    ("clerk_1", "DN-1", Role.CLERK),
    ("reviewer_2", "DN-2", Role.REVIEWER),
    ("clerk_101", "DN-101", Role.CLERK),
    ("clerk_101b", "DN-101", Role.CLERK),
    ("clerk_102", "DN-102", Role.CLERK),
    ("clerk_201", "DN-201", Role.CLERK),
    ("clerk_301", "DN-301", Role.CLERK),
]


@dataclass
class Province:
    """What `build_province` made."""

    indicator_set: IndicatorSet
    earlier: ReportingPeriod
    period: ReportingPeriod
    units: dict[str, OrgUnit]
    people: dict[str, User]

    def unit(self, code: str) -> OrgUnit:
        return self.units[code]

    def person(self, name: str) -> User:
        return self.people[name]

    def submission(self, unit_code: str, period: ReportingPeriod | None = None) -> Submission:
        """The unit's one submission of a period (2023), as it is now."""
        rows = Submission.objects.with_context()
        return rows.get(org_unit__code=unit_code, period=period or self.period)

    def submissions(self, period: ReportingPeriod | None = None) -> list[Submission]:
        """All submissions of a period (2023), by unit."""
        return list(
            Submission.objects.with_context().filter(period=period or self.period).order_by("org_unit__code")
        )


def build_province(*, more_schools: int = 0) -> Province:
    """The province above with the periods 2022 and 2023 open; `more_schools` stand under DN-1."""
    return new_catalogue(kept(f"province + {more_schools}", lambda: _build(more_schools)))


def new_catalogue(province: Province) -> Province:
    """Say that its catalogue is another one than before, whatever a test did with that one."""
    province.indicator_set.revision = uuid4()
    province.indicator_set.save(update_fields=["revision"])
    _read_catalogue(province.indicator_set)
    return province


def _read_catalogue(indicator_set: IndicatorSet) -> None:
    """Have it at hand, as opening a period leaves it."""
    catalogue = catalogue_of(indicator_set)
    for form in indicator_set.forms.all():
        catalogue.layout(form)
    assert catalogue.indicators


def _build(more_schools: int) -> Province:
    units, people = build_units_and_people(more_schools=more_schools)
    indicator_set = create_small_catalogue()
    earlier, period = (_open(indicator_set, year, people["officer"]) for year in (2022, 2023))
    return Province(indicator_set, earlier, period, units, people)


def build_units_and_people(*, more_schools: int = 0) -> tuple[dict[str, OrgUnit], dict[str, User]]:
    """Its units by code and its people by name, before anything is asked of anybody."""
    for position, (code, name) in enumerate(KINDS, start=1):
        UnitKind.objects.get_or_create(code=code, defaults={"name": name, "position": position})
    for position, code in enumerate(LEVELS, start=1):
        EducationLevel.objects.get_or_create(
            code=code, defaults={"name": code, "is_general": code != "preschool", "position": position}
        )
    units = {unit.code: unit for unit in create_units(rows=_units(more_schools), by=None)}
    people = {
        name: create_user(
            username=name,
            password=PASSWORD,
            display_name=name,
            memberships=[(units[code], role)],
            by=None,
        )
        for name, code, role in PEOPLE
    }
    return units, people


def _units(more_schools: int) -> Iterable[NewUnit]:
    yield NewUnit("DN", "Sở Giáo dục và Đào tạo", "department", SINCE)
    yield NewUnit("DN-1", "Phòng GDĐT huyện Một", "district_office", SINCE, parent="DN")
    yield NewUnit("DN-2", "Phòng GDĐT huyện Hai", "district_office", SINCE, parent="DN")
    for code, name, parent, levels in SCHOOLS:
        yield NewUnit(code, name, "school", SINCE, parent=parent, levels=levels)
    for number in range(more_schools):
        yield NewUnit(
            f"DN-9{number:03}", f"Trường số {number}", "school", SINCE, parent="DN-1", levels=["primary"]
        )


def _open(indicator_set: IndicatorSet, year: int, by: User) -> ReportingPeriod:
    period = actions.create_period(
        indicator_set=indicator_set,
        code=str(year),
        name=f"Năm {year}",
        starts_on=dt.date(year, 1, 1),
        ends_on=dt.date(year, 12, 31),
        due_on=dt.date(2099, 1, 31),
        by=by,
    )
    actions.open_period(period=period, by=by)
    return period


def answers(submission: Submission, **numbers: int | None) -> list[Entry]:
    """A complete, rule-abiding answer to everything asked; a number given as None is not available."""
    asked = AskedForms([submission]).of(submission)
    return [
        _answer(element, asked.choice_codes.get(code, ()), numbers)
        for code, element in asked.elements.items()
        if element.type != DataElement.Type.TEXT
    ]


def _answer(element: DataElement, choices: Sequence[str], numbers: dict[str, int | None]) -> Entry:
    code = element.code
    if code in numbers:
        if numbers[code] is None:
            return Entry(code, DataValue.State.NOT_AVAILABLE, reason="chưa thống kê")
        return Entry(code, number=numbers[code])
    match element.type:
        case DataElement.Type.COUNT:
            # Parts are named after their whole and get less.
            return Entry(code, number=10 if code.endswith(("_with_computer", "_online", "_digital")) else 20)
        case DataElement.Type.YES_NO:
            return Entry(code, number=1)
        case DataElement.Type.CHOICE:
            return Entry(code, choices=[choices[0]])
    return Entry(code, choices=list(choices[:2]))


def enter(
    submission: Submission, *, by: User, said: Mapping[str, str] | None = None, **numbers: int | None
) -> Submission:
    """Save a complete answer; `said` explains rules that it breaks."""
    actions.save_values(
        submission=submission,
        entries=answers(submission, **numbers),
        by=by,
        source="form",
        explanations=said,
    )
    return submission


def submitted(submission: Submission, *, by: User, **numbers: int | None) -> Submission:
    """Enter, explain the soft rule where it does not hold, and submit."""
    enter(submission, by=by, said={"R-02": "tính cả tiết dạy bù"}, **numbers)
    actions.submit(submissions=[submission], by=by)
    return submission


def approved(submission: Submission, *, by: User, reviewer: User, **numbers: int | None) -> Submission:
    """Enter, submit, and let somebody else approve."""
    submitted(submission, by=by, **numbers)
    actions.approve(submissions=[submission], by=reviewer)
    return submission
