"""Workbooks that come back: kept as sent, shown, and saved whole or not at all.

Nothing of a file is reported until its sender confirms what the preview showed. Checking takes a
second and a child process, so it happens outside of the transaction; what it saw is guarded by the
version of every cell.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from collection.entries import Entry
from collection.models import Batch, DataValue, Submission, Upload
from collection.models.uploads import packed, unpacked
from collection.refusals import Refused
from collection.workbooks.plan import Planned, plan_of, planned_cells, report_of
from collection.workbooks.preview import Checked, Outcome, check_workbook
from schools.actions import record_event
from schools.hierarchy import among
from schools.models import User

from .audit import TRAIL_LANGUAGE
from .saving import SaveResult, save_many

# What was confirmed is kept as long as figures are audited; what never was, only while it may be.
KEPT_CONFIRMED = dt.timedelta(days=730)
KEPT_WAITING = dt.timedelta(days=30)
_WRITES = (Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT)
_NAME_LENGTH = 200


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
    _record(upload, "upload.receive", by)
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
        current = _waiting(upload, by)
        for name, value in _findings(checked).items():
            setattr(current, name, value)
        current.save(update_fields=["state", "report", "plan"])
    return current


@transaction.atomic
def confirm_upload(*, upload: Upload, take: Collection[str] = (), by: User) -> list[SaveResult]:
    """Save everything that the preview showed, or nothing; the state of the upload with it.

    Of the cells in conflict those are saved whose key is in `take`. Raises Conflict where a cell
    has changed since the preview, Refused, CellsRefused and PermissionDenied as `save_many` does.
    """
    current = _waiting(upload, by)
    if current.state != Upload.State.READY:
        raise Refused(_("Tệp còn lỗi nên chưa lưu được. Hãy sửa các ô có lỗi rồi tải lên lại."))
    assert current.plan is not None
    cells = planned_cells(unpacked(current.plan), take)
    trace = {"upload": current.pk, "file": current.file_name, "sha256": current.sha256}
    results = save_many(
        batches=_batches(current, cells, by), by=by, source=DataValue.Source.WORKBOOK, trace=trace
    )
    current.state, current.confirmed_at, current.plan = Upload.State.CONFIRMED, timezone.now(), None
    current.save(update_fields=["state", "confirmed_at", "plan"])
    _record(current, "upload.confirm", by, cells=sum(len(one.changed) for one in results))
    upload.state, upload.confirmed_at = current.state, current.confirmed_at
    return results


def _batches(upload: Upload, cells: Iterable[Planned], by: User) -> list[tuple[Submission, list[Entry]]]:
    """The entries of each submission, those of units that left the scope refused."""
    entries: dict[str, list[Entry]] = {}
    for cell in cells:
        entries.setdefault(cell.unit, []).append(cell.entry())
    rows = (
        Submission.objects.visible_to(by)
        .with_context()
        .filter(among("org_unit__code", entries.keys()), period=upload.period_id, form=upload.form_id)
    )
    found = {row.org_unit.code: row for row in rows}
    if missing := entries.keys() - found.keys():
        raise Refused(
            _("Đơn vị “%(unit)s” không còn trong phạm vi của bạn. Hãy tải tệp mẫu mới về rồi điền lại.")
            % {"unit": min(missing)}
        )
    return [(found[unit], of_unit) for unit, of_unit in entries.items()]


@transaction.atomic
def discard_upload(*, upload: Upload, by: User) -> None:
    """Forget an upload that was not confirmed."""
    current = _waiting(upload, by)
    _record(current, "upload.discard", by)
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


def _waiting(upload: Upload, by: User) -> Upload:
    """The row of an upload that was not confirmed, locked until the transaction ends."""
    current = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if current is None:
        raise Refused(_("Tệp này không còn được giữ. Hãy tải tệp lên lại."))
    if current.uploaded_by_id != by.pk:
        raise PermissionDenied(_("Chỉ người đã tải tệp lên được xác nhận hoặc bỏ tệp đó."))
    if current.state == Upload.State.CONFIRMED:
        raise Refused(_("Tệp này đã được lưu trước đó; số liệu không thay đổi thêm."))
    return current


def _record(upload: Upload, action: str, by: User, **detail: Any) -> None:
    codes = upload.unit_codes
    with override(TRAIL_LANGUAGE):
        subject = _("Tệp %(file)s, kỳ %(period)s") % {
            "file": upload.file_name,
            "period": upload.period.code,
        }
    record_event(
        by=by,
        action=action,
        subject=subject,
        unit_code=codes[0] if len(codes) == 1 else "",
        period_code=upload.period.code,
        detail={"upload": upload.pk, "sha256": upload.sha256, "units": len(codes), **detail},
    )


def clean_name(name: str) -> str:
    """The name of a file as a browser sends it: without a folder, printable, not too long."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in plain if sign.isprintable())[:_NAME_LENGTH] or "tep.xlsx"
