"""Periods: opening, spanning, closing, extending."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from collection import actions
from collection.models import Extension, ReportingPeriod, Submission
from collection.refusals import Refused
from collection.signals import period_opened
from schools.actions import NewUnit, Profile, close_unit, create_units, create_user, set_profiles
from schools.models import AuditEvent

State = ReportingPeriod.State


@pytest.fixture
def officer(province):
    return province.person("officer")


def planned(province, code="2024", **changes):
    given = {
        "indicator_set": province.indicator_set,
        "code": code,
        "name": f"Năm {code}",
        "starts_on": dt.date(2024, 1, 1),
        "ends_on": dt.date(2024, 12, 31),
        "due_on": dt.date(2099, 1, 31),
        "by": province.person("officer"),
    }
    return actions.create_period(**{**given, **changes})


@pytest.fixture
def told():
    heard = []

    def listen(sender, period, **kwargs):
        heard.append((period.code, Submission.objects.filter(period=period).count()))

    period_opened.connect(listen)
    yield heard
    period_opened.disconnect(listen)


def test_opening_gives_each_asked_unit_its_form_and_tells_the_house(province, officer, told):
    period = planned(province)
    assert period.state == State.PLANNED
    created = actions.open_period(period=period, by=officer)
    assert {(row.org_unit.code, row.form.code) for row in created} == {
        ("DN", "SO"),
        ("DN-1", "PHONG"),
        ("DN-2", "PHONG"),
        *((code, "TRUONG") for code in ("DN-101", "DN-102", "DN-201", "DN-301")),
    }
    assert all(row.due_on == period.due_on for row in created)
    assert period.state == State.OPEN
    assert told == [("2024", 7)]
    assert AuditEvent.objects.get(action="period.open", period_code="2024").detail == {"submissions": 7}


def test_a_unit_that_comes_after_the_last_day_is_not_asked(province, officer):
    create_units(
        rows=[
            NewUnit("DN-401", "Trường mới", "school", dt.date(2025, 1, 1), parent="DN-1", levels=["primary"])
        ],
        by=None,
    )
    created = actions.open_period(period=planned(province), by=officer)
    assert "DN-401" not in {row.org_unit.code for row in created}


def test_what_a_unit_is_asked_is_frozen_when_the_period_opens(province):
    school = province.unit("DN-102")
    set_profiles(profiles=[Profile(school, ["primary"])], by=None)
    assert "primary" not in province.submission("DN-102").traits
    assert "preschool" in province.submission("DN-102").traits


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "2023"}, "Đã có kỳ mang mã 2023"),
        ({"code": "2022..2023"}, "Mã kỳ"),
        ({"code": "Năm"}, "Mã kỳ"),
        ({"code": "a\x00"}, "Mã kỳ"),
        ({"name": " "}, "đặt tên"),
        ({"ends_on": dt.date(2024, 1, 1)}, "phải sau ngày đầu"),
        ({"opens_on": dt.date(2099, 2, 1)}, "Hạn nộp"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(province, changes, said):
    with pytest.raises(Refused, match=said):
        planned(province, **changes)


@pytest.mark.parametrize("name", ["reviewer_1", "clerk_dn", "leader", "administrator", "auditor"])
def test_only_an_officer_of_the_top_manages_periods(province, name):
    person = province.person(name)
    for attempt in (
        lambda: planned(province, by=person),
        lambda: actions.close_period(period=province.period, by=person),
        lambda: actions.create_span(first=province.earlier, last=province.period, by=person),
    ):
        with pytest.raises(PermissionDenied, match="chuyên viên Sở"):
            attempt()


def test_an_officer_below_the_top_does_not_manage_periods(province):
    district = create_user(
        username="district", password="x", memberships=[(province.unit("DN-1"), "officer")], by=None
    )
    with pytest.raises(PermissionDenied):
        actions.close_period(period=province.period, by=district)
    # But more time for a school of the district is theirs to give.
    actions.grant_extension(
        submission=province.submission("DN-101"), due_on=dt.date(2099, 2, 1), reason="mưa lũ", by=district
    )


def test_a_span_covers_its_periods_and_has_no_submissions(province, officer, told):
    span = actions.create_span(first=province.earlier, last=province.period, by=officer)
    assert (span.code, span.name) == ("2022..2023", "Năm 2022 đến năm 2023")
    assert (span.starts_on, span.ends_on) == (dt.date(2022, 1, 1), dt.date(2023, 12, 31))
    assert told == [("2022..2023", 0)]
    for action in (actions.open_period, actions.close_period):
        with pytest.raises(Refused, match="gồm nhiều kỳ"):
            action(period=span, by=officer)


def test_a_span_needs_two_single_periods_in_order(province, officer):
    span = actions.create_span(first=province.earlier, last=province.period, by=officer)
    later = planned(province)
    for first, last, said in (
        (province.period, province.earlier, "trước khi"),
        (province.period, province.period, "trước khi"),
        (span, later, "kỳ đơn"),
        (province.earlier, province.period, "Đã có kỳ"),
    ):
        with pytest.raises(Refused, match=said):
            actions.create_span(first=first, last=last, by=officer)


def test_a_period_goes_from_planned_to_open_to_closed_and_back_to_open(province, officer):
    period = planned(province)
    steps = {
        "open": lambda: actions.open_period(period=period, by=officer),
        "close": lambda: actions.close_period(period=period, by=officer),
        "reopen": lambda: actions.reopen_period(period=period, reason="bổ sung", by=officer),
    }
    allowed = {State.PLANNED: "open", State.OPEN: "close", State.CLOSED: "reopen"}
    for _round in range(4):
        for name, step in steps.items():
            if name != allowed[State(period.state)]:
                with pytest.raises(Refused):
                    step()
        steps[allowed[State(period.state)]]()
    assert period.state == State.CLOSED
    with pytest.raises(Refused, match="lý do"):
        actions.reopen_period(period=period, reason=" ", by=officer)


def test_an_extension_moves_the_due_date_with_a_reason(province, officer):
    submission = province.submission("DN-101")
    actions.grant_extension(submission=submission, due_on=dt.date(2099, 2, 28), reason="mưa lũ", by=officer)
    submission.refresh_from_db()
    assert submission.due_on == dt.date(2099, 2, 28)
    assert Extension.objects.get().granted_by == officer
    event = AuditEvent.objects.get(action="submission.extend")
    assert (event.reason, event.unit_code, event.detail["to"]) == ("mưa lũ", "DN-101", "2099-02-28")


@pytest.mark.parametrize(
    ("due_on", "reason", "said"),
    [
        (dt.date(2099, 1, 31), "mưa lũ", "phải sau hạn cũ"),
        (dt.date(2020, 1, 1), "mưa lũ", "phải sau hạn cũ"),
        (dt.date(2099, 2, 1), "", "lý do"),
        (dt.date(2099, 2, 1), "\x00", "lý do"),
    ],
)
def test_an_extension_without_time_or_reason_is_refused(province, officer, due_on, reason, said):
    with pytest.raises(Refused, match=said):
        actions.grant_extension(
            submission=province.submission("DN-101"), due_on=due_on, reason=reason, by=officer
        )
    assert not Extension.objects.exists()


@pytest.mark.parametrize("name", ["clerk_101", "reviewer_1", "leader"])
def test_only_officers_extend(province, name):
    with pytest.raises(PermissionDenied, match="gia hạn"):
        actions.grant_extension(
            submission=province.submission("DN-101"),
            due_on=dt.date(2099, 2, 1),
            reason="mưa lũ",
            by=province.person(name),
        )


def test_a_unit_that_ended_is_still_answered_for_by_those_above_it(province, officer):

    close_unit(unit=province.unit("DN-101"), effective_on=dt.date(2024, 7, 1), by=None)
    submission = province.submission("DN-101")
    actions.grant_extension(submission=submission, due_on=dt.date(2099, 2, 1), reason="giải thể", by=officer)
