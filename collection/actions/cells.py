"""Saving cell by cell, as somebody types: what can be saved is saved, and each cell is answered.

The strict `save_values` is all or nothing, for whoever sends a whole form. Here one bad cell never
stops the others, and one locked submission never stops the others of a grid. One cell costs four
statements, and a thousand cells of many submissions one more.

No audit event is written for the cells: the history of each value (who, when, old, new, from where)
is the audit of a cell saved alone (docs/adr/0017).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from collection import authority
from collection.asked import Asked, AskedForms
from collection.cells import CellAnswer, CellState, Saved, Theirs
from collection.entries import CellRefused, Content, Entry, HeldVersion, content_of, require_text
from collection.models import Submission
from collection.parsing import Typed, Unreadable, entry_of, typed_of
from collection.readings import Reading, readings_of
from collection.refusals import Refused, not_asked, not_returned
from collection.shown import shown
from collection.validation import Examined, examine, keep_violations
from collection.values import last_changes
from collection.verdicts import judge
from dxreport.lib.numbers import NumberRefused
from dxreport.lib.prepared import PreparedUpdate
from indicators.kept import catalogue_of
from indicators.rules import Finding
from schools.models import User
from schools.roles import Permission

from .audit import record
from .writing import (
    Seen,
    Write,
    contents_seen,
    not_editable,
    returned_cells,
    store,
    write_of,
)

Explanations = Mapping[str, str]  # rule code -> text


@dataclass
class _Sheet:
    """One submission with what was typed, what stands there, and what came of it."""

    submission: Submission
    typed: Mapping[str, Typed]
    explanations: Explanations
    asked: Asked
    reading: Reading | None = None
    refusal: PermissionDenied | Refused | None = None
    open_cells: frozenset[str] | None = None  # None: every cell may change
    answers: dict[str, CellAnswer] = field(default_factory=dict)
    wanted: dict[str, tuple[Entry, Content]] = field(default_factory=dict)
    writes: list[Write] = field(default_factory=list)
    found_before: tuple[Finding, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether anything may be written here."""
        return self.refusal is None

    @property
    def now(self) -> dict[str, HeldVersion]:
        """The cells as they stand."""
        return {} if self.reading is None else self.reading.now


@transaction.atomic
def save_cells(
    *,
    by: User,
    batches: Sequence[tuple[Submission, Mapping[str, Typed]]],
    source: str,
    explanations: Mapping[int, Explanations] | None = None,
) -> list[Saved]:
    """Save what can be saved of the typed cells of some submissions; an answer each, in order.

    `batches` pairs each submission, with its form, period and unit at hand, with what was typed by
    element code; `explanations` of soft rules come by submission id. A missing right and a lock are
    the submission's own `refusal`; nothing is raised for them. The given submissions are brought up
    to date.
    """
    sheets = _sheets(batches, explanations or {})
    _hold(sheets, by)
    _read(sheets)
    now = timezone.now()
    live = [sheet for sheet in sheets if sheet.is_live]
    for sheet in live:
        _understand(sheet)
    _settle_stale(live)
    for sheet in live:
        _write(sheet, by, now)
    store([write for sheet in live for write in sheet.writes], source)
    _count_versions(sheets)
    said = _keep_findings(live, by, source)
    return [_saved(sheet, said.get(sheet.submission.pk, {})) for sheet in sheets]


def _sheets(
    batches: Sequence[tuple[Submission, Mapping[str, Typed]]], explanations: Mapping[int, Explanations]
) -> list[_Sheet]:
    if len({submission.pk for submission, _typed in batches}) != len(batches):
        raise ValueError("A submission may appear once in a call.")
    forms = AskedForms(submission for submission, _typed in batches)
    return [
        _Sheet(submission, typed, explanations.get(submission.pk, {}), forms.of(submission))
        for submission, typed in batches
    ]


def _enterable(ids: Sequence[int], roots: Sequence[int], today: dt.date) -> QuerySet[Submission]:
    return Submission.objects.below(roots, on=today).filter(pk__in=ids).order_by()


_NEXT = F("version") + 1
_raise_version = PreparedUpdate(_enterable, version=_NEXT)


