"""What a row of the table says, and how it is tried: one request for each seat and place.

A request runs in a savepoint that is rolled back, so that no row sees what another did.
"""

from __future__ import annotations

import html
import io
import json
import logging
import re
import string
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client

from dxreport.lib.prepared import Prepared, PreparedUpdate
from tests.access.house import PLACES, SEATS, House, Place, Seat
from tests.tables import OURS, everything, undone

WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
DONE = ("200", "302")
READING = frozenset({"GET", "HEAD"})
# What an address or a post may name, and what makes a row one about a place, or about a period.
OF_A_PERIOD = frozenset({"period", "submission_id", "version", "value_id"})
OF_A_PLACE = OF_A_PERIOD | {
    "unit",
    "unit_id",
    "unit_name",
    "profile_id",
    "placement_id",
    "user_id",
    "event_id",
    "edition",
    "report",
    "draft",
}
ROLES = ("clerk", "reviewer", "officer", "leader", "administrator", "auditor", "nobody", "anonymous")

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One route and method with the outcome for each role; see the head of tests/access/table.py."""

    method: str
    path: str
    outcomes: str
    outside: str = "404"
    closed: str = ""
    given: str = "draft"
    post: Body | Callable[[Place], Body] = field(default_factory=dict)
    json: Any = None
    lists_units: bool = False
    has_effect: bool = True
    is_of_class: bool = False

    def __str__(self) -> str:
        given = "" if self.given == "draft" else f" ({self.given})"
        return f"{self.method} {self.path}{given}"

    @property
    def names(self) -> set[str]:
        """The names in braces in its address and in what is posted."""
        return (
            set(_names(self.path))
            | set(_names(self.json))
            | (OF_A_PERIOD if callable(self.post) else set(_names(self.post)))
        )

    @property
    def is_about_a_place(self) -> bool:
        return bool(self.names & OF_A_PLACE)

    @property
    def places(self) -> tuple[str, ...]:
        """Where it is tried; a row about no place is tried once, as if at one's own."""
        if not self.is_about_a_place:
            return ("own",)
        return PLACES if self.names & OF_A_PERIOD else PLACES[:3]

    @property
    def hides_something(self) -> bool:
        """Whether some seat gets another answer outside its scope than within."""
        return self.is_about_a_place and any(
            self.expected(seat, "own") != self.expected(seat, "other") for seat in SEATS if SEATS[seat].where
        )

    def is_tried_from(self, seat: str) -> bool:
        """Of a class of routes, which are many, a role's second seat is tried only where it differs."""
        role, where = SEATS[seat]
        is_second = where == "DN-1" and Seat(role, "DN") in SEATS.values()
        return not (self.is_of_class and is_second) or "/" in self.outcomes.split()[ROLES.index(role)]

    def expected(self, seat: str, place: str) -> str:
        """The outcome for one seat at one place, as the table has it."""
        if self.is_about_a_place and SEATS[seat].where and not SEATS[seat].sees(place):
            return _of(seat, self.outside)
        outcome = _of(seat, self.outcomes)
        return self.closed if place == "closed" and self.closed and outcome in DONE else outcome


def _of(seat: str, outcomes: str) -> str:
    """The outcome for a seat in a line of eight, or in the one for all."""
    words = outcomes.split()
    at_department, _bar, below = words[ROLES.index(SEATS[seat].role) if len(words) > 1 else 0].partition("/")
    return below if below and SEATS[seat].where != "DN" else at_department


@dataclass(frozen=True)
class Cell:
    """What came of one request, beside what the table expects; `faults` are sentences, none if it agrees."""

    seat: str
    place: str
    expected: str
    got: str
    faults: tuple[str, ...]

    @property
    def is_outside(self) -> bool:
        return not SEATS[self.seat].sees(self.place)

    def __str__(self) -> str:
        return f"{self.seat} at {self.place}: " + "; ".join(self.faults)


def tried(
    row: Row, house: House, cells: Callable[[str, str], bool] = lambda seat, place: True
) -> Iterator[Cell]:
    """The outcome of every request of a row, or of the seats and places that `cells` picks."""
    with undone(), quiet():
        places = house.prepared(row.given)
        before = everything() if row.method not in READING else None
        for place in row.places:
            for seat in SEATS:
                if row.is_tried_from(seat) and cells(seat, place):
                    yield _try(row, house, places, seat, place, before)


