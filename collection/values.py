"""Reading data values: in bulk, and as numbers for formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from collection.entries import Answered
from collection.models import DataValue
from indicators.formula import Gap, Lookup, Term

_WITHOUT_NUMBER = {
    DataValue.State.EMPTY: Gap.MISSING,
    DataValue.State.NOT_AVAILABLE: Gap.MISSING,
    DataValue.State.NOT_APPLICABLE: Gap.NOT_APPLICABLE,
}


def values_of(submission_ids: Iterable[int]) -> dict[int, dict[str, DataValue]]:
    """The values of submissions, by submission id and then element code, in one query.

    Every given id is a key, also where nothing was entered. Elements come along.
    """
    ids = list(submission_ids)
    found: dict[int, dict[str, DataValue]] = {pk: {} for pk in ids}
    if ids:
        rows = DataValue.objects.filter(submission_id__in=ids).select_related("element").order_by()
        for value in rows:
            found[value.submission_id][value.element.code] = value
    return found


class LastChange(NamedTuple):
    """Who wrote a value last, by name, and when."""

    by: str
    at: dt.datetime


def last_changes(value_ids: Iterable[int]) -> dict[int, LastChange]:
    """Who wrote each of the values last, by id: one query, or none."""
    rows = DataValue.objects.filter(pk__in=list(value_ids)).select_related("updated_by").order_by()
    return {row.pk: LastChange(str(row.updated_by), row.updated_at) for row in rows}


def lookup_for(values: Mapping[str, Answered], asked: Collection[str]) -> Lookup:
    """How a formula reads one submission: a number for each term, or why there is none.

    `values` by element code; `asked` the codes that the unit is asked. A count or a yes/no is its
    number, a choice the number of entries chosen, `element=choice` is 1 or 0.
    """

    def lookup(term: Term) -> int | Gap:
        if term.element not in asked:
            return Gap.NOT_ASKED
        value = values.get(term.element)
        if value is None:
            return Gap.MISSING
        if value.state != DataValue.State.ENTERED:
            return _WITHOUT_NUMBER[DataValue.State(value.state)]
        if term.choice:
            return int(term.choice in (value.choices or ()))
        if value.choices is not None:
            return len(value.choices)
        return Gap.MISSING if value.number is None else value.number

    return lookup
