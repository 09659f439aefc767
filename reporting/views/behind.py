"""The units behind a missed target: the page to which an exception of a dashboard leads."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dxreport.lib.downloads import attachment, file_name
from dxreport.lib.plain_tables import as_file
from reporting import behind as lists
from reporting.selection import Selection
from reporting.views.dashboard import selected
from reporting.views.units import around_list, check_format, files
from schools.models import User


@selected
def behind(request: HttpRequest, user: User, selection: Selection, code: str, indicator: str) -> HttpResponse:
    """Who lies below the target of a figure, the largest lack first."""
    found = lists.read_behind(user, code, indicator, selection)
    place = found.place
    pages = Paginator(found.ordered(), lists.PAGE).get_page(request.GET.get("page"))
    context = {
        **around_list(place, selection, found.figure, route="reporting:behind", path=request.path),
        "heading": lists.heading(found),
        "lede": lists.lede(found),
        "behind": found,
        "lines": lists.lines(found, pages.object_list),
        "pages": pages,
        "files": files("reporting:behind_file", selection, code, indicator),
        "absent_url": selection.absent_url(place.unit.code, indicator),
    }
    return render(request, "reporting/behind.html", context)


@selected
def behind_file(
    request: HttpRequest, user: User, selection: Selection, code: str, indicator: str, file_format: str
) -> HttpResponse:
    """The whole list as CSV or as a workbook."""
    check_format(file_format)
    found = lists.read_behind(user, code, indicator, selection)
    name = file_name("con-thieu", code, indicator, selection.period.code, extension=file_format)
    return attachment(*as_file(lists.behind_table(found), file_format, made_on=timezone.localdate()), name)
