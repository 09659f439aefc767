"""Decisions on submissions: each follows a row of the workflow table, or is refused.

All take many submissions where that makes sense, lock them, and tell the house above through
`submissions_changed` before the transaction ends.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from collection import authority
from collection.asked import Asked, AskedForms
from collection.fingerprint import fingerprint_of
from collection.judging import judged
from collection.models import ReturnedCell, Submission
from collection.refusals import CellsRefused, NotReady, Refused
from collection.signals import submissions_changed
from collection.validation import Examined, keep_violations
from collection.workflow import Action, State, Transition, transition
from schools.models import User

from .audit import record, subject_of
from .notices import settle_notices, tell_returned

Versions = Mapping[int, int]
Change = Mapping[str, dt.datetime | User | None]


@transaction.atomic
def submit(
    *, submissions: Sequence[Submission], by: User, versions: Versions | None = None
) -> list[Submission]:
    """Hand submissions in: every required cell answered, every question too, no hard rule broken.

    `versions` (submission id -> version seen) guards against submitting what one did not see;
    so for the other decisions. Raises PermissionDenied, Refused or NotReady; nothing changes then.
    """
    rows = _follow(submissions, Action.SUBMIT, by, versions)
    today, now = timezone.localdate(), timezone.now()
    for row in rows:
        _refuse_if(authority.closed_to_entry(row, today))
    details = _require_ready(rows)
    ids = [row.pk for row in rows]
    ReturnedCell.objects.filter(submission__in=ids, resolved_at__isnull=True).update(resolved_at=now)
    Submission.objects.filter(pk__in=ids, first_submitted_at=None).update(first_submitted_at=now)
    settle_notices(submissions=rows, at=now)
    change: Change = {"submitted_at": now, "submitted_by": by, "decided_at": None, "decided_by": None}
    return _move(rows, Action.SUBMIT, by, submissions, change, details=details)


@transaction.atomic
def approve(
    *, submissions: Sequence[Submission], by: User, versions: Versions | None = None
) -> list[Submission]:
    """Accept submitted submissions: their figures become official. Never one's own."""
    rows = _follow(submissions, Action.APPROVE, by, versions)
    for row in rows:
        _refuse_if(authority.closed_to_review(row))
        if row.submitted_by_id == by.pk:
            raise Refused(
                _("%(subject)s do chính bạn nộp nên bạn không được duyệt. Hãy nhờ một người duyệt khác.")
                % {"subject": subject_of(row)}
            )
    return _move(rows, Action.APPROVE, by, submissions, {"decided_at": timezone.now(), "decided_by": by})


@transaction.atomic
def return_cells(
    *, submission: Submission, reasons: Mapping[str, str], by: User, versions: Versions | None = None
) -> Submission:
    """Send cells back, each with its reason (element code -> reason); only these reopen."""
    [row] = _follow([submission], Action.RETURN, by, versions)
    _refuse_if(authority.closed_to_review(row))
    asked = AskedForms([row]).of(row)
    reasons = {code: reason.strip() for code, reason in reasons.items()}
    _require_reasons(row, reasons, asked)
    now = timezone.now()
    ReturnedCell.objects.bulk_create(
        ReturnedCell(
            submission=row, element=asked.elements[code], reason=reason, returned_by=by, returned_at=now
        )
        for code, reason in reasons.items()
    )
    tell_returned(submission=row, reasons=reasons, labels=asked.labels, by=by)
    change: Change = {"decided_at": now, "decided_by": by}
    return _move([row], Action.RETURN, by, [submission], change, details={row.pk: {"cells": reasons}})[0]


@transaction.atomic
def reopen(*, submission: Submission, reason: str, by: User, versions: Versions | None = None) -> Submission:
    """Take an approved submission back to draft, with every cell open."""
    [row] = _follow([submission], Action.REOPEN, by, versions)
    _refuse_if(authority.closed_to_review(row))
    _refuse_if(_without_reason(reason, _("Hãy ghi lý do mở lại phiếu: lý do được lưu trong nhật ký.")))
    change: Change = {
        "submitted_at": None,
        "submitted_by": None,
        "decided_at": None,
        "decided_by": None,
    }
    return _move([row], Action.REOPEN, by, [submission], change, reason=reason.strip())[0]


def _refuse_if(sentence: str) -> None:
    if sentence:
        raise Refused(sentence)


def _without_reason(reason: str, sentence: str) -> str:
    if "\x00" in reason:
        return _("Lý do có ký tự không đọc được (NUL). Hãy gõ lại.")
    return "" if reason.strip() else sentence


