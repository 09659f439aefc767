"""A zip of workbooks: sent, watched while it is checked, then saved as a whole or given up."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collection import actions
from collection.models import Batch, BatchFile
from collection.refusals import Refused
from collection.views.common import CONFLICT, UNPROCESSABLE, SignedInRequest, signed_in
from collection.views.uploads import uploads_page
from dxreport.lib.bundles import LIMITS, BundleRefused, too_large
from schools.access import require_somewhere
from schools.models import User
from schools.roles import Permission


@require_POST
@signed_in
def batches(request: SignedInRequest) -> HttpResponse:
    """Take a zip: it is looked over at once, its files are checked in the background."""
    require_somewhere(request.user, Permission.ENTER)
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return uploads_page(request, _("Hãy chọn một tệp .zip rồi bấm Kiểm tra các tệp."), UNPROCESSABLE)
    try:
        if (sent.size or 0) > LIMITS.file:
            raise too_large()
        batch = actions.receive_batch(data=sent.read(), file_name=sent.name or "", by=request.user)
    except BundleRefused as error:
        return uploads_page(request, str(error), UNPROCESSABLE)
    return redirect("collection:batch", pk=batch.pk)


@signed_in
def batch(request: SignedInRequest, pk: str) -> HttpResponse:
    """How far a batch has come, what came of each file, and what to do next."""
    found = _find(request.user, pk)
    if request.method != "POST":
        return _page(request, found)
    try:
        said = _do(request.POST.get("do", ""), found, request.user)
    except Refused as error:
        return _page(request, _find(request.user, pk), str(error), CONFLICT)
    messages.info(request, said)
    return redirect("collection:batch", pk=pk)


def _do(what: str, found: Batch, user: User) -> str:
    match what:
        case "cancel":
            actions.cancel_batch(batch=found, by=user)
            return _("Đã dừng. Số liệu không thay đổi.")
        case "confirm":
            actions.confirm_batch(batch=found, by=user)
            return _("Đang lưu mọi tệp có thay đổi trong một lần.")
        case "restart" | "afresh":
            actions.restart_batch(batch=found, afresh=what == "afresh", by=user)
            return _("Đang kiểm tra tiếp các tệp.")
    raise Refused(_("Không rõ cần làm gì. Hãy bấm một trong các nút trên trang."))


def _find(user: User, pk: str) -> Batch:
    found = Batch.objects.visible_to(user).for_list().filter(pk=pk).first()
    if found is None:
        raise Http404(_("Không có tệp zip này trong phạm vi của bạn. Hãy tìm trong các tệp đã tải lên."))
    return found


def _page(request: SignedInRequest, found: Batch, alert: str = "", status: int = 200) -> HttpResponse:
    """The whole page; while work goes on, a page that is open asks for its progress alone."""
    context = {"batch": found, "total": len(found.names), "alert": alert}
    if request.headers.get("HX-Request") and found.is_working:
        return render(request, "collection/partials/batch_progress.html", context)
    rows = list(found.files.all())
    outcomes = [row.outcome for row in rows]
    context |= {
        "files": rows,
        "counts": {outcome.value: outcomes.count(outcome) for outcome in BatchFile.Outcome},
        "conflicts": sum(row.counts.get("conflict", 0) for row in rows),
    }
    response = render(request, "collection/batch.html", context, status=status)
    if request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"  # it has ended: the report is another page
    return response