def _hold(sheets: Sequence[_Sheet], by: User) -> None:
    """Lock the submissions in which `by` may enter, by raising their versions; refuse the others.

    The lock and the new version are one statement. Several rows are locked in order of id first:
    an update takes them in an order of its own, and two grids could wait for each other.
    """
    ids = sorted(sheet.submission.pk for sheet in sheets)
    roots, today = sorted(by.scope(Permission.ENTER)), timezone.localdate()
    if len(ids) == 1:
        held = _raise_version(ids=ids, roots=roots, today=today)
    else:
        authority.hold(ids)
        held = _enterable(ids, roots, today).update(version=_NEXT)
    if held == len(ids):
        return
    known = set(_enterable(ids, roots, today).values_list("pk", flat=True))
    for sheet in sheets:
        if sheet.submission.pk not in known:
            sentence = authority.denial(Permission.ENTER, sheet.submission.org_unit)
            sheet.refusal = PermissionDenied(sentence)


def _read(sheets: Sequence[_Sheet]) -> None:
    """How everything stands now that it is held: a statement for each period, and one for returned cells."""
    held = [sheet for sheet in sheets if sheet.is_live]
    found: dict[int, Reading] = {}
    for period in {sheet.submission.period_id: sheet.submission.period for sheet in held}.values():
        rows = [sheet for sheet in held if sheet.submission.period_id == period.pk]
        asked = {sheet.submission.pk: sheet.asked for sheet in rows}
        found |= readings_of([sheet.submission for sheet in rows], period, asked)
    today = timezone.localdate()
    for sheet in held:
        sheet.reading = found[sheet.submission.pk]
        _bring_up_to_date(sheet.submission, sheet.reading)
        if sentence := not_editable(sheet.submission, today):
            sheet.refusal = Refused(sentence)
    returned = returned_cells(sheet.submission for sheet in held if sheet.is_live)
    for sheet in held:
        sheet.open_cells = returned.get(sheet.submission.pk)


def _bring_up_to_date(submission: Submission, reading: Reading) -> None:
    submission.version, submission.state, submission.due_on = reading.version, reading.state, reading.due_on
    submission.period.state = reading.period_state
    submission.has_extension = reading.has_extension  # type: ignore[attr-defined]  # as authority.with_extension


# --- cell by cell ---------------------------------------------------------------------------


def _understand(sheet: _Sheet) -> None:
    """Read each typed cell: what cannot stand is answered at once, what changes something is wanted."""
    for code, typed in sheet.typed.items():
        element = sheet.asked.elements.get(code)
        if element is None:
            sheet.answers[code] = CellAnswer(CellState.REFUSED, not_asked(code))
            continue
        try:
            entry = entry_of(code, typed, element)
            content = content_of(entry, element, sheet.asked.choice_codes.get(code, ()))
        except (NumberRefused, Unreadable, CellRefused) as error:
            sheet.answers[code] = CellAnswer(CellState.INVALID, str(error))
            continue
        if content == Content.of(sheet.now.get(code)):
            sheet.answers[code] = CellAnswer(CellState.UNCHANGED)
        elif sheet.open_cells is not None and code not in sheet.open_cells:
            sheet.answers[code] = CellAnswer(CellState.REFUSED, not_returned())
        else:
            sheet.wanted[code] = (entry, content)


def _settle_stale(sheets: Sequence[_Sheet]) -> None:
    """Cells that somebody else changed meanwhile: theirs alone stays, both changed is a conflict."""
    stale: dict[tuple[int, str], tuple[_Sheet, Seen]] = {}
    for sheet in sheets:
        for code, (entry, _content) in sheet.wanted.items():
            value = sheet.now.get(code)
            if entry.base_version is not None and entry.base_version != (value.version if value else 0):
                stale[sheet.submission.pk, code] = (sheet, (value, entry.base_version))
    if not stale:
        return
    seen = contents_seen({key: one for key, (_sheet, one) in stale.items()})
    conflicts: list[tuple[_Sheet, str]] = []
    for key, (sheet, _seen) in stale.items():
        _entry, content = sheet.wanted.pop(key[1])
        if seen.get(key) == content:
            sheet.answers[key[1]] = CellAnswer(CellState.UNCHANGED)
        else:
            conflicts.append((sheet, key[1]))
    _answer_conflicts(conflicts)


