"""Pages of one unit beside its dashboard."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dxreport.lib.downloads import attachment, file_name
from dxreport.lib.plain_tables import FORMATS, as_file
from reporting import beside as besides
from reporting import sentences, unit_figures
from reporting.board import read_board
from reporting.dashboard import is_illustrative
from reporting.figures import Figure
from reporting.places import Place, read_place
from reporting.selection import Option, Selection, period_text
from reporting.unit_tabs import unit_frame
from reporting.views.dashboard import selected
from schools.models import User


@selected
def figures(request: HttpRequest, user: User, selection: Selection, code: str) -> HttpResponse:
    """Every indicator of a unit in one table."""
    board = read_board(user, code, selection)
    context = {
        **unit_frame(board.place, selection, route="reporting:unit_figures", path=request.path),
        "heading": unit_figures.heading(board),
        "lede": sentences.lede(selection.basis, period_text(selection.period), board.progress),
        "is_illustrative": is_illustrative(board.place, selection),
        "groups": unit_figures.figure_groups(board),
        "change_heading": unit_figures.change_heading(board),
        "files": files("reporting:unit_figures_file", selection, code),
    }
    return render(request, "reporting/unit_figures.html", context)


@selected
def figures_file(
    request: HttpRequest, user: User, selection: Selection, code: str, file_format: str
) -> HttpResponse:
    """The same table as CSV or as a workbook."""
    check_format(file_format)
    table = unit_figures.figures_table(read_board(user, code, selection))
    name = file_name("chi-so", code, selection.period.code, extension=file_format)
    return attachment(*as_file(table, file_format, made_on=timezone.localdate()), name)


@selected
def beside(request: HttpRequest, user: User, selection: Selection, code: str) -> HttpResponse:
    """A unit beside another, or beside those above it; `with` names the other, `q` looks for one."""
    shown = _beside(request, user, selection, code)
    asked = {"with": shown.chosen} if shown.chosen else {}
    searched = request.GET.get("q", "").strip()
    context = {
        **unit_frame(shown.place, selection, route="reporting:unit_beside", path=request.path, **asked),
        "heading": besides.heading(shown),
        "lede": besides.lede(shown),
        "is_illustrative": is_illustrative(shown.place, selection),
        "beside": shown,
        "groups": besides.row_groups(shown),
        "choices": besides.choices(user, shown, searched, request.path),
        "searched": searched,
        "kept": parse_qsl(selection.query),
        "files": files("reporting:unit_beside_file", selection, code, **asked) if shown.others else [],
    }
    return render(request, "reporting/unit_beside.html", context)


@selected
def beside_file(
    request: HttpRequest, user: User, selection: Selection, code: str, file_format: str
) -> HttpResponse:
    """The same table as CSV or as a workbook."""
    check_format(file_format)
    shown = _beside(request, user, selection, code)
    others = [one.code for one in shown.others if one.code == shown.chosen]
    name = file_name("dat-canh", code, *others, selection.period.code, extension=file_format)
    return attachment(*as_file(besides.beside_table(shown), file_format, made_on=timezone.localdate()), name)


def _beside(request: HttpRequest, user: User, selection: Selection, code: str) -> besides.Beside:
    place = read_place(user, code, on=selection.hierarchy_date)
    return besides.read_beside(user, place, selection, request.GET.get("with", ""))


def around_list(
    place: Place, selection: Selection, figure: Figure, *, route: str, path: str
) -> dict[str, Any]:
    """What stands around a list of units that belongs to one figure of a unit."""
    frame = unit_frame(place, selection, route=route, path=path)
    return {
        **frame,
        "crumbs": [*frame["crumbs"], (place.unit.name, selection.unit_url(place.unit.code))],
        "here": figure.indicator.short_label,
        "is_illustrative": is_illustrative(place, selection),
        "page_query": f"{selection.query}&",
        "figure_url": selection.figure_url(place.unit.code, figure.code),
    }


def check_format(file_format: str) -> None:
    """Raises Http404 for a file that nobody makes."""
    if file_format not in FORMATS:
        raise Http404(_("Bảng này chỉ có các định dạng csv và xlsx. Hãy tải về từ trang có bảng."))


def files(route: str, selection: Selection, *codes: str, **more: str) -> list[Option]:
    """The table of a page as files: words and address."""
    tail = f"&{urlencode(more)}" if more else ""
    names = {"xlsx": _("Tải Excel"), "csv": _("Tải CSV")}
    return [
        Option(words, f"{reverse(route, args=[*codes, one])}?{selection.query}{tail}", False)
        for one, words in names.items()
    ]
