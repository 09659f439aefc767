"""Anomalies from detection to decision: what comes onto the worklist, and what takes it off."""

import contextlib
import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collection import actions, authority
from collection.actions import Entry
from collection.actions import anomalies as anomaly_actions
from collection.models import Anomaly
from collection.refusals import Refused
from schools.models import AuditEvent
from tests.collection.conftest import PEERS, hand_in_peers
from tests.collection.test_races import PAUSE, together
from tests.province import build_province, submitted

Status = Anomaly.Status


@pytest.fixture
def province(db):
    """The small province with enough primary schools to compare, which have handed in."""
    province = build_province(more_schools=PEERS)
    hand_in_peers(province)
    return province


@pytest.fixture
def submission(province):
    """12 of 20 teachers have a computer elsewhere, here all of them."""
    return submitted(
        province.submission("DN-101"), by=province.person("clerk_101"), teachers_with_computer=20
    )


@pytest.fixture
def anomaly(submission):
    return Anomaly.objects.get(submission=submission)


def hand_in_again(province, submission, **numbers):
    """The reviewer sends cells back; the clerk enters others and hands in again."""
    reasons = dict.fromkeys(numbers, "xem lại")
    actions.return_cells(submission=submission, reasons=reasons, by=province.person("reviewer_1"))
    clerk = province.person("clerk_101")
    entries = [Entry(code, number=number) for code, number in numbers.items()]
    actions.save_values(submission=submission, entries=entries, by=clerk, source="form")
    actions.submit(submissions=[submission], by=clerk)


def confirm(province, anomaly):
    return actions.confirm_anomaly(
        anomaly=anomaly, judged=anomaly.judged, reason="đã kiểm kê máy", by=province.person("reviewer_1")
    )


# --- detection ----------------------------------------------------------------------------


def test_a_share_far_from_its_peers_comes_onto_the_worklist(submission, anomaly):
    assert anomaly.element.code == "teachers_with_computer"
    assert anomaly.indicator.code == "T1"
    assert (anomaly.kind, anomaly.status) == (Anomaly.Kind.PEERS, Status.OPEN)
    assert (anomaly.number, anomaly.size, anomaly.compared) == (20, 20, PEERS)
    assert anomaly.median == "60"
    event = AuditEvent.objects.get(action="anomaly.open")
    assert (event.unit_code, event.detail["cells"]) == ("DN-101", ["teachers_with_computer"])


def test_a_share_like_that_of_its_peers_is_nothing_to_ask_about(province):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"), teachers_with_computer=12)
    assert not Anomaly.objects.exists()


@pytest.mark.parametrize("unit", ["DN-201", "DN-102"])
def test_schools_of_other_levels_are_no_peers(province, unit):
    clerk = province.person(f"clerk_{unit[-3:]}")
    submitted(province.submission(unit), by=clerk, teachers_with_computer=20)
    assert not Anomaly.objects.exists()


def test_drafts_are_no_peers(db):
    province = build_province(more_schools=PEERS)
    hand_in_peers(province, submit=False)
    submitted(province.submission("DN-101"), by=province.person("clerk_101"), teachers_with_computer=20)
    assert not Anomaly.objects.exists()


def test_who_came_first_is_screened_again_when_others_have_come(db):
    province = build_province(more_schools=PEERS)
    submission = submitted(
        province.submission("DN-101"), by=province.person("clerk_101"), teachers_with_computer=20
    )
    hand_in_peers(province)
    assert not Anomaly.objects.exists()
    reviewer = province.person("reviewer_1")
    assert actions.screen_again(submissions=[submission], by=reviewer) == 1
    assert actions.screen_again(submissions=[submission], by=reviewer) == 0
    assert Anomaly.objects.get().submission == submission
    with pytest.raises(PermissionDenied):
        actions.screen_again(submissions=[submission], by=province.person("reviewer_2"))


