"""Which units a figure is still without, and why; which are outside it, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from collection.models import DataValue, ReportingPeriod, ReturnedCell, Submission
from collection.workflow import COUNTED, Basis, State
from indicators import formula
from indicators.models import DataElement, Indicator
from reporting.models import Totals
from schools.models import Ancestry
from schools.models.units import OrgUnitQuerySet, in_force

NAMED_AT_MOST = 400
LISTED_AT_MOST = 1_000  # ids in a statement


@dataclass(frozen=True)
class MissingUnit:
    """A unit that was asked and is not counted."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Outside:
    """Units that report in the period and are outside the figure.

    `not_asked` is the number of those whose forms do not ask for it; to the others it does not apply.
    """

    not_asked: int = 0
    not_applicable: tuple[tuple[str, str], ...] = ()  # code and name


@dataclass(frozen=True)
class Question:
    """Whose answers to what: an indicator on a basis, asked of `units`, in `periods`.

    `period` is the one whose totals are read, `periods` the single ones whose answers make it up.
    """

    indicator: Indicator
    period: ReportingPeriod
    periods: Sequence[ReportingPeriod]
    basis: Basis
    units: OrgUnitQuerySet

    @property
    def elements(self) -> tuple[str, ...]:
        """Codes of the elements that the formula reads."""
        return formula.elements_of(self.indicator.numerator, self.indicator.denominator)


def concerned(indicator: Indicator, members: Sequence[ReportingPeriod]) -> Sequence[ReportingPeriod]:
    """The single periods of a span whose answers an indicator takes: all of a flow, the last of a stock."""
    return members if indicator.period_rule == DataElement.PeriodRule.SUM else members[-1:]


def missing_units(asked: Question, *, everyone: bool = False) -> list[MissingUnit]:
    """Units that were asked and do not count, in order of code; NAMED_AT_MOST of them, or `everyone`.

    Six queries, however many units there are.
    """
    limit = None if everyone else NAMED_AT_MOST
    incomplete = _totals(asked).filter(counted__lt=F("expected"), org_unit__in=asked.units)
    incomplete = incomplete.filter(
        Exists(Submission.objects.filter(org_unit=OuterRef("org_unit"), period__in=asked.periods))
    )
    rows = incomplete.order_by("org_unit__code").values_list(
        "org_unit", "org_unit__code", "org_unit__name", "counted", "expected"
    )
    # Some of these are offices that answered themselves and only wait for schools; twice as many
    # as can be named leaves room for them.
    lacking = {
        pk: (code, name, expected - counted)
        for pk, code, name, counted, expected in rows[: limit and 2 * limit]
    }
    below = _lacking_below(lacking, asked)
    silent = [pk for pk, (_code, _name, lack) in lacking.items() if lack > below[pk]][:limit]
    reasons = _reasons(silent, asked)
    return [MissingUnit(lacking[pk][0], lacking[pk][1], reasons[pk]) for pk in silent]


def outside_units(asked: Question, *, expected: int) -> Outside:
    """The reporting units among `asked.units` that are not among the `expected`: two queries."""
    reporting = Submission.objects.filter(period__in=asked.periods, org_unit__in=asked.units)
    beyond = reporting.order_by().values("org_unit").distinct().count() - expected
    if beyond <= 0:
        return Outside()
    answered = DataValue.objects.filter(
        period__in=asked.periods,
        org_unit__in=asked.units,
        element__code__in=asked.elements,
        state=DataValue.State.NOT_APPLICABLE,
        submission__state__in=COUNTED[asked.basis],
    ).exclude(org_unit__in=_totals(asked).filter(expected__gt=0).values("org_unit"))
    named = answered.order_by("org_unit__code").values_list("org_unit__code", "org_unit__name").distinct()
    exempt = tuple(named[:NAMED_AT_MOST])
    return Outside(max(beyond - len(exempt), 0), exempt)


def _totals(asked: Question) -> QuerySet[Totals]:
    return Totals.objects.filter(indicator=asked.indicator, period=asked.period, basis=asked.basis)


def _lacking_below(unit_ids: Collection[int], asked: Question) -> dict[int, int]:
    """How many units are missing below each unit, itself left out."""
    placed = Ancestry.objects.filter(
        in_force(asked.period.hierarchy_date), ancestor__in=_narrowed(unit_ids, asked), depth=1
    ).order_by()
    parents = dict(placed.values_list("descendant", "ancestor"))
    lacking: dict[int, int] = defaultdict(int)
    rows = _totals(asked).filter(org_unit__in=placed.values("descendant"), counted__lt=F("expected"))
    for pk, counted, expected in rows.order_by().values_list("org_unit", "counted", "expected"):
        lacking[parents[pk]] += expected - counted
    return lacking


def _narrowed(unit_ids: Collection[int], asked: Question) -> list[int] | OrgUnitQuerySet:
    """The units of such ids, or all that are asked about where there are too many to list."""
    return list(unit_ids) if len(unit_ids) <= LISTED_AT_MOST else asked.units


def _reasons(unit_ids: Sequence[int], asked: Question) -> dict[int, str]:
    """Why each unit does not count: its submission is not there yet, or a cell has no number."""
    reasons = dict.fromkeys(unit_ids, _("chưa nhập đủ các ô của chỉ số này"))
    where = {"period__in": asked.periods, "org_unit__in": _narrowed(unit_ids, asked)}
    gaps = DataValue.objects.filter(
        **where, element__code__in=asked.elements, state=DataValue.State.NOT_AVAILABLE
    )
    for pk, reason in gaps.order_by("-period__ends_on").values_list("org_unit", "reason"):
        if pk in reasons:
            reasons[pk] = _("không có số liệu: %(reason)s") % {"reason": reason}
    submissions = Submission.objects.filter(**where).exclude(state__in=COUNTED[asked.basis])
    sent_back = dict(
        ReturnedCell.objects.filter(
            submission__in=submissions.order_by().values("pk"),
            element__code__in=asked.elements,
            resolved_at=None,
        ).values_list("submission", "reason")
    )
    for pk, unit_id, state in submissions.order_by("period__ends_on").values_list("pk", "org_unit", "state"):
        if unit_id in reasons:
            reasons[unit_id] = _in_words(State(state), sent_back.get(pk, ""))
    return reasons


def _in_words(state: State, why_returned: str) -> str:
    if state == State.DRAFT:
        return _("phiếu đang nhập, chưa nộp")
    if state == State.RETURNED:
        return (
            _("phiếu bị trả lại: %(reason)s") % {"reason": why_returned}
            if why_returned
            else _("phiếu bị trả lại")
        )
    return _("phiếu đã nộp, đang chờ duyệt")
