"""Telling people about submissions: reminders, returned phiếu, and what they have read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from collection import authority
from collection.letters import Letter, send_reminders
from collection.models import Notice, Submission
from schools.models import Membership, User
from schools.roles import PERMISSIONS, Permission, Role

from .audit import record

# Nobody is told the same thing twice in a day, however many people press the button.
QUIET = dt.timedelta(hours=24)
TEXT_LENGTH = 2000
_ENTER_ROLES = [role for role in Role if Permission.ENTER in PERMISSIONS[role]]


@dataclass(frozen=True)
class Reminded:
    """What a reminder came to. All but `people` are numbers of submissions; each is in one of them."""

    people: int
    reminded: int
    recent: int  # everybody there was reminded within QUIET
    handed_in: int
    locked: int  # the period takes no more entries
    nobody: int  # nobody enters for that unit


@transaction.atomic
def remind(*, submissions: Sequence[Submission], by: User, home: str = "") -> Reminded:
    """Remind those who enter for the units of `submissions`; takes the right to review each.

    One notice for each person and submission, and in the background, once that is kept, one e-mail
    for each person with everything they were reminded of. `home` is the address of the application
    for the letter ("https://…/"). Whoever was reminded of a submission within QUIET is left out.
    """
    rows = authority.lock(submissions)  # a second click waits here, then finds the first one's notices
    authority.require_at(by, [row.org_unit for row in rows], Permission.REVIEW)
    today, now = timezone.localdate(), timezone.now()
    awaited = [row for row in rows if row.deadline.is_awaited]
    open_rows = [row for row in awaited if not authority.closed_to_entry(row, today)]
    people = _people_entering(open_rows, but=by)
    recent = _reminded_since(now - QUIET, open_rows)
    told = {
        row: [one for one in people[row.org_unit_id] if (one.pk, row.pk) not in recent] for row in open_rows
    }
    _notify({row: some for row, some in told.items() if some}, Notice.Kind.REMINDER, by=by, at=now)
    reminded = [row for row, some in told.items() if some]
    record(
        by=by,
        action="submission.remind",
        submissions=reminded,
        details={row.pk: {"people": len(told[row])} for row in reminded},
    )
    letters = _letters({row: told[row] for row in reminded})
    if letters:  # the task is a row of this transaction: no worker sees it before the commit
        send_letters.enqueue(letters, by.pk, home)
    nobody = sum(not people[row.org_unit_id] for row in open_rows)
    return Reminded(
        people=len(letters),
        reminded=len(reminded),
        recent=len(open_rows) - len(reminded) - nobody,
        handed_in=len(rows) - len(awaited),
        locked=len(awaited) - len(open_rows),
        nobody=nobody,
    )


@task()
def send_letters(letters: list[tuple[int, list[int]]], sender_id: int, home: str) -> int:
    """Send one e-mail for each (person id, submission ids); how many went out.

    What was handed in since the click is left out, and so is whoever has nothing else to be told of.
    """
    people = User.objects.filter(is_active=True).in_bulk([person for person, _rows in letters])
    named = {pk for _person, rows in letters for pk in rows}
    submissions = {
        row.pk: row
        for row in Submission.objects.with_context().filter(pk__in=named)
        if row.deadline.is_awaited
    }
    found = [
        Letter(people[person], tuple(submissions[pk] for pk in rows if pk in submissions))
        for person, rows in letters
        if person in people
    ]
    sender = User.objects.get(pk=sender_id)
    return send_reminders([one for one in found if one.submissions], sender=sender, home=home)


def tell_returned(
    *, submission: Submission, reasons: Mapping[str, str], labels: Mapping[str, str], by: User
) -> None:
    """Let those who enter for the unit know that cells came back, inside the return's transaction."""
    people = {one.pk: one for one in _people_entering([submission], but=by)[submission.org_unit_id]}
    sender = submission.submitted_by
    if sender is not None and sender.is_active and sender.pk != by.pk:
        people[sender.pk] = sender  # an officer may have handed it in for the unit
    text = "; ".join(f"“{labels.get(code, code)}”: {reason}" for code, reason in reasons.items())
    _notify(
        {submission: list(people.values())},
        Notice.Kind.RETURNED,
        by=by,
        at=timezone.now(),
        text=text[:TEXT_LENGTH],
    )


def settle_notices(*, submissions: Sequence[Submission], at: dt.datetime) -> None:
    """What the notices of `submissions` asked for has been done: nobody is called to it any more."""
    Notice.objects.filter(submission__in=[row.pk for row in submissions]).unread().update(read_at=at)


@transaction.atomic
def mark_notices_read(*, notices: Iterable[Notice], by: User) -> int:
    """Mark those of `notices` that are the actor's own as read; how many were not yet.

    The moment stands in the notice itself; a person's reading is nothing that the trail keeps.
    """
    own = Notice.objects.filter(pk__in=[notice.pk for notice in notices], recipient=by)
    return own.unread().update(read_at=timezone.now())


def _people_entering(rows: Iterable[Submission], *, but: User) -> dict[int, list[User]]:
    """Unit id -> people whose own unit it is and who may enter there. One query.

    Reviewers and officers above may enter too, but it is not their work to be reminded of.
    """
    found = Membership.objects.filter(
        unit__in={row.org_unit_id for row in rows},
        role__in=_ENTER_ROLES,
        is_active=True,
        user__is_active=True,
    ).exclude(user=but)
    people: dict[int, dict[int, User]] = defaultdict(dict)
    for membership in found.select_related("user").order_by("user"):
        people[membership.unit_id][membership.user_id] = membership.user
    return defaultdict(list, {unit: list(some.values()) for unit, some in people.items()})


def _reminded_since(since: dt.datetime, rows: Iterable[Submission]) -> set[tuple[int, int]]:
    """(person, submission) of the reminders sent after `since`."""
    sent = Notice.objects.filter(
        submission__in=[row.pk for row in rows], kind=Notice.Kind.REMINDER, sent_at__gt=since
    )
    return set(sent.order_by().values_list("recipient", "submission"))


def _notify(
    told: Mapping[Submission, Sequence[User]], kind: Notice.Kind, *, by: User, at: dt.datetime, text: str = ""
) -> None:
    Notice.objects.bulk_create(
        Notice(recipient=person, submission=row, kind=kind, text=text, sent_by=by, sent_at=at)
        for row, people in told.items()
        for person in people
    )


def _letters(told: Mapping[Submission, Sequence[User]]) -> list[tuple[int, list[int]]]:
    """One letter for each person, with all that they are reminded of: ids, as a task takes them."""
    by_person: dict[int, list[int]] = defaultdict(list)
    for row, people in told.items():
        for person in people:
            by_person[person.pk].append(row.pk)
    return list(by_person.items())
