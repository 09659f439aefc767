"""A third year of the demo province, being collected: submissions in every state, for people to try.

It follows from what the database holds of the last year, so it fits a demo of any size and seed. The
numbers are last year's, each part a little nearer to its whole; a few fell, which the reviewer is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from django.db import transaction
from django.utils import timezone

from collection import actions
from collection.models import DataValue, ReportingPeriod, Submission
from collection.values import values_of
from indicators.models import FormElement
from reporting.demo.answers import Answer, NotAvailable
from reporting.demo.entering import Given, approve, enter, open_year, save
from reporting.demo.province import DEPARTMENT
from reporting.demo.published import LATER, PARTS
from schools.models import Membership, Placement, User
from schools.roles import Role

CODE = str(int(LATER) + 1)
DAYS_TO_REPORT = dt.timedelta(days=30)
FALLEN = "pupils_with_internet"  # in some schools it falls, which asks for an explanation
RETURNED_FOR = "Số này chưa khớp với sổ theo dõi của trường. Hãy đối chiếu lại rồi nộp lại."


class Stage(Enum):
    """How far a unit has come."""

    UNTOUCHED = "untouched"
    BEGUN = "begun"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


# In turn over the schools of an office.
STAGES = (
    Stage.SUBMITTED,
    Stage.APPROVED,
    Stage.BEGUN,
    Stage.SUBMITTED,
    Stage.UNTOUCHED,
    Stage.APPROVED,
    Stage.SUBMITTED,
    Stage.RETURNED,
    Stage.UNTOUCHED,
)


@dataclass(frozen=True)
class _Unit:
    """A unit's submission, how far it shall come, and who enters and reviews it."""

    submission: Submission
    stage: Stage
    clerk: User
    reviewer: User


def is_open() -> bool:
    """Whether the third year stands already."""
    return ReportingPeriod.objects.filter(code=CODE).exists()


@transaction.atomic
def open_year_under_way() -> int:
    """Open the third year and bring its submissions to their stages; how many there are."""
    people = list(Membership.objects.filter(user__is_demo=True).select_related("user", "unit"))
    before = ReportingPeriod.objects.get(code=LATER)
    officer = next(one.user for one in people if one.role == Role.OFFICER)
    submissions = _opened(before, officer)
    last_year = _answers_of(before)
    given = {code: _a_year_later(own, turn) for turn, (code, own) in enumerate(sorted(last_year.items()))}
    begun = {code: _first_half(own) for code, own in given.items()}
    for stage, clerk, reviewer, some in _together(list(_units(submissions, people))):
        if stage is Stage.BEGUN:
            save(some, begun, last_year, clerk)
        elif stage is not Stage.UNTOUCHED:
            enter(some, given, last_year, clerk)
        if stage is Stage.APPROVED:
            approve(some, reviewer)
        elif stage is Stage.RETURNED:
            _return(some, given, reviewer)
    return len(submissions)


def _return(submissions: Iterable[Submission], given: Given, reviewer: User) -> None:
    for one in submissions:
        code = next(iter(given[one.org_unit.code]))
        actions.return_cells(submission=one, reasons={code: RETURNED_FOR}, by=reviewer)


def _opened(before: ReportingPeriod, officer: User) -> list[Submission]:
    today = timezone.localdate()
    _period, submissions = open_year(
        CODE, before.indicator_set, opens_on=today, due_on=today + DAYS_TO_REPORT, by=officer
    )
    return submissions


def _units(submissions: Iterable[Submission], people: Sequence[Membership]) -> Iterator[_Unit]:
    """Every unit with its people: an office's enter and review its schools, the department's the rest.

    The school whose clerk can sign in has begun, and waits to be finished.
    """
    by_role = {(one.unit.code, Role(one.role)): one.user for one in people}
    parents = dict(
        Placement.objects.filter(unit__in=[one.org_unit_id for one in submissions], valid_to=None)
        .exclude(parent=None)
        .values_list("unit__code", "parent__code")
    )
    for turn, one in enumerate(sorted(submissions, key=lambda row: row.org_unit.code)):
        code = one.org_unit.code
        above = parents.get(code, code)
        own = by_role.get((code, Role.CLERK))
        is_school = one.org_unit.kind.code == "school"
        clerk = by_role[above if is_school else code, Role.CLERK]
        reviewer = by_role.get((above, Role.REVIEWER)) or by_role[DEPARTMENT, Role.OFFICER]
        stage = Stage.BEGUN if is_school and own else STAGES[turn % len(STAGES)]
        yield _Unit(one, stage, clerk, reviewer)


def _together(units: Sequence[_Unit]) -> Iterator[tuple[Stage, User, User, list[Submission]]]:
    """Units with the same people at the same stage: each step takes many submissions at once."""
    groups: dict[tuple[Stage, User, User], list[Submission]] = {}
    for one in units:
        groups.setdefault((one.stage, one.clerk, one.reviewer), []).append(one.submission)
    for (stage, clerk, reviewer), some in groups.items():
        yield stage, clerk, reviewer, some


# --- numbers ----------------------------------------------------------------------------------


def _answers_of(period: ReportingPeriod) -> Given:
    """What every unit answered in a period that is over, in the order in which its form asks."""
    codes = dict(Submission.objects.filter(period=period).values_list("pk", "org_unit__code"))
    asked = _in_order_of_the_forms(period)
    return {
        codes[pk]: {
            code: answer for code in asked if code in own and (answer := _answer(own[code])) is not None
        }
        for pk, own in values_of(codes).items()
    }


def _in_order_of_the_forms(period: ReportingPeriod) -> list[str]:
    """Codes of the elements: without an order of ours, each database would give its own."""
    lines = FormElement.objects.filter(section__form__indicator_set=period.indicator_set)
    order = ("section__form__position", "section__position", "position", "id")
    return list(dict.fromkeys(lines.order_by(*order).values_list("element__code", flat=True)))


def _answer(value: DataValue) -> Answer | None:
    if value.state == DataValue.State.NOT_AVAILABLE:
        return NotAvailable(value.reason)
    return value.number if value.choices is None else tuple(value.choices)


def _a_year_later(own: Mapping[str, Answer], turn: int) -> dict[str, Answer]:
    """Parts a fifth nearer to their wholes; in every fifth school one of them fell by half."""
    later = dict(own)
    for part in PARTS:
        held, whole = own.get(part.element), own.get(part.of)
        if isinstance(held, int) and isinstance(whole, int):
            fell = part.element == FALLEN and turn % 5 == 0
            later[part.element] = held // 2 if fell else held + (whole - held) // 5
    return later


def _first_half(own: Mapping[str, Answer]) -> dict[str, Answer]:
    return dict(islice(own.items(), len(own) // 2))
