"""Every route × role × place has the outcome that `table.py` gives it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.access.house import House, build_house
from tests.access.routes import route_of, routes, spelled_out
from tests.access.rows import Cell, Row, no_scope, tried
from tests.access.table import TABLE

pytestmark = pytest.mark.django_db

ROWS = spelled_out(TABLE)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker) -> Iterator[House]:
    """The province, built once; every request in it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_house()
        transaction.set_rollback(True)


def test_every_route_has_a_row():
    missing = set(routes()) - {route_of(row) for row in ROWS}
    assert not missing, "\n".join(["No row in tests/access/table.py:", *sorted(missing)])


def test_every_row_is_about_a_route_of_ours():
    assert sorted({route_of(row) for row in ROWS} - set(routes())) == []


def test_no_row_stands_twice():
    assert len({repr(row) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says(house: House, row: Row):
    faults = [str(cell) for cell in tried(row, house) if cell.faults]
    assert not faults, "\n".join([str(row), *faults])


def test_without_the_scope_filter_the_table_is_wrong(house: House, monkeypatch: pytest.MonkeyPatch):
    """Every row that hides something from somebody shows it then."""
    hiding = [row for row in ROWS if row.lists_units or row.hides_something]
    with no_scope(monkeypatch):
        still_right = [str(row) for row in hiding if not any(cell.faults for cell in _outside(row, house))]
    assert len(hiding) > 10
    assert still_right == []


# Who may not see everything, and between them may do all that the table hides behind the scope.
LIMITED = ("reviewer of a district", "administrator of a district")


def _outside(row: Row, house: House) -> Iterator[Cell]:
    return tried(row, house, lambda seat, place: seat in LIMITED)