def test_a_count_is_judged_against_four_earlier_periods(province):
    officer, clerk = province.person("officer"), province.person("clerk_101")
    for year, number in ((2018, 100), (2019, 102), (2020, 99), (2021, 101)):
        period = actions.create_period(
            indicator_set=province.indicator_set,
            code=str(year),
            name=f"Năm {year}",
            starts_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, 12, 31),
            due_on=dt.date(2099, 1, 31),
            by=officer,
        )
        actions.open_period(period=period, by=officer)
        submitted(province.submission("DN-101", period), by=clerk, lessons=number)
    submitted(province.submission("DN-101", province.earlier), by=clerk, lessons=1010)
    anomaly = Anomaly.objects.get()
    assert (anomaly.kind, anomaly.element.code) == (Anomaly.Kind.HISTORY, "lessons")
    assert (anomaly.number, anomaly.size, anomaly.indicator) == (1010, None, None)
    assert (anomaly.median, anomaly.compared) == ("100.5", 4)


@pytest.mark.django_db
def test_screening_takes_the_same_statements_for_any_number_of_submissions_and_peers():
    province = build_province(more_schools=3 * PEERS)
    officer, counts = province.person("officer"), []
    some = hand_in_peers(province, first=PEERS)
    actions.screen_again(submissions=some, by=officer)  # reads the memberships, once for each request
    for submissions in (some, hand_in_peers(province)):
        with CaptureQueriesContext(connection) as captured:
            actions.screen_again(submissions=submissions, by=officer)
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- decisions ----------------------------------------------------------------------------


def test_a_confirmed_number_does_not_come_back(province, submission, anomaly):
    confirm(province, anomaly)
    hand_in_again(province, submission, lessons=21)
    actions.screen_again(submissions=[submission], by=province.person("reviewer_1"))
    anomaly.refresh_from_db()
    assert (anomaly.status, anomaly.reason) == (Status.CONFIRMED, "đã kiểm kê máy")
    assert anomaly.resolved_by == province.person("reviewer_1")


def test_a_number_that_changed_and_is_in_line_is_corrected(province, submission, anomaly):
    hand_in_again(province, submission, teachers_with_computer=12)
    anomaly.refresh_from_db()
    assert anomaly.status == Status.CORRECTED
    assert anomaly.resolved_by == province.person("clerk_101")
    assert AuditEvent.objects.filter(action="anomaly.correct").count() == 1


def test_a_confirmed_number_that_changed_and_is_out_of_line_is_open_again(province, submission, anomaly):
    confirm(province, anomaly)
    hand_in_again(province, submission, teachers_with_computer=19)
    anomaly.refresh_from_db()
    assert (anomaly.status, anomaly.number, anomaly.reason) == (Status.OPEN, 19, "")
    assert anomaly.resolved_at is None


def test_a_corrected_number_that_goes_wrong_again_is_open_again(province, submission, anomaly):
    hand_in_again(province, submission, teachers_with_computer=12)
    hand_in_again(province, submission, teachers_with_computer=20)
    anomaly.refresh_from_db()
    assert anomaly.status == Status.OPEN


def test_what_is_still_wrong_keeps_its_owner_and_day(province, submission, anomaly):
    owner, day = province.person("clerk_101"), timezone.localdate()
    reviewer = province.person("reviewer_1")
    actions.assign_anomaly(anomaly=anomaly, owner=owner, due_on=day, by=reviewer)
    found_at = anomaly.detected_at
    hand_in_again(province, submission, lessons=21)
    anomaly.refresh_from_db()
    assert (anomaly.status, anomaly.owner, anomaly.due_on) == (Status.OPEN, owner, day)
    assert anomaly.detected_at == found_at


def test_the_trail_says_who_was_given_what_and_why_it_was_confirmed(province, anomaly):
    reviewer = province.person("reviewer_1")
    actions.assign_anomaly(
        anomaly=anomaly, owner=province.person("clerk_101"), due_on=dt.date(2099, 1, 2), by=reviewer
    )
    confirm(province, anomaly)
    events = {one.action: one for one in AuditEvent.objects.filter(action__startswith="anomaly.")}
    assert events["anomaly.assign"].detail["owner"] == "clerk_101"
    assert events["anomaly.assign"].detail["due_on"] == "2099-01-02"
    assert events["anomaly.confirm"].reason == "đã kiểm kê máy"


