"""What happened to a submission: events of the trail, and what was saved, told in one line a sitting.

A cell saved alone leaves no event: its change says who, when, what and from where (docs/adr/0017). Here
the changes of one person are put together, so that forty cells typed in a row read as one save.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from collection.models import Submission, ValueChange
from schools.models import AuditEvent, User

SAVED = "submission.save"
# Whoever pauses longer than this has begun again.
PAUSE = dt.timedelta(minutes=10)
CHANGES_READ = 5000  # newest first; a form filled in by hand ten times over


@dataclass(frozen=True)
class Happening:
    """One line of a submission's history, with the names that an audit event has."""

    at: dt.datetime
    actor_name: str
    action: str
    detail: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True)
class Change:
    """One saved cell, as far as grouping needs it."""

    at: dt.datetime
    by: int
    source: str
    code: str


def happenings_of(submission: Submission, events: Iterable[AuditEvent]) -> list[Happening | AuditEvent]:
    """Everything that happened to `submission`, the newest first: two queries beside that of `events`.

    Saves among the events tell only of explained rules; their cells are told by the changes.
    """
    rows = ValueChange.objects.filter(value__submission=submission).order_by("-changed_at", "-pk")
    fields = ("changed_at", "changed_by", "source", "value__element__code")
    changes = (Change(*row) for row in rows.values_list(*fields)[:CHANGES_READ])
    others = [one for one in events if one.action != SAVED or not one.detail.get("cells")]
    groups = grouped(changes, [one.at for one in others])
    people = User.objects.in_bulk({group[0].by for group in groups})
    saved = [_saved(group, str(people[group[0].by])) for group in groups]
    return sorted([*saved, *others], key=lambda one: one.at, reverse=True)


def grouped(changes: Iterable[Change], between: Collection[dt.datetime] = ()) -> list[list[Change]]:
    """Changes (the newest first) of one person and source together, as long as nothing parts them:

    no long pause, and none of the moments of `between`, when something else happened.
    """
    groups: list[list[Change]] = []
    for change in changes:
        if groups and _goes_on(groups[-1][-1], change, between):
            groups[-1].append(change)
        else:
            groups.append([change])
    return groups


def _goes_on(later: Change, earlier: Change, between: Collection[dt.datetime]) -> bool:
    same = (later.by, later.source) == (earlier.by, earlier.source)
    near = later.at - earlier.at <= PAUSE
    return same and near and not any(earlier.at < moment < later.at for moment in between)


def _saved(group: list[Change], name: str) -> Happening:
    """One line for a group: at the time of its last change, each cell once in the order of saving."""
    codes = dict.fromkeys(change.code for change in reversed(group))
    return Happening(group[0].at, name, SAVED, {"cells": list(codes), "source": group[0].source})
