""" "Việc của tôi": the submissions in the user's scope, with what waits for whom."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from collection import authority
from collection.filters import ALL, SubmissionFilter, late_on, with_period
from collection.grouping import managing_units
from collection.models import ReportingPeriod, Submission
from collection.tables import SubmissionTable
from collection.views.common import SignedInRequest, signed_in
from collection.workflow import State
from dxreport.lib.listing import answer_list
from indicators.models import Form
from schools.models import OrgUnit
from schools.roles import Permission

PAGE = "collection/submission_list.html"


@signed_in
def submission_list(request: SignedInRequest, file_format: str = "") -> HttpResponseBase:
    """One list for all: a clerk finds their forms in it, a reviewer those of their subtree."""
    today = timezone.localdate()
    periods = list(ReportingPeriod.objects.single().order_by("-ends_on"))
    filters = SubmissionFilter(
        with_period(request.GET, periods, also=ALL),
        queryset=Submission.objects.for_list(request.user),
        periods=periods,
        units=managing_units(OrgUnit.objects.visible_to(request.user)),
        today=today,
    )
    table = SubmissionTable(filters.qs, today=today, reader=request.user)
    if file_format:
        return answer_list(request, table, filters, PAGE, file_format)
    return answer_list(
        request,
        table,
        filters,
        PAGE,
        counts=_counts(filters),
        may_review=request.user.may_somewhere(Permission.REVIEW),
        may_manage_periods=authority.manages_periods(request.user),
        grids=_grids(request, filters),
    )


def _grids(request: SignedInRequest, filters: SubmissionFilter) -> list[tuple[Form, str]]:
    """Forms of the chosen period that several of the user's units fill in, with the address of their grid."""
    period = filters.data["period"]
    if period == ALL or not request.user.may_somewhere(Permission.ENTER):
        return []
    rows = filters.queryset.filter(period__code=period).order_by().values("form")
    several = rows.annotate(units=Count("pk")).filter(units__gt=1)
    return [
        (form, reverse("collection:grid", kwargs={"period": period, "form": form.code}))
        for form in Form.objects.filter(pk__in=several.values("form"))
    ]


def _counts(filters: SubmissionFilter) -> dict[str, int]:
    """How many of the chosen period and units stand where, whatever state is filtered."""
    chosen = filters.form.cleaned_data if filters.form.is_valid() else {}
    rows = filters.queryset.all()
    for name in ("period", "under"):
        if chosen.get(name):
            rows = filters.filters[name].filter(rows, chosen[name])
    states = {str(state): Count("pk", filter=Q(state=state)) for state in State}
    late = Count("pk", filter=late_on(filters.today))
    counted: dict[str, int] = rows.order_by().aggregate(**states, late=late, all=Count("pk"))
    return counted
