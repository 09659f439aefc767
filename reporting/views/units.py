"""Pages of one unit beside its dashboard."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dxreport.lib.downloads import attachment, file_name
from dxreport.lib.plain_tables import FORMATS, as_file
from reporting import sentences, unit_figures
from reporting.board import read_board
from reporting.dashboard import is_illustrative
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
        "is_illustrative": is_illustrative(board),
        "groups": unit_figures.figure_groups(board),
        "change_heading": unit_figures.change_heading(board),
        "files": _files("reporting:unit_figures_file", selection, code),
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


def check_format(file_format: str) -> None:
    """Raises Http404 for a file that nobody makes."""
    if file_format not in FORMATS:
        raise Http404(_("Bảng này chỉ có các định dạng csv và xlsx."))


def _files(route: str, selection: Selection, code: str) -> list[Option]:
    """The table of a page as files: words and address."""
    names = {"xlsx": _("Tải Excel"), "csv": _("Tải CSV")}
    return [
        Option(words, f"{reverse(route, args=[code, one])}?{selection.query}", False)
        for one, words in names.items()
    ]
