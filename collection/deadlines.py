"""When a submission is due, and whether it came in time: plain functions on days.

What counts as in time is the *first* hand-in. A unit whose phiếu was returned did hand it in on
the day it did; that it has to come back is said by its state, and by its days left.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collection.workflow import EDITABLE
from dxreport.lib.numbers import format_number


@dataclass(frozen=True)
class Deadline:
    """One submission's due date and what became of it. `first_day`: when it was first handed in."""

    state: str
    due_on: dt.date
    first_day: dt.date | None

    @property
    def is_awaited(self) -> bool:
        """Whether the unit still has to hand it in, for the first time or again."""
        return self.state in EDITABLE

    @property
    def was_on_time(self) -> bool:
        """Whether its first hand-in came by the due date."""
        return self.first_day is not None and self.first_day <= self.due_on

    def is_overdue(self, today: dt.date) -> bool:
        """Whether it is awaited after its due date."""
        return self.is_awaited and today > self.due_on

    def is_late(self, today: dt.date) -> bool:
        """Whether it is overdue, or first came after its due date."""
        return self.is_overdue(today) or (self.first_day is not None and not self.was_on_time)

    def words(self, today: dt.date) -> str:
        """Days left or late, as a page says it; "" where there is nothing to say any more."""
        if self.is_awaited:
            return _left((self.due_on - today).days)
        if self.first_day is None or self.was_on_time:
            return ""
        days = (self.first_day - self.due_on).days
        return ngettext("nộp trễ %(days)s ngày", "nộp trễ %(days)s ngày", days) % {
            "days": format_number(days)
        }


def _left(days: int) -> str:
    if days < 0:
        shown = format_number(-days)
        return ngettext("quá hạn %(days)s ngày", "quá hạn %(days)s ngày", -days) % {"days": shown}
    if days == 0:
        return _("hạn hôm nay")
    return ngettext("còn %(days)s ngày", "còn %(days)s ngày", days) % {"days": format_number(days)}
