"""Workbooks to download: one unit's form, or a row for each unit of a subtree."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from collection import authority
from collection.models import Submission
from collection.views.common import SignedInRequest, find, signed_in
from collection.workbooks.layout import Kind
from collection.workbooks.template import template_of
from collection.workbooks.writing import workbook_of
from dxreport.lib.downloads import XLSX, attachment, file_name


@signed_in
def workbook(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """One unit's form as a workbook to fill in."""
    found = find(request.user, period, unit, form)
    data = workbook_of(template_of(Kind.UNIT, [found.submission]), made_on=timezone.localdate())
    return attachment(data, XLSX, file_name("phieu", form, period, unit, extension="xlsx"))


@signed_in
def district_workbook(request: SignedInRequest, period: str, form: str) -> HttpResponse:
    """One form of all the units under `?under=`, or of the reader's whole scope, as one workbook."""
    under = request.GET.get("under", "")
    rows = Submission.objects.visible_to(request.user).with_context()
    asked = authority.with_extension(rows).filter(period__code=period, form__code=form)
    if under:
        asked = asked.under(under)
    found = list(asked.order_by("org_unit__code"))
    if not found:
        raise Http404(
            _("Không có phiếu nào của biểu mẫu này trong phạm vi của bạn. Hãy chọn ở trang Tệp Excel.")
        )
    data = workbook_of(template_of(Kind.DISTRICT, found), made_on=timezone.localdate())
    name = file_name("phieu", form, period, under or "tat-ca", extension="xlsx")
    return attachment(data, XLSX, name)
