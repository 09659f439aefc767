"""Submitting: a page that says what is still to do, and the receipt that says what was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render

from collection import actions
from collection.cells import CellState, Saved
from collection.check_page import check_page
from collection.fingerprint import fingerprint_of
from collection.judging import Judged, judged
from collection.models import DataValue, Submission
from collection.parsing import Typed, typed_of
from collection.refusals import NotReady, Refused
from collection.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    Found,
    SignedInRequest,
    find,
    page_context,
    signed_in,
    version_seen,
    why_locked,
)
from collection.workflow import EDITABLE
from schools.roles import Permission

NOTE_FIELDS = ("e-", "x-")


@signed_in
def check(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """What is missing, wrong or unexplained; explanations are saved here, and the form is handed in."""
    found = find(request.user, period, unit, form)
    if found.submission.state not in EDITABLE:
        return redirect(found.address("receipt"))
    if request.method != "POST":
        return _page(request, found)
    found.require(Permission.ENTER)
    return _post(request, found)


def _post(request: SignedInRequest, found: Found) -> HttpResponse:
    submission, seen = found.submission, version_seen(request)
    saved = _explain(request, found, judged([submission])[submission.pk])
    if saved.refusal is not None:
        return _page(request, found, str(saved.refusal), status=CONFLICT)
    errors = _errors(saved)
    if errors:
        return _page(request, found, errors=errors, status=UNPROCESSABLE)
    if request.POST.get("do") != "submit":
        return redirect(found.address("check"))
    wrote = any(answer.state == CellState.SAVED for answer in saved.answers.values())
    try:
        actions.submit(submissions=[submission], by=request.user, versions={submission.pk: seen + wrote})
    except NotReady as refused:
        return _page(request, found, str(refused), status=UNPROCESSABLE)
    except Refused as refused:
        return _page(request, found, str(refused), status=CONFLICT)
    return redirect(found.address("receipt"))


def _explain(request: SignedInRequest, found: Found, one: Judged) -> Saved:
    """Save the explanations of this post, each over the version of the cell that the page showed."""
    submission, judgement = found.submission, one.judgement
    typed: dict[str, Typed] = {}
    for code in judgement.questions:
        text = request.POST.get(f"e-{code}")
        if text is not None:
            stands = typed_of(one.reading.now[code], judgement.asked.elements[code])
            typed[code] = replace(stands, explanation=text, base=request.POST.get(f"b-{code}", ""))
    rules = {finding.rule.code for finding in judgement.findings}
    said = {code: request.POST[f"x-{code}"].strip() for code in rules if f"x-{code}" in request.POST}
    [saved] = actions.save_cells(
        by=request.user,
        batches=[(submission, typed)],
        source=DataValue.Source.FORM,
        explanations={submission.pk: said},
    )
    return saved


def _errors(saved: Saved) -> dict[str, str]:
    """What could not be saved, by field name."""
    kept = (CellState.SAVED, CellState.UNCHANGED)
    return {
        code if code.startswith("x-") else f"e-{code}": answer.message
        for code, answer in saved.answers.items()
        if answer.state not in kept
    }


def _page(
    request: SignedInRequest,
    found: Found,
    alert: str = "",
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    if request.method == "POST":
        found = find(request.user, **found.codes)
    one = judged([found.submission])[found.submission.pk]
    typed = {key: request.POST[key] for key in request.POST if key.startswith(NOTE_FIELDS)}
    context = page_context(found) | {
        "check": check_page(one.judgement, one.reading.now, typed, errors or {}),
        "locked": why_locked(found),
        "alert": alert,
    }
    return render(request, "collection/check.html", context, status=status)


@signed_in
def receipt(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """Who handed in what and when, with the sign of its content, and what happens next."""
    found = find(request.user, period, unit, form)
    submission: Submission = found.submission
    if submission.state in EDITABLE:
        return redirect(found.address("check"))
    one = judged([submission])[submission.pk]
    context = page_context(found) | {
        "answered": one.judgement.answered,
        "asked": len(one.judgement.asked.elements),
        "explained": sum(1 for value in one.reading.now.values() if value.explanation),
        "fingerprint": fingerprint_of(one.reading.now),
    }
    return render(request, "collection/receipt.html", context)
