"""Publishing a draft: what speaks against it, the decision, and how far the work has come."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from collection.refusals import Refused
from collection.views.common import CONFLICT, SignedInRequest, signed_in
from reporting.editions import actions
from reporting.editions.concerns import Concerns, concerns
from reporting.editions.snapshot import read_written
from reporting.models import Draft, Publication
from reporting.report.tokens import ReportError
from reporting.selection import period_text
from schools.access import require
from schools.models import User
from schools.roles import Permission

State = Publication.State


@signed_in
def publish(request: SignedInRequest, pk: str) -> HttpResponse:
    """The page of publishing; a POST asks for it, or begins again what has stopped."""
    draft = _find(request.user, pk)
    require(request.user, draft.unit, Permission.PUBLISH)
    if request.method == "POST":
        return _post(request, draft)
    latest = draft.publications.select_related("edition").first()
    if request.headers.get("HX-Request") and latest and latest.state == State.WORKING:
        return render(request, "reporting/editions/progress.html", _progress(latest))
    response = _page(request, draft, latest)
    if request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"  # it has ended: what came of it is another page
    return response


def _post(request: SignedInRequest, draft: Draft) -> HttpResponse:
    reason, do = request.POST.get("reason", ""), request.POST.get("do", "")
    try:
        if do == "restart":
            latest = draft.publications.first()
            if latest is None:
                raise Refused(_("Báo cáo này chưa được yêu cầu công bố. Hãy tải lại trang."))
            actions.restart_publication(publication=latest, by=request.user)
        else:
            actions.request_publication(
                draft=draft, reason=reason, acknowledged=request.POST.get("acknowledged", ""), by=request.user
            )
    except (Refused, ReportError) as error:
        latest = draft.publications.select_related("edition").first()
        return _page(request, draft, latest, alert=str(error), reason=reason, status=CONFLICT)
    return redirect("reporting:publish", pk=draft.pk)


def _find(user: User, pk: str) -> Draft:
    rows = Draft.objects.visible_to(user).select_related("unit", "period__first", "period__last")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Không có bản thảo báo cáo này trong phạm vi của bạn."))
    return found


def _page(
    request: SignedInRequest,
    draft: Draft,
    latest: Publication | None,
    *,
    alert: str = "",
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    is_working = latest is not None and latest.state == State.WORKING
    context: dict[str, Any] = {
        "draft": draft,
        "unit": draft.unit,
        "period_text": period_text(draft.period),
        "alert": alert,
        "reason": reason,
        "latest": latest,
        "is_working": is_working,
    }
    if latest is not None and is_working:
        context |= _progress(latest)
    else:
        context |= _decision(request.user, draft)
    return render(request, "reporting/editions/publish.html", context, status=status)


def _decision(user: User, draft: Draft) -> dict[str, Any]:
    """What speaks against publishing, and what the publisher has to say."""
    try:
        found, broken = concerns(read_written(draft.pk)), ""
    except ReportError as error:
        found, broken = Concerns(), str(error)
    wrote = draft.sections.filter(updated_by=user).values_list("heading", flat=True)
    return {
        "concerns": found,
        "broken": broken,
        "own_sections": list(wrote),
        "is_correction": draft.editions.exists(),
        "may_publish": not (broken or found.errors or wrote),
    }


def _progress(latest: Publication) -> dict[str, Any]:
    steps = actions.STEPS
    return {
        "latest": latest,
        "steps": len(steps),
        "doing": steps[min(latest.step, len(steps) - 1)],
        "publish_url": reverse("reporting:publish", args=[latest.draft_id]),
    }