def _answer_conflicts(conflicts: Sequence[tuple[_Sheet, str]]) -> None:
    """Both values of each, who and when: one query for the names."""
    values = [sheet.now.get(code) for sheet, code in conflicts]
    last = last_changes(value.pk for value in values if value is not None)
    for (sheet, code), value in zip(conflicts, values, strict=True):
        theirs = None
        if value is not None:
            element = sheet.asked.elements[code]
            theirs = Theirs(
                typed=typed_of(value, element),
                shown=shown(Content.of(value), element),
                by=last[value.pk].by,
                at=last[value.pk].at,
                version=value.version,
            )
        sheet.answers[code] = CellAnswer(
            CellState.CONFLICT,
            _("Người khác vừa sửa ô này khác với số của bạn. Hãy xem hai giá trị rồi chọn một."),
            theirs,
        )


def _write(sheet: _Sheet, by: User, now: dt.datetime) -> None:
    """The rows of one submission; its cells stand as they will be from here on."""
    sheet.found_before = _findings(sheet)
    for code, (_entry, content) in sheet.wanted.items():
        write = write_of(sheet.submission, sheet.asked.elements[code], content, sheet.now.get(code), by, now)
        sheet.writes.append(write)
        sheet.answers[code] = CellAnswer(CellState.SAVED)
    sheet.now.update((write.value.element.code, write.value) for write in sheet.writes)


def _findings(sheet: _Sheet) -> tuple[Finding, ...]:
    rules = catalogue_of(sheet.submission.form.indicator_set).rules
    return tuple(examine(sheet.now, sheet.asked, rules))


# --- after the cells -------------------------------------------------------------------------


def _count_versions(sheets: Iterable[_Sheet]) -> None:
    """Give back the version that the lock raised where nothing was written after all."""
    untouched = [sheet for sheet in sheets if sheet.reading is not None and not sheet.writes]
    if untouched:
        ids = [sheet.submission.pk for sheet in untouched]
        Submission.objects.filter(pk__in=ids).update(version=F("version") - 1)
        for sheet in untouched:
            sheet.submission.version -= 1


def _keep_findings(sheets: Sequence[_Sheet], by: User, source: str) -> dict[int, dict[str, str]]:
    """What units say to the rules that do not hold, by submission id; written where it changed.

    The stored violations are those of the values before: where nothing was found before and nothing
    is now, as of most cells, this costs nothing.
    """
    examined = []
    for sheet in sheets:
        findings = _findings(sheet) if sheet.writes else sheet.found_before
        given = _readable(sheet)
        if findings or sheet.found_before:
            had_findings = bool(sheet.found_before)
            examined.append(Examined(sheet.submission, findings, given, had_findings=had_findings))
    kept = keep_violations(examined)
    heard = [
        sheet.submission for sheet in sheets if sheet.explanations and sheet.submission.pk in kept.changed
    ]
    details = {one.pk: {"cells": [], "source": source} for one in heard}
    if heard:
        record(by=by, action="submission.save", submissions=heard, details=details)
    return kept.explanations


def _readable(sheet: _Sheet) -> dict[str, str]:
    """The explanations of rules that can be kept; the others are answered as `x-` and the rule's code."""
    kept = {}
    for code, text in sheet.explanations.items():
        try:
            require_text(text)
        except CellRefused as error:
            sheet.answers[f"x-{code}"] = CellAnswer(CellState.INVALID, str(error))
        else:
            kept[code] = text
    return kept


def _saved(sheet: _Sheet, said: Mapping[str, str]) -> Saved:
    if sheet.reading is None or sheet.refusal is not None:
        return Saved(sheet.submission, sheet.refusal)
    catalogue = catalogue_of(sheet.submission.form.indicator_set)
    judgement = judge(sheet.now, sheet.reading.before, sheet.asked, catalogue, said)
    answers = {code: sheet.answers[code] for code in (*sheet.typed, *sheet.answers)}
    return Saved(sheet.submission, None, answers, sheet.now, sheet.reading.before, judgement)
