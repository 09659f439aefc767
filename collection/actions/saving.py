"""Saving values: many submissions at once with the same few statements as one.

Two people may fill the same form. A cell that only one of them changed is that person's; a cell
that both changed to different values is a conflict, which tells both values and changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from collection import authority
from collection.asked import Asked, AskedForms
from collection.entries import CellRefused, Content, Entry, content_of, require_text
from collection.models import DataValue, Submission
from collection.refusals import CellConflict, CellsRefused, Conflict, Refused, not_asked, not_returned
from collection.shown import shown
from collection.validation import Examined, examine, keep_violations
from collection.values import values_of
from indicators.kept import catalogue_of
from indicators.rules import Finding
from schools.models import User
from schools.roles import Permission

from .audit import record, subject_of
from .writing import (
    Seen,
    Write,
    contents_seen,
    not_editable,
    returned_cells,
    store,
    write_of,
)

Cells = dict[str, DataValue]


@dataclass(frozen=True)
class SaveResult:
    """What a save did to one submission: the cells it changed and what the rules say now."""

    submission: Submission
    changed: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def version(self) -> int:
        """The submission's version after the save."""
        return self.submission.version


@dataclass(frozen=True)
class Batch:
    """What is to be saved in one submission."""

    submission: Submission
    entries: Sequence[Entry]
    version: int | None = None
    explanations: Mapping[str, str] = field(default_factory=dict)


def save_values(
    *,
    submission: Submission,
    entries: Sequence[Entry],
    by: User,
    source: str,
    version: int | None = None,
    explanations: Mapping[str, str] | None = None,
) -> SaveResult:
    """Save cells of one submission; cells that stay as they were write nothing.

    `version` is the submission's version that the sender saw: it guards entries that carry no
    `base_version`. `explanations` (rule code -> text) go with the rules that stay broken.
    Raises PermissionDenied, Refused (locked), CellsRefused (bad content) or Conflict.
    """
    return _save([Batch(submission, entries, version, explanations or {})], by, source, {})[0]


def save_many(
    *,
    batches: Sequence[tuple[Submission, Sequence[Entry]]],
    by: User,
    source: str,
    explanations: Mapping[int, Mapping[str, str]] | None = None,
    traces: Mapping[int, Mapping[str, Any]] | None = None,
) -> list[SaveResult]:
    """`save_values` for many submissions, in the order given; one refusal changes nothing at all.

    `explanations` of broken rules (rule code -> text) come by submission id, and so do `traces`: what
    goes into the audit event of each, to say where its figures came from.
    """
    said = explanations or {}
    batched = [Batch(one, entries, explanations=said.get(one.pk, {})) for one, entries in batches]
    return _save(batched, by, source, traces or {})


@dataclass
class _Work:
    """One batch with everything needed to decide about its cells."""

    batch: Batch
    submission: Submission  # as locked
    asked: Asked
    cells: Cells
    open_cells: frozenset[str] | None  # None: every cell may change
    wanted: dict[str, Content] = field(default_factory=dict)
    writes: list[Write] = field(default_factory=list)


@transaction.atomic
def _save(
    batches: Sequence[Batch], by: User, source: str, traces: Mapping[int, Mapping[str, Any]]
) -> list[SaveResult]:
    now = timezone.now()
    works = _gather(batches, by)
    for work in works:
        work.wanted = _contents(work)
    _merge(works)
    for work in works:
        work.writes = _writes(work, by, now)
    store([write for work in works for write in work.writes], source)
    return _finish(works, by, source, traces)


def _gather(batches: Sequence[Batch], by: User) -> list[_Work]:
    if len({batch.submission.pk for batch in batches}) != len(batches):
        raise ValueError("A submission may appear once in a call.")
    locked = {row.pk: row for row in authority.lock(batch.submission for batch in batches)}
    authority.require_at(by, [row.org_unit for row in locked.values()], Permission.ENTER)
    today = timezone.localdate()
    for row in locked.values():
        _require_editable(row, today)
    forms, cells, named = AskedForms(locked.values()), values_of(locked), returned_cells(locked.values())
    return [
        _Work(
            batch=batch,
            submission=locked[batch.submission.pk],
            asked=forms.of(locked[batch.submission.pk]),
            cells=cells[batch.submission.pk],
            open_cells=named.get(batch.submission.pk),
        )
        for batch in batches
    ]


def _require_editable(submission: Submission, today: dt.date) -> None:
    if sentence := not_editable(submission, today):
        raise _about(submission, Refused(sentence))


def _about(submission: Submission, refused: Refused) -> Refused:
    """`refused`, which tells a caller with many submissions which one it is about."""
    refused.submission_id = submission.pk
    return refused