def _try(row: Row, house: House, places: dict[str, Place], seat: str, place: str, before: Any) -> Cell:
    with undone(), watched_writes() as written:
        response = _ask(row, house.clients[seat], places[place])
        has_changed = bool(written) and (before is None or everything() != before)
    got = _outcome(response)
    expected = row.expected(seat, place)
    faults = [] if got == expected else [f"{got} instead of {expected}"]
    faults += _effects(row, got, place, has_changed)
    if response.status_code == 200:
        faults += _units_in(row, response, places, seat)
    return Cell(seat, place, expected, got, tuple(faults))


def _ask(row: Row, client: Client, place: Place) -> HttpResponse:
    path = _filled(row.path, place.names)
    if row.method in READING:
        return client.generic(row.method, path)  # type: ignore[return-value]
    if row.json is not None:
        return client.post(path, _filled(row.json, place.names), content_type="application/json")  # type: ignore[return-value]
    body = row.post(place) if callable(row.post) else _filled(row.post, place.names)
    return client.post(path, body)  # type: ignore[return-value]


def _outcome(response: HttpResponse) -> str:
    if response.status_code == 302 and "/login/?next=" in response["Location"]:
        return "login"
    return str(response.status_code)


def _effects(row: Row, got: str, place: str, has_changed: bool) -> list[str]:
    """Reading changes nothing, nor does what is refused; what is done has an effect."""
    is_locked = place == "closed" and bool(row.closed)
    is_done = row.method not in READING and got in DONE and not is_locked
    if has_changed and not is_done:
        return ["the tables changed all the same"]
    return ["nothing changed"] if is_done and row.has_effect and not has_changed else []


def _units_in(row: Row, response: HttpResponse, places: dict[str, Place], seat: str) -> list[str]:
    """No page holds the name of a unit outside the reader's scope; a list holds those within."""
    text = text_of(response)
    faults = []
    for name in PLACES[:3]:
        unit, is_within = places[name].names["unit_name"], SEATS[seat].sees(name)
        if unit in text and not is_within:
            faults.append(f"shows “{unit}”")
        if row.lists_units and is_within and unit not in text:
            faults.append(f"does not show “{unit}”")
    return faults


def text_of(response: HttpResponse) -> str:
    """What a response says, the parts of a zipped document too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if response["Content-Type"].startswith("application/json"):
        return json.dumps(json.loads(content), ensure_ascii=False)
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return html.unescape("".join(parts))


@contextmanager
def quiet() -> Iterator[None]:
    """Django reports every refusal with a traceback; here refusals are what is asked for."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


@contextmanager
def watched_writes() -> Iterator[list[str]]:
    """Collects the names of our tables that are written to."""
    written: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        found = WRITES.match(sql)
        if found and found[1].startswith(OURS):
            written.append(found[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield written


@contextmanager
def no_scope(monkeypatch: Any) -> Iterator[None]:
    """Within it every `visible_to` and `below` of the house gives everything to everybody.

    Prepared statements, which keep the scope that they were built with, are built anew for every call.
    """
    with ExitStack() as stack:
        patched = stack.enter_context(monkeypatch.context())
        for queryset in _scoped(QuerySet):
            for scope in {"visible_to", "below"} & vars(queryset).keys():
                patched.setattr(queryset, scope, lambda self, *_args, **_options: self.all())
        patched.setattr(Prepared, "__call__", lambda self, **given: self._build(**given))
        patched.setattr(
            PreparedUpdate, "__call__", lambda self, **given: self._build(**given).update(**self._values)
        )
        yield


def _scoped(base: type) -> Iterator[type]:
    below: list[type] = type.__subclasses__(base)
    for one in below:
        if "visible_to" in vars(one):
            yield one
        yield from _scoped(one)


def _names(value: Any) -> Iterator[str]:
    """The names in braces of every text in a value."""
    if isinstance(value, str):
        yield from (name for _text, name, _spec, _conversion in string.Formatter().parse(value) if name)
        return
    parts: list[Any] = []
    if isinstance(value, Mapping):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, list):
        parts = value
    for part in parts:
        yield from _names(part)


def _filled(value: Any, names: Mapping[str, Any]) -> Any:
    """The value with every name in braces filled in."""
    if isinstance(value, str):
        return value.format(**names)
    if isinstance(value, Mapping):
        return {_filled(key, names): _filled(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, names) for part in value]
    return value
