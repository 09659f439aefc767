"""Officers' decisions about one submission that take a reason: reopening it, giving more time."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from collection import actions
from collection.forms import ExtensionForm, ReopenForm
from collection.refusals import Refused
from collection.views.common import UNPROCESSABLE, Found, SignedInRequest, find, page_context, signed_in
from dxreport.lib.template_filters import short_date
from schools.roles import Permission


@signed_in
def reopen(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """Take an approved submission back to its unit."""
    found = find(request.user, period, unit, form)
    found.require(Permission.REOPEN)
    asked = ReopenForm(request.POST or None)
    if request.method == "POST" and asked.is_valid():
        try:
            actions.reopen(submission=found.submission, reason=asked.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            asked.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã mở lại phiếu. Đơn vị có thể sửa mọi ô rồi nộp lại."))
            return redirect(found.address("submission"))
    return _page(request, found, asked, "collection/reopen.html")


@signed_in
def extension(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """Give a submission a later due date."""
    found = find(request.user, period, unit, form)
    found.require(Permission.MANAGE_PERIODS)
    asked = ExtensionForm(request.POST or None)
    if request.method == "POST" and asked.is_valid():
        try:
            actions.grant_extension(submission=found.submission, by=request.user, **asked.cleaned_data)
        except Refused as refused:
            asked.add_error(None, str(refused))
        else:
            day = short_date(found.submission.due_on)
            messages.success(request, _("Đã gia hạn đến ngày %(day)s.") % {"day": day})
            return redirect(found.address("submission"))
    extensions = found.submission.extensions.select_related("granted_by")
    return _page(request, found, asked, "collection/extension.html", extensions=extensions)


def _page(request: SignedInRequest, found: Found, form: Form, template: str, **more: object) -> HttpResponse:
    context = page_context(found) | {"form": form, **more}
    return render(request, template, context, status=UNPROCESSABLE if form.errors else 200)
