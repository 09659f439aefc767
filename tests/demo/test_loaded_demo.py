"""What stands in the database after `manage.py load_demo`."""

import datetime as dt
import gzip
from collections import Counter

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.db.models import Count, F, Q

from collection.models import DataValue, ReportingPeriod, Submission, ValueChange, Violation
from collection.workflow import State
from reporting.demo.accounts import PASSWORD
from reporting.demo.answers import NotAvailable
from reporting.demo.scenario import draw_scenario
from reporting.models import Totals
from reporting.totals import differences
from schools.actions import create_user
from schools.models import AuditEvent, OrgUnit, SchoolProfile, Student, Teacher, User
from schools.roles import Role
from tests.demo.test_registers import LEARNER_FLAGS, STAFF_FLAGS, TEACHER_FLAGS

pytestmark = [pytest.mark.usefixtures("demo_of_twelve"), pytest.mark.django_db]


def test_every_unit_stands_where_it_was_drawn_with_its_levels(db):
    province = draw_scenario(12).province
    profiles = {
        profile.unit.code: (profile.ownership, {level.code for level in profile.levels.all()})
        for profile in SchoolProfile.objects.select_related("unit").prefetch_related("levels")
    }
    assert profiles == {school.code: (school.ownership, set(school.levels)) for school in province.schools}
    parents = dict(OrgUnit.objects.values_list("code", "placements__parent__code"))
    drawn = {unit.code: unit.parent for unit in (province.department, *province.offices)}
    assert parents == drawn | {school.code: school.parent for school in province.schools}


@pytest.mark.parametrize("period", ["2022", "2023"])
def test_what_is_stored_is_what_was_drawn(period):
    scenario = draw_scenario(12)
    answers, province = scenario.answers[period], scenario.province
    drawn = {province.department.code: answers.department}
    drawn.update(zip((office.code for office in province.offices), answers.offices, strict=True))
    drawn.update((school.code, answers.of_school(i)) for i, school in enumerate(province.schools))
    stored: dict[str, dict[str, object]] = {code: {} for code in drawn}
    for value in DataValue.objects.filter(period__code=period).select_related("org_unit", "element"):
        said = tuple(value.choices) if value.choices is not None else value.number
        unsaid = NotAvailable(value.reason) if value.reason else None
        stored[value.org_unit.code][value.element.code] = unsaid or said
    assert stored == drawn


def test_both_years_are_entered_submitted_and_approved_by_different_people():
    states = Counter(Submission.objects.values_list("period__code", "state"))
    units = 12 + 3 + 1
    assert states == {("2022", State.APPROVED): units, ("2023", State.APPROVED): units}
    assert not Submission.objects.filter(decided_by=F("submitted_by")).exists()
    assert not Submission.objects.filter(submitted_by__is_demo=False).exists()
    assert ValueChange.objects.count() == DataValue.objects.count()
    assert set(ValueChange.objects.values_list("source", flat=True)) == {"demo"}


def test_the_periods_are_two_years_and_their_span():
    periods = {period.code: period for period in ReportingPeriod.objects.all()}
    assert periods.keys() == {"2022", "2023", "2022..2023"}
    assert (periods["2022"].state, periods["2023"].state) == ("closed", "open")
    assert periods["2022..2023"].is_span


def test_nobody_was_late():
    assert not any(one.is_late(dt.date(2100, 1, 1)) for one in Submission.objects.all())


def test_an_office_approves_its_schools_and_the_department_the_rest():
    rows = Submission.objects.values_list("org_unit__placements__parent__code", "decided_by__username")
    found = {(parent, approver) for parent, approver in rows if parent}
    assert found == {
        ("DN", "chuyenvien"),
        *((f"DN-{one.upper()}", f"phong.{one}") for one in ("gn", "cj", "dg")),
    }


def test_every_step_stands_in_the_audit_trail():
    actions = Counter(AuditEvent.objects.filter(unit_code="DN-GN-TH01").values_list("action", flat=True))
    assert actions["submission.save"] == actions["submission.submit"] == actions["submission.approve"] == 2
    assert actions["register.students"] == actions["register.teachers"] == 1


def test_totals_are_what_a_rebuild_gives():
    periods = list(ReportingPeriod.objects.select_related("first", "last"))
    assert differences(periods) == []
    assert Totals.objects.filter(period__code="2022..2023", counted__gt=0).exists()


