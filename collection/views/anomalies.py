"""Numbers out of line: the worklist, and the page of one of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collection import actions, authority
from collection.anomaly_words import CHIPS, number_of, sentence_of
from collection.filters import ALL, AnomalyFilter
from collection.forms import AssignForm, ConfirmForm
from collection.models import Anomaly, DataValue, ReportingPeriod, Submission
from collection.refusals import Refused
from collection.tables import AnomalyTable
from collection.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    Found,
    SignedInRequest,
    find,
    page_context,
    signed_in,
)
from collection.workflow import COUNTED_PROVISIONAL
from dxreport.lib.listing import answer_list
from schools.models import OrgUnit, User
from schools.roles import PERMISSIONS, Permission

SCREENED_AT_ONCE = 500  # a province in one go, a country in some
OWNERS = [role for role, given in PERMISSIONS.items() if {Permission.ENTER, Permission.REVIEW} & given]


@signed_in
def anomalies(request: SignedInRequest, file_format: str = "") -> HttpResponseBase:
    """The worklist of the reader's subtree; a reviewer may screen a period again."""
    periods = list(ReportingPeriod.objects.single().order_by("-ends_on"))
    if request.method == "POST" and not file_format:
        return _screen(request, periods)
    scope = OrgUnit.objects.visible_to(request.user)
    filters = AnomalyFilter(
        _with_defaults(request.GET, periods),
        queryset=Anomaly.objects.for_list(request.user),
        periods=periods,
        units=scope.filter(child_placements__isnull=False).distinct().order_by("code"),
        reader=request.user,
    )
    table = AnomalyTable(filters.qs, today=timezone.localdate())
    return answer_list(
        request,
        table,
        filters,
        "collection/anomalies.html",
        file_format,
        period=next((one for one in periods if one.code == filters.data["period"]), None),
        may_review=request.user.may_somewhere(Permission.REVIEW),
    )


def _with_defaults(query: QueryDict, periods: list[ReportingPeriod]) -> QueryDict:
    """Without a choice the list shows what is open in the newest period that was opened."""
    chosen = query.copy()
    if chosen.get("period") not in {period.code for period in periods} | {ALL}:
        opened = [period for period in periods if period.state != ReportingPeriod.State.PLANNED]
        chosen["period"] = opened[0].code if opened else ALL
    chosen.setdefault("status", Anomaly.Status.OPEN)
    return chosen


def _screen(request: SignedInRequest, periods: list[ReportingPeriod]) -> HttpResponse:
    """Screen again whatever of a period was handed in and is the reader's to review."""
    period = next((one for one in periods if one.code == request.POST.get("period")), None)
    if period is None:
        raise Http404(_("Không có kỳ báo cáo này. Hãy chọn kỳ trong danh sách của trang Số bất thường."))
    if not request.user.may_somewhere(Permission.REVIEW):
        raise PermissionDenied(_("Chỉ người duyệt rà soát lại được số liệu. Hãy đề nghị đơn vị cấp trên."))
    rows = Submission.objects.visible_to(request.user).filter(period=period, state__in=COUNTED_PROVISIONAL)
    submissions = list(rows.with_context())
    rights = authority.rights_at(request.user, [one.org_unit for one in submissions])
    own = [one for one in submissions if Permission.REVIEW in rights[one.org_unit_id]]
    found = sum(
        actions.screen_again(submissions=own[start : start + SCREENED_AT_ONCE], by=request.user)
        for start in range(0, len(own), SCREENED_AT_ONCE)
    )
    done = ngettext("Đã rà soát %(count)s phiếu đã nộp.", "Đã rà soát %(count)s phiếu đã nộp.", len(own)) % {
        "count": len(own)
    }
    more = ngettext(
        "Thêm %(count)s số bất thường vào danh sách.", "Thêm %(count)s số bất thường vào danh sách.", found
    ) % {"count": found}
    messages.success(request, f"{done} {more}" if found else done)
    return redirect(f"{reverse('collection:anomalies')}?period={period.code}")


@signed_in
def anomaly(
    request: SignedInRequest, period: str, unit: str, form: str, element: str, kind: str
) -> HttpResponse:
    """One number: why it stands out, what the unit says to it, who looks after it, and the decision."""
    found = find(request.user, period, unit, form)
    row = found.submission.anomalies.with_context().filter(element__code=element, kind=kind).first()
    if row is None:
        raise Http404(_("Ô này không nằm trong danh sách số bất thường. Hãy tìm ở trang Số bất thường."))
    if request.method == "POST":
        found.require(Permission.REVIEW)
    do = request.POST.get("do")
    assign = AssignForm(
        request.POST if do == "assign" else None,
        people=_people(found.submission.org_unit),
        initial={"owner": row.owner_id, "due_on": row.due_on},
    )
    confirm = ConfirmForm(request.POST if do == "confirm" else None)
    status = 200
    try:
        if done := _decide(request, row, assign, confirm):
            messages.success(request, done)
            return redirect(request.path)
    except Refused as refused:
        (assign if do == "assign" else confirm).add_error(None, str(refused))
        status = CONFLICT
    if status == 200 and (assign.errors or confirm.errors):
        status = UNPROCESSABLE
    context = _context(found, row) | {"assign": assign, "confirm": confirm}
    return render(request, "collection/anomaly.html", context, status=status)


def _decide(request: SignedInRequest, found: Anomaly, assign: AssignForm, confirm: ConfirmForm) -> str:
    """Do what was posted, if it can be read; the sentence that says so."""
    if assign.is_bound and assign.is_valid():
        actions.assign_anomaly(anomaly=found, by=request.user, **assign.cleaned_data)
        return _("Đã lưu người xử lý và hạn xử lý.")
    if confirm.is_bound and confirm.is_valid():
        judged = request.POST.get("judged", "")
        actions.confirm_anomaly(
            anomaly=found, judged=judged, reason=confirm.cleaned_data["reason"], by=request.user
        )
        return _("Đã xác nhận số này đúng. Số này không bị hỏi lại nữa, trừ khi được sửa.")
    return ""


def _people(unit: OrgUnit) -> QuerySet[User]:
    """Those who may enter or review at `unit`."""
    lineage = authority.ancestors_of([unit])[unit.pk]
    return (
        User.objects.filter(
            is_active=True,
            memberships__is_active=True,
            memberships__role__in=OWNERS,
            memberships__unit__in=lineage,
        )
        .distinct()
        .order_by("display_name", "username")
    )


def _context(found: Found, row: Anomaly) -> dict[str, object]:
    code = row.element.code
    value = DataValue.objects.filter(submission=found.submission, element=row.element).first()
    context = page_context(found)
    page = found.address("review" if context["may_review"] else "submission")
    return context | {
        "anomaly": row,
        "chip": CHIPS[Anomaly.Status(row.status)],
        "sentence": sentence_of(row),
        "number": number_of(row),
        "explanation": value.explanation if value else "",
        "cell": f"{page}#c-{code}",
        "history": found.address("cell_history", element=code),
        "may_decide": Permission.REVIEW in found.rights and row.status == Anomaly.Status.OPEN,
        "is_overdue": row.is_overdue(timezone.localdate()),
    }
