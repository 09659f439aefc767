"""Templates of documents: the one in use, one's own in its place, and back again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dxreport.lib.downloads import attachment, file_name
from reporting import actions
from reporting.actions.templates import TemplateConflict, TemplateUnfit
from reporting.document_templates import KINDS, Kind, TemplateKind, template_in_use
from reporting.models import DocumentTemplate
from reporting.places import topmost_unit
from schools.access import require, require_somewhere, visible_unit_or_404
from schools.models import OrgUnit, User
from schools.roles import Permission

MIB = 2**20
HISTORY_SHOWN = 50
CONFLICT, UNPROCESSABLE = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The template in use with its history; a file that is sent takes its place when it passes the check."""
    unit = _unit(request)
    if request.method != "POST":
        return _page(request, unit, kind)
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return _page(request, unit, kind, [_("Hãy chọn một tệp rồi bấm Kiểm tra và dùng mẫu này.")])
    # One byte more than is taken tells the check that the file is too large, without reading all of it.
    data = sent.read(KINDS[kind].largest + 1)
    try:
        actions.keep_template(unit=unit, kind=kind, data=data, file_name=sent.name or "", by=_user(request))
    except TemplateUnfit as unfit:
        return _page(request, unit, kind, unfit.problems)
    messages.success(request, _("Mẫu đã qua kiểm tra và được dùng từ bây giờ."))
    return redirect(_address(kind, unit))


@login_required
@require_POST
def retire(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Back to the template of the unit above, or to the delivered one."""
    unit = _unit(request)
    try:
        actions.retire_template(unit=unit, kind=kind, by=_user(request))
    except TemplateConflict as conflict:
        return _page(request, unit, kind, [str(conflict)], status=CONFLICT)
    messages.success(request, _("Đơn vị đã thôi dùng mẫu riêng. Mẫu cũ vẫn nằm trong lịch sử."))
    return redirect(_address(kind, unit))


@login_required
@require_safe
def delivered(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The template that came with the system."""
    require_somewhere(_user(request), Permission.MANAGE_TEMPLATES)
    data = KINDS[kind].delivered.read_bytes()
    return attachment(data, KINDS[kind].content_type, file_name("mau", kind, extension=KINDS[kind].extension))


@login_required
@require_safe
def template_file(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """One that is or was in use."""
    user = _user(request)
    require_somewhere(user, Permission.MANAGE_TEMPLATES)
    found = DocumentTemplate.objects.filter(kind=kind, pk=pk).select_related("unit").first()
    # One may also look at what one's own documents are made from, which a unit above may have sent.
    if found is None or not _uses_or_keeps(user, found):
        raise Http404(_("Không có mẫu này trong phạm vi của bạn. Hãy mở lại trang mẫu văn bản."))
    name = file_name("mau", kind, found.unit.code, str(found.pk), extension=KINDS[kind].extension)
    return attachment(bytes(found.data), KINDS[kind].content_type, name)


def _uses_or_keeps(user: User, found: DocumentTemplate) -> bool:
    if DocumentTemplate.objects.visible_to(user).filter(pk=found.pk).exists():
        return True
    top = topmost_unit(user)
    in_use = None if top is None else template_in_use(top, Kind(found.kind))
    return in_use is not None and in_use.pk == found.pk


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _unit(request: HttpRequest) -> OrgUnit:
    """The unit that the address or the form names, or the user's highest one. Raises PermissionDenied."""
    user = _user(request)
    top = topmost_unit(user)
    code = request.POST.get("unit") or request.GET.get("unit") or (top.code if top else "")
    if not code:
        require_somewhere(user, Permission.MANAGE_TEMPLATES)
    unit = visible_unit_or_404(user, code)
    require(user, unit, Permission.MANAGE_TEMPLATES)
    return unit


def _address(kind: Kind, unit: OrgUnit) -> str:
    return f"{reverse(f'reporting:{KINDS[kind].route}')}?{urlencode({'unit': unit.code})}"


def _page(
    request: HttpRequest, unit: OrgUnit, kind: Kind, problems: list[str] | None = None, status: int = 0
) -> HttpResponse:
    about: TemplateKind = KINDS[kind]
    in_use = template_in_use(unit, kind)
    kept = DocumentTemplate.objects.filter(unit=unit, kind=kind).defer("data").select_related("uploaded_by")
    context: dict[str, Any] = {
        "unit": unit,
        "about": about,
        "most": about.largest // MIB,
        "problems": problems or [],
        "in_use": in_use,
        "is_own": in_use is not None and in_use.unit_id == unit.pk,
        "history": kept[:HISTORY_SHOWN],
        "address": _address(kind, unit),
        "home_url": reverse(f"reporting:{about.home}"),
        "file_route": f"reporting:{about.route}_file",
        "delivered_url": reverse(f"reporting:{about.route}_delivered"),
        "retire_url": reverse(f"reporting:{about.route}_retire"),
    }
    answer = status or (UNPROCESSABLE if problems else 200)
    return render(request, "reporting/template.html", context, status=answer)
