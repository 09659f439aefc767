"""What a unit itself answered to the elements of an indicator, and who submitted and approved it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from collection.addresses import CHIPS, codes_of
from collection.entries import Content
from collection.models import DataValue, Submission
from collection.shown import shown
from collection.workflow import COUNTED, State
from dxreport.lib.template_filters import short_date
from indicators.models import FormElement
from reporting.missing import Question
from reporting.selection import period_label, period_text
from schools.models import OrgUnit


@dataclass(frozen=True)
class EnteredValue:
    """What the unit itself answered to one element, who wrote it last, and where its cell stands.

    `history_url` is blank for a reader who may not see the history of cells.
    """

    period: str
    period_code: str
    element: str
    element_code: str
    content: Content
    value: str
    explanation: str
    version: int
    updated_on: dt.datetime
    updated_by: str
    url: str
    history_url: str = ""

    @property
    def updated_at(self) -> str:
        """When, as shown."""
        return short_date(self.updated_on)


@dataclass(frozen=True)
class OwnSubmission:
    """A submission of the unit itself that answers to the formula, and who did what with it."""

    name: str
    url: str
    state: str
    chip: str
    steps: str


def own_answers(
    asked: Question, unit: OrgUnit, *, shows_history: bool = False
) -> tuple[tuple[OwnSubmission, ...], tuple[EnteredValue, ...]]:
    """The unit's own submissions that ask for the formula's elements, and its answers in those that
    count: four queries. Nothing for a unit whose own form is no part of the question.
    """
    codes = asked.elements
    asking = FormElement.objects.filter(
        section__form__indicator_set=asked.indicator.indicator_set_id, element__code__in=codes
    ).values("section__form")
    submissions = {
        one.pk: one
        for one in Submission.objects.filter(org_unit=unit, period__in=asked.periods, form__in=asking)
        .filter(org_unit__in=asked.units)
        .select_related("form", "period", "org_unit", "submitted_by", "decided_by")
        .order_by("period__starts_on", "form__position")
    }
    counted = [pk for pk, one in submissions.items() if one.state in COUNTED[asked.basis]]
    rows = (
        DataValue.objects.filter(submission__in=counted, element__code__in=codes)
        .select_related("element__choice_list", "updated_by")
        .prefetch_related("element__choice_list__choices")
        .order_by("period__starts_on", "element__code")
    )
    return (
        tuple(_own_submission(one) for one in submissions.values()),
        tuple(_entered(one, submissions[one.submission_id], shows_history) for one in rows),
    )


def _own_submission(one: Submission) -> OwnSubmission:
    name = _("%(form)s, kỳ %(period)s") % {"form": one.form.label, "period": period_text(one.period)}
    state = State(one.state)
    return OwnSubmission(
        name, _address("submission", one), str(state.label), CHIPS[state], "; ".join(_steps(one))
    )


def _address(page: str, one: Submission, **more: str) -> str:
    return reverse(f"collection:{page}", kwargs={**codes_of(one), **more})


def _steps(one: Submission) -> Iterator[str]:
    if one.state != State.DRAFT and one.submitted_at is not None:
        yield _("%(who)s nộp lúc %(when)s") % {"who": one.submitted_by, "when": short_date(one.submitted_at)}
    if one.state == State.APPROVED:
        yield _("%(who)s duyệt lúc %(when)s") % {"who": one.decided_by, "when": short_date(one.decided_at)}
    if one.state == State.RETURNED:
        yield _("%(who)s trả lại lúc %(when)s") % {"who": one.decided_by, "when": short_date(one.decided_at)}


def _entered(one: DataValue, submission: Submission, shows_history: bool) -> EnteredValue:
    code = one.element.code
    return EnteredValue(
        period=period_label(submission.period),
        period_code=submission.period.code,
        element=one.element.label,
        element_code=code,
        content=Content.of(one),
        value=shown(Content.of(one), one.element),
        explanation=one.explanation,
        version=one.version,
        updated_on=one.updated_at,
        updated_by=str(one.updated_by),
        url=f"{_address('submission', submission)}#c-{code}",
        history_url=_address("cell_history", submission, element=code) if shows_history else "",
    )
