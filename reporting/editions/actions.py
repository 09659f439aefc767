"""Publishing a draft: asked for by a person, done in the background, there whole or not at all.

Text and figures are read once, in one moment, and every file is made from that in memory. Until the last
step nothing of an edition is in the database; the last is one transaction. So a worker that dies leaves
only a publication that says how far it came, and beginning again begins from a fresh reading.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from collection.refusals import Refused
from dxreport.lib.downloads import file_name
from reporting.document_templates import hashes_in_use
from reporting.editions import freezing, rereading
from reporting.editions.concerns import concerns
from reporting.editions.recount import recounted
from reporting.editions.refusals import Unlike
from reporting.editions.rendering import render
from reporting.editions.snapshot import Written, read_snapshot, read_written
from reporting.models import Draft, DraftSection, Edition, EditionFigure, EditionFile, Publication
from reporting.report.content import from_data
from reporting.report.pdf import PdfUnavailable
from reporting.report.tokens import ReportError
from schools.access import require
from schools.actions import record_event
from schools.models import User
from schools.roles import Permission

State, Kind = Publication.State, EditionFile.Kind
# What the progress bar says while each is done; `Publication.step` counts those that are.
STEPS = (
    gettext_lazy("Đọc và kiểm tra số liệu, nội dung"),
    gettext_lazy("Tạo tệp Word"),
    gettext_lazy("Tạo tệp PDF"),
    gettext_lazy("Tạo tệp HTML"),
    gettext_lazy("Tạo phụ lục Excel"),
    gettext_lazy("Tạo tệp JSON"),
    gettext_lazy("Đọc lại các tệp và đối chiếu"),
    gettext_lazy("Ghi bản công bố"),
)
RENDERED = (Kind.DOCX, Kind.PDF, Kind.HTML, Kind.XLSX, Kind.JSON)
_NAMES = {Kind.XLSX: "phu-luc", Kind.JSON: "du-lieu"}

log = logging.getLogger(__name__)


# --- what a person does -----------------------------------------------------------------


def request_publication(*, draft: Draft, reason: str = "", acknowledged: str = "", by: User) -> Publication:
    """Have `draft` published in the background; `acknowledged` is the digest of the warnings that were shown.

    Raises PermissionDenied, or Refused with what to do first.
    """
    require(by, draft.unit, Permission.PUBLISH)
    _refuse_writers(frozenset(_writers(draft)), by)
    _refuse_concerns(read_written(draft.pk), acknowledged)
    with transaction.atomic():
        held = Draft.objects.select_for_update(of=("self",)).select_related("unit", "period").get(pk=draft.pk)
        _refuse_writers(frozenset(_writers(held)), by)
        _refuse_reasonless(held, reason)
        if held.publications.filter(state=State.WORKING).exists():
            raise Refused(_("Báo cáo này đang được công bố. Hãy chờ xong rồi xem kết quả."))
        now = timezone.now()
        publication = Publication.objects.create(
            draft=held,
            reason=reason.strip(),
            acknowledged=acknowledged,
            requested_by=by,
            requested_at=now,
            moved_at=now,
        )
        _record("edition.request", publication, by)
        publish.enqueue(publication.pk, publication.run)
    return publication


@transaction.atomic
def restart_publication(*, publication: Publication, by: User) -> None:
    """Begin again after a worker that was stopped. Raises PermissionDenied or Refused."""
    require(by, publication.draft.unit, Permission.PUBLISH)
    held = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if held.state != State.WORKING:
        raise Refused(_("Lần công bố này đã kết thúc. Hãy xem kết quả, hoặc công bố lần khác."))
    if not held.is_stalled:
        raise Refused(_("Báo cáo này đang được công bố. Hãy chờ xong rồi xem kết quả."))
    held.run, held.step, held.moved_at = held.run + 1, 0, timezone.now()
    held.save(update_fields=["run", "step", "moved_at"])
    _record("edition.restart", held, by)
    publish.enqueue(held.pk, held.run)


# --- what a worker does -----------------------------------------------------------------


@task()
def publish(publication_id: int, run: int) -> None:
    """Read, render, read back and seal; or say why not. Does nothing for a run that is over."""
    try:
        _publish(publication_id, run)
    except (Refused, PermissionDenied, ReportError, PdfUnavailable, Unlike) as error:
        _fail(publication_id, run, str(error))
    except Exception:
        _fail(
            publication_id,
            run,
            _("Hệ thống gặp lỗi khi tạo tệp. Hãy báo người quản trị hệ thống, rồi công bố lại."),
        )
        raise


class _Over(Exception):
    """Somebody began this publication again, or it has ended."""


def _publish(publication_id: int, run: int) -> None:
    rows = Publication.objects.select_related("draft__unit", "draft__period", "requested_by")
    publication = rows.filter(pk=publication_id, run=run, state=State.WORKING).first()
    if publication is None:
        return
    by = publication.requested_by
    require(by, publication.draft.unit, Permission.PUBLISH)
    snapshot = read_snapshot(publication.draft_id)
    _refuse_writers(snapshot.writers, by)
    warnings = _refuse_concerns(snapshot, publication.acknowledged)
    content = freezing.freeze(snapshot, templates=hashes_in_use(publication.draft.unit), warnings=warnings)
    try:
        _advance(publication, 1)
        files = _files(publication, content)
        _read_back(files, content)
        _advance(publication, len(STEPS) - 1)
        _seal(publication, content, files)
    except _Over:
        log.info("publication %s: run %s is over", publication_id, run)


def _files(publication: Publication, content: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file, made from the content alone, as it would be years later."""
    report = from_data(content["report"])
    files: dict[str, bytes] = {}
    for done, kind in enumerate(RENDERED, start=2):
        files[kind] = render(kind, content, report)
        _advance(publication, done)
    return files


