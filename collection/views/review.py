"""The review page: what wants looking at in a submitted form, approved or returned cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collection import actions
from collection.addresses import anomaly_address, codes_of
from collection.anomaly_words import sentence_of
from collection.models import Anomaly, Footnote, Submission
from collection.questions import questions_of
from collection.refusals import CellsRefused, Refused
from collection.review_page import Note, ReviewData, groups_of
from collection.rounds import last_round
from collection.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    Found,
    SignedInRequest,
    figures_of,
    find,
    page_context,
    signed_in,
    version_seen,
)
from collection.views.violations import violations_of
from collection.waiting import next_waiting
from collection.workflow import State
from indicators.kept import catalogue_of
from schools.roles import Permission


@signed_in
def review(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """Approve, or return the ticked cells, each with its reason; then on to the next that waits."""
    found = find(request.user, period, unit, form)
    found.require(Permission.REVIEW)
    if request.method != "POST":
        return _page(request, found)
    versions = {found.submission.pk: version_seen(request)}
    try:
        done = _decide(request, found, versions)
    except CellsRefused as refused:
        return _page(request, found, str(refused), refused.cells, UNPROCESSABLE)
    except Refused as refused:
        return _page(request, found, str(refused), {}, CONFLICT)
    return _go_on(request, found, done)


def _decide(request: SignedInRequest, found: Found, versions: dict[int, int]) -> str:
    """Do what was posted; the sentence that says so."""
    match request.POST.get("do"):
        case "approve":
            actions.approve(submissions=[found.submission], by=request.user, versions=versions)
            return _("Đã duyệt phiếu. Số liệu của phiếu đã vào số chính thức.")
        case "return":
            reasons = _reasons(request)
            actions.return_cells(
                submission=found.submission, reasons=reasons, by=request.user, versions=versions
            )
            return ngettext(
                "Đã trả lại %(count)s ô kèm lý do.", "Đã trả lại %(count)s ô kèm lý do.", len(reasons)
            ) % {"count": len(reasons)}
    raise Refused(_("Không rõ cần làm gì. Hãy bấm một trong các nút trên trang."))


def _go_on(request: SignedInRequest, found: Found, done: str) -> HttpResponse:
    """To the next submission that waits for the reviewer; without one, back to the one decided on."""
    following = next_waiting(request.user, found.submission)
    if following is None:
        messages.success(request, done)
        return redirect(found.address("submission"))
    messages.success(
        request,
        _("%(done)s Đó là phiếu của %(unit)s; tiếp theo là phiếu của %(next)s.")
        % {"unit": found.submission.org_unit, "done": done, "next": following.org_unit},
    )
    return redirect(_review_of(following))


def _review_of(submission: Submission) -> str:
    return reverse("collection:review", kwargs=codes_of(submission))


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
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    figures, submission = figures_of(found.submission), found.submission
    catalogue = catalogue_of(submission.form.indicator_set)
    returned = last_round(submission, figures.asked)
    groups = groups_of(
        ReviewData(
            asked=figures.asked,
            values=figures.values,
            previous=figures.previous,
            violations=violations_of(submission, figures.asked),
            questions=questions_of(figures.values, figures.previous, figures.asked, catalogue.shares),
            outliers=_outliers(submission),
            footnotes=_footnotes(submission),
            returned=returned,
            errors=errors or {},
            reasons=_reasons(request) if request.method == "POST" else {},
        )
    )
    is_submitted = submission.state == State.SUBMITTED
    following = next_waiting(request.user, submission)
    context = page_context(found) | {
        "groups": groups,
        "returned": len(returned),
        "asked": len(figures.asked.codes),
        "previous_period": figures.previous_period,
        "alert": alert,
        "is_own": submission.submitted_by_id == request.user.pk,
        "is_submitted": is_submitted,
        "following": following,
        "following_address": _review_of(following) if following else "",
    }
    return render(request, "collection/review.html", context, status=status)


def _footnotes(submission: Submission) -> set[str]:
    """Codes of the cells whose explanation stands in the report."""
    rows = Footnote.objects.standing().filter(value__submission=submission)
    return set(rows.values_list("value__element__code", flat=True))


def _outliers(submission: Submission) -> dict[str, list[Note]]:
    """What stands out, by element code: open ones as a flag, confirmed ones with their reason."""
    found: dict[str, list[Note]] = defaultdict(list)
    rows = submission.anomalies.with_context().exclude(status=Anomaly.Status.CORRECTED)
    for one in rows:
        is_open = one.status == Anomaly.Status.OPEN
        word = _("bất thường") if is_open else _("đã xác nhận đúng")
        text = sentence_of(one) if is_open else f"{sentence_of(one)} {one.reason}"
        found[one.element.code].append(
            Note("miss" if is_open else "info", word, text, anomaly_address(one) if is_open else "")
        )
    return dict(found)
