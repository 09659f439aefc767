"""When a submission is due and whether it came in time; days only, no database."""

import datetime as dt

import pytest
from django.utils.translation import override

from collection.deadlines import Deadline
from collection.workflow import State

DUE = dt.date(2024, 3, 5)
BEFORE, AFTER = dt.date(2024, 3, 1), dt.date(2024, 3, 8)


@pytest.fixture(autouse=True)
def _in_vietnamese():
    with override("vi"):
        yield


@pytest.mark.parametrize(
    ("state", "first_day", "today", "late", "on_time", "words"),
    [
        (State.DRAFT, None, BEFORE, False, False, "còn 4 ngày"),
        (State.DRAFT, None, DUE, False, False, "hạn hôm nay"),
        (State.DRAFT, None, AFTER, True, False, "quá hạn 3 ngày"),
        (State.SUBMITTED, DUE, AFTER, False, True, ""),
        (State.SUBMITTED, AFTER, AFTER, True, False, "nộp trễ 3 ngày"),
        (State.APPROVED, BEFORE, AFTER, False, True, ""),
        # A returned phiếu was handed in when it was; it is awaited again all the same.
        (State.RETURNED, BEFORE, BEFORE, False, True, "còn 4 ngày"),
        (State.RETURNED, BEFORE, AFTER, True, True, "quá hạn 3 ngày"),
        (State.RETURNED, AFTER, AFTER, True, False, "quá hạn 3 ngày"),
    ],
)
def test_what_a_deadline_says(state, first_day, today, late, on_time, words):
    deadline = Deadline(state, DUE, first_day)

    assert (deadline.is_late(today), deadline.was_on_time, deadline.words(today)) == (late, on_time, words)
