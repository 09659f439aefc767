"""Workbooks that come back: sent, looked over, then saved whole or given up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collection import actions, authority
from collection.grouping import managing_units
from collection.models import Batch, ReportingPeriod, Submission, Upload
from collection.models.uploads import unpacked
from collection.refusals import Conflict, Refused
from collection.views.common import CONFLICT, UNPROCESSABLE, SignedInRequest, signed_in
from collection.workbooks.marked import marked_workbook
from collection.workbooks.plan import faults_of
from collection.workbooks.reading import identity_of
from collection.workbooks.template import template_of
from collection.workbooks.writing import workbook_of
from dxreport.lib.bundles import LIMITS as BUNDLE
from dxreport.lib.downloads import XLSX, attachment, file_name
from dxreport.lib.numbers import format_number
from dxreport.lib.reading import LIMITS, WorkbookRefused, read_workbook, refused
from dxreport.lib.template_filters import short_date
from schools.access import require_somewhere
from schools.hierarchy import among
from schools.models import OrgUnit, User
from schools.roles import Permission

UPLOADS_SHOWN = 20


@signed_in
def uploads(request: SignedInRequest) -> HttpResponse:
    """Templates to download, and the place where a filled one is sent."""
    require_somewhere(request.user, Permission.ENTER)
    if request.method != "POST":
        return uploads_page(request)
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return uploads_page(request, _("Hãy chọn một tệp .xlsx rồi bấm Kiểm tra tệp."), UNPROCESSABLE)
    try:
        return _receive(request, sent)
    except WorkbookRefused as error:
        return uploads_page(request, str(error), UNPROCESSABLE)
    except Refused as error:
        return uploads_page(request, str(error), CONFLICT)


def _receive(request: SignedInRequest, sent: UploadedFile[Any]) -> HttpResponse:
    if (sent.size or 0) > LIMITS.file:
        raise refused("file", {"most": LIMITS.file // 2**20})
    received = actions.receive_workbook(data=sent.read(), file_name=sent.name or "", by=request.user)
    if received.upload is None:
        messages.info(request, _nothing_new(received.before))
        return redirect("collection:uploads")
    if received.upload.state == Upload.State.FAULTY:
        return _upload_page(request, received.upload, status=UNPROCESSABLE)
    return redirect("collection:upload", pk=received.upload.pk)


def _nothing_new(before: Upload | None) -> str:
    if before is None:
        return _("Tệp này không thay đổi gì: mọi ô đều giống số liệu đang lưu. Không có gì cần xác nhận.")
    return _(
        "Chính tệp này đã được lưu lúc %(at)s. Mọi ô đều giống số đang lưu nên không có gì thay đổi thêm."
    ) % {"at": short_date(before.confirmed_at)}


def uploads_page(request: SignedInRequest, alert: str = "", status: int = 200) -> HttpResponse:
    """The page with templates and both ways to send files; `alert` says why one was not taken."""
    user = request.user
    units = OrgUnit.objects.visible_to(user, permission=Permission.ENTER)
    context = {
        "alert": alert,
        "templates": _templates(user),
        "managing": managing_units(units),
        "uploads": Upload.objects.visible_to(user).for_list()[:UPLOADS_SHOWN],
        "batches": Batch.objects.visible_to(user).for_list()[:UPLOADS_SHOWN],
        "most": LIMITS.file // 2**20,
        "bundle": {"most": BUNDLE.file // 2**20, "files": BUNDLE.entries},
    }
    return render(request, "collection/uploads.html", context, status=status)


def _templates(user: User) -> list[dict[str, Any]]:
    """The forms of open periods that the user may fill in, with how many submissions each has: one query."""
    rows = (
        Submission.objects.visible_to(user)
        .filter(period__state=ReportingPeriod.State.OPEN)
        .select_related("period", "form", "org_unit")
        .order_by("-period__ends_on", "form__position", "org_unit__code")
    )
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for row in rows:
        one = found.setdefault(
            (row.period_id, row.form_id),
            {"period": row.period, "form": row.form, "count": 0, "unit": row.org_unit},
        )
        one["count"] += 1
    return list(found.values())


# --- one upload -----------------------------------------------------------------------------


def _find(user: User, pk: str) -> Upload:
    """One of the user's own uploads, all of whose units are still in their scope; else Http404."""
    upload = Upload.objects.visible_to(user).filter(pk=pk).select_related("period", "form").first()
    if upload is not None:
        codes = upload.unit_codes
        if OrgUnit.objects.visible_to(user).filter(among("code", codes)).count() >= len(codes):
            return upload
    raise Http404(_("Không có tệp này trong phạm vi của bạn. Hãy tìm trong các tệp đã tải lên."))


