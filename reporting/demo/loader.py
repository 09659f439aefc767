"""Loading the demo province: units, people, both periods and the registers, all through actions.

One transaction: a run that is interrupted leaves nothing behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from collection import actions
from collection.models import ReportingPeriod, Submission
from collection.refusals import Refused as CollectionRefused
from dxreport.lib.numbers import format_number
from indicators.models import IndicatorSet
from reporting.demo import accounts
from reporting.demo.answers import Answer
from reporting.demo.entering import Given, approve, enter, open_year
from reporting.demo.province import DEPARTMENT, FEWEST_SCHOOLS
from reporting.demo.published import EARLIER, LATER
from reporting.demo.registers import LearnerRow, Registers, StaffRow
from reporting.demo.scenario import Scenario, draw_scenario
from reporting.demo.unlogged import unlogged
from schools.actions import NewUnit, add_students, add_teachers, create_units
from schools.models import EducationLevel, OrgUnit, Student, Teacher, User
from schools.refusals import Refused as SchoolsRefused

INDICATOR_SET = "QD131"
SINCE = dt.date(2004, 1, 1)  # the province was set up on this day
DAYS_TO_REPORT = dt.timedelta(days=30)
MOST_SCHOOLS = 100_000  # twice the schools of the country; far more would fill the memory


class DemoRefused(ValueError):
    """Why the demo cannot be loaded here, as a sentence for the person who asked."""


@dataclass(frozen=True)
class Loaded:
    """What a run wrote."""

    schools: int
    values: int
    learners: int
    staff: int


def is_loaded() -> bool:
    """Whether the database holds a demo province."""
    return OrgUnit.objects.filter(is_illustrative=True).exists()


def load_demo(*, schools: int, seed: int, registers: bool = True) -> Loaded:
    """Build and load the province. Raises DemoRefused; nothing is written then."""
    if schools < FEWEST_SCHOOLS:
        raise DemoRefused(f"Tỉnh dùng thử cần ít nhất {FEWEST_SCHOOLS} trường để có đủ các cấp học.")
    if schools > MOST_SCHOOLS:
        most = format_number(MOST_SCHOOLS, language="vi")
        raise DemoRefused(f"Dữ liệu dùng thử nhận nhiều nhất {most} trường. Hãy chọn số nhỏ hơn.")
    scenario = draw_scenario(schools, seed)
    try:
        with unlogged(), transaction.atomic():
            return _load(scenario, registers)
    except (SchoolsRefused, CollectionRefused) as refused:
        raise DemoRefused(f"Chưa nạp được dữ liệu dùng thử: {refused}") from refused


def _load(scenario: Scenario, registers: bool) -> Loaded:
    if OrgUnit.objects.exists():
        raise DemoRefused(
            "Cơ sở dữ liệu đã có đơn vị thật nên không nạp dữ liệu dùng thử vào đây."
            " Hãy dùng một cơ sở dữ liệu khác (biến DATABASE_URL)."
        )
    indicator_set = IndicatorSet.objects.filter(code=INDICATOR_SET).first()
    if indicator_set is None:
        raise DemoRefused(f"Chưa có bộ chỉ số {INDICATOR_SET}. Hãy chạy `manage.py load_catalogue` trước.")
    units = {unit.code: unit for unit in create_units(rows=_units(scenario), by=None)}
    people = accounts.create_people(scenario.province, units)
    values = _report(scenario, indicator_set, people)
    learners, staff = _registers(scenario, units) if registers else (0, 0)
    return Loaded(len(scenario.province.schools), values, learners, staff)


def _units(scenario: Scenario) -> Iterable[NewUnit]:
    province = scenario.province
    for unit in (province.department, *province.offices):
        yield NewUnit(unit.code, unit.name, unit.kind, SINCE, parent=unit.parent, is_illustrative=True)
    for school in province.schools:
        yield NewUnit(
            school.code,
            school.name,
            "school",
            SINCE,
            parent=school.parent,
            levels=school.levels,
            ownership=school.ownership,
            is_illustrative=True,
        )


def _report(scenario: Scenario, indicator_set: IndicatorSet, people: Mapping[str, User]) -> int:
    """Both periods, entered, submitted and approved; the first is closed, the last stays open.

    Both were due by today, as in the year when the two-year report was asked for. The span comes
    last: its totals are then summed once, not after every decision.
    """
    officer = people[accounts.OFFICER]
    today = timezone.localdate()
    written = 0
    periods = []
    for code in (EARLIER, LATER):
        period, opened = open_year(
            code, indicator_set, opens_on=today - DAYS_TO_REPORT, due_on=today, by=officer
        )
        periods.append(period)
        submissions = {one.org_unit.code: one for one in opened}
        written += _collect(scenario, period, submissions, people)
    actions.close_period(period=periods[0], by=officer)
    actions.create_span(first=periods[0], last=periods[1], by=officer)
    return written


def _collect(
    scenario: Scenario,
    period: ReportingPeriod,
    submissions: Mapping[str, Submission],
    people: Mapping[str, User],
) -> int:
    """Every unit's answers of one period: an office's clerk enters, whoever stands above approves."""
    province = scenario.province
    given, before = _answers(scenario, period.code), _answers_before(scenario, period.code)
    below: dict[str, list[Submission]] = {unit.code: [] for unit in (province.department, *province.offices)}
    for school in province.schools:
        below[school.parent].append(submissions[school.code])
    written = 0
    for office in province.offices:
        schools = below[office.code]
        clerk = people[accounts.clerk_of(office)]
        written += enter([*schools, submissions[office.code]], given, before, clerk)
        approve(schools, people[accounts.reviewer_of(office)])
    directly = [*below[DEPARTMENT], submissions[DEPARTMENT]]
    written += enter(directly, given, before, people[accounts.DEPARTMENT_CLERK])
    approve([*directly, *(submissions[office.code] for office in province.offices)], people[accounts.OFFICER])
    return written


def _answers(scenario: Scenario, period_code: str) -> Given:
    """All answers of a period by unit code."""
    answers, province = scenario.answers[period_code], scenario.province
    found: dict[str, Mapping[str, Answer]] = {DEPARTMENT: answers.department}
    found.update((office.code, own) for office, own in zip(province.offices, answers.offices, strict=True))
    found.update((school.code, answers.of_school(i)) for i, school in enumerate(province.schools))
    return found


def _answers_before(scenario: Scenario, period_code: str) -> Given:
    """All answers of the period before, none before the first."""
    return _answers(scenario, EARLIER) if period_code == LATER else {}


def _registers(scenario: Scenario, units: Mapping[str, OrgUnit]) -> tuple[int, int]:
    """Every learner and staff member of 2023; how many of each."""
    registers = Registers(scenario)
    levels = dict(EducationLevel.objects.values_list("code", "pk"))
    places = [(i, units[school.code].pk) for i, school in enumerate(scenario.province.schools)]
    students = (_student(row, unit_id, levels) for i, unit_id in places for row in registers.learners(i))
    teachers = (_teacher(row, unit_id, levels) for i, unit_id in places for row in registers.staff(i))
    return add_students(records=students, by=None), add_teachers(records=teachers, by=None)


def _student(row: LearnerRow, unit_id: int, levels: Mapping[str, int]) -> Student:
    """By ids: a model made from related objects takes twice as long, and there are 187,122."""
    return Student(
        code=row.code,
        unit_id=unit_id,
        level_id=levels[row.level],
        grade=row.grade,
        has_computer=row.has_computer,
        has_internet=row.has_internet,
        has_digital_record=row.has_digital_record,
        uses_platform=row.uses_platform,
    )


def _teacher(row: StaffRow, unit_id: int, levels: Mapping[str, int]) -> Teacher:
    return Teacher(
        code=row.code,
        unit_id=unit_id,
        level_id=levels[row.level] if row.level else None,
        position=row.position,
        has_computer=row.has_computer,
        has_internet=row.has_internet,
        has_digital_record=row.has_digital_record,
        trained_blended=row.trained_blended,
        trained_elearning=row.trained_elearning,
        trained_management=row.trained_management,
        trained_security=row.trained_security,
    )
