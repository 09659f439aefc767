"""The review page: a submitted form beside the last period's, approved or returned cell by cell."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from collection import actions
from collection.entry_page import PageData, Row, SectionRows, sections_of
from collection.refusals import CellsRefused, Refused
from collection.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    Found,
    SignedInRequest,
    figures_of,
    find,
    page_context,
    signed_in,
)
from collection.views.violations import by_cell, violations_of
from collection.workflow import State
from indicators.models import Rule
from schools.roles import Permission

_MAX_VERSION_DIGITS = 9


@signed_in
def review(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """Approve, or return the ticked cells, each with its reason."""
    found = find(request.user, period, unit, form)
    found.require(Permission.REVIEW)
    if request.method != "POST":
        return _page(request, found)
    versions = {found.submission.pk: _seen(request)}
    try:
        if request.POST.get("do") == "approve":
            actions.approve(submissions=[found.submission], by=request.user, versions=versions)
            messages.success(request, _("Đã duyệt phiếu. Số liệu của phiếu đã vào số chính thức."))
        else:
            reasons = _reasons(request)
            actions.return_cells(
                submission=found.submission, reasons=reasons, by=request.user, versions=versions
            )
            messages.success(request, _("Đã trả lại %(count)s ô kèm lý do.") % {"count": len(reasons)})
    except CellsRefused as refused:
        return _page(request, found, str(refused), refused.cells, UNPROCESSABLE)
    except Refused as refused:
        return _page(request, found, str(refused), {}, CONFLICT)
    return redirect(found.address("submission"))


def _seen(request: SignedInRequest) -> int:
    """The version that the reviewer had before them; one that never was, where it is no number."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_VERSION_DIGITS else -1


def _reasons(request: SignedInRequest) -> dict[str, str]:
    """The ticked cells, and those with a reason typed though not ticked: a reason is never lost."""
    ticked = dict.fromkeys(request.POST.getlist("return"), "")
    typed = {
        key[2:]: request.POST[key]
        for key in request.POST
        if key.startswith("r-") and request.POST[key].strip()
    }
    return {code: str(typed.get(code, "")) for code in (ticked | typed)}


def _page(
    request: SignedInRequest,
    found: Found,
    alert: str = "",
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    figures = figures_of(found.submission)
    violations = violations_of(found.submission, figures.asked)
    sections = sections_of(
        PageData(
            asked=figures.asked,
            values=figures.values,
            previous=figures.previous,
            open_cells=frozenset(),
            errors=errors or {},
            questions=by_cell(violations, Rule.Severity.SOFT),
            broken=by_cell(violations, Rule.Severity.HARD),
        )
    )
    reasons = _reasons(request) if request.method == "POST" else {}
    context = page_context(found) | {
        "sections": [
            (section, [(row, reasons.get(row.code)) for row in section.rows]) for section in sections
        ],
        "previous_period": figures.previous_period,
        "violations": violations,
        "alert": alert,
        "gaps": _gaps(sections),
        "is_own": found.submission.submitted_by_id == request.user.pk,
        "is_submitted": found.submission.state == State.SUBMITTED,
    }
    return render(request, "collection/review.html", context, status=status)


def _gaps(sections: list[SectionRows]) -> list[Row]:
    """Cells said to have no figure, or not to apply: worth a look before approving."""
    return [row for section in sections for row in section.rows if row.is_gap]
