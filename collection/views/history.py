"""Who did what: the events of a submission, the changes of a cell."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from collection.asked import AskedForms
from collection.cell_history import earlier_of, moments_of
from collection.happenings import happenings_of
from collection.models import DataValue, ValueChange
from collection.tables import EventTable
from collection.views.common import Found, SignedInRequest, find, page_context, signed_in
from indicators.models import DataElement
from schools.models import AuditEvent
from schools.roles import Permission

EVENTS_A_PAGE = 50
CHANGES_SHOWN = 500


@signed_in
def history(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """What happened to a submission, the newest first."""
    found = find(request.user, period, unit, form)
    found.require(Permission.VIEW_HISTORY)
    asked = AskedForms([found.submission]).of(found.submission)
    events = AuditEvent.objects.visible_to(request.user).filter(
        unit_code=unit, period_code=period, detail__form=form
    )
    table = EventTable(happenings_of(found.submission, events), labels=asked.labels)
    RequestConfig(request, paginate={"per_page": EVENTS_A_PAGE}).configure(table)
    sections = [
        (one.section.label, [_way_to(found, each.element) for each in one.elements]) for one in asked.sections
    ]
    context = page_context(found) | {"table": table, "sections": sections}
    return render(request, "collection/history.html", context)


def _way_to(found: Found, element: DataElement) -> tuple[str, str]:
    """What a cell is called, and the address of its own history."""
    return element.label, found.address("cell_history", element=element.code)


@signed_in
def cell_history(request: SignedInRequest, period: str, unit: str, form: str, element: str) -> HttpResponse:
    """What happened to a cell, the newest first, and what its unit gave in other periods."""
    found = find(request.user, period, unit, form)
    found.require(Permission.VIEW_HISTORY)
    asked = AskedForms([found.submission]).of(found.submission)
    cell = asked.elements.get(element)
    if cell is None:
        raise Http404(_("Phiếu này không hỏi chỉ tiêu đó. Hãy mở phiếu và chọn một ô."))
    submission = found.submission
    changes = (
        ValueChange.objects.filter(value__submission=submission, value__element=cell)
        .select_related("changed_by")
        .order_by("-version")[:CHANGES_SHOWN]
    )
    events = AuditEvent.objects.visible_to(request.user).filter(
        unit_code=unit, period_code=period, detail__form=form
    )
    # Saves and returns are read cell by cell; a submission has hundreds of the former.
    events = events.exclude(action__in=["submission.save", "submission.return"])
    returned = submission.returned_cells.filter(element=cell).select_related("returned_by")
    earlier = (
        DataValue.objects.filter(org_unit=submission.org_unit_id, element=cell)
        .exclude(period=submission.period_id)
        .select_related("period", "org_unit", "submission__form")
        .order_by("-period__ends_on")
    )
    context = page_context(found) | {
        "element": cell,
        "moments": moments_of(cell, changes, returned, events[:CHANGES_SHOWN]),
        "earlier": earlier_of(cell, earlier),
    }
    return render(request, "collection/cell_history.html", context)
