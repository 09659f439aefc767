"""Beside the text of a section: its versions, the remarks on it, its authors."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collection.refusals import Refused
from collection.views.common import SignedInRequest, signed_in
from reporting.drafts import actions
from reporting.drafts.differences import differences
from reporting.drafts.sittings import find as find_sitting
from reporting.drafts.sittings import sittings_of
from reporting.models import DraftSection, SectionComment
from reporting.views.draft_common import Found, find
from reporting.views.drafts import draft_url
from schools.models import User


@signed_in
def versions(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """All versions, and what one of them changed; posting takes one again."""
    found = find(request.user, pk, key)
    if request.method == "POST":
        return _taken_again(request, found)
    sittings = sittings_of(found.section)
    asked = request.GET.get("number", "")
    chosen = find_sitting(sittings, int(asked) if asked.isascii() and asked.isdigit() else None)
    if chosen is None:
        raise Http404(_("Không có phiên bản này của phần báo cáo."))
    numbers = [chosen.number, chosen.before or 0]
    by_number = dict(found.section.versions.filter(number__in=numbers).values_list("number", "text"))
    after = by_number[chosen.number]
    context = {
        "section": found.section,
        "may_write": found.may_write,
        "sittings": sittings,
        "chosen": chosen,
        "lines": differences(by_number.get(chosen.before or 0, ""), after) if chosen.before else [],
        "text": after,
        "is_current": after == found.section.text,
        "draft_url": draft_url(found.section.draft),
    }
    return render(request, "reporting/drafts/versions.html", context)


def _taken_again(request: SignedInRequest, found: Found) -> HttpResponse:
    try:
        if request.POST.get("do") == "reset":
            actions.reset_to_default(section=found.section, by=request.user)
            said = _("Đã lấy lại nội dung mẫu. Bản trước còn trong danh sách phiên bản.")
        else:
            asked = request.POST.get("number", "")
            number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
            actions.restore_version(section=found.section, number=number, by=request.user)
            said = _("Đã lấy lại phiên bản số %(number)s. Bản trước còn trong danh sách phiên bản.") % {
                "number": number
            }
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found.address("draft_versions"))
    messages.success(request, said)
    return redirect(found.address("draft_section"))


@require_POST
@signed_in
def remark(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Add a remark, answer one, or say that one is settled."""
    found = find(request.user, pk, key)
    text, asked = request.POST.get("text", ""), request.POST.get("remark", "")
    try:
        if not asked:
            quote = request.POST.get("quote", "")
            actions.add_comment(section=found.section, text=text, quote=quote, by=request.user)
        elif request.POST.get("do") == "settle":
            actions.settle_comment(comment=_remark(found.section, asked), by=request.user)
        else:
            actions.answer_comment(comment=_remark(found.section, asked), text=text, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(found.address("draft_section") + "#remarks")


def _remark(section: DraftSection, pk: str) -> SectionComment:
    number = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0
    found = section.comments.select_related("section__draft__unit", "section__draft__period").filter(
        pk=number
    )
    comment = found.first()
    if comment is None:
        raise Http404(_("Không có ý kiến này trong phần báo cáo."))
    return comment


@require_POST
@signed_in
def authors(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Name the authors of a section."""
    found = find(request.user, pk, key)
    asked = [
        one for one in request.POST.getlist("author") if one.isascii() and one.isdigit() and len(one) < 18
    ]
    try:
        actions.assign_authors(
            section=found.section, authors=list(User.objects.filter(pk__in=asked)), by=request.user
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã lưu phân công viết phần này."))
    return redirect(found.address("draft_section") + "#authors")
