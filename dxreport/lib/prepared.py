"""Statements whose SQL is built once in each process, for the few that every request or saved cell asks.

Building the SQL of a queryset with joins and subqueries takes Django ten times as long as the database
needs to answer it. A prepared one is built on first use, with a mark in the place of each given value;
from then on the values are put where the marks stood.

Whatever differs from call to call, today's date too, has to be an argument of the function that builds:
what it finds out by itself is found out once. A value has to reach the database as it is given, so
`startswith` and its like are refused. Collections are told apart by their size, and each size
is kept: give short ones, such as the units of one person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model, QuerySet
from django.db.models.sql import Query, UpdateQuery

Row = TypeVar("Row", bound=Model)
Given = int | str | dt.date | Sequence[int]
_FIRST_MARK = 7_000_000_000_000_000  # beyond every id, within the range of a bigint


class Prepared(Generic[Row]):
    """The rows of `build`, a function from values to a queryset."""

    def __init__(self, build: Callable[..., QuerySet[Row, Any]]) -> None:
        self._build = build
        self._built: dict[tuple[int, ...], tuple[QuerySet[Row, Any], _Statement]] = {}

    def __call__(self, **given: Given) -> QuerySet[Row, Any]:
        """The rows for these values, to be iterated and not to be narrowed: one statement."""
        shape = _shape(given)
        if shape not in self._built:
            marks = _marks(given)
            rows = self._build(**marks)
            try:
                self._built[shape] = rows, _Statement(rows.query, marks)
            except EmptyResultSet:  # of an empty collection: nothing can be in it
                return rows.none()
        rows, statement = self._built[shape]
        return statement.asked_by(rows, given)


class PreparedUpdate(Generic[Row]):
    """An update of the rows of `build` to `values`, which are the same in every call."""

    def __init__(self, build: Callable[..., QuerySet[Row, Any]], **values: Any) -> None:
        self._build = build
        self._values = values
        self._built: dict[tuple[int, ...], _Statement] = {}

    def __call__(self, **given: Given) -> int:
        """How many rows were updated: one statement."""
        shape = _shape(given)
        if shape not in self._built:
            marks = _marks(given)
            query: Any = self._build(**marks).query.chain(UpdateQuery)
            query.add_update_values(self._values)
            try:
                self._built[shape] = _Statement(query, marks)
            except EmptyResultSet:
                return 0
        return self._built[shape].executed(given)


class _Statement:
    """The SQL of a query that was built with marks, and which given value goes where."""

    def __init__(self, query: Query, marks: Mapping[str, Given]) -> None:
        self._compiler: Any = query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._parameters = self._compiler.as_sql()
        places = {mark: place for place, mark in enumerate(_flat(marks))}
        # SQLite is given days as text.
        self._places = places | {str(mark): place for mark, place in places.items()}
        if {self._places[one] for one in self._parameters if one in self._places} != {*places.values()}:
            raise ValueError("A value is not used as it is given: a prepared statement cannot change it.")

    def asked_by(self, rows: QuerySet[Row, Any], given: Mapping[str, Given]) -> QuerySet[Row, Any]:
        """`rows`, the queryset that was built, with a compiler that has done its work already."""
        parameters = self._filled(given)
        compiler = copy(self._compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # a thread has a connection of its own
        compiler.as_sql = lambda *_args, **_options: (self._sql, parameters)
        found = rows.all()
        found.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        return found

    def executed(self, given: Mapping[str, Given]) -> int:
        """How many rows the statement changed."""
        with (
            transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS),
            connections[DEFAULT_DB_ALIAS].cursor() as cursor,
        ):
            cursor.execute(self._sql, self._filled(given))
            return int(cursor.rowcount)

    def _filled(self, given: Mapping[str, Given]) -> tuple[Any, ...]:
        values, places = _flat(given), self._places
        return tuple(values[places[one]] if one in places else one for one in self._parameters)


def _shape(given: Mapping[str, Given]) -> tuple[int, ...]:
    return tuple(len(value) if isinstance(value, list | tuple) else 1 for value in given.values())


def _flat(given: Mapping[str, Given]) -> list[object]:
    flat: list[object] = []
    for value in given.values():
        flat.extend(value if isinstance(value, list | tuple) else [value])
    return flat


def _marks(given: Mapping[str, Given]) -> dict[str, Any]:
    """Values to build with, of the types of the given ones: each is found nowhere else in a statement."""
    marks: dict[str, Any] = {}
    for number, (name, value) in enumerate(given.items(), 1):
        first = _FIRST_MARK + number * 1_000_000
        if isinstance(value, list | tuple):
            marks[name] = list(range(first, first + len(value)))
        elif isinstance(value, dt.date):
            marks[name] = dt.date(1, 1, number)
        elif isinstance(value, int):
            marks[name] = first
        else:
            marks[name] = f"mark {first}"
    return marks