def _read_back(files: Mapping[str, bytes], content: Mapping[str, Any]) -> None:
    """Raise Unlike where a file does not say what the report does, or units do not add up to a figure."""
    report = from_data(content["report"])
    for kind, data in files.items():
        rereading.check(kind, data, content, report)
    if wrong := recounted(content):
        raise Unlike(
            _(
                "Cộng lại từ từng đơn vị, các chỉ số sau không ra số đã tổng hợp: %(codes)s."
                " Hãy báo người quản trị hệ thống chạy `manage.py rebuild_totals`, rồi công bố lại."
            )
            % {"codes": ", ".join(wrong)}
        )


@transaction.atomic
def _seal(publication: Publication, content: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Everything of the edition in one transaction; from its end on the database keeps it as it is."""
    held = _held(publication.pk, publication.run)
    draft = held.draft
    earlier = Edition.objects.filter(unit=draft.unit_id, period=draft.period_id)
    number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = Edition.objects.create(
        draft=draft,
        unit=draft.unit,
        period=draft.period,
        basis=draft.basis,
        number=number,
        reason=held.reason,
        content=content,
        sha256=freezing.fingerprint(freezing.canonical(content)),
        published_by=held.requested_by,
        published_at=timezone.now(),
    )
    figures = freezing.figure_rows(content)
    for figure in figures:
        figure.edition = edition
    EditionFigure.objects.bulk_create(figures)
    EditionFile.objects.bulk_create(file_of(edition, kind, data) for kind, data in files.items())
    held.state, held.step, held.edition, held.moved_at = State.PUBLISHED, len(STEPS), edition, timezone.now()
    held.save(update_fields=["state", "step", "edition", "moved_at"])
    _record("edition.publish", held, held.requested_by, number=number, sha256=edition.sha256)


def file_of(edition: Edition, kind: str, data: bytes) -> EditionFile:
    """A file as a row, under the name that it is saved by."""
    name = file_name(
        _NAMES.get(Kind(kind), "bao-cao"),
        edition.unit.code,
        edition.period.code,
        f"ban-{edition.number}",
        extension=kind,
    )
    return EditionFile(
        edition=edition, kind=kind, name=name, data=data, size=len(data), sha256=freezing.fingerprint(data)
    )


def _advance(publication: Publication, step: int) -> None:
    """Say how far it has come. Raises _Over where another run has taken its place."""
    mine = Publication.objects.filter(pk=publication.pk, run=publication.run, state=State.WORKING)
    if not mine.update(step=step, moved_at=timezone.now()):
        raise _Over


def _held(publication_id: int, run: int) -> Publication:
    """The row, locked, if this run may still write. Raises _Over."""
    rows = Publication.objects.select_for_update(of=("self",))
    rows = rows.select_related("draft__unit", "draft__period", "requested_by")
    held = rows.filter(pk=publication_id, run=run, state=State.WORKING).first()
    if held is None:
        raise _Over
    return held


def _fail(publication_id: int, run: int, why: str) -> None:
    Publication.objects.filter(pk=publication_id, run=run, state=State.WORKING).update(
        state=State.FAILED, problem=why, moved_at=timezone.now()
    )


# --- what may not be published ------------------------------------------------------------


def _writers(draft: Draft) -> list[int]:
    return list(DraftSection.objects.filter(draft=draft).order_by().values_list("updated_by", flat=True))


def _refuse_writers(writers: frozenset[int], by: User) -> None:
    if by.pk in writers:
        raise Refused(
            _(
                "Bạn là người sửa cuối của ít nhất một phần nên không tự công bố được:"
                " báo cáo cần người khác đọc lại và công bố."
            )
        )


def _refuse_reasonless(draft: Draft, reason: str) -> None:
    if not reason.strip() and draft.editions.exists():
        raise Refused(_("Báo cáo này đã công bố. Hãy ghi lý do đính chính để công bố bản tiếp theo."))


def _refuse_concerns(written: Written, acknowledged: str) -> list[str]:
    """The warnings that are let stand. Raises Refused for a fault, and for warnings nobody acknowledged."""
    found = concerns(written)
    if found.errors:
        raise Refused(
            _("Báo cáo còn %(count)s lỗi phải sửa trước khi công bố. Lỗi đầu tiên: %(first)s")
            % {"count": len(found.errors), "first": found.errors[0].sentence}
        )
    if found.digest != acknowledged:
        raise Refused(
            _("Các điểm cần lưu ý vừa thay đổi, hoặc chưa được xác nhận. Hãy xem lại, xác nhận rồi công bố.")
        )
    return [one.sentence for one in found.warnings]


def _record(action: str, publication: Publication, by: User, **detail: Any) -> None:
    draft = publication.draft
    record_event(
        by=by,
        action=action,
        subject=f"{draft.unit.name}, {draft.period.name}"[:200],
        unit_code=draft.unit.code,
        period_code=draft.period.code,
        reason=publication.reason,
        detail=detail,
    )
