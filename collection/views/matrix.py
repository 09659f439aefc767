"""The reviewer's home: units × forms of a period, first by office, then unit by unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from collection import grouping
from collection.matrix import Fact, SummaryRow, forms_asked, summary_rows, tally, unit_rows
from collection.matrix_filter import DIRECTLY
from collection.matrix_reading import MatrixReading
from collection.views.common import SignedInRequest, signed_in
from schools.access import require_somewhere
from schools.roles import Permission

ALL_UNITS = "units"


@require_safe
@signed_in
def matrix(request: SignedInRequest) -> HttpResponse:
    """A row an office where several stand side by side and nothing was chosen; else a row a unit."""
    require_somewhere(request.user, Permission.REVIEW)
    reading = MatrixReading(request.user, request.GET, timezone.localdate())
    facts, forms = reading.facts, forms_asked(reading.facts, reading.forms)
    context: dict[str, Any] = {
        "filter": reading.filter,
        "period": reading.period,
        "forms": forms,
        "counts": tally(facts, reading.today),
        "query": request.GET.urlencode(),
        "grid_query": _grid_query(request.GET.get("under", "")),
        "may_extend": request.user.may_somewhere(Permission.MANAGE_PERIODS),
    }
    offices = [] if _wants_units(reading) else _offices(reading, facts)
    if len(offices) > 1:
        return render(request, "collection/matrix_offices.html", context | {"offices": offices})
    address = _address_in(reading)
    rows = unit_rows(facts, forms, today=reading.today, address=address)
    return render(request, "collection/matrix.html", context | {"rows": rows})


def _grid_query(under: str) -> str:
    """The grid of many schools for the chosen office; it knows no "directly under"."""
    return f"?{urlencode({'under': under})}" if under and not under.startswith(DIRECTLY) else ""


def _wants_units(reading: MatrixReading) -> bool:
    return reading.is_narrowed or reading.query.get("show") == ALL_UNITS


def _offices(reading: MatrixReading, facts: list[Fact]) -> list[SummaryRow]:
    if reading.period is None:
        return []
    above = grouping.lineages(reading.managing, on=reading.period.hierarchy_date)
    tops = grouping.tops(reading.user, reading.managing, above)
    return summary_rows(
        facts,
        forms_asked(facts, reading.forms),
        [
            (unit.pk, f"{DIRECTLY if unit.pk in tops else ''}{unit.code}", unit.name)
            for unit in reading.managing
        ],
        group_of=lambda pk: grouping.group_of(pk, above, tops),
        today=reading.today,
    )


def _address_in(reading: MatrixReading) -> Callable[[Fact], str]:
    """Where each cell leads. Resolved once: to reverse 370 addresses would cost more than the rows."""
    if reading.period is None:
        return lambda fact: ""
    pattern = reverse(
        "collection:submission", kwargs={"period": reading.period.code, "unit": "0", "form": "0"}
    )
    root = pattern.removesuffix("0/0/")
    forms = {form.pk: form.code for form in reading.forms}

    def address(fact: Fact) -> str:
        row = fact.submission
        page = "review/" if fact.may_review and fact.is_waiting else ""
        return f"{root}{row.org_unit.code}/{forms[row.form_id]}/{page}"

    return address
