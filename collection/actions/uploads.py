"""Workbooks that come back: kept as sent, shown, and saved whole or not at all.

Nothing of a file is reported until its sender confirms what the preview showed. Checking takes a
second and a child process, so it happens outside of the transaction; what it saw is guarded by the
version of every cell.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from collection.entries import Entry
from collection.models import Batch, DataValue, Submission, Upload
from collection.models.uploads import packed, unpacked
from collection.refusals import Refused
from collection.workbooks.plan import Planned, plan_of, planned_cells, report_of
from collection.workbooks.preview import Checked, Outcome, check_workbook
from schools.actions import EventFields, record_event, record_events
from schools.hierarchy import among
from schools.models import User

from .audit import TRAIL_LANGUAGE
from .saving import SaveResult, save_many

# What was confirmed is kept as long as figures are audited; what never was, only while it may be.
KEPT_CONFIRMED = dt.timedelta(days=730)
KEPT_WAITING = dt.timedelta(days=30)
_WRITES = (Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT)
_NAME_LENGTH = 200
_Key = tuple[int, int, str]  # period, form, code of a unit


@dataclass(frozen=True)
class Received:
    """What came of a file: the upload that waits, or None where the file changes nothing.

    `before` is an upload of the same bytes that was confirmed earlier, by the same person.
    """

    checked: Checked
    upload: Upload | None
    before: Upload | None


def receive_workbook(*, data: bytes, file_name: str, by: User) -> Received:
    """Check a workbook and keep it with what it would change; figures stay as they are.

    Raises WorkbookRefused, PermissionDenied or Refused (see `check_workbook`); nothing is kept then,
    nor of a file that changes nothing.
    """
    return keep_checked(checked=check_workbook(data, by=by), data=data, file_name=file_name, by=by)


@transaction.atomic
def keep_checked(*, checked: Checked, data: bytes, file_name: str, by: User) -> Received:
    """Keep a workbook that was checked; nothing is kept of one that changes nothing."""
    digest = hashlib.sha256(data).hexdigest()
    before = (
        Upload.objects.visible_to(by)
        .filter(sha256=digest, state=Upload.State.CONFIRMED)
        .defer("data", "plan")
        .order_by("-confirmed_at")
        .first()
    )
    if not checked.errors and not checked.with_outcome(*_WRITES):
        return Received(checked, None, before)
    return Received(checked, _keep(checked, data, digest, file_name, by), before)


def _keep(checked: Checked, data: bytes, digest: str, file_name: str, by: User) -> Upload:
    upload = Upload.objects.create(
        period=checked.period,
        form=checked.form,
        unit_codes=sorted(checked.submissions),
        file_name=clean_name(file_name),
        sha256=digest,
        data=data,
        uploaded_at=timezone.now(),
        uploaded_by=by,
        **_findings(checked),
    )
    _record("upload.receive", by, [upload])
    return upload


def _findings(checked: Checked) -> dict[str, Any]:
    """The fields of an upload that its check decides."""
    return {
        "state": Upload.State.FAULTY if checked.errors else Upload.State.READY,
        "report": report_of(checked),
        "plan": packed(plan_of(checked)),
    }


def recheck_upload(*, upload: Upload, by: User) -> Upload:
    """Check a waiting upload again, after figures have changed. Raises as `receive_workbook` does."""
    assert upload.data is not None
    checked = check_workbook(bytes(upload.data), by=by)
    with transaction.atomic():
        [current] = _waiting([upload], by)
        for name, value in _findings(checked).items():
            setattr(current, name, value)
        current.save(update_fields=["state", "report", "plan"])
    return current


def confirm_upload(*, upload: Upload, take: Collection[str] = (), by: User) -> list[SaveResult]:
    """Save everything that the preview showed, or nothing; the state of the upload with it.

    Of the cells in conflict those are saved whose key is in `take`. Raises Conflict where a cell
    has changed since the preview, Refused, CellsRefused and PermissionDenied as `save_many` does.
    """
    return confirm_uploads(uploads=[upload], take=take, by=by)


@transaction.atomic
def confirm_uploads(*, uploads: Sequence[Upload], take: Collection[str] = (), by: User) -> list[SaveResult]:
    """`confirm_upload` for many with the same few statements: all of them, or none.

    What is raised says in `upload_id` which one stood in the way, where it was one.
    """
    rows = _waiting(uploads, by)
    works = _works(rows, take, by)
    file_of = {work.submission.pk: work.upload for work in works}
    try:
        results = save_many(
            batches=[(work.submission, work.entries) for work in works],
            by=by,
            source=DataValue.Source.WORKBOOK,
            traces={pk: _trace(upload) for pk, upload in file_of.items()},
        )
    except Refused as refused:
        if refused.submission_id is not None:
            refused.upload_id = file_of[refused.submission_id].pk
        raise
    now, state = timezone.now(), Upload.State.CONFIRMED
    Upload.objects.filter(pk__in=[row.pk for row in rows]).update(state=state, confirmed_at=now, plan=None)
    cells = dict.fromkeys([row.pk for row in rows], 0)
    for result in results:
        cells[file_of[result.submission.pk].pk] += len(result.changed)
    _record("upload.confirm", by, rows, {pk: {"cells": count} for pk, count in cells.items()})
    for given in uploads:
        given.state, given.confirmed_at = state, now
    return results


class _Work(NamedTuple):
    """What one upload puts into one submission."""

    upload: Upload
    submission: Submission
    entries: list[Entry]


def _works(uploads: Sequence[Upload], take: Collection[str], by: User) -> list[_Work]:
    """The entries of each submission; refuses units that left the scope, and units in two of the files."""
    entries: dict[_Key, list[Entry]] = {}
    file_of: dict[_Key, Upload] = {}
    for upload in uploads:
        for cell in _cells_of(upload, take):
            key = (upload.period_id, upload.form_id, cell.unit)
            other = file_of.setdefault(key, upload)
            if other is not upload:
                raise _about(upload, Refused(same_units(other.file_name)))
            entries.setdefault(key, []).append(cell.entry())
    found = _submissions(entries, by)
    for key, upload in file_of.items():
        if key not in found:
            sentence = _(
                "Đơn vị “%(unit)s” không còn trong phạm vi của bạn. Hãy tải tệp mẫu mới về rồi điền lại."
            )
            raise _about(upload, Refused(sentence % {"unit": key[2]}))
    return [_Work(file_of[key], found[key], some) for key, some in entries.items()]


def _cells_of(upload: Upload, take: Collection[str]) -> list[Planned]:
    if upload.state != Upload.State.READY:
        sentence = _("Tệp còn lỗi nên chưa lưu được. Hãy sửa các ô có lỗi rồi tải lên lại.")
        raise _about(upload, Refused(sentence))
    assert upload.plan is not None
    return planned_cells(unpacked(upload.plan), take)


def _submissions(keys: Iterable[_Key], by: User) -> dict[_Key, Submission]:
    """Those of the named submissions that `by` may see: one query."""
    units: dict[tuple[int, int], list[str]] = {}
    for period, form, unit in keys:
        units.setdefault((period, form), []).append(unit)
    if not units:
        return {}
    wanted = [
        Q(among("org_unit__code", codes), period=period, form=form) for (period, form), codes in units.items()
    ]
    rows = Submission.objects.visible_to(by).with_context().filter(reduce(or_, wanted))
    return {(row.period_id, row.form_id, row.org_unit.code): row for row in rows}


def same_units(name: str) -> str:
    """The sentence about a file of a zip that another file of it, `name`, speaks of too."""
    return _("Cùng kỳ, biểu mẫu và đơn vị với tệp “%(name)s” trong tệp zip. Hãy chỉ giữ một tệp.") % {
        "name": name
    }


@transaction.atomic
def discard_upload(*, upload: Upload, by: User) -> None:
    """Forget an upload that was not confirmed."""
    [current] = _waiting([upload], by)
    _record("upload.discard", by, [current])
    current.delete()


@transaction.atomic
def prune_uploads(*, by: User | None = None) -> tuple[int, int]:
    """Delete what was never confirmed in time, and the bytes of files whose years are over.

    Returns how many of each. Names and fingerprints of confirmed files stay: the audit trail speaks of them.
    """
    now = timezone.now()
    waiting = Upload.objects.filter(uploaded_at__lt=now - KEPT_WAITING).exclude(state=Upload.State.CONFIRMED)
    deleted, _by_model = waiting.delete()
    archives, _by_model = (
        Batch.objects.filter(uploaded_at__lt=now - KEPT_WAITING).exclude(state=Batch.State.CONFIRMED).delete()
    )
    old = Upload.objects.filter(confirmed_at__lt=now - KEPT_CONFIRMED, data__isnull=False)
    emptied = old.update(data=None, plan=None)
    if deleted or emptied or archives:
        record_event(
            by=by,
            action="upload.prune",
            subject=_("Tệp Excel đã tải lên"),
            detail={"deleted": deleted, "emptied": emptied},
        )
    return deleted, emptied


def _waiting(uploads: Sequence[Upload], by: User) -> list[Upload]:
    """The rows of uploads that were not confirmed, without the files, locked until the transaction ends."""
    rows = Upload.objects.select_for_update(of=("self",)).select_related("period").defer("data")
    current = {row.pk: row for row in rows.filter(pk__in=[one.pk for one in uploads]).order_by("pk")}
    for one in uploads:
        row = current.get(one.pk)
        if row is None:
            raise _about(one, Refused(_("Tệp này không còn được giữ. Hãy tải tệp lên lại.")))
        if row.uploaded_by_id != by.pk:
            raise PermissionDenied(_("Chỉ người đã tải tệp lên được xác nhận hoặc bỏ tệp đó."))
        if row.state == Upload.State.CONFIRMED:
            raise _about(one, Refused(_("Tệp này đã được lưu trước đó; số liệu không thay đổi thêm.")))
    return [current[one.pk] for one in uploads]


def _about(upload: Upload, refused: Refused) -> Refused:
    refused.upload_id = upload.pk
    return refused


def _trace(upload: Upload) -> dict[str, Any]:
    """By what the audit event of a submission names the file that its figures came from."""
    return {"upload": upload.pk, "file": upload.file_name, "sha256": upload.sha256}


def _record(
    action: str, by: User, uploads: Sequence[Upload], details: Mapping[int, Mapping[str, Any]] | None = None
) -> None:
    """One event for each upload; `details` by upload id."""
    record_events(by=by, events=[_event(action, one, (details or {}).get(one.pk, {})) for one in uploads])


def _event(action: str, upload: Upload, detail: Mapping[str, Any]) -> EventFields:
    codes = upload.unit_codes
    with override(TRAIL_LANGUAGE):
        subject = _("Tệp %(file)s, kỳ %(period)s") % {
            "file": upload.file_name,
            "period": upload.period.code,
        }
    return {
        "action": action,
        "subject": subject,
        "unit_code": codes[0] if len(codes) == 1 else "",
        "period_code": upload.period.code,
        "detail": {"upload": upload.pk, "sha256": upload.sha256, "units": len(codes), **detail},
    }


def clean_name(name: str) -> str:
    """The name of a file as a browser sends it: without a folder, printable, not too long."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in plain if sign.isprintable())[:_NAME_LENGTH] or "tep.xlsx"
