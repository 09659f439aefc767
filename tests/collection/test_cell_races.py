"""Two people who save cells at the same moment, and a period that closes meanwhile.

The lock of a saved cell is the statement that raises its submission's version. It is tried switched off
too, and then must fail; on SQLite the transaction itself lets one writer in at a time.
"""

import threading

import pytest
from django.db import connection

from collection import actions, authority
from collection.actions import cells, writing
from collection.cells import CellState, Saved
from collection.models import DataValue, ReportingPeriod, Submission, ValueChange
from collection.parsing import Typed
from collection.refusals import Refused
from tests.collection.test_races import PATIENCE, close_while_saving, together
from tests.province import build_province

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def province():
    return build_province()


@pytest.fixture
def submission(province):
    submission = province.submission("DN-101")
    actions.save_cells(
        by=province.person("clerk_101"), batches=[(submission, {"teachers": Typed("0")})], source="form"
    )
    return submission


def save(submission, person, **typed):
    rows = Submission.objects.select_related("period", "org_unit", "form__indicator_set")
    row = rows.get(pk=submission.pk)
    [saved] = actions.save_cells(by=person, batches=[(row, typed)], source="form")
    return saved


def both(province, submission, one, other):
    """Two clerks save at once; what each was answered."""
    start = threading.Barrier(2)

    def run(name, typed):
        start.wait(PATIENCE)
        return save(submission, province.person(name), **typed)

    return together(lambda: run("clerk_101", one), lambda: run("clerk_101b", other))


def test_of_two_numbers_for_one_cell_one_is_kept_and_the_other_told(province, submission):
    outcomes = both(
        province,
        submission,
        {"teachers": Typed("11", base="1")},
        {"teachers": Typed("22", base="1")},
    )
    answers = [outcome.answers["teachers"] for outcome in outcomes]
    assert sorted(answer.state for answer in answers) == [CellState.CONFLICT, CellState.SAVED]
    [told] = [answer for answer in answers if answer.theirs]
    assert told.theirs.shown == str(DataValue.objects.get(submission=submission).number)
    assert ValueChange.objects.count() == 2


def test_two_cells_of_one_form_are_both_saved_and_counted(province, submission):
    outcomes = both(province, submission, {"lessons": Typed("5")}, {"lessons_online": Typed("3")})
    assert all(CellState.SAVED in {one.state for one in outcome.answers.values()} for outcome in outcomes)
    submission.refresh_from_db()
    assert submission.version == 3


def test_a_cell_that_waited_for_a_closing_period_is_refused(province, submission, monkeypatch):
    clerk = province.person("clerk_101")
    _closed, saved = close_while_saving(
        province, submission, monkeypatch, lambda: save(submission, clerk, teachers=Typed("99", base="1"))
    )
    assert isinstance(saved.refusal, Refused)
    assert "đã khóa" in str(saved.refusal)
    assert DataValue.objects.get(submission=submission).number == 0
    version = submission.version
    submission.refresh_from_db()
    assert submission.version == version


def test_without_the_lock_a_cell_slips_into_a_period_that_is_closing(province, submission, monkeypatch):
    monkeypatch.setattr(cells, "_hold", lambda sheets, by: None)
    clerk = province.person("clerk_101")
    _closed, saved = close_while_saving(
        province, submission, monkeypatch, lambda: save(submission, clerk, teachers=Typed("99", base="1"))
    )
    slipped = saved.refusal is None
    assert slipped == (connection.vendor != "sqlite")


def test_a_new_cell_and_a_closing_period_never_wait_for_each_other(province, submission, monkeypatch):
    """The save holds its submission, the closing the period; then each needs what the other holds."""
    saving, closing = threading.Event(), threading.Event()
    store, hold = writing.store, authority.hold

    def store_when_the_period_is_held(*args):
        saving.set()
        if connection.vendor != "sqlite":  # there the closing has not begun: one writer at a time
            closing.wait(PATIENCE)
        store(*args)

    def tell_and_hold(ids):
        closing.set()
        hold(ids)

    monkeypatch.setattr(cells, "store", store_when_the_period_is_held)
    monkeypatch.setattr(authority, "hold", tell_and_hold)

    def close():
        saving.wait(PATIENCE)
        return actions.close_period(period=province.period, by=province.person("officer"))

    clerk = province.person("clerk_101")
    saved, closed = together(lambda: save(submission, clerk, lessons=Typed("5")), close)
    assert isinstance(saved, Saved), saved
    assert isinstance(closed, ReportingPeriod), closed
    assert saved.answers["lessons"].state == CellState.SAVED
    assert closed.state == ReportingPeriod.State.CLOSED
