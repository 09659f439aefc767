"""Who did what: the events of a submission, the changes of a cell."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from collection.asked import AskedForms
from collection.entries import Content
from collection.models import ValueChange
from collection.shown import shown
from collection.tables import EventTable
from collection.views.common import SignedInRequest, find, page_context, signed_in
from schools.models import AuditEvent
from schools.roles import Permission

EVENTS_A_PAGE = 50
CHANGES_SHOWN = 500


@signed_in
def history(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """The audit events of a submission, the newest first."""
    found = find(request.user, period, unit, form)
    found.require(Permission.VIEW_HISTORY)
    asked = AskedForms([found.submission]).of(found.submission)
    events = AuditEvent.objects.visible_to(request.user).filter(
        unit_code=unit, period_code=period, detail__form=form
    )
    table = EventTable(events, labels=asked.labels)
    RequestConfig(request, paginate={"per_page": EVENTS_A_PAGE}).configure(table)
    cells = [(label, found.address("cell_history", element=code)) for code, label in asked.labels.items()]
    context = page_context(found) | {"table": table, "cells": cells}
    return render(request, "collection/history.html", context)


@signed_in
def cell_history(request: SignedInRequest, period: str, unit: str, form: str, element: str) -> HttpResponse:
    """What a cell held, one change after another, the newest first."""
    found = find(request.user, period, unit, form)
    found.require(Permission.VIEW_HISTORY)
    asked = AskedForms([found.submission]).of(found.submission)
    cell = asked.elements.get(element)
    if cell is None:
        raise Http404(_("Phiếu này không hỏi chỉ tiêu đó."))
    rows = (
        ValueChange.objects.filter(value__submission=found.submission, value__element=cell)
        .select_related("changed_by")
        .order_by("-version")[:CHANGES_SHOWN]
    )
    changes = [
        (row, shown(Content.from_json(row.old), cell), shown(Content.from_json(row.new), cell))
        for row in rows
    ]
    returned = found.submission.returned_cells.filter(element=cell).select_related("returned_by")
    context = page_context(found) | {"element": cell, "changes": changes, "returned": returned}
    return render(request, "collection/cell_history.html", context)
