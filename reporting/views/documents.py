"""What leaves the house as a document: the ministry's appendix and the summary report."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dxreport.lib.downloads import XLSX, attachment, file_name
from reporting import appendix as appendices
from reporting.document_templates import KINDS
from reporting.drafts.selections import written_report
from reporting.places import Place, read_place, topmost_unit
from reporting.report import html
from reporting.report.pdf import PdfUnavailable
from reporting.report.tokens import ReportError
from reporting.report_files import CONTENT_TYPES, render_appendix
from reporting.report_files import render as render_report
from reporting.selection import Selection
from reporting.views.dashboard import selected
from schools.access import permissions_at, refusal, require, visible_unit_or_404
from schools.models import OrgUnit, User
from schools.roles import Permission


def plain(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A `selected` page of an official product: all units as reported, whatever its address says."""

    @wraps(view)
    def answer(request: HttpRequest, user: User, selection: Selection, **kwargs: str) -> HttpResponse:
        return view(request, user, selection.plain, **kwargs)

    return selected(answer)


@plain
def appendix(request: HttpRequest, user: User, selection: Selection) -> HttpResponse:
    """The ministry's nine rows, each figure leading to the page that explains it."""
    place = _place(request, user, selection)
    if place is None:
        return render(request, "reporting/no_unit.html")
    context = _context(request, user, selection, place)
    found = appendices.appendix(unit=place.unit, period=selection.period, basis=selection.basis)
    rows = [
        (row, [(line, selection.figure_url(place.unit.code, line.code)) for line in row.lines])
        for row in found.rows
    ]
    return render(request, "reporting/appendix.html", {**context, "appendix": found, "rows": rows})


@plain
def appendix_file(request: HttpRequest, user: User, selection: Selection) -> HttpResponse:
    """The appendix as a workbook."""
    unit = _exported_unit(request, user)
    found = appendices.appendix(unit=unit, period=selection.period, basis=selection.basis)
    try:
        data = render_appendix(found)
    except ReportError as error:
        messages.error(request, str(error))
        return redirect(_address("reporting:appendix", selection, unit))
    return attachment(data, XLSX, _file_name("phu-luc", unit, selection, "xlsx"))


@plain
def report(request: HttpRequest, user: User, selection: Selection) -> HttpResponse:
    """The summary report as it will be printed."""
    place = _place(request, user, selection)
    if place is None:
        return render(request, "reporting/no_unit.html")
    context = _context(request, user, selection, place)
    try:
        written = written_report(place.unit, selection)
    except ReportError as error:
        return render(request, "reporting/report_broken.html", {**context, "message": str(error)}, status=500)
    urls = {one.code: selection.figure_url(place.unit.code, one.code) for one in written.appendix.figures}
    body = html.context(written, top=2, notes="linked", urls=urls)
    return render(request, "reporting/report.html", {**context, **body})


@plain
def report_document(request: HttpRequest, user: User, selection: Selection, file_format: str) -> HttpResponse:
    """The report as a Word, PDF or HTML file."""
    if file_format not in CONTENT_TYPES:
        raise Http404(_("Báo cáo chỉ có các định dạng docx, pdf và html. Hãy tải về từ trang Báo cáo."))
    unit = _exported_unit(request, user)
    try:
        data = render_report(written_report(unit, selection), file_format, unit=unit)
    except (PdfUnavailable, ReportError) as error:
        messages.error(request, str(error))
        return redirect(_address("reporting:report", selection, unit))
    return attachment(data, CONTENT_TYPES[file_format], _file_name("bao-cao", unit, selection, file_format))


def _place(request: HttpRequest, user: User, selection: Selection) -> Place | None:
    """The unit of the address, or the user's highest one, with its surroundings; None without any."""
    code = _unit_code(request, user)
    if not code:
        return None
    return read_place(user, code, on=selection.period.hierarchy_date)


def _unit_code(request: HttpRequest, user: User) -> str:
    top = topmost_unit(user)
    return request.GET.get("unit") or (top.code if top else "")


def _exported_unit(request: HttpRequest, user: User) -> OrgUnit:
    unit = visible_unit_or_404(user, _unit_code(request, user))
    require(user, unit, Permission.EXPORT)
    return unit


def _context(request: HttpRequest, user: User, selection: Selection, place: Place) -> dict[str, Any]:
    """What both pages show around their document. Raises PermissionDenied."""
    unit = place.unit
    permissions = permissions_at(user, unit)
    if Permission.VIEW not in permissions:
        raise PermissionDenied(refusal(Permission.VIEW, unit.name))
    kept = {"unit": unit.code}
    return {
        "place": place,
        "unit": unit,
        "units": [*place.above, unit, *place.children],
        "selection": selection,
        "crumbs": [(one.name, selection.unit_url(one.code)) for one in (*place.above, unit)],
        "periods": selection.period_options(request.path, **kept),
        "bases": selection.basis_options(request.path, **kept),
        "may_export": Permission.EXPORT in permissions,
        "template_urls": _template_addresses(unit) if Permission.MANAGE_TEMPLATES in permissions else {},
        "appendix_url": _address("reporting:appendix", selection, unit),
        "report_url": _address("reporting:report", selection, unit),
        "draft_url": _address("reporting:draft", selection, unit),
        "workbook_url": _address("reporting:appendix_workbook", selection, unit),
        "document_urls": {
            one: _address("reporting:report_document", selection, unit, one) for one in CONTENT_TYPES
        },
    }


def _template_addresses(unit: OrgUnit) -> dict[str, str]:
    """By kind the page of the template that the unit's documents are made from."""
    return {
        kind: f"{reverse(f'reporting:{about.route}')}?{urlencode({'unit': unit.code})}"
        for kind, about in KINDS.items()
    }


def _address(view: str, selection: Selection, unit: OrgUnit, *args: str) -> str:
    return f"{reverse(view, args=args)}?{selection.query}&{urlencode({'unit': unit.code})}"


def _file_name(kind: str, unit: OrgUnit, selection: Selection, extension: str) -> str:
    return file_name(kind, unit.code, selection.period.code, extension=extension)
