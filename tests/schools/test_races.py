"""A school is added while its district moves: two people, two real connections."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from schools.actions import NewUnit, create_units, transfer_unit
from schools.hierarchy import rebuild_ancestry
from schools.models import Ancestry
from tests.schools.province import FOUNDED, REFORM, build

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 15  # seconds until a thread that hangs fails the test
PAUSE = 1.0  # seconds in which the second thread comes along if nothing holds it


def together(*tasks: Callable[[], object]) -> None:
    """Run tasks at once, each on its own connection. Raises what one of them raised."""
    raised: list[Exception] = []

    def run(task: Callable[[], object]) -> None:
        try:
            task()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    if raised:
        raise raised[0]


def stored():
    return set(Ancestry.objects.values_list("ancestor", "descendant", "depth", "valid_from", "valid_to"))


def ancestry_holds_after_both():
    """Whether the ancestry that two people left is the one that their placements give."""
    province = build()
    moved = threading.Event()

    def move():
        with transaction.atomic():
            transfer_unit(unit=province["P1"], to=province["P2"], effective_on=REFORM, by=None)
            moved.set()
            time.sleep(PAUSE)

    def add():
        moved.wait(PATIENCE)
        create_units(rows=[NewUnit("N1", "Trường mới", "school", FOUNDED, "P1")], by=None)

    together(move, add)
    left = stored()
    rebuild_ancestry()
    return left == stored()


def test_a_school_added_while_its_district_moves_moves_with_it(transactional_db):
    assert ancestry_holds_after_both()


def test_without_the_lock_it_would_be_left_behind(transactional_db, monkeypatch):
    """SQLite has one writer at a time whatever we do; PostgreSQL needs the lock."""
    for module in ("schools.hierarchy", "schools.actions.units", "schools.actions.reorganisation"):
        monkeypatch.setattr(f"{module}.lock_placements", lambda: None)
    assert ancestry_holds_after_both() is (connection.vendor == "sqlite")
