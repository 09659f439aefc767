"""The explorer: a table of any indicators, units and periods, and its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dxreport.lib.downloads import CSV, attachment, file_name
from dxreport.lib.numbers import format_number
from dxreport.lib.plain_tables import FORMATS, as_file
from reporting import sentences
from reporting.explorer.choices import Choices, NoUnit, read_choices
from reporting.explorer.files import long_csv, table_to_take
from reporting.explorer.panel import read_panel
from reporting.explorer.reading import Exploration, TooLarge
from reporting.explorer.shelf import NameForm, read_shelf
from reporting.selection import period_text
from reporting.switches import narrowing_sentence
from reporting.views.dashboard import page
from schools.models import User


@page
def explore(request: HttpRequest, user: User) -> HttpResponse:
    """The table that the address asks for, under the form that makes such addresses."""
    try:
        choices = read_choices(user, request.GET)
    except NoUnit:
        return render(request, "reporting/no_unit.html")
    return explorer_page(request, user, choices)


def explorer_page(
    request: HttpRequest,
    user: User,
    choices: Choices,
    *,
    form: NameForm | None = None,
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of some choices; `form`, `alert` and `status` say why a table was not saved."""
    exploration = Exploration(choices)
    number = _page_number(request, exploration)
    refusal, pivot = "", None
    try:
        pivot = exploration.page(number)
    except TooLarge as error:
        refusal = str(error)
    context = {
        "choices": choices,
        "shelf": read_shelf(user, choices, form, alert),
        "panel": read_panel(user, choices, request.GET.get("find", "")),
        "pivot": pivot,
        "lede": _summary(choices, exploration),
        "refusal": refusal,
        "page": number,
        "pages": exploration.pages,
        "size": exploration.size,
        "fits_in_file": exploration.fits_in_file,
    }
    return render(request, "reporting/explorer.html", context, status=422 if refusal else status)


@page
def explore_file(request: HttpRequest, user: User, file_format: str) -> HttpResponse:
    """The whole table as a workbook or CSV; "long.csv" has one figure a line."""
    try:
        exploration = Exploration(read_choices(user, request.GET))
    except NoUnit as error:
        raise Http404(
            _("Không có đơn vị này trong phạm vi của bạn. Hãy tìm trong danh sách đơn vị.")
        ) from error
    choices = exploration.choices
    name = ("kham-pha", choices.units.base.code, *(one.code for one in choices.periods))
    try:
        if file_format == "long.csv":
            return attachment(long_csv(exploration), CSV, file_name(*name, "dang-dai", extension="csv"))
        if file_format in FORMATS:
            title = f"{choices.units.base.name}: {_summary(choices, exploration)}"
            table = table_to_take(exploration, title=title)
            data, content_type = as_file(table, file_format, made_on=timezone.localdate())
            return attachment(data, content_type, file_name(*name, extension=file_format))
    except TooLarge as error:
        context = {"message": str(error), "back": choices.query}
        return render(request, "reporting/explorer_too_large.html", context, status=422)
    raise Http404(_("Bảng chỉ có các định dạng xlsx và csv. Hãy tải về từ trang Khám phá số liệu."))


def _page_number(request: HttpRequest, exploration: Exploration) -> int:
    """The page of the address, the nearest there is for another."""
    text = request.GET.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(number, 1), exploration.pages)


def _summary(choices: Choices, exploration: Exploration) -> str:
    """What is shown in a sentence: how much, of when and on which basis; in another, of which schools."""
    units, indicators = exploration.size.units, len(choices.indicators)
    words = _("%(indicators)s, %(units)s, %(periods)s, %(basis)s.") % {
        "indicators": ngettext("%(count)s chỉ số", "%(count)s chỉ số", indicators)
        % {"count": format_number(indicators)},
        "units": ngettext("%(count)s đơn vị", "%(count)s đơn vị", units) % {"count": format_number(units)},
        "periods": ", ".join(period_text(one) for one in choices.periods),
        "basis": sentences.basis_text(choices.selection.basis),
    }
    return f"{words} {narrowing_sentence(choices.selection)}".strip()
