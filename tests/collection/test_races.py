"""Two people at the same moment, on two real connections.

On PostgreSQL the submission's row is locked; on SQLite a transaction begins IMMEDIATE, which is
the same for one writer at a time. Each guard is also tried switched off, and then must fail.
"""

import contextlib
import threading
import time
from collections.abc import Callable

import pytest
from django.db import IntegrityError, OperationalError, connection

from collection import actions, authority
from collection.actions import Entry, audit, saving, transitions, writing
from collection.models import DataValue, Submission, ValueChange
from collection.refusals import Conflict, Refused
from collection.workflow import State
from tests.province import build_province, submitted

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 15  # seconds until a thread that hangs fails the test
PAUSE = 1.0  # seconds in which a second thread would come along if nothing held it


def together(*tasks: Callable[[], object]) -> list[object]:
    """Run tasks at once, each on its own connection; what each returned or raised, in order."""
    outcomes: list[object] = [None] * len(tasks)

    def run(place: int, task: Callable[[], object]) -> None:
        try:
            outcomes[place] = task()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


@pytest.fixture
def province():
    return build_province()


@pytest.fixture
def submission(province):
    submission = province.submission("DN-101")
    actions.save_values(
        submission=submission,
        entries=[Entry("teachers", number=0)],
        by=province.person("clerk_101"),
        source="form",
    )
    return submission


def accepted(outcomes):
    return sum(isinstance(outcome, actions.SaveResult) for outcome in outcomes)


def save_own_number(submission, person, number, have_read, is_guarded):
    """Read the cell, wait until the other has read it too, save a number of one's own."""
    seen = DataValue.objects.get(submission=submission, element__code="teachers")
    have_read.wait(PATIENCE)
    entry = Entry("teachers", number=number, base_version=seen.version if is_guarded else None)
    return actions.save_values(
        submission=Submission.objects.get(pk=submission.pk), entries=[entry], by=person, source="form"
    )


def two_numbers(province, submission, *, is_guarded):
    have_read = threading.Barrier(2)
    one, other = province.person("clerk_101"), province.person("clerk_101b")
    return together(
        lambda: save_own_number(submission, one, 11, have_read, is_guarded),
        lambda: save_own_number(submission, other, 22, have_read, is_guarded),
    )


def test_of_two_different_numbers_one_is_kept_and_the_other_told(province, submission):
    outcomes = two_numbers(province, submission, is_guarded=True)
    assert accepted(outcomes) == 1
    [conflict] = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    kept = DataValue.objects.get(submission=submission).number
    assert conflict.cells[0].theirs == str(kept)
    assert ValueChange.objects.count() == 2


def test_without_the_version_check_one_of_two_numbers_is_lost_silently(province, submission):
    outcomes = two_numbers(province, submission, is_guarded=False)
    assert accepted(outcomes) == 2  # both were told "saved" …
    assert DataValue.objects.get(submission=submission).number in (11, 22)  # … and one is gone


@pytest.fixture
def meeting_before_the_write(monkeypatch):
    """Both threads check their versions before either writes, unless a lock keeps one out."""
    meeting = threading.Barrier(2)
    store = writing.store

    def wait_then_store(*args):
        # Broken by its patience where the other is held by the lock, as it should be.
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(PAUSE)
        return store(*args)

    monkeypatch.setattr(saving, "store", wait_then_store)
    return meeting


def test_the_lock_lets_nobody_check_while_another_writes(province, submission, meeting_before_the_write):
    outcomes = two_numbers(province, submission, is_guarded=True)
    assert accepted(outcomes) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert meeting_before_the_write.broken


def test_without_the_lock_both_pass_the_check_and_one_update_fails_in_the_database(
    province, submission, meeting_before_the_write, monkeypatch
):
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    else:
        monkeypatch.setattr(authority, "hold", lambda ids: None)
    outcomes = two_numbers(province, submission, is_guarded=True)
    assert not meeting_before_the_write.broken
    assert accepted(outcomes) == 1
    # Only the last net, the database's own, kept the update from being lost without a word.
    [failed] = [one for one in outcomes if not isinstance(one, actions.SaveResult)]
    assert isinstance(failed, OperationalError if connection.vendor == "sqlite" else IntegrityError)


