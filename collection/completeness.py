"""Completeness and timeliness: how many phiếu of those asked came, and how many in time. Pure.

    completeness = submitted ÷ expected        timeliness = on time ÷ expected

Expected is what units that exist are asked in the period. Submitted is what stands as submitted or
approved now: a returned phiếu is incomplete until it comes again. It is on time if its *first* hand-in
came by its due date, an extension's where there is one. Each expected phiếu is exactly one of: on time,
late, overdue (awaited after its due date), waiting (awaited, still in time).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TypeVar

from collection.deadlines import Deadline
from collection.workflow import COUNTED_OFFICIAL
from indicators.arithmetic import percentage

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Expected:
    """One phiếu that a unit is asked for in a period."""

    period_id: int
    unit_id: int
    form_id: int
    deadline: Deadline
    is_extended: bool = False


@dataclass(frozen=True)
class Count:
    """Numbers of phiếu; `extended` and `approved` are among the others."""

    expected: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    approved: int = 0
    extended: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def submitted(self) -> int:
        """Submitted or approved."""
        return self.on_time + self.late

    @property
    def waiting(self) -> int:
        """Awaited, with days left."""
        return self.expected - self.submitted - self.overdue

    @property
    def completeness(self) -> Decimal | None:
        """Submitted of expected in percent; None where nothing was expected."""
        return percentage(self.submitted, self.expected)

    @property
    def timeliness(self) -> Decimal | None:
        """On time of expected in percent; None where nothing was expected."""
        return percentage(self.on_time, self.expected)


def count_of(one: Expected, today: dt.date) -> Count:
    """What one phiếu counts for."""
    deadline = one.deadline
    is_in = not deadline.is_awaited
    return Count(
        expected=1,
        on_time=int(is_in and deadline.was_on_time),
        late=int(is_in and not deadline.was_on_time),
        overdue=int(deadline.is_overdue(today)),
        approved=int(deadline.state in COUNTED_OFFICIAL),
        extended=int(one.is_extended),
    )


def counted_by(
    rows: Iterable[Expected], key: Callable[[Expected], Key | None], today: dt.date
) -> dict[Key, Count]:
    """Counts by what `key` says of each row; a row with the key None is not counted."""
    counts: dict[Key, Count] = defaultdict(Count)
    for row in rows:
        found = key(row)
        if found is not None:
            counts[found] += count_of(row, today)
    return dict(counts)
