"""What happened to a submission: every change is told, those of one sitting in one line."""

import datetime as dt

import pytest

from collection import actions
from collection.actions import Entry, save_cells
from collection.happenings import Change, grouped, happenings_of
from collection.parsing import Typed
from schools.models import AuditEvent
from tests.collection.conftest import address

NOON = dt.datetime(2024, 3, 5, 12, 0, tzinfo=dt.UTC)


def change(minutes, code, by=1, source="form"):
    return Change(NOON - dt.timedelta(minutes=minutes), by, source, code)


def sizes(*changes):
    return [len(group) for group in grouped(changes)]


def test_what_one_person_saves_in_a_sitting_is_one_group():
    assert sizes(change(0, "a"), change(10, "b"), change(20, "c")) == [3]


def test_a_long_pause_begins_a_new_group():
    assert sizes(change(0, "a"), change(11, "b")) == [1, 1]


def test_another_person_or_another_source_begins_a_new_group():
    assert sizes(change(0, "a"), change(1, "b", by=2), change(2, "c")) == [1, 1, 1]
    assert sizes(change(0, "a"), change(1, "b", source="workbook")) == [1, 1]


def test_what_happens_in_between_begins_a_new_group():
    returned = NOON - dt.timedelta(minutes=2)
    changes = [change(0, "a"), change(5, "b")]
    assert [len(group) for group in grouped(changes, [returned])] == [1, 1]


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def clerk(province):
    return province.person("clerk_101")


def told(submission):
    events = AuditEvent.objects.filter(unit_code="DN-101", detail__form="TRUONG")
    return [
        (one.actor_name, one.action, list(one.detail.get("cells", ())))
        for one in happenings_of(submission, events)
    ]


def test_cells_saved_one_by_one_are_told_as_one_save(submission, clerk, province):
    for code in ("teachers", "lessons"):
        save_cells(by=clerk, batches=[(submission, {code: Typed("20")})], source="form")
    other = province.person("clerk_101b")
    save_cells(by=other, batches=[(submission, {"lessons": Typed("30", base="1")})], source="form")
    assert told(submission) == [
        ("clerk_101b", "submission.save", ["lessons"]),
        ("clerk_101", "submission.save", ["teachers", "lessons"]),
    ]


def test_a_whole_form_saved_at_once_is_told_once(submission, clerk):
    entries = [Entry("lessons", number=5), Entry("lessons_online", number=9)]
    actions.save_values(submission=submission, entries=entries, by=clerk, source="form")
    assert told(submission) == [("clerk_101", "submission.save", ["lessons", "lessons_online"])]
    actions.save_values(
        submission=submission, entries=[], by=clerk, source="form", explanations={"R-02": "Dạy bù."}
    )
    assert told(submission)[0] == ("clerk_101", "submission.save", [])


def test_no_change_is_lost_to_whoever_reads_the_history(client_of, submission, clerk):
    save_cells(by=clerk, batches=[(submission, {"teachers": Typed("20")})], source="form")
    assert not AuditEvent.objects.filter(action="submission.save").exists()
    html = client_of("auditor").get(address(submission, "history/")).content.decode()
    assert "Lưu số liệu" in html
    assert "“Tổng số giáo viên”" in html
