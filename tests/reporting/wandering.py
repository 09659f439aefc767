"""Submissions of the small province taken through random decisions, for whoever compares sums."""

import random

from collection import actions
from collection.models import DataValue, Submission
from collection.workflow import State
from tests.province import Province, answers

CLERKS = {
    "DN": "clerk_dn",
    "DN-1": "clerk_1",
    "DN-2": "reviewer_2",
    "DN-101": "clerk_101",
    "DN-102": "clerk_102",
    "DN-201": "clerk_201",
    "DN-301": "clerk_301",
}


def clerk(province: Province, submission: Submission):
    return province.person(CLERKS[submission.org_unit.code])


def random_answers(submission: Submission, draw: random.Random):
    """A rule-abiding answer, now and then with a teacher count that is not available."""
    numbers: dict[str, int | None] = {
        "teachers": draw.choice([None, draw.randint(20, 60)]),
        "teachers_with_computer": draw.choice([None, draw.randint(0, 20)]),
        "lessons": draw.randint(100, 200),
        "lessons_online": draw.choice([None, draw.randint(0, 100)]),
    }
    return answers(submission, **numbers)


def wander(province: Province, draw: random.Random, steps: int) -> None:
    """Take submissions of both periods through whatever decision their state allows."""
    officer, other = province.person("officer"), province.person("officer_2")
    for _step in range(steps):
        period = draw.choice([province.earlier, province.period])
        submission = draw.choice(province.submissions(period))
        match State(submission.state):
            case State.DRAFT:
                by = clerk(province, submission)
                actions.save_values(
                    submission=submission, entries=random_answers(submission, draw), by=by, source="form"
                )
                actions.submit(submissions=[submission], by=by)
            case State.RETURNED:
                actions.submit(submissions=[submission], by=clerk(province, submission))
            case State.SUBMITTED if draw.random() < 0.6:
                actions.approve(submissions=[submission], by=officer)
            case State.SUBMITTED:
                cell = DataValue.objects.filter(submission=submission).order_by("pk").first()
                assert cell is not None
                actions.return_cells(submission=submission, reasons={cell.element.code: "Xem lại"}, by=other)
            case State.APPROVED if draw.random() < 0.3:
                actions.reopen(submission=submission, reason="Sửa số", by=officer)