def test_only_the_published_rule_is_broken():
    broken = Violation.objects.values_list(
        "rule__code", "submission__org_unit__code", "submission__period__code"
    )
    assert sorted(broken) == [("R-17", "DN", "2022"), ("R-17", "DN", "2023")]


@pytest.mark.parametrize(
    ("people", "flags", "everybody"),
    [
        (Student.objects.all(), LEARNER_FLAGS, "learner_records"),
        (Teacher.objects.filter(position="teacher"), TEACHER_FLAGS, "teachers"),
        (Teacher.objects.all(), STAFF_FLAGS, "staff_records"),
    ],
    ids=["learners", "teachers", "staff"],
)
def test_a_register_agrees_with_the_values_of_each_school(people, flags, everybody):
    """Row by row as well as flag by flag; a flag is empty where the school has no number."""
    values = {
        (value.org_unit.code, value.element.code): value.number
        for value in DataValue.objects.filter(period__code="2023").select_related("org_unit", "element")
    }
    said = {f"said_{flag}": Count("pk", filter=Q(**{flag: True})) for flag in flags}
    unsaid = {f"unsaid_{flag}": Count("pk", filter=Q(**{f"{flag}__isnull": True})) for flag in flags}
    counted = people.order_by().values("unit__code").annotate(count=Count("pk"), **said, **unsaid)
    assert len(counted) == 12
    for row in counted:
        code = row["unit__code"]
        assert row["count"] == values[code, everybody]
        for flag, element in flags.items():
            number = values.get((code, element))
            expected = (0, row["count"]) if number is None else (number, 0)
            assert (row[f"said_{flag}"], row[f"unsaid_{flag}"]) == expected


def test_registers_hold_no_names():
    assert not Student.objects.exclude(name="").exists()
    assert not Teacher.objects.exclude(name="").exists()


def test_everything_is_marked_as_illustrative():
    assert not OrgUnit.objects.filter(is_illustrative=False).exists()
    assert not ReportingPeriod.objects.filter(is_illustrative=False).exists()
    assert not User.objects.filter(is_demo=False).exists()


def test_every_role_has_an_account_whose_printed_password_opens_it(demo_of_twelve):
    printed = [
        line.strip().split("  ")[0].split(" / ") for line in demo_of_twelve.splitlines() if " / " in line
    ]
    users = {name: User.objects.get(username=name) for name, _password in printed}
    for name, password in printed:
        assert authenticate(None, username=name, password=password) == users[name]
    roles = {membership.role for user in users.values() for membership in user.memberships.all()}
    assert roles == set(Role.values)
    assert users["quantri"].is_staff
    assert not any(user.is_superuser for user in users.values())
    reviewers = [user for name, user in users.items() if name.startswith("phong.")]
    assert len({reviewer.memberships.get().unit_id for reviewer in reviewers}) == 2


def test_accounts_that_are_not_printed_cannot_be_entered(demo_of_twelve):
    hidden = [user for user in User.objects.all() if f"{user.username} / " not in demo_of_twelve]
    assert hidden
    assert not any(user.has_usable_password() for user in hidden)


def test_passwords_are_not_printed_where_they_open_nothing(load, monkeypatch):
    monkeypatch.setattr(settings, "DEMO_ACCOUNTS_OPEN", False)
    assert PASSWORD not in load()


def test_a_second_run_changes_nothing_even_after_people_worked_with_it(load, rows):
    unit = OrgUnit.objects.get(code="DN-GN-TH01")
    create_user(username="nguoi.moi", password=None, memberships=[(unit, Role.CLERK)], by=None)
    DataValue.objects.filter(element__code="pupils").update(number=1)
    before = rows()
    answer = load("--schools", "20", "--seed", "9")
    assert rows() == before
    assert set(DataValue.objects.filter(element__code="pupils").values_list("number", flat=True)) == {1}
    assert "không thay đổi gì" in answer
    assert f"truong / {PASSWORD}" in answer


def test_the_dashboard_of_the_department_fits_six_kilobytes(client):
    """HTML and data, as they go over the line (docs/adr/0028)."""
    client.force_login(User.objects.get(username="lanhdao"))
    page = client.get("/").content
    assert page.count(b"<article") == 17
    rows = page.count(b"</tr>")
    assert rows >= 5
    # Here are fewer districts than the whole province has, which needs some 90 bytes for each.
    assert len(gzip.compress(page, 6)) <= 6 * 1024 - 90 * (11 - rows)
