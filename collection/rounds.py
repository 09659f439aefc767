"""Rounds of review: what came back with the last resubmission, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass

from collection.asked import Asked
from collection.entries import Content
from collection.models import ReturnedCell, Submission, ValueChange
from collection.shown import shown
from schools.models import User


@dataclass(frozen=True)
class Returned:
    """A cell that was sent back and came again: for what reason, by whom, what stood there."""

    reason: str
    by: User
    old: str
    is_changed: bool


def last_round(submission: Submission, asked: Asked) -> dict[str, Returned]:
    """The cells that were returned before the submission was last handed in, by element code.

    Empty for one that came for the first time. Two queries, one without a round.
    """
    if submission.submitted_at is None:
        return {}
    cells = list(
        ReturnedCell.objects.filter(submission=submission, resolved_at=submission.submitted_at)
        .select_related("element", "returned_by")
        .order_by("returned_at", "pk")
    )
    if not cells:
        return {}
    since = min(cell.returned_at for cell in cells)
    changes = ValueChange.objects.filter(
        value__submission=submission,
        value__element__in=[cell.element_id for cell in cells],
        changed_at__gte=since,
    )
    first: dict[int, Content] = {}
    for element, old in changes.order_by("version").values_list("value__element", "old"):
        first.setdefault(element, Content.from_json(old))
    return {
        cell.element.code: Returned(
            reason=cell.reason,
            by=cell.returned_by,
            old=shown(first[cell.element_id], asked.elements[cell.element.code])
            if cell.element_id in first
            else "",
            is_changed=cell.element_id in first,
        )
        for cell in cells
        if cell.element.code in asked.elements
    }