def test_of_two_reviewers_one_decides(province, submission):
    submitted(submission, by=province.person("clerk_101"))
    start = threading.Barrier(2)

    def decide(decision):
        row = Submission.objects.get(pk=submission.pk)
        start.wait(PATIENCE)
        return decision(row)

    reviewer, officer = province.person("reviewer_1"), province.person("officer")
    outcomes = together(
        lambda: decide(lambda row: actions.approve(submissions=[row], by=officer)),
        lambda: decide(
            lambda row: actions.return_cells(submission=row, reasons={"teachers": "sai"}, by=reviewer)
        ),
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    submission.refresh_from_db()
    assert submission.state in (State.APPROVED, State.RETURNED)
    assert submission.returned_cells.exists() == (submission.state == State.RETURNED)


def close_while_saving(province, submission, monkeypatch, save_now):
    """Close the period; `save_now` begins when it is nearly closed. What each of the two came to."""
    nearly_closed, save_begins = threading.Event(), threading.Event()

    def pause(**kwargs):
        nearly_closed.set()
        save_begins.wait(PATIENCE)
        time.sleep(PAUSE)  # the save has had time to reach the lock, or to slip past

    monkeypatch.setattr("collection.actions.periods.record_period", pause)

    def save():
        nearly_closed.wait(PATIENCE)
        save_begins.set()
        return save_now()

    def close():
        return actions.close_period(period=province.period, by=province.person("officer"))

    return together(close, save)


def saving_99(province, submission):
    """A save of a whole form, ready to begin."""
    row = Submission.objects.get(pk=submission.pk)
    entries, clerk = [Entry("teachers", number=99)], province.person("clerk_101")
    return lambda: actions.save_values(submission=row, entries=entries, by=clerk, source="form")


def test_a_save_that_waited_for_a_closing_period_finds_it_closed(province, submission, monkeypatch):
    _closed, saved = close_while_saving(province, submission, monkeypatch, saving_99(province, submission))
    assert isinstance(saved, Refused)
    assert "đã khóa" in str(saved)
    assert DataValue.objects.get(submission=submission).number == 0


def test_without_the_lock_a_save_slips_into_a_period_that_is_closing(province, submission, monkeypatch):
    monkeypatch.setattr(authority, "hold", lambda ids: None)
    _closed, saved = close_while_saving(province, submission, monkeypatch, saving_99(province, submission))
    # SQLite has one writer at a time: there the transaction itself is the lock.
    assert isinstance(saved, Refused if connection.vendor == "sqlite" else actions.SaveResult)


def approve_while_it_comes_again(province, submission, monkeypatch):
    """A reviewer approves what they saw, at the moment at which it is returned and comes again."""
    submitted(submission, by=province.person("clerk_101"))
    seen = {submission.pk: Submission.objects.get(pk=submission.pk).version}
    nearly_returned = threading.Event()

    def pause(**kwargs):
        if kwargs["action"] == "submission.return":
            nearly_returned.set()
            time.sleep(PAUSE)  # the approval has had time to reach the lock, or to slip past
        audit.record(**kwargs)

    monkeypatch.setattr(transitions, "record", pause)

    def come_again():
        row = Submission.objects.get(pk=submission.pk)
        actions.return_cells(submission=row, reasons={"teachers": "sai"}, by=province.person("officer"))
        return actions.submit(submissions=[row], by=province.person("clerk_101"))

    def approve():
        row = Submission.objects.get(pk=submission.pk)
        nearly_returned.wait(PATIENCE)
        return actions.approve_unflagged(submissions=[row], by=province.person("reviewer_1"), versions=seen)

    _again, done = together(come_again, approve)
    submission.refresh_from_db()
    return done


def test_many_approved_at_once_never_take_along_what_changed_meanwhile(province, submission, monkeypatch):
    done = approve_while_it_comes_again(province, submission, monkeypatch)
    assert [one.submission.pk for one in done.left_out] == [submission.pk]
    assert submission.state == State.SUBMITTED


def test_without_the_lock_an_approval_judges_what_is_no_longer_there(province, submission, monkeypatch):
    monkeypatch.setattr(authority, "hold", lambda ids: None)
    done = approve_while_it_comes_again(province, submission, monkeypatch)
    if connection.vendor == "sqlite":  # one writer at a time: there the transaction itself is the lock
        assert [one.submission.pk for one in done.left_out] == [submission.pk]
    else:
        assert [one.pk for one in done.ready] == [submission.pk]
