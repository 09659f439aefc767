"""The page of a unit's charts, and the rows of each as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dxreport.lib.chart_files import chart_table
from dxreport.lib.downloads import attachment, file_name
from dxreport.lib.plain_tables import as_file
from reporting.charts.gallery import Gallery, read_gallery
from reporting.selection import Selection
from reporting.unit_tabs import unit_frame
from reporting.views.dashboard import selected
from reporting.views.units import check_format
from schools.models import User

# Which charts stand under which heading of the page.
ABOUT_TARGETS, ABOUT_ONE, ABOUT_SERVICES = (
    ("targets",),
    ("trend", "distribution", "units"),
    ("levels", "services"),
)


@selected
def charts(request: HttpRequest, user: User, selection: Selection, code: str) -> HttpResponse:
    """All charts of a unit."""
    gallery = _gallery(request, user, selection, code)
    found = gallery.charts()
    place = gallery.subject.place
    context = {
        **unit_frame(place, selection, route="reporting:charts", path=request.path, **_chosen(request)),
        "is_illustrative": gallery.is_illustrative,
        "gallery": gallery,
        "own": gallery.own,
        "targets": [found[key] for key in ABOUT_TARGETS if key in found],
        "of_one": [found[key] for key in ABOUT_ONE if key in found],
        "services": [found[key] for key in ABOUT_SERVICES if key in found],
    }
    return render(request, "reporting/charts.html", context)


@selected
def chart_file(
    request: HttpRequest, user: User, selection: Selection, code: str, key: str, file_format: str
) -> HttpResponse:
    """The table of one chart as CSV or as a workbook: what the page shows, so whoever sees it may have it."""
    check_format(file_format)
    chart = _gallery(request, user, selection, code).charts().get(key)
    if chart is None:
        raise Http404(_("Không có biểu đồ này trong kỳ. Hãy quay lại trang biểu đồ và chọn lại."))
    name = file_name("bieu-do", key, code, selection.period.code, extension=file_format)
    return attachment(*as_file(chart_table(chart), file_format, made_on=timezone.localdate()), name)


def _gallery(request: HttpRequest, user: User, selection: Selection, code: str) -> Gallery:
    chosen = {"indicator": "", "kind": "", **_chosen(request)}
    return read_gallery(user, code, selection, **chosen)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What the address chooses beside the selection."""
    return {name: request.GET[name] for name in ("indicator", "kind") if request.GET.get(name)}
