"""The parts of a sum, in SQL: whose stored rows are added to which unit in which period, how often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.db import connection
from django.utils import timezone

from collection.models import ReportingPeriod
from reporting.holding import holders_of_ended
from reporting.slices import Hierarchy, Slice
from reporting.totals import members
from schools.models import Ancestry, EducationLevel, OrgUnit, SchoolProfile

Value = int | str | dt.date
Question = tuple[Sequence[OrgUnit], Sequence[ReportingPeriod]]

# `question` numbers what is asked at once. `days` are the last days of the single periods of a period:
# in a span a unit counts where it stood at the end of the last one in which it existed, as the stored
# totals of the span have it. Every list is a VALUES, so that the parameters stand in the order below.
_ASKED = """
WITH tops (top, question) AS ({tops}),
spells (period, question) AS ({spells}),
days (period, on_day, next_day, is_last) AS ({days}),
present (on_day) AS ({present}),
ended (unit, holder) AS ({ended}),
chosen (unit) AS ({chosen}),
asked (top, period, question) AS (
    SELECT tops.top, spells.period, tops.question
    FROM tops JOIN spells ON spells.question = tops.question
)
"""
_STANDS = """
    a.valid_from <= days.on_day AND (a.valid_to IS NULL OR a.valid_to > days.on_day)
    AND (days.is_last = 1 OR u.valid_to <= days.next_day)
"""
_REPORTED = """,
parts (top, unit, period, question, weight) AS (
    SELECT asked.top, a.descendant_id, asked.period, asked.question, 1
    FROM asked JOIN days ON days.period = asked.period
    JOIN {ancestry} a ON a.ancestor_id = asked.top
    JOIN {unit} u ON u.id = a.descendant_id
    WHERE {stands} AND u.id IN (SELECT unit FROM chosen)
)
"""
# What stands below a unit today, and what has ended and is held by one of these.
_HELD = """,
below (top, unit, period, question) AS (
    SELECT asked.top, a.descendant_id, asked.period, asked.question
    FROM asked CROSS JOIN present JOIN {ancestry} a ON a.ancestor_id = asked.top
        AND a.valid_from <= present.on_day AND (a.valid_to IS NULL OR a.valid_to > present.on_day)
),
held (top, unit, period, question) AS (
    SELECT top, unit, period, question FROM below
    UNION ALL
    SELECT below.top, ended.unit, below.period, below.question
    FROM below JOIN ended ON ended.holder = below.unit
)
"""
_HELD_SLICE = """,
parts (top, unit, period, question, weight) AS (
    SELECT top, unit, period, question, 1 FROM held WHERE unit IN (SELECT unit FROM chosen)
)
"""
# A stored row holds all that stood below it: of what is held, a row under another held one counts for
# nothing, and what stood below a held one without being held itself is taken away.
_HELD_WHOLE = """,
parts (top, unit, period, question, weight) AS (
    SELECT top, unit, period, question, SUM(weight) FROM (
        SELECT top, unit, period, question, 1 AS weight FROM held
        UNION ALL
        SELECT held.top, a.descendant_id, held.period, held.question, -1
        FROM held JOIN days ON days.period = held.period
        JOIN {ancestry} a ON a.ancestor_id = held.unit AND a.depth = 1
        JOIN {unit} u ON u.id = a.descendant_id
        WHERE {stands}
    ) moved
    GROUP BY top, unit, period, question HAVING SUM(weight) <> 0
)
"""


@dataclass(frozen=True)
class Parts:
    """The head of a statement, `WITH … parts (top, unit, period, question, weight)`, and its parameters."""

    sql: str
    params: Sequence[Value]


def parts_of(questions: Sequence[Question], hierarchy: Hierarchy, only: Slice) -> Parts:
    """What to sum for each unit and period asked; three queries at most, and one for each span."""
    today = timezone.localdate()
    is_now = hierarchy == Hierarchy.NOW
    holders = holders_of_ended(today) if is_now else {}
    chosen, chosen_params = _chosen(only)
    periods = {one for _units, several in questions for one in several}
    lists: dict[str, list[tuple[Value, ...]]] = {
        "tops": [(unit.pk, n) for n, (units, _spells) in enumerate(questions) for unit in units],
        "spells": [(one.pk, n) for n, (_units, spells) in enumerate(questions) for one in spells],
        "days": [row for period in periods for row in _days(period)],
        "present": [(_day(today),)],
        "ended": [*holders.items()] or [(0, 0)],  # nobody has that id; an empty VALUES is no SQL
    }
    body = _ASKED
    if is_now:
        body += _HELD + (_HELD_SLICE if only else _HELD_WHOLE)
    else:
        body += _REPORTED
    tables = {"ancestry": Ancestry._meta.db_table, "unit": OrgUnit._meta.db_table}
    body = body.replace("{stands}", _STANDS)
    values = {name: _values(rows) for name, rows in lists.items()}
    params = [value for rows in lists.values() for row in rows for value in row]
    return Parts(body.format(**values, chosen=chosen, **tables), [*params, *chosen_params])


def _values(rows: Sequence[tuple[Value, ...]]) -> str:
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    return f"VALUES {', '.join([row] * len(rows))}"


def _day(day: dt.date) -> Value:
    """As the database takes it: a bare text would be no date to PostgreSQL."""
    return cast("Value", connection.ops.adapt_datefield_value(day))


def _days(period: ReportingPeriod) -> Iterable[tuple[Value, ...]]:
    """(period, day, next day, whether it is the last) for the single periods of a period, in time order."""
    days = [one.hierarchy_date for one in members(period)]
    for day, following in zip(days, [*days[1:], None], strict=True):
        yield period.pk, _day(day), _day(following or day), int(following is None)


def _chosen(only: Slice) -> tuple[str, list[Value]]:
    """The schools of a slice as a query."""
    levels = SchoolProfile.levels.through._meta.db_table
    statement = f"SELECT p.unit_id FROM {SchoolProfile._meta.db_table} p WHERE 1 = 1"
    params: list[Value] = []
    if only.ownership:
        statement += " AND p.ownership = %s"
        params.append(only.ownership)
    if only.level:
        statement += (
            f" AND p.id IN (SELECT t.schoolprofile_id FROM {levels} t"
            f" JOIN {EducationLevel._meta.db_table} l ON l.id = t.educationlevel_id WHERE l.code = %s)"
        )
        params.append(only.level)
    return statement, params
