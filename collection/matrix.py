"""The matrix of units × forms, from plain facts to what the template prints; no database.

A cell is made once, here, with every word and address in it: 370 rows are then a loop over
ready strings.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collection.addresses import CHIPS
from collection.flags import Flags
from collection.models import Submission
from collection.workflow import State
from dxreport.lib.numbers import format_number
from indicators.models import Form

NO_FLAGS = Flags()
# A single office and what stands directly below it have two parents, which the heading has said.
NAMED_FROM = 2


@dataclass(frozen=True)
class Fact:
    """What is known of one submission: its row, flags, returned cells, and what the reader may do."""

    submission: Submission
    flags: Flags = NO_FLAGS
    returned: int = 0
    may_review: bool = False
    is_own: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a reviewer's decision."""
        return self.submission.state == State.SUBMITTED

    @property
    def is_clean(self) -> bool:
        """Whether the reader could approve it without looking inside."""
        return self.is_waiting and self.may_review and not self.is_own and not self.flags

    def is_overdue(self, today: dt.date) -> bool:
        """Whether it is awaited after its due date."""
        return self.submission.deadline.is_overdue(today)


@dataclass(frozen=True)
class Cell:
    """One submission as the matrix shows it; `pick` is the value of its box, "" for none."""

    form: str
    url: str
    chip: str
    state: str
    due: str
    is_late: bool
    flags: str
    returned: str
    is_own: bool
    pick: str


@dataclass(frozen=True)
class Row:
    """A unit, with a cell for each form; None for a form that it is not asked."""

    code: str
    name: str
    parent: str
    cells: tuple[Cell | None, ...]


@dataclass
class Tally:
    """How many submissions stand where."""

    asked: int = 0
    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(State.values, 0))
    overdue: int = 0
    to_remind: int = 0  # of the overdue, those whose units the reader reviews
    flagged: int = 0  # of those that wait for a decision
    clean: int = 0

    def add(self, fact: Fact, today: dt.date) -> None:
        """Count one more."""
        self.asked += 1
        self.states[fact.submission.state] += 1
        overdue = fact.is_overdue(today)
        self.overdue += overdue
        self.to_remind += overdue and fact.may_review
        self.flagged += fact.is_waiting and bool(fact.flags)
        self.clean += fact.is_clean

    @property
    def handed_in(self) -> int:
        """Submitted or approved."""
        return self.states[State.SUBMITTED] + self.states[State.APPROVED]

    @property
    def waiting(self) -> int:
        """Submitted, not yet decided on."""
        return self.states[State.SUBMITTED]


@dataclass(frozen=True)
class SummaryCell:
    """An office's submissions of one form: the share as text and as whole percent, then what needs care."""

    share: str
    percent: int
    waiting: str
    overdue: str
    flagged: str


@dataclass(frozen=True)
class SummaryRow:
    """An office with all that stands below it; None for a form that nobody there is asked.

    `under` is what the filter calls the same units.
    """

    under: str
    name: str
    units: str
    cells: tuple[SummaryCell | None, ...]


def tally(facts: Iterable[Fact], today: dt.date) -> Tally:
    """All of them counted."""
    counted = Tally()
    for fact in facts:
        counted.add(fact, today)
    return counted


def forms_asked(facts: Iterable[Fact], forms: Sequence[Form]) -> list[Form]:
    """The forms that somebody among `facts` is asked, in their order: the columns."""
    asked = {fact.submission.form_id for fact in facts}
    return [form for form in forms if form.pk in asked]


def unit_rows(
    facts: Iterable[Fact], forms: Sequence[Form], *, today: dt.date, address: Callable[[Fact], str]
) -> list[Row]:
    """A row for each unit, in the order in which the units come; its parent where there are several."""
    by_unit: dict[int, dict[int, Fact]] = defaultdict(dict)
    for fact in facts:
        by_unit[fact.submission.org_unit_id][fact.submission.form_id] = fact
    rows, parents = [], {_parent(next(iter(of_unit.values()))) for of_unit in by_unit.values()}
    for of_unit in by_unit.values():
        first = next(iter(of_unit.values()))
        unit = first.submission.org_unit
        asked = ((form, of_unit.get(form.pk)) for form in forms)
        cells = tuple(_cell(form, fact, today, address(fact)) if fact else None for form, fact in asked)
        rows.append(Row(unit.code, unit.name, _parent(first) if len(parents) > NAMED_FROM else "", cells))
    return rows


def _parent(fact: Fact) -> str:
    """The unit it stood under in the period, as `for_matrix` found it."""
    return getattr(fact.submission, "parent_name", None) or ""


def _cell(form: Form, fact: Fact, today: dt.date, url: str) -> Cell:
    row = fact.submission
    state = State(row.state)
    flags, returned = fact.flags.total, fact.returned
    may_pick = fact.may_review and state != State.APPROVED
    return Cell(
        form=form.label,
        url=url,
        chip=CHIPS[state],
        state=str(state.label),
        due=row.deadline.words(today),
        is_late=row.deadline.is_late(today),
        flags=_flags_in_words(flags) if flags else "",
        returned=_returned_in_words(returned) if returned else "",
        is_own=fact.is_own and fact.is_waiting,
        pick=f"{row.pk}:{row.version}" if may_pick else "",
    )


def _flags_in_words(count: int) -> str:
    return ngettext("%(count)s cảnh báo", "%(count)s cảnh báo", count) % {"count": format_number(count)}


def _returned_in_words(count: int) -> str:
    return ngettext("%(count)s ô chờ sửa", "%(count)s ô chờ sửa", count) % {"count": format_number(count)}


def summary_rows(
    facts: Iterable[Fact],
    forms: Sequence[Form],
    groups: Sequence[tuple[int, str, str]],
    *,
    group_of: Callable[[int], int | None],
    today: dt.date,
) -> list[SummaryRow]:
    """A row for each of `groups` (unit id, under, name) that has any of `facts`, in their order."""
    tallies: dict[tuple[int | None, int], Tally] = defaultdict(Tally)
    units: dict[int | None, set[int]] = defaultdict(set)
    for fact in facts:
        row = fact.submission
        group = group_of(row.org_unit_id)
        tallies[group, row.form_id].add(fact, today)
        units[group].add(row.org_unit_id)
    return [
        SummaryRow(
            under,
            name,
            format_number(len(units[pk])),
            tuple(
                _summary_cell(tallies[pk, form.pk]) if (pk, form.pk) in tallies else None for form in forms
            ),
        )
        for pk, under, name in groups
        if pk in units
    ]


def _summary_cell(counted: Tally) -> SummaryCell:
    def words(count: int, sentence: str) -> str:
        return sentence % {"count": format_number(count)} if count else ""

    return SummaryCell(
        share=f"{format_number(counted.handed_in)}/{format_number(counted.asked)}",
        percent=100 * counted.handed_in // counted.asked,
        waiting=words(counted.waiting, _("%(count)s chờ duyệt")),
        overdue=words(counted.overdue, _("%(count)s quá hạn")),
        flagged=words(counted.flagged, _("%(count)s có cảnh báo")),
    )
