"""Anomalies as work: found when a submission is handed in, given to somebody, confirmed or corrected."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from collection import authority
from collection.models import Anomaly, Submission
from collection.refusals import Refused
from collection.screening import Outlier, Screened, screen
from collection.workflow import State
from dxreport.lib.numbers import rounded
from schools.models import User
from schools.roles import Permission

from .audit import record

Status = Anomaly.Status


def on_submissions_changed(sender: object, submissions: Sequence[Submission], **kwargs: object) -> None:
    """Receiver: what has just been handed in is screened inside the same transaction."""
    handed_in: dict[User, list[Submission]] = defaultdict(list)
    for one in submissions:
        if one.state == State.SUBMITTED and one.submitted_by is not None:
            handed_in[one.submitted_by].append(one)
    for by, some in handed_in.items():
        _screen(some, by)


@transaction.atomic
def screen_again(*, submissions: Sequence[Submission], by: User) -> int:
    """Screen submissions of one period against what was handed in meanwhile; how many were found.

    Who hands in first has no peers yet. Raises PermissionDenied unless `by` reviews all of them.
    """
    rows = [row for row in authority.lock(submissions) if row.state in (State.SUBMITTED, State.APPROVED)]
    authority.require_at(by, [row.org_unit for row in rows], Permission.REVIEW)
    return _screen(rows, by)


def _screen(submissions: Sequence[Submission], by: User) -> int:
    """Bring the worklist up to date with what stands out; how many numbers came onto it."""
    now = timezone.now()
    stored: dict[int, dict[tuple[str, str], Anomaly]] = defaultdict(dict)
    for anomaly in Anomaly.objects.filter(submission__in=submissions).select_related("element"):
        stored[anomaly.submission_id][anomaly.element.code, anomaly.kind] = anomaly
    opened: dict[int, list[Anomaly]] = {}
    kept: list[Anomaly] = []
    corrected: dict[int, list[Anomaly]] = {}
    for pk, screened in screen(submissions).items():
        found = {(one.element.code, str(one.kind)): one for one in screened.outliers}
        before = stored[pk]
        new, same = _found(pk, found, before, screened, now)
        opened[pk], kept = new, kept + same
        gone = [before[key] for key in before.keys() - found.keys()]
        corrected[pk] = _corrected(gone, screened, by, now)
    _store([one for some in (*opened.values(), kept, *corrected.values()) for one in some])
    _record(submissions, "anomaly.open", opened, by)
    _record(submissions, "anomaly.correct", corrected, by)
    return sum(map(len, opened.values()))


def _found(
    pk: int,
    found: dict[tuple[str, str], Outlier],
    before: dict[tuple[str, str], Anomaly],
    screened: Screened,
    now: dt.datetime,
) -> tuple[list[Anomaly], list[Anomaly]]:
    """What comes onto the worklist, and what stands there already, with its evidence as of now.

    A confirmed number that still stands is not asked about again.
    """
    opened, kept = [], []
    for key, outlier in found.items():
        old = before.get(key)
        stands = old is not None and screened.stands(old)
        if old is not None and old.status == Status.CONFIRMED and stands:
            continue
        row = Anomaly(
            submission_id=pk,
            element=outlier.element,
            kind=outlier.kind,
            number=outlier.number,
            size=outlier.size,
            indicator=outlier.indicator,
            median=str(outlier.verdict.median),
            score=str(rounded(outlier.verdict.score)),
            compared=outlier.verdict.compared,
            owner_id=old.owner_id if old else None,
            due_on=old.due_on if old else None,
            detected_at=now,
        )
        if old is not None and old.status == Status.OPEN and stands:
            row.detected_at = old.detected_at
            kept.append(row)
        else:
            opened.append(row)
    return opened, kept


def _corrected(gone: Sequence[Anomaly], screened: Screened, by: User, now: dt.datetime) -> list[Anomaly]:
    """Those whose number is no longer the same and no longer out of line.

    Where the number is the same and only the others moved, somebody still has to say that it is right.
    """
    rows = [one for one in gone if one.status != Status.CORRECTED and not screened.stands(one)]
    for one in rows:
        one.status, one.resolved_by, one.resolved_at = Status.CORRECTED, by, now
    return rows


def _store(rows: Sequence[Anomaly]) -> None:
    fields = (
        "indicator number size median score compared status owner due_on reason"
        " detected_at resolved_at resolved_by"
    )
    for row in rows:
        row.pk = None  # the upsert finds a row by what it is about
    Anomaly.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["submission", "element", "kind"],
        update_fields=fields.split(),
    )


def _record(submissions: Sequence[Submission], action: str, rows: dict[int, list[Anomaly]], by: User) -> None:
    touched = [one for one in submissions if rows.get(one.pk)]
    if touched:
        details = {one.pk: {"cells": [row.element.code for row in rows[one.pk]]} for one in touched}
        record(by=by, action=action, submissions=touched, details=details)


@transaction.atomic
def assign_anomaly(*, anomaly: Anomaly, owner: User | None, due_on: dt.date | None, by: User) -> Anomaly:
    """Give an open anomaly to somebody who may enter or review at its unit, until a day."""
    row = _open(anomaly, by)
    if due_on is not None and due_on < timezone.localdate():
        raise Refused(_("Hạn xử lý phải từ hôm nay trở đi. Hãy chọn ngày khác."))
    if owner is not None and not may_own(owner, row.submission):
        raise Refused(
            _("%(person)s không nhập và không duyệt số liệu của %(unit)s. Hãy chọn người khác.")
            % {"person": owner, "unit": row.submission.org_unit.name}
        )
    _update(row, anomaly, owner=owner, due_on=due_on)
    detail = {"owner": str(owner or ""), "due_on": due_on.isoformat() if due_on else ""}
    _record_one(row, "anomaly.assign", by, **detail)
    return anomaly


@transaction.atomic
def confirm_anomaly(*, anomaly: Anomaly, judged: str, reason: str, by: User) -> Anomaly:
    """Say that the number is right, and why: it is not asked about again while it stands.

    `judged` is the number that the person saw (`Anomaly.judged`): what changed meanwhile is not
    confirmed.
    """
    row = _open(anomaly, by)
    if row.judged != judged:
        raise Refused(_("Số này vừa được sửa sau khi bạn mở trang. Hãy xem số mới rồi quyết định."))
    if "\x00" in reason or not reason.strip():
        raise Refused(_("Hãy ghi lý do vì sao số này đúng: lý do được lưu trong nhật ký."))
    _update(
        row,
        anomaly,
        status=Status.CONFIRMED,
        reason=reason.strip(),
        resolved_by=by,
        resolved_at=timezone.now(),
    )
    _record_one(row, "anomaly.confirm", by, reason=reason.strip())
    return anomaly


def may_own(person: User, submission: Submission) -> bool:
    """Whether `person` could do something about a number of `submission`."""
    rights = authority.rights_at(person, [submission.org_unit])[submission.org_unit_id]
    return person.is_active and bool(rights & {Permission.ENTER, Permission.REVIEW})


def _open(anomaly: Anomaly, by: User) -> Anomaly:
    """The row as it is now, locked with its submission, for somebody who may decide about it."""
    authority.hold([anomaly.submission_id])
    row = Anomaly.objects.with_context().get(pk=anomaly.pk)
    authority.require_at(by, [row.submission.org_unit], Permission.REVIEW)
    if row.status == Status.CONFIRMED:
        raise Refused(_("Số này đã được %(person)s xác nhận là đúng.") % {"person": row.resolved_by})
    if row.status == Status.CORRECTED:
        raise Refused(_("Đơn vị đã sửa số này nên không còn việc phải làm."))
    return row


def _update(row: Anomaly, given: Anomaly, **change: Any) -> None:
    Anomaly.objects.filter(pk=row.pk).update(**change)
    for name, value in change.items():
        setattr(row, name, value)
        setattr(given, name, value)


def _record_one(row: Anomaly, action: str, by: User, reason: str = "", **detail: str) -> None:
    details = {row.submission_id: {"cells": [row.element.code], **detail}}
    record(by=by, action=action, submissions=[row.submission], reason=reason, details=details)
