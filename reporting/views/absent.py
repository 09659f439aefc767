"""The units that a figure is without: the page to which its coverage leads."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dxreport.lib.downloads import attachment, file_name
from dxreport.lib.plain_tables import as_file
from reporting import absent as lists
from reporting.selection import Selection
from reporting.views.dashboard import selected
from reporting.views.units import around_list, check_format, files
from schools.models import User


@selected
def absent(request: HttpRequest, user: User, selection: Selection, code: str, indicator: str) -> HttpResponse:
    """Who was asked and is not counted, and why."""
    found = lists.read_absent(user, code, indicator, selection)
    place = found.place
    pages = Paginator(found.units, lists.PAGE).get_page(request.GET.get("page"))
    context = {
        **around_list(place, selection, found.figure, route="reporting:absent", path=request.path),
        "heading": lists.heading(found),
        "lede": lists.lede(found),
        "lines": lists.lines(found, pages.object_list),
        "pages": pages,
        "files": files("reporting:absent_file", selection, code, indicator) if found.units else [],
    }
    return render(request, "reporting/absent.html", context)


@selected
def absent_file(
    request: HttpRequest, user: User, selection: Selection, code: str, indicator: str, file_format: str
) -> HttpResponse:
    """The whole list as CSV or as a workbook."""
    check_format(file_format)
    found = lists.read_absent(user, code, indicator, selection)
    name = file_name("chua-duoc-tinh", code, indicator, selection.period.code, extension=file_format)
    return attachment(*as_file(lists.absent_table(found), file_format, made_on=timezone.localdate()), name)
