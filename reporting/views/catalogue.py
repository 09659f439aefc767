"""The page of one indicator: what the catalogue says of it, where it is used, how it has come along.

It stands among the pages of the catalogue (dxreport/urls.py) and here, because only reporting knows figures.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators.choosing import all_sets, first_of, set_query
from indicators.explanation import DIRECTIONS, KINDS, PERIOD_RULES, explain
from indicators.models import Indicator
from reporting.course import read_course
from reporting.uses import mentions
from schools.models import User


@require_safe
@login_required
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator of the newest set that holds it, or of the set named by ?set=."""
    assert isinstance(request.user, User)
    sets = all_sets()
    row = first_of(Indicator.objects.filter(code=code).with_context(), sets, request.GET)
    if row is None:
        raise Http404(_("Không có chỉ số “%(code)s”. Hãy tìm trong danh mục chỉ số.") % {"code": code})
    context = {
        "indicator": row,
        "explanation": explain(row),
        "kind": KINDS[row.kind],
        "direction": DIRECTIONS[row.direction],
        "period_rule": PERIOD_RULES[row.period_rule],
        "mentions": mentions(row),
        "course": read_course(request.user, row),
        "query": set_query(row.indicator_set, sets),
    }
    return render(request, "indicators/indicator.html", context)
