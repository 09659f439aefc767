"""Published reports: the list, one edition with its files, and how it differs from others and from today."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from collection.views.common import SignedInRequest, signed_in
from dxreport.lib.downloads import attachment, file_name
from dxreport.lib.listing import answer_list
from dxreport.lib.plain_tables import as_file
from reporting.drafts.selections import selection_of
from reporting.editions import sides
from reporting.editions.differences import Differences, read_differences, table
from reporting.editions.filters import EditionFilter
from reporting.editions.rendering import CONTENT_TYPES
from reporting.editions.tables import EditionTable
from reporting.editions.texts import text_differences
from reporting.models import Edition, EditionFile
from reporting.report import html
from reporting.report.content import from_data
from reporting.selection import Option, period_label, period_text, read_periods
from reporting.views.dashboard import page
from reporting.views.units import check_format
from schools.models import User

KINDS = EditionFile.Kind.values
PAGE = "reporting/editions/list.html"


@signed_in
def editions(request: SignedInRequest, file_format: str = "") -> HttpResponseBase:
    """The editions of the reader's units, the newest first."""
    rows = Edition.objects.visible_to(request.user).without_content()
    filters = EditionFilter(request.GET, queryset=rows, periods=read_periods())
    return answer_list(request, EditionTable(filters.qs), filters, PAGE, file_format)


@page
def edition(request: HttpRequest, user: User, pk: str) -> HttpResponse:
    """One edition: who published it and when, its files, what corrects it, and the report as it was."""
    found = _find(user, pk)
    report = from_data(found.content["report"])
    others = list(_others(found))
    selection = selection_of(found.draft)
    code = found.unit.code
    urls = {one.code: selection.figure_url(code, one.code) for one in report.appendix.figures}
    context = {
        **html.context(report, top=2, notes="linked", urls=urls),
        **_about(found),
        "files": sorted(found.files.without_data(), key=lambda one: KINDS.index(one.kind)),
        "corrected_by": next((one for one in others if one.number > found.number), None),
        "others": [(one, _compare_url(found, one)) for one in others],
        "compare_url": reverse("reporting:edition_today", args=[found.pk]),
    }
    return render(request, "reporting/editions/edition.html", context)


@page
def edition_file(request: HttpRequest, user: User, pk: str, kind: str) -> HttpResponse:
    """A file as it was published, byte for byte."""
    file = EditionFile.objects.filter(edition=_find(user, pk), kind=kind).first()
    if file is None:
        raise Http404(_("Bản công bố có các tệp docx, pdf, html, xlsx và json. Hãy tải về từ trang của bản."))
    kind = EditionFile.Kind(kind)
    return attachment(bytes(file.data), CONTENT_TYPES[kind], file.name)


@page
def compare(request: HttpRequest, user: User, pk: str, other: str = "") -> HttpResponse:
    """An edition beside today, or beside another edition of the same report."""
    shown, later = _differences(user, pk, other)
    earlier = shown.edition
    tail = [earlier.pk, later.pk] if later else [earlier.pk]
    route = "reporting:edition_compare_file" if later else "reporting:edition_today_file"
    context = {
        **_about(earlier),
        "shown": shown,
        "later": later,
        "texts": text_differences(shown.found.earlier, shown.found.later) if later else [],
        "files": [
            Option(words, reverse(route, args=[*tail, one]), False)
            for one, words in {"xlsx": _("Tải Excel"), "csv": _("Tải CSV")}.items()
        ],
        "choices": _choices(earlier, later),
    }
    return render(request, "reporting/editions/compare.html", context)


@page
def compare_file(
    request: HttpRequest, user: User, pk: str, file_format: str, other: str = ""
) -> HttpResponse:
    """The same differences as CSV or as a workbook."""
    check_format(file_format)
    shown, later = _differences(user, pk, other)
    numbers = [f"ban-{shown.edition.number}", f"ban-{later.number}" if later else "nay"]
    name = file_name("khac-nhau", shown.edition.unit.code, *numbers, extension=file_format)
    return attachment(*as_file(table(shown), file_format, made_on=timezone.localdate()), name)


def _find(user: User, pk: str) -> Edition:
    """An edition within the reader's scope with all it holds. Raises Http404."""
    rows = Edition.objects.visible_to(user).select_related("unit", "period", "published_by", "draft")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Không có bản công bố này trong phạm vi của bạn."))
    return found


def _others(found: Edition) -> Any:
    """The other editions of the same report, in order of their numbers."""
    rows = Edition.objects.filter(unit=found.unit_id, period=found.period_id).exclude(pk=found.pk)
    return rows.without_content().order_by("number")


def _differences(user: User, pk: str, other: str) -> tuple[Differences, Edition | None]:
    """Always the older beside the newer, however the address names them."""
    first = _find(user, pk)
    second = _find(user, other) if other else None
    if second is not None:
        if (second.unit_id, second.period_id) != (first.unit_id, first.period_id) or second.pk == first.pk:
            raise Http404(_("Chỉ so sánh được hai bản khác nhau của cùng một báo cáo."))
        if second.number < first.number:
            first, second = second, first
    later = sides.of_edition(second) if second else sides.of_today(first)
    selection = selection_of(first.draft)
    return read_differences(first, selection, sides.of_edition(first), later, selection.members), second


def _about(found: Edition) -> dict[str, Any]:
    """What every page of an edition names."""
    return {
        "edition": found,
        "unit": found.unit,
        "period_label": period_label(found.period),
        "period_text": period_text(found.period),
        "edition_url": reverse("reporting:edition", args=[found.pk]),
    }


def _compare_url(one: Edition, other: Edition) -> str:
    return reverse("reporting:edition_compare", args=sorted((one.pk, other.pk)))


def _choices(earlier: Edition, later: Edition | None) -> list[Option]:
    """What the edition may be set beside."""
    today = Option(_("Hiện nay"), reverse("reporting:edition_today", args=[earlier.pk]), later is None)
    return [
        today,
        *(
            Option(_("Bản số %(number)s") % {"number": one.number}, _compare_url(earlier, one), one == later)
            for one in _others(earlier)
        ),
    ]
