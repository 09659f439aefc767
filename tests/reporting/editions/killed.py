"""A program that begins a publication again and again and is killed each time, at a statement drawn by lot.

Run in a process of its own (tests.collection.background.run_program). Each time a child is forked that does
what a worker does and kills itself before or after its n-th statement; the lot is drawn with a fixed seed,
half of it among the statements of the last transaction. Prints a JSON list of what was found after each.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
from collections.abc import Callable
from typing import Any

from django.db import connection, connections
from django.utils import timezone

from reporting.editions import actions
from reporting.models import Edition, EditionFigure, EditionFile, Publication
from tests.reporting.editions.making import quick_pdfs

OF_THE_LAST = 10  # statements; the last transaction has about so many


def main(publication_id: int, kills: int, seed: int = 5) -> None:
    lot = random.Random(seed)
    whole = _statements_of_a_publication(publication_id)
    found = []
    for turn in range(kills):
        first = max(whole - OF_THE_LAST, 1) if turn % 2 else 1
        at = lot.randint(first, whole)
        _child(publication_id, _at(at), after=lot.random() < 0.5)
        found.append(state(publication_id))
        connections.close_all()
    _child(publication_id, lambda number, statement: False)
    print(json.dumps([*found, state(publication_id)]))


def state(publication_id: int) -> list[Any]:
    """Numbers of editions, figures and files, and what the publication says."""
    said = Publication.objects.get(pk=publication_id).state
    return [*(model.objects.count() for model in (Edition, EditionFigure, EditionFile)), said]


def _statements_of_a_publication(publication_id: int) -> int:
    """How many statements it takes, counted by a child whose last transaction is taken back."""
    read, write = os.pipe()

    def count_and_give_up() -> None:
        counted = 0

        def counts(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal counted
            counted += 1
            return execute(*args)

        usual = actions._record

        def last_of_all(*args: Any, **named: Any) -> None:
            usual(*args, **named)
            os.write(write, str(counted).encode())
            os.kill(os.getpid(), signal.SIGKILL)

        actions._record = last_of_all
        with connection.execute_wrapper(counts):
            _publish(publication_id)

    _forked(count_and_give_up)
    os.close(write)
    return int(os.read(read, 20))


def between_figures_and_files(publication_id: int) -> None:
    """Killed once, in the middle of what the last transaction writes."""
    _child(
        publication_id, lambda number, statement: statement.startswith('INSERT INTO "reporting_editionfile"')
    )
    print(json.dumps(state(publication_id)))


def _at(wanted: int) -> Callable[[int, str], bool]:
    return lambda number, _statement: number == wanted


def _child(publication_id: int, is_time: Callable[[int, str], bool], *, after: bool = False) -> None:
    """Publish, and be killed before (or after) the statement at which `is_time`, told number and text."""

    def work() -> None:
        done = 0

        def kills(execute: Callable[..., Any], statement: str, *args: Any) -> Any:
            nonlocal done
            done += 1
            is_now = is_time(done, statement)
            if is_now and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = execute(statement, *args)
            if is_now:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        with connection.execute_wrapper(kills):
            _publish(publication_id)

    _forked(work)


def _publish(publication_id: int) -> None:
    """What a worker does with the run that it is given."""
    with quick_pdfs():
        actions.publish.func(publication_id, Publication.objects.get(pk=publication_id).run)


def _forked(work: Callable[[], None]) -> None:
    """Do `work` in a child that begins the publication again first, as a person would."""
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            _begin_again()
            work()
        finally:
            os._exit(1)
    os.waitpid(child, 0)


def _begin_again() -> None:
    long_ago = timezone.now() - dt.timedelta(hours=1)
    for one in Publication.objects.filter(state=Publication.State.WORKING):
        Publication.objects.filter(pk=one.pk).update(moved_at=long_ago)
        actions.restart_publication(publication=one, by=one.requested_by)
