"""A year of the demo opened, and answers into its submissions, all through the actions.

What is saved carries a word to every question that it raises.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from collection import actions
from collection.actions import Entry
from collection.asked import AskedForms
from collection.models import DataValue, ReportingPeriod, Submission
from indicators.kept import catalogue_of
from indicators.models import IndicatorSet
from reporting.demo.answers import Answer, NotAvailable
from reporting.demo.explanations import explained
from schools.models import User

SUBMISSIONS_AT_ONCE = 100

Item = TypeVar("Item")
Given = Mapping[str, Mapping[str, Answer]]  # unit code -> element code -> answer


def open_year(
    code: str, indicator_set: IndicatorSet, *, opens_on: dt.date, due_on: dt.date, by: User
) -> tuple[ReportingPeriod, list[Submission]]:
    """The calendar year `code` as an open, illustrative period, with its submissions."""
    period = actions.create_period(
        indicator_set=indicator_set,
        code=code,
        name=f"Năm {code}",
        starts_on=dt.date(int(code), 1, 1),
        ends_on=dt.date(int(code), 12, 31),
        opens_on=opens_on,
        due_on=due_on,
        is_illustrative=True,
        by=by,
    )
    return period, actions.open_period(period=period, by=by)


def enter(submissions: Sequence[Submission], given: Given, before: Given, clerk: User) -> int:
    """Save and submit; how many values. `before` is what the units gave last period."""
    written = 0
    for some in in_groups(submissions):
        written += save(some, given, before, clerk)
        actions.submit(submissions=some, by=clerk)
    return written


def save(submissions: Sequence[Submission], given: Given, before: Given, clerk: User) -> int:
    """Save without submitting; how many values."""
    forms = AskedForms(submissions)
    batches, said = [], {}
    for one in submissions:
        now, then = (_entries(answers.get(one.org_unit.code, {})) for answers in (given, before))
        catalogue = catalogue_of(one.form.indicator_set)
        entries, said[one.pk] = explained(now, then, forms.of(one), catalogue)
        batches.append((one, entries))
    actions.save_many(batches=batches, by=clerk, source=DataValue.Source.DEMO, explanations=said)
    return sum(len(entries) for _submission, entries in batches)


def approve(submissions: Sequence[Submission], reviewer: User) -> None:
    """Approve, some at a time."""
    for some in in_groups(submissions):
        actions.approve(submissions=some, by=reviewer)


def in_groups(items: Iterable[Item], size: int = SUBMISSIONS_AT_ONCE) -> Iterator[list[Item]]:
    """`items` in lists of at most `size`."""
    remaining = iter(items)
    while group := list(islice(remaining, size)):
        yield group


def _entries(answers: Mapping[str, Answer]) -> list[Entry]:
    return [_entry(*cell) for cell in answers.items()]


def _entry(element: str, answer: Answer) -> Entry:
    if isinstance(answer, NotAvailable):
        return Entry(element, DataValue.State.NOT_AVAILABLE, reason=answer.reason)
    if isinstance(answer, int):
        return Entry(element, number=answer)
    return Entry(element, choices=answer)