def _follow(
    submissions: Sequence[Submission], action: Action, by: User, versions: Versions | None
) -> list[Submission]:
    """The locked rows of `submissions`, once the table and the rights allow `action` on each."""
    rows = authority.lock(submissions)
    permission = next(step.permission for step in _steps(action))
    authority.require_at(by, [row.org_unit for row in rows], permission)
    for row in rows:
        if versions is not None and versions.get(row.pk, row.version) != row.version:
            raise Refused(
                _("%(subject)s vừa thay đổi sau khi bạn mở trang. Hãy xem lại số liệu mới rồi quyết định.")
                % {"subject": subject_of(row)}
            )
        if transition(row.state, action) is None:
            raise Refused(_(_OUT_OF_PLACE[State(row.state), action]) % {"subject": subject_of(row)})
    return rows


def _steps(action: Action) -> list[Transition]:
    steps = (transition(state, action) for state in State)
    return [step for step in steps if step is not None]


_ALREADY_APPROVED = gettext_noop(
    "%(subject)s đã được duyệt. Nếu số liệu sai, hãy đề nghị chuyên viên Sở mở lại."
)
_NOT_SUBMITTED = gettext_noop(
    "%(subject)s chưa được nộp nên chưa duyệt hay trả lại được. Hãy nhắc đơn vị nộp phiếu."
)
_WITH_CLERK = gettext_noop("%(subject)s đã bị trả lại và đang chờ đơn vị sửa. Hãy đợi đơn vị nộp lại.")
_NOT_APPROVED = gettext_noop("%(subject)s chưa được duyệt nên không cần mở lại.")
_OUT_OF_PLACE: dict[tuple[State, Action], str] = {
    (State.SUBMITTED, Action.SUBMIT): gettext_noop("%(subject)s đã được nộp rồi và đang chờ duyệt."),
    (State.APPROVED, Action.SUBMIT): _ALREADY_APPROVED,
    (State.DRAFT, Action.APPROVE): _NOT_SUBMITTED,
    (State.DRAFT, Action.RETURN): _NOT_SUBMITTED,
    (State.RETURNED, Action.APPROVE): _WITH_CLERK,
    (State.RETURNED, Action.RETURN): _WITH_CLERK,
    (State.APPROVED, Action.APPROVE): _ALREADY_APPROVED,
    (State.APPROVED, Action.RETURN): _ALREADY_APPROVED,
    (State.DRAFT, Action.REOPEN): _NOT_APPROVED,
    (State.SUBMITTED, Action.REOPEN): _NOT_APPROVED,
    (State.RETURNED, Action.REOPEN): _NOT_APPROVED,
}


def _require_ready(rows: Sequence[Submission]) -> dict[int, dict[str, Any]]:
    """Refuse a submission that something stands against; of the others what the trail keeps, by id."""
    found = judged(rows)
    for row in rows:
        judgement = found[row.pk].judgement
        if not judgement.is_ready:
            raise NotReady(
                subject_of(row), judgement.missing, judgement.hard_sentences, judgement.open_questions
            )
    keep_violations([Examined(row, found[row.pk].judgement.findings, {}) for row in rows])
    return {pk: {"fingerprint": fingerprint_of(one.reading.now)} for pk, one in found.items()}


def _require_reasons(row: Submission, reasons: Mapping[str, str], asked: Asked) -> None:
    if not reasons:
        raise Refused(_("Hãy chọn ít nhất một ô cần trả lại và ghi lý do cho từng ô."))
    refused = {}
    for code, reason in reasons.items():
        if code not in asked.codes:
            refused[code] = _("Phiếu này không hỏi chỉ tiêu “%(code)s”.") % {"code": code[:60]}
        elif why := _without_reason(reason, _("Hãy ghi lý do trả lại ô này: đơn vị cần biết phải sửa gì.")):
            refused[code] = why
    if refused:
        raise CellsRefused(refused, asked.labels, subject_of(row))


def _move(
    rows: Sequence[Submission],
    action: Action,
    by: User,
    given: Sequence[Submission],
    change: Change,
    *,
    reason: str = "",
    details: Mapping[int, Mapping[str, Any]] | None = None,
) -> list[Submission]:
    """Change the state of locked rows in one statement, leave the audit, tell the house above."""
    previous, more = {row.pk: State(row.state) for row in rows}, details or {}
    end = _steps(action)[0].end
    Submission.objects.filter(pk__in=list(previous)).update(state=end, version=F("version") + 1, **change)
    by_id = {one.pk: one for one in given}
    for row in rows:
        now = {"state": end, "version": row.version + 1, **change}
        for name, value in now.items():
            setattr(row, name, value)
            setattr(by_id[row.pk], name, value)
    record(
        by=by,
        action=f"submission.{action.value}",
        submissions=rows,
        reason=reason,
        details={pk: {"from": str(state), **more.get(pk, {})} for pk, state in previous.items()},
    )
    _announce(rows, previous)
    return list(given)


def _announce(rows: Sequence[Submission], previous: Mapping[int, State]) -> None:
    by_period: dict[int, list[Submission]] = defaultdict(list)
    for row in rows:
        by_period[row.period_id].append(row)
    for some in by_period.values():
        submissions_changed.send(
            sender=Submission, submissions=some, previous={row.pk: previous[row.pk] for row in some}
        )
