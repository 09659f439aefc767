"""Why a figure is what it is: the page, and the same as files for whoever wants to add it up again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dxreport.lib.downloads import attachment, file_name
from dxreport.lib.plain_tables import Heading, PlainTable, as_file
from reporting.explanation import Explanation, explain
from reporting.selection import Option, Selection
from reporting.switches import switches
from reporting.trace import headings, rows, trace
from reporting.views.dashboard import selected
from schools.models import User


@selected
def figure(request: HttpRequest, user: User, selection: Selection, code: str, indicator: str) -> HttpResponse:
    """The page."""
    explanation = explain(user, code, indicator, selection)
    place = explanation.place
    about = explanation.figure.indicator
    context = {
        "explanation": explanation,
        "figure": explanation.figure,
        "indicator": about,
        "crumbs": [(one.name, selection.unit_url(one.code)) for one in (*place.above, place.unit)],
        "here": f"{about.code} {about.short_label}",
        **switches(selection, request.path),
        "files": _files(explanation),
    }
    return render(request, "reporting/figure.html", context)


@selected
def figure_file(
    request: HttpRequest, user: User, selection: Selection, code: str, indicator: str, file_format: str
) -> HttpResponse:
    """The whole trace, every unit named: as JSON, CSV or a workbook."""
    explanation = explain(user, code, indicator, selection, everyone=True)
    if file_format == "json":
        return JsonResponse(trace(explanation), json_dumps_params={"ensure_ascii": False, "indent": 1})
    data, content_type = as_file(_table(explanation), file_format, made_on=timezone.localdate())
    name = file_name(
        "vi-sao",
        explanation.place.unit.code,
        explanation.figure.code,
        selection.period.code,
        extension=file_format,
    )
    return attachment(data, content_type, name)


def _files(explanation: Explanation) -> list[Option]:
    """The trace as files: words and address."""
    names = {"xlsx": _("Tải Excel"), "csv": _("Tải CSV"), "json": _("Tải JSON")}
    code, query = explanation.figure.code, explanation.selection.query
    return [
        Option(
            words,
            f"{reverse('reporting:figure_file', args=[explanation.place.unit.code, code, one])}?{query}",
            False,
        )
        for one, words in names.items()
    ]


def _table(explanation: Explanation) -> PlainTable:
    about = (explanation.lede, explanation.calculation, explanation.definition)
    return PlainTable(
        title=explanation.heading,
        remarks=tuple(text for text in about if text),
        headings=tuple(Heading(text, width) for text, width in headings()),
        rows=list(rows(explanation)),
    )
