"""The reviewer's switch beside an explanation: whether it stands in the report."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collection import actions
from collection.refusals import Refused
from collection.views.common import SignedInRequest, find, signed_in
from schools.roles import Permission


@require_POST
@signed_in
def footnote(request: SignedInRequest, period: str, unit: str, form: str, element: str) -> HttpResponse:
    """Make an explanation a footnote of the report, or take that back (unmark); then to its row."""
    found = find(request.user, period, unit, form)
    found.require(Permission.REVIEW)
    is_footnote = {"mark": True, "unmark": False}.get(request.POST.get("do", ""))
    try:
        if is_footnote is None:
            raise Refused(_("Không rõ cần làm gì. Hãy bấm một trong các nút trên trang."))
        actions.mark_footnote(
            submission=found.submission, element_code=element, is_footnote=is_footnote, by=request.user
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        done = (
            _("Giải trình này được in trong báo cáo.") if is_footnote else _("Giải trình này không in nữa.")
        )
        messages.success(request, done)
    return redirect(f"{found.address('review')}#c-{element}")
