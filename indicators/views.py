"""Pages of the catalogue, for everybody who is signed in.

The page of one indicator shows its figures too, and so belongs to reporting (reporting.views.catalogue).
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dxreport.lib.listing import answer_list
from indicators.choosing import all_sets, first_of, named_set, set_query
from indicators.element_explanation import TYPES, explain_element, indicators_by_element
from indicators.explanation import PERIOD_RULES
from indicators.filters import ElementFilter, IndicatorFilter
from indicators.models import DataElement, Indicator
from indicators.tables import ElementTable, IndicatorTable


@login_required
def indicator_list(request: HttpRequest, file_format: str = "") -> HttpResponseBase:
    """The indicators of the newest set, or of the one named by ?set=."""
    sets = all_sets()
    shown = named_set(sets, request.GET)
    filters = IndicatorFilter(
        request.GET,
        queryset=Indicator.objects.filter(indicator_set=shown).with_context(),
        sections=shown.sections.all() if shown else (),
    )
    table = IndicatorTable(filters.qs, year=timezone.localdate().year, query=set_query(shown, sets))
    return answer_list(
        request,
        table,
        filters,
        "indicators/indicator_list.html",
        file_format,
        per_page=100,
        sets=sets,
        shown=shown,
    )


@login_required
def element_list(request: HttpRequest, file_format: str = "") -> HttpResponseBase:
    """The data elements of the newest set, or of the one named by ?set=."""
    sets = all_sets()
    shown = named_set(sets, request.GET)
    filters = ElementFilter(
        request.GET,
        queryset=DataElement.objects.filter(indicator_set=shown).with_forms(),
        forms=shown.forms.all() if shown else (),
    )
    query = set_query(shown, sets)
    uses = indicators_by_element(Indicator.objects.filter(indicator_set=shown))
    return answer_list(
        request,
        ElementTable(filters.qs, uses=uses, query=query),
        filters,
        "indicators/element_list.html",
        file_format,
        per_page=100,
        sets=sets,
        shown=shown,
        query=query,
    )


@login_required
def element(request: HttpRequest, code: str) -> HttpResponse:
    """One data element of the newest set that holds it, or of the set named by ?set=."""
    sets = all_sets()
    row = first_of(DataElement.objects.filter(code=code).select_related("choice_list"), sets, request.GET)
    if row is None:
        raise Http404(_("Không có chỉ tiêu “%(code)s”. Hãy tìm trong các chỉ tiêu dữ liệu.") % {"code": code})
    shown = next(one for one in sets if one.pk == row.indicator_set_id)
    context = {
        "element": row,
        "explanation": explain_element(row),
        "type": TYPES[row.type],
        "period_rule": PERIOD_RULES[row.period_rule],
        "query": set_query(shown, sets),
    }
    return render(request, "indicators/element.html", context)