@pytest.mark.parametrize("name", ["clerk_101", "clerk_1", "reviewer_2", "leader", "auditor"])
def test_only_a_reviewer_decides(province, anomaly, name):
    person = province.person(name)
    with pytest.raises(PermissionDenied):
        actions.confirm_anomaly(anomaly=anomaly, judged="20/20", reason="đúng", by=person)
    with pytest.raises(PermissionDenied):
        actions.assign_anomaly(anomaly=anomaly, owner=None, due_on=None, by=person)
    anomaly.refresh_from_db()
    assert anomaly.status == Status.OPEN


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("clerk_101", True),
        ("clerk_1", True),
        ("reviewer_1", True),
        ("officer", True),
        ("clerk_102", False),
        ("reviewer_2", False),
        ("leader", False),
    ],
)
def test_the_owner_is_somebody_who_can_do_something_about_it(province, anomaly, name, may):
    given = {"owner": province.person(name), "due_on": None, "by": province.person("reviewer_1")}
    if may:
        assert actions.assign_anomaly(anomaly=anomaly, **given).owner == given["owner"]
    else:
        with pytest.raises(Refused, match="Hãy chọn người khác"):
            actions.assign_anomaly(anomaly=anomaly, **given)


@pytest.mark.parametrize("reason", ["", "  ", "vì\x00"])
def test_a_confirmation_needs_a_reason(province, anomaly, reason):
    with pytest.raises(Refused, match="lý do"):
        actions.confirm_anomaly(
            anomaly=anomaly, judged="20/20", reason=reason, by=province.person("reviewer_1")
        )


def test_a_day_that_has_passed_is_no_due_date(province, anomaly):
    with pytest.raises(Refused, match="từ hôm nay"):
        actions.assign_anomaly(
            anomaly=anomaly, owner=None, due_on=dt.date(2020, 1, 1), by=province.person("reviewer_1")
        )


def test_a_number_that_changed_meanwhile_is_not_confirmed(province, submission, anomaly):
    hand_in_again(province, submission, teachers_with_computer=19)
    with pytest.raises(Refused, match="vừa được sửa"):
        confirm(province, anomaly)
    hand_in_again(province, submission, teachers_with_computer=12)
    with pytest.raises(Refused, match="đã sửa số này"):
        confirm(province, anomaly)


def decide_at_once(monkeypatch):
    """Two people confirm one anomaly; both have read it before either writes, unless a lock keeps one out."""
    province = build_province(more_schools=PEERS)
    hand_in_peers(province)
    submitted(province.submission("DN-101"), by=province.person("clerk_101"), teachers_with_computer=20)
    meeting, update = threading.Barrier(2), anomaly_actions._update

    def wait_then_update(*args, **change):
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(PAUSE)
        return update(*args, **change)

    monkeypatch.setattr(anomaly_actions, "_update", wait_then_update)

    def decide(name):
        return actions.confirm_anomaly(
            anomaly=Anomaly.objects.get(), judged="20/20", reason=name, by=province.person(name)
        )

    return together(lambda: decide("reviewer_1"), lambda: decide("officer"))


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_decide_at_once_one_is_told_of_the_other(monkeypatch):
    outcomes = decide_at_once(monkeypatch)
    [refused] = [one for one in outcomes if isinstance(one, Refused)]
    [kept] = [one for one in outcomes if isinstance(one, Anomaly)]
    assert kept.reason in str(refused)  # who confirmed
    assert AuditEvent.objects.filter(action="anomaly.confirm").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_are_told_that_they_decided(monkeypatch):
    monkeypatch.setattr(authority, "hold", lambda ids: None)
    outcomes = decide_at_once(monkeypatch)
    # SQLite has one writer at a time: there the transaction itself is the lock.
    told = 1 if connection.vendor == "sqlite" else 2
    assert sum(isinstance(one, Anomaly) for one in outcomes) == told