def _contents(work: _Work) -> dict[str, Content]:
    """What each entry puts into its cell; refuses all of them when one is wrong."""
    contents: dict[str, Content] = {}
    refused: dict[str, str] = {}
    for entry in work.batch.entries:
        code = entry.element_code
        element = work.asked.elements.get(code)
        if element is None:
            refused[code] = not_asked(code)
        elif code in contents:
            refused[code] = _("Chỉ tiêu được gửi hai lần. Hãy giữ một giá trị.")
        else:
            try:
                contents[code] = content_of(entry, element, work.asked.choice_codes.get(code, ()))
            except CellRefused as error:
                refused[code] = str(error)
    for rule, text in work.batch.explanations.items():
        try:
            require_text(text)
        except CellRefused as error:
            refused[f"x-{rule}"] = str(error)
    _refuse(work, refused)
    return contents


def _refuse(work: _Work, refused: Mapping[str, str]) -> None:
    if refused:
        raise _about(work.submission, CellsRefused(refused, work.asked.labels, subject_of(work.submission)))


def _merge(works: Sequence[_Work]) -> None:
    """Drop entries that change nothing, and those whose cell only somebody else changed."""
    stale: list[tuple[_Work, Entry]] = []
    for work in works:
        for entry in work.batch.entries:
            if work.wanted[entry.element_code] == Content.of(work.cells.get(entry.element_code)):
                del work.wanted[entry.element_code]
            elif _is_stale(work, entry):
                stale.append((work, entry))
    if not stale:
        return
    history = _history(stale)
    conflicts = []
    for work, entry in stale:
        code = entry.element_code
        if history.get((work.submission.pk, code)) == work.wanted[code]:
            del work.wanted[code]
        else:
            conflicts.append((work, code))
    if conflicts:
        first, _code = conflicts[0]
        raise _about(first.submission, Conflict([_conflict(work, code) for work, code in conflicts]))


def _is_stale(work: _Work, entry: Entry) -> bool:
    if entry.base_version is None:
        return work.batch.version is not None and work.batch.version != work.submission.version
    value = work.cells.get(entry.element_code)
    return entry.base_version != (value.version if value else 0)


def _history(stale: Sequence[tuple[_Work, Entry]]) -> dict[tuple[int, str], Content]:
    """What each stale sender saw, by submission and element code: one query."""
    seen: dict[tuple[int, str], Seen] = {}
    for work, entry in stale:
        if entry.base_version is not None:
            seen[work.submission.pk, entry.element_code] = (
                work.cells.get(entry.element_code),
                entry.base_version,
            )
    return contents_seen(seen)


def _conflict(work: _Work, code: str) -> CellConflict:
    element, theirs = work.asked.elements[code], work.cells.get(code)
    return CellConflict(
        element_code=code,
        label=element.label,
        yours=shown(work.wanted[code], element),
        theirs=shown(Content.of(theirs), element),
        by=str(theirs.updated_by) if theirs else "",
        at=theirs.updated_at if theirs else None,
        version=theirs.version if theirs else 0,
    )


def _writes(work: _Work, by: User, now: dt.datetime) -> list[Write]:
    """The rows to write for one submission; refuses cells that a return did not reopen."""
    if work.open_cells is not None:
        _require_open(work, work.open_cells)
    return [
        write_of(work.submission, work.asked.elements[code], content, work.cells.get(code), by, now)
        for code, content in work.wanted.items()
    ]


def _require_open(work: _Work, open_cells: frozenset[str]) -> None:
    _refuse(work, {code: not_returned() for code in work.wanted if code not in open_cells})


def _finish(
    works: Sequence[_Work], by: User, source: str, traces: Mapping[int, Mapping[str, Any]]
) -> list[SaveResult]:
    """Versions, violations, audit; and the caller's own objects brought up to date."""
    touched = [work.submission for work in works if work.wanted]
    Submission.objects.filter(pk__in=[row.pk for row in touched]).update(version=F("version") + 1)
    results, examined = [], []
    for work in works:
        work.cells.update((write.value.element.code, write.value) for write in work.writes)
        catalogue = catalogue_of(work.submission.form.indicator_set)
        findings = examine(work.cells, work.asked, catalogue.rules)
        examined.append(Examined(work.submission, findings, work.batch.explanations))
        work.submission.version += bool(work.wanted)
        work.batch.submission.version = work.submission.version
        work.batch.submission.state = work.submission.state
        results.append(SaveResult(work.batch.submission, tuple(work.wanted), tuple(findings)))
    explained = keep_violations(examined).changed
    details = {
        work.submission.pk: {
            "cells": list(work.wanted),
            "source": source,
            **traces.get(work.submission.pk, {}),
        }
        for work in works
        if work.wanted or (work.batch.explanations and work.submission.pk in explained)
    }
    saved = [work.submission for work in works if work.submission.pk in details]
    record(by=by, action="submission.save", submissions=saved, details=details)
    return results
