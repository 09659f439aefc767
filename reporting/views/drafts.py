"""The draft of a report: its sections, and beginning it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collection.models import ReportingPeriod
from collection.refusals import Refused
from collection.views.common import SignedInRequest, signed_in
from reporting.drafts import actions
from reporting.drafts.overview import rows_of
from reporting.drafts.rights import rights_in
from reporting.drafts.selections import draft_of
from reporting.models import Draft
from reporting.places import read_place, topmost_unit
from reporting.selection import Selection, SelectionError, read_selection
from reporting.views.documents import plain
from schools.access import permissions_at, visible_unit_or_404
from schools.models import OrgUnit, User
from schools.roles import Permission


@plain
def draft(request: HttpRequest, user: User, selection: Selection) -> HttpResponse:
    """The sections of the draft of a unit on a period, or the way to begin it."""
    top = topmost_unit(user)
    code = request.GET.get("unit") or (top.code if top else "")
    if not code:
        return render(request, "reporting/no_unit.html")
    place = read_place(user, code, on=selection.period.hierarchy_date)
    unit = place.unit
    found = draft_of(unit, selection)
    rights = rights_in(user, found) if found else None
    context = {
        "draft": found,
        "rows": rows_of(found, rights) if found and rights else [],
        "rights": rights,
        "may_publish": rights is not None and Permission.PUBLISH in rights.permissions,
        "may_begin": found is None and Permission.WRITE_REPORT in permissions_at(user, unit),
        "unit": unit,
        "units": [*place.above, unit, *place.children],
        "selection": selection,
        "crumbs": [(one.name, selection.unit_url(one.code)) for one in (*place.above, unit)],
        "periods": selection.period_options(request.path, unit=unit.code),
        "report_url": f"{reverse('reporting:report')}?{selection.query}&{urlencode({'unit': unit.code})}",
    }
    return render(request, "reporting/drafts/overview.html", context)


@require_POST
@signed_in
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin the draft that the form names."""
    unit = visible_unit_or_404(request.user, request.POST.get("unit", ""))
    try:
        selection = read_selection(request.POST)
        actions.begin_draft(unit=unit, selection=selection, by=request.user)
    except SelectionError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('reporting:draft')}?{urlencode({'unit': unit.code})}")
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("Đã lập bản thảo từ nội dung mẫu. Chọn một phần để viết tiếp."))
    return redirect(_draft_url(unit, selection.period))


def draft_url(draft: Draft) -> str:
    """The page of a draft."""
    return _draft_url(draft.unit, draft.period)


def _draft_url(unit: OrgUnit, period: ReportingPeriod) -> str:
    return f"{reverse('reporting:draft')}?{urlencode({'period': period.code, 'unit': unit.code})}"
