"""A zip of workbooks: checked file by file in the background, then saved together or not at all.

Each step of the check is one short transaction, so a worker that dies leaves the files it had
finished and nothing else, and the next one goes on from there. Saving is one transaction.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from collection.models import Batch, BatchFile, Upload
from collection.models.batches import ERRORS_NOTED
from collection.refusals import Refused
from collection.workbooks.preview import check_workbook
from dxreport.lib.bundles import BundleRefused, file_in, names_in
from dxreport.lib.reading import WorkbookRefused
from schools.actions import record_event
from schools.models import User

from .audit import TRAIL_LANGUAGE
from .uploads import Received, clean_name, confirm_uploads, keep_checked, same_units

State, Outcome = Batch.State, BatchFile.Outcome


# --- what a person does -----------------------------------------------------------------


def receive_batch(*, data: bytes, file_name: str, by: User) -> Batch:
    """Keep a zip of workbooks and have it checked in the background. Raises BundleRefused."""
    names = names_in(data)
    now = timezone.now()
    with transaction.atomic():
        batch = Batch.objects.create(
            file_name=clean_name(file_name),
            sha256=hashlib.sha256(data).hexdigest(),
            data=data,
            names=names,
            moved_at=now,
            uploaded_at=now,
            uploaded_by=by,
        )
        _record(batch, "batch.receive", by, files=len(names))
        check_file.enqueue(batch.pk, batch.run)
    return batch


@transaction.atomic
def cancel_batch(*, batch: Batch, by: User) -> None:
    """Stop the check after the file it is at. What was found stays to be read; nothing is saved."""
    current = _locked(batch, by)
    if current.state not in (State.CHECKING, State.CHECKED):
        raise Refused(_("Tệp zip này không còn ở bước kiểm tra nên không dừng được."))
    _move(current, state=State.CANCELLED, run=current.run + 1, problem="")
    _record(current, "batch.cancel", by, files=current.files.count())


@transaction.atomic
def restart_batch(*, batch: Batch, afresh: bool = False, by: User) -> None:
    """Go on after a cancel or a stopped worker; `afresh`: check every file once more."""
    current = _locked(batch, by)
    if current.state == State.CONFIRMED:
        raise Refused(_("Tệp zip này đã được lưu; số liệu không thay đổi thêm."))
    if current.is_working and not current.is_stalled:
        raise Refused(_("Tệp zip này đang được xử lý. Hãy chờ xong rồi bấm lại."))
    if current.data is None:
        raise Refused(_("Tệp zip này không còn được giữ. Hãy tải tệp lên lại."))
    if afresh:
        Upload.objects.filter(batch_file__batch=current).delete()
        current.files.all().delete()
    done = current.files.count()
    is_left = done < len(current.names)
    _move(current, state=State.CHECKING if is_left else State.CHECKED, run=current.run + 1, problem="")
    _record(current, "batch.restart", by, files=done)
    if is_left:
        check_file.enqueue(current.pk, current.run)


@transaction.atomic
def confirm_batch(*, batch: Batch, by: User) -> None:
    """Have all files with changes saved in the background, in one transaction."""
    current = _locked(batch, by)
    if current.state != State.CHECKED:
        raise Refused(_("Tệp zip chưa kiểm tra xong, hoặc đã được lưu. Hãy xem lại trạng thái của tệp."))
    if not current.files.filter(upload__state=Upload.State.READY).exists():
        raise Refused(_("Không có tệp nào có thay đổi để lưu."))
    _move(current, state=State.SAVING, run=current.run + 1, problem="")
    save_files.enqueue(current.pk, current.run)


# --- what a worker does -----------------------------------------------------------------


@task()
def check_file(batch_id: int, run: int) -> None:
    """Check one file, note what came of it, and ask for the next in the same transaction.

    A task a file: a worker that is told to stop does so between two files, and the next one goes on.
    """
    rows = Batch.objects.select_related("uploaded_by")
    batch = rows.filter(pk=batch_id, run=run, state=State.CHECKING).first()
    if batch is None or batch.data is None:
        return
    position = batch.files.count()
    name = batch.names[position]
    data, found = _checked(bytes(batch.data), name, batch.uploaded_by)
    with transaction.atomic():
        held = _held(batch_id, run, State.CHECKING)
        if held is None:
            return
        if isinstance(found, str):
            _note(held, position, name, Outcome.REFUSED, sentence=found)
        else:
            received = keep_checked(checked=found, data=data, file_name=name, by=batch.uploaded_by)
            _note_received(held, position, name, received)
        is_last = position + 1 == len(held.names)
        _move(held, state=State.CHECKED if is_last else State.CHECKING)
        if not is_last:
            check_file.enqueue(batch_id, run)


@task()
def save_files(batch_id: int, run: int) -> None:
    """Save every file with changes, or none; then the batch says which file stood in the way."""
    try:
        _save_all(batch_id, run)
    except (Refused, PermissionDenied) as error:
        with transaction.atomic():
            batch = _held(batch_id, run, State.SAVING)
            if batch is not None:
                _move(batch, state=State.CHECKED, problem=str(error))


def _checked(archive: bytes, name: str, by: User) -> tuple[bytes, Any]:
    """A file's bytes with what its check found, or with the sentence that refuses it."""
    try:
        data = file_in(archive, name)
        return data, check_workbook(data, by=by)
    except (BundleRefused, WorkbookRefused, Refused, PermissionDenied) as error:
        return b"", str(error)


