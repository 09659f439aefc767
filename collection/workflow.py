"""The workflow of a submission: states named once, and one table of what leads where.

Every row of TRANSITIONS is tested as allowed and every missing one as refused.
"""

from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from schools.roles import Permission


class State(TextChoices):
    """Where a submission stands."""

    DRAFT = "draft", _("đang nhập")
    SUBMITTED = "submitted", _("đã nộp")
    RETURNED = "returned", _("bị trả lại")
    APPROVED = "approved", _("đã duyệt")


EDITABLE = frozenset({State.DRAFT, State.RETURNED})
COUNTED_OFFICIAL = frozenset({State.APPROVED})
COUNTED_PROVISIONAL = frozenset({State.SUBMITTED, State.APPROVED})


class Basis(TextChoices):
    """Which submissions count in a figure."""

    OFFICIAL = "official", _("chính thức")
    PROVISIONAL = "provisional", _("tạm tính")


COUNTED: dict[Basis, frozenset[State]] = {
    Basis.OFFICIAL: COUNTED_OFFICIAL,
    Basis.PROVISIONAL: COUNTED_PROVISIONAL,
}


class Action(Enum):
    """What somebody does to a submission."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Transition:
    """One row of the table: `action` takes `start` to `end` for whoever holds `permission`."""

    start: State
    action: Action
    end: State
    permission: Permission


TRANSITIONS: tuple[Transition, ...] = (
    Transition(State.DRAFT, Action.SUBMIT, State.SUBMITTED, Permission.ENTER),
    Transition(State.RETURNED, Action.SUBMIT, State.SUBMITTED, Permission.ENTER),
    Transition(State.SUBMITTED, Action.APPROVE, State.APPROVED, Permission.REVIEW),
    Transition(State.SUBMITTED, Action.RETURN, State.RETURNED, Permission.REVIEW),
    Transition(State.APPROVED, Action.REOPEN, State.DRAFT, Permission.REOPEN),
)
_TABLE = {(row.start, row.action): row for row in TRANSITIONS}


def transition(start: State | str, action: Action) -> Transition | None:
    """The row that `action` follows from `start`, or None where the table has none."""
    return _TABLE.get((State(start), action))
