"""The officers' page of periods: create, open, close, span."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Q
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from collection import actions, authority
from collection.forms import PeriodForm, PeriodReopenForm, SpanForm
from collection.models import ReportingPeriod
from collection.refusals import Refused
from collection.tables import PeriodTable
from collection.views.common import CONFLICT, UNPROCESSABLE, SignedInRequest, signed_in
from collection.workflow import COUNTED_PROVISIONAL, State


@signed_in
def period_list(request: SignedInRequest) -> HttpResponse:
    """All periods, and what may be done with each now."""
    authority.require_for_periods(request.user)
    forms: dict[str, Form] = {"create": PeriodForm(), "span": SpanForm(), "reopen": PeriodReopenForm()}
    if request.method != "POST":
        return _page(request, forms)
    done = _DO.get(request.POST.get("do", ""))
    if done is None:
        raise Http404(_("Không có nút này. Hãy tải lại trang Kỳ báo cáo rồi bấm lại."))
    name, act = done
    if name:
        forms[name] = form = type(forms[name])(request.POST)
        if not form.is_valid():
            return _page(request, forms, status=UNPROCESSABLE, open_form=name)
    try:
        sentence = act(request, forms[name].cleaned_data if name else {})
    except Refused as refused:
        return _page(request, forms, alert=str(refused), status=CONFLICT, open_form=name)
    messages.success(request, sentence)
    return redirect("collection:period_list")


Act = Callable[[SignedInRequest, dict[str, object]], str]


def _period(request: SignedInRequest) -> ReportingPeriod:
    """The period that a button names."""
    code = request.POST.get("period", "")
    found = None if "\x00" in code else ReportingPeriod.objects.filter(code=code).first()
    if found is None:
        raise Http404(_("Không có kỳ báo cáo này. Hãy tải lại trang Kỳ báo cáo để xem các kỳ đang có."))
    return found


def _create(request: SignedInRequest, given: dict[str, object]) -> str:
    period = actions.create_period(by=request.user, **given)  # type: ignore[arg-type]
    return _("Đã tạo kỳ %(code)s. Kỳ chưa mở: hãy mở khi danh sách đơn vị đã đúng.") % {"code": period.code}


def _span(request: SignedInRequest, given: dict[str, object]) -> str:
    span = actions.create_span(by=request.user, **given)  # type: ignore[arg-type]
    return _("Đã ghép kỳ %(code)s. Số tổng hợp của kỳ này đã có.") % {"code": span.code}


def _open(request: SignedInRequest, given: dict[str, object]) -> str:
    period = _period(request)
    created = actions.open_period(period=period, by=request.user)
    return _("Đã mở kỳ %(code)s: %(count)s phiếu được giao.") % {"code": period.code, "count": len(created)}


def _close(request: SignedInRequest, given: dict[str, object]) -> str:
    period = actions.close_period(period=_period(request), by=request.user)
    return _("Đã khóa kỳ %(code)s.") % {"code": period.code}


def _reopen(request: SignedInRequest, given: dict[str, object]) -> str:
    period = actions.reopen_period(period=_period(request), reason=str(given["reason"]), by=request.user)
    return _("Đã mở lại kỳ %(code)s.") % {"code": period.code}


# What a button does, and the form that it needs.
_DO: dict[str, tuple[str, Act]] = {
    "create": ("create", _create),
    "span": ("span", _span),
    "open": ("", _open),
    "close": ("", _close),
    "reopen": ("reopen", _reopen),
}


def _page(
    request: SignedInRequest, forms: dict[str, Form], alert: str = "", status: int = 200, open_form: str = ""
) -> HttpResponse:
    rows = ReportingPeriod.objects.order_by("-ends_on", "starts_on").annotate(
        asked=Count("submissions"),
        submitted=Count("submissions", filter=Q(submissions__state__in=COUNTED_PROVISIONAL)),
        approved=Count("submissions", filter=Q(submissions__state=State.APPROVED)),
    )
    periods = list(rows)
    context = {
        "table": PeriodTable(periods),
        "periods": [period for period in periods if not period.is_span],
        "forms": forms,
        "alert": alert,
        "open_form": open_form,
        "chosen": request.POST.get("period", ""),
    }
    return render(request, "collection/period_list.html", context, status=status)
