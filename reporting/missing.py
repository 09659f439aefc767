"""Which units a figure is still without, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from collection.models import DataValue, ReportingPeriod, Submission
from collection.workflow import COUNTED, Basis, State
from indicators.models import Indicator
from reporting.models import Totals
from schools.models import Ancestry, OrgUnit
from schools.models.units import in_force

NAMED_AT_MOST = 60


@dataclass(frozen=True)
class MissingUnit:
    """A unit that was asked and is not counted."""

    code: str
    name: str
    reason: str


def missing_units(
    unit: OrgUnit,
    indicator: Indicator,
    period: ReportingPeriod,
    basis: Basis,
    *,
    members: Sequence[ReportingPeriod],
    elements: Sequence[str],
) -> list[MissingUnit]:
    """Reporting units at or below `unit` that do not count, in order of code, at most NAMED_AT_MOST.

    `members` are the single periods of `period`, `elements` the codes that the formula reads.
    Five queries, however many units there are.
    """
    incomplete = (
        Totals.objects.filter(indicator=indicator, period=period, basis=basis, counted__lt=F("expected"))
        .filter(org_unit__in=OrgUnit.objects.under(unit, on=period.hierarchy_date))
        .filter(Exists(Submission.objects.filter(org_unit=OuterRef("org_unit"), period__in=members)))
    )
    rows = incomplete.order_by("org_unit__code").values_list("org_unit", "counted", "expected")
    # Some of these are offices that answered themselves and only wait for schools; twice as many
    # as can be named leaves room for them.
    lacking = {pk: expected - counted for pk, counted, expected in rows[: 2 * NAMED_AT_MOST]}
    below = _lacking_below(lacking, indicator, period, basis)
    silent = [pk for pk, lack in lacking.items() if lack > below[pk]][:NAMED_AT_MOST]
    reasons = _reasons(silent, members, basis, elements)
    units = OrgUnit.objects.in_bulk(silent)
    return [MissingUnit(units[pk].code, units[pk].name, reasons[pk]) for pk in silent]


def _lacking_below(
    unit_ids: Iterable[int], indicator: Indicator, period: ReportingPeriod, basis: Basis
) -> dict[int, int]:
    """How many units are missing below each unit, itself left out."""
    placed = Ancestry.objects.filter(in_force(period.hierarchy_date), ancestor__in=list(unit_ids), depth=1)
    parents = dict(placed.order_by().values_list("descendant", "ancestor"))
    lacking: dict[int, int] = defaultdict(int)
    rows = Totals.objects.filter(indicator=indicator, period=period, basis=basis, org_unit__in=list(parents))
    for pk, counted, expected in rows.order_by().values_list("org_unit", "counted", "expected"):
        lacking[parents[pk]] += expected - counted
    return lacking


def _reasons(
    unit_ids: Sequence[int], members: Sequence[ReportingPeriod], basis: Basis, elements: Sequence[str]
) -> dict[int, str]:
    """Why each unit does not count: its submission is not there yet, or a cell has no number."""
    reasons = dict.fromkeys(unit_ids, _("chưa nhập"))
    gaps = DataValue.objects.filter(
        period__in=members,
        org_unit__in=unit_ids,
        element__code__in=elements,
        state=DataValue.State.NOT_AVAILABLE,
    )
    for pk, reason in gaps.order_by("-period__ends_on").values_list("org_unit", "reason"):
        reasons[pk] = _("không có số liệu: %(reason)s") % {"reason": reason}
    submissions = Submission.objects.filter(period__in=members, org_unit__in=unit_ids)
    for pk, state in submissions.order_by("period__ends_on").values_list("org_unit", "state"):
        if state not in COUNTED[basis]:
            reasons[pk] = _("phiếu %(state)s") % {"state": State(state).label}
    return reasons
