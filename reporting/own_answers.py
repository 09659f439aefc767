"""What a unit itself answered to the elements of an indicator, and who submitted and approved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from collection.entries import Content
from collection.models import DataValue, Submission
from collection.shown import shown
from collection.workflow import COUNTED, State
from dxreport.lib.template_filters import short_date
from indicators import formula
from indicators.models import FormElement, Indicator
from reporting.selection import Selection, period_label, period_text
from schools.models import OrgUnit


@dataclass(frozen=True)
class EnteredValue:
    """What the unit itself answered to one element, and who wrote it last."""

    period: str
    element: str
    value: str
    updated_at: str
    updated_by: str


@dataclass(frozen=True)
class OwnSubmission:
    """A submission of the unit itself that answers to the formula, and who did what with it."""

    name: str
    url: str
    state: str
    steps: str


def own_answers(
    unit: OrgUnit, selection: Selection, indicator: Indicator
) -> tuple[tuple[OwnSubmission, ...], tuple[EnteredValue, ...]]:
    """The unit's own submissions that ask for the formula's elements, and its answers in those that
    count: four queries.
    """
    codes = formula.elements_of(indicator.numerator, indicator.denominator)
    asking = FormElement.objects.filter(
        section__form__indicator_set=indicator.indicator_set_id, element__code__in=codes
    ).values("section__form")
    submissions = list(
        Submission.objects.filter(org_unit=unit, period__in=selection.members, form__in=asking)
        .select_related("form", "period", "org_unit", "submitted_by", "decided_by")
        .order_by("period__starts_on", "form__position")
    )
    counted = [one.pk for one in submissions if one.state in COUNTED[selection.basis]]
    rows = (
        DataValue.objects.filter(submission__in=counted, element__code__in=codes)
        .select_related("period", "element__choice_list", "updated_by")
        .prefetch_related("element__choice_list__choices")
        .order_by("period__starts_on", "element__code")
    )
    return tuple(_own_submission(one) for one in submissions), tuple(_entered(one) for one in rows)


def _own_submission(one: Submission) -> OwnSubmission:
    name = _("%(form)s, kỳ %(period)s") % {"form": one.form.label, "period": period_text(one.period)}
    url = reverse("collection:submission", args=[one.period.code, one.org_unit.code, one.form.code])
    return OwnSubmission(name, url, str(State(one.state).label), "; ".join(_steps(one)))


def _steps(one: Submission) -> Iterator[str]:
    if one.state != State.DRAFT and one.submitted_at is not None:
        yield _("%(who)s nộp lúc %(when)s") % {"who": one.submitted_by, "when": short_date(one.submitted_at)}
    if one.state == State.APPROVED:
        yield _("%(who)s duyệt lúc %(when)s") % {"who": one.decided_by, "when": short_date(one.decided_at)}
    if one.state == State.RETURNED:
        yield _("%(who)s trả lại lúc %(when)s") % {"who": one.decided_by, "when": short_date(one.decided_at)}


def _entered(one: DataValue) -> EnteredValue:
    return EnteredValue(
        period=period_label(one.period),
        element=one.element.label,
        value=shown(Content.of(one), one.element),
        updated_at=short_date(one.updated_at),
        updated_by=str(one.updated_by),
    )