@signed_in
def upload(request: SignedInRequest, pk: str) -> HttpResponse:
    """What an upload would change, to confirm or give up; or what became of it."""
    found = _find(request.user, pk)
    match request.POST.get("do"):
        case "confirm":
            return _confirm(request, found)
        case "discard":
            return _discard(request, found)
    return _upload_page(request, found)


def _confirm(request: SignedInRequest, found: Upload) -> HttpResponse:
    try:
        results = actions.confirm_upload(upload=found, take=request.POST.getlist("take"), by=request.user)
    except Conflict:
        return _look_again(request, found)
    except Refused as error:
        return _upload_page(request, found, str(error), CONFLICT)
    cells = sum(len(result.changed) for result in results)
    saved = ngettext("Đã lưu %(cells)s ô", "Đã lưu %(cells)s ô", cells) % {"cells": format_number(cells)}
    units = ngettext("của %(units)s đơn vị.", "của %(units)s đơn vị.", len(results)) % {
        "units": format_number(len(results))
    }
    messages.success(request, f"{saved} {units}")
    return redirect("collection:upload", pk=found.pk)


def _look_again(request: SignedInRequest, found: Upload) -> HttpResponse:
    """Somebody saved meanwhile: nothing was saved, and the preview is made anew."""
    try:
        found = actions.recheck_upload(upload=found, by=request.user)
    except (Refused, WorkbookRefused) as error:
        return _upload_page(request, found, str(error), CONFLICT)
    alert = _(
        "Có ô vừa được người khác sửa sau khi bạn xem trước. Chưa có gì được lưu;"
        " hãy xem lại bản xem trước mới dưới đây rồi xác nhận."
    )
    return _upload_page(request, found, alert, CONFLICT)


def _discard(request: SignedInRequest, found: Upload) -> HttpResponse:
    try:
        actions.discard_upload(upload=found, by=request.user)
    except Refused as error:
        return _upload_page(request, found, str(error), CONFLICT)
    messages.info(request, _("Đã bỏ tệp. Số liệu không thay đổi."))
    return redirect("collection:uploads")


def _upload_page(request: SignedInRequest, found: Upload, alert: str = "", status: int = 200) -> HttpResponse:
    report, counts = found.report, found.report["counts"]
    writes = counts["new"] + counts["changed"]
    context = {
        "upload": found,
        "report": report,
        "counts": counts,
        "alert": alert,
        "is_ready": found.state == Upload.State.READY,
        "is_faulty": found.state == Upload.State.FAULTY,
        "writes": writes,
        "more": {
            "changes": writes - len(report["changes"]),
            "conflicts": counts["conflict"] - len(report["conflicts"]),
            "errors": counts["error"] - len(report["errors"]),
            "asks": counts["asks"] - len(report["asks"]),
        },
    }
    return render(request, "collection/upload.html", context, status=status)


@signed_in
def upload_file(request: SignedInRequest, pk: str) -> HttpResponse:
    """The file as it was sent."""
    found = _find(request.user, pk)
    return attachment(_bytes(found), XLSX, file_name("tep-da-gui", pk, extension="xlsx"))


@signed_in
def upload_marked(request: SignedInRequest, pk: str) -> HttpResponse:
    """A faulty file with its wrong cells in red and why."""
    found = _find(request.user, pk)
    if found.state != Upload.State.FAULTY or found.plan is None:
        raise Http404(
            _("Tệp này không có ô nào sai nên không có bản đánh dấu. Hãy mở trang xem trước để xác nhận.")
        )
    sent = read_workbook(_bytes(found))
    rows = Submission.objects.visible_to(request.user).with_context()
    rows = rows.filter(among("org_unit__code", found.unit_codes), period=found.period_id, form=found.form_id)
    template = template_of(identity_of(sent).kind, authority.with_extension(rows).order_by("org_unit__code"))
    today = timezone.localdate()
    data = marked_workbook(
        workbook_of(template, made_on=today), sent, faults_of(unpacked(found.plan)), made_on=today
    )
    return attachment(data, XLSX, file_name("tep-co-loi", pk, extension="xlsx"))


def _bytes(found: Upload) -> bytes:
    if found.data is None:
        raise Http404(
            _("Tệp này đã quá thời hạn lưu nên không còn được giữ. Số liệu đã xác nhận vẫn ở trong phiếu.")
        )
    return bytes(found.data)
