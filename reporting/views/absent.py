"""The units that a figure is without: the page to which its coverage leads."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dxreport.lib.downloads import attachment, file_name
from dxreport.lib.plain_tables import as_file
from reporting import absent as lists
from reporting.dashboard import is_illustrative
from reporting.selection import Selection
from reporting.unit_tabs import unit_frame
from reporting.views.dashboard import selected
from reporting.views.units import check_format, files
from schools.models import User


@selected
def absent(request: HttpRequest, user: User, selection: Selection, code: str, indicator: str) -> HttpResponse:
    """Who was asked and is not counted, and why."""
    found = lists.read_absent(user, code, indicator, selection)
    place = found.place
    pages = Paginator(found.units, lists.PAGE).get_page(request.GET.get("page"))
    frame = unit_frame(place, selection, route="reporting:absent", path=request.path)
    context = {
        **frame,
        "crumbs": [*frame["crumbs"], (place.unit.name, selection.unit_url(place.unit.code))],
        "here": found.figure.indicator.short_label,
        "heading": lists.heading(found),
        "lede": lists.lede(found),
        "is_illustrative": is_illustrative(place, selection),
        "lines": lists.lines(found, pages.object_list),
        "pages": pages,
        "page_query": f"{selection.query}&",
        "files": files("reporting:absent_file", selection, code, indicator) if found.units else [],
        "figure_url": selection.figure_url(place.unit.code, indicator),
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