def _note_received(batch: Batch, position: int, name: str, received: Received) -> None:
    upload = received.upload
    if upload is None:
        _note(batch, position, name, Outcome.UNCHANGED)
    elif upload.state == Upload.State.READY and (twin := _same_units(batch, upload)):
        upload.delete()
        _note(batch, position, name, Outcome.REFUSED, sentence=same_units(twin.name))
    else:
        outcome = Outcome.FAULTY if upload.state == Upload.State.FAULTY else Outcome.READY
        report = upload.report
        found = {"counts": report["counts"], "errors": report["errors"][:ERRORS_NOTED]}
        _note(batch, position, name, outcome, upload=upload, **found)


def _same_units(batch: Batch, upload: Upload) -> BatchFile | None:
    """An earlier file to be saved that speaks of the same units: which to believe is not ours to say."""
    others = batch.files.select_related("upload").defer("upload__data", "upload__plan")
    same = others.filter(
        upload__period=upload.period_id, upload__form=upload.form_id, upload__state=Upload.State.READY
    )
    units = set(upload.unit_codes)
    return next((one for one in same if one.upload and units.intersection(one.upload.unit_codes)), None)


def _note(batch: Batch, position: int, name: str, outcome: str, **more: Any) -> None:
    BatchFile.objects.create(batch=batch, position=position, name=name, outcome=outcome, **more)


@transaction.atomic
def _save_all(batch_id: int, run: int) -> None:
    batch = _held(batch_id, run, State.SAVING)
    if batch is None:
        return
    # A file may have been confirmed or given up on its own page meanwhile.
    waiting = batch.files.filter(upload__state=Upload.State.READY).select_related("upload")
    files = list(waiting.defer("upload__data", "upload__plan").order_by("position"))
    uploads = [file.upload for file in files if file.upload is not None]
    try:
        results = confirm_uploads(uploads=uploads, by=batch.uploaded_by)
    except Refused as error:
        names = {file.upload_id: file.name for file in files}
        if error.upload_id is None:
            raise
        sentence = _("Tệp “%(name)s”: %(why)s") % {"name": names[error.upload_id], "why": error}
        raise Refused(sentence) from error
    cells = sum(len(result.changed) for result in results)
    # Each file that was saved is kept in its upload; the archive would only hold them twice.
    _move(batch, state=State.CONFIRMED, confirmed_at=timezone.now(), data=None)
    _record(batch, "batch.confirm", batch.uploaded_by, files=len(files), cells=cells)


# --- rows under lock --------------------------------------------------------------------


def _locked(batch: Batch, by: User) -> Batch:
    """The row as it is now, locked, for its sender."""
    current = Batch.objects.select_for_update().filter(pk=batch.pk).first()
    if current is None:
        raise Refused(_("Tệp zip này không còn được giữ. Hãy tải tệp lên lại."))
    if current.uploaded_by_id != by.pk:
        raise PermissionDenied(_("Chỉ người đã tải tệp lên được xác nhận hoặc dừng tệp đó."))
    return current


def _held(batch_id: int, run: int, state: str) -> Batch | None:
    """The row, locked, if this run may still write to it."""
    rows = Batch.objects.select_for_update(of=("self",)).select_related("uploaded_by")
    return rows.filter(pk=batch_id, run=run, state=state).first()


def _move(batch: Batch, **changes: Any) -> None:
    for name, value in {**changes, "moved_at": timezone.now()}.items():
        setattr(batch, name, value)
    batch.save(update_fields=[*changes, "moved_at"])


def _record(batch: Batch, action: str, by: User, **detail: Any) -> None:
    with override(TRAIL_LANGUAGE):
        subject = _("Tệp zip %(file)s") % {"file": batch.file_name}
    found = {"batch": batch.pk, "sha256": batch.sha256, **detail}
    record_event(by=by, action=action, subject=subject, detail=found)
