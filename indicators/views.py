"""Pages of the catalogue, for everybody who is signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from dxreport.lib.listing import answer_list
from indicators.explanation import DIRECTIONS, KINDS, PERIOD_RULES, explain
from indicators.filters import IndicatorFilter
from indicators.models import Indicator, IndicatorSet
from indicators.tables import IndicatorTable


@login_required
def indicator_list(request: HttpRequest, file_format: str = "") -> HttpResponseBase:
    """The indicators of the newest set, or of the one named by ?set=."""
    sets = _sets()
    shown = _named(sets, request)
    filters = IndicatorFilter(
        request.GET,
        queryset=Indicator.objects.filter(indicator_set=shown).with_context(),
        sections=shown.sections.all() if shown else (),
    )
    table = IndicatorTable(filters.qs, year=timezone.localdate().year, query=_query(shown, sets))
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
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator of the newest set that holds it, or of the set named by ?set=."""
    sets = _sets()
    wanted = [_named(sets, request)] if "set" in request.GET else sets
    found = {
        row.indicator_set_id: row
        for row in Indicator.objects.filter(code=code, indicator_set__in=wanted).with_context()
    }
    row = next((found[one.pk] for one in wanted if one and one.pk in found), None)
    if row is None:
        raise Http404
    context = {
        "indicator": row,
        "explanation": explain(row),
        "kind": KINDS[row.kind],
        "direction": DIRECTIONS[row.direction],
        "period_rule": PERIOD_RULES[row.period_rule],
        "query": _query(row.indicator_set, sets),
    }
    return render(request, "indicators/indicator.html", context)


def _sets() -> list[IndicatorSet]:
    """All indicator sets, the newest first."""
    return list(IndicatorSet.objects.order_by("-valid_from", "code"))


def _named(sets: list[IndicatorSet], request: HttpRequest) -> IndicatorSet | None:
    """The set that the address names, else the newest; None while there is none. 404 for an unknown one."""
    if "set" not in request.GET:
        return sets[0] if sets else None
    for one in sets:
        if one.code == request.GET["set"]:
            return one
    raise Http404


def _query(shown: IndicatorSet | None, sets: list[IndicatorSet]) -> str:
    """What links carry so that they stay in a set that is not the newest."""
    return f"?set={shown.code}" if shown and shown != sets[0] else ""
