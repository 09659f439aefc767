"""A worker that dies while it publishes leaves no half edition, and beginning again ends well."""

import json

import pytest

from reporting.editions.snapshot import read_snapshot
from reporting.models import Edition
from tests.collection.background import run_program
from tests.province import build_province
from tests.reporting.editions.making import asked_for, drafted, with_figures

KILLS = 20
UNGUARDED = """
from reporting.editions import actions
actions._seal = actions._seal.__wrapped__
actions._held = lambda pk, run: actions.Publication.objects.get(pk=pk)
"""


def killed(call, before=""):
    done = run_program(f"{before}\nfrom tests.reporting.editions.killed import *\n{call}")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.django_db(transaction=True)
def test_twenty_kills_at_random_moments_leave_no_half_edition_and_another_worker_ends_it():
    province = with_figures(build_province())
    publication = asked_for(province, drafted(province))
    figures = len(read_snapshot(publication.draft_id).source.figures)
    *after_kills, at_last = killed(f"main({publication.pk}, {KILLS})")
    assert after_kills == [[0, 0, 0, "working"]] * KILLS
    assert at_last == [1, figures, 5, "published"]
    publication.refresh_from_db()
    assert publication.run == KILLS + 3  # asked for, counted, killed twenty times, ended
    assert publication.edition == Edition.objects.get()


@pytest.mark.django_db(transaction=True)
def test_without_the_one_transaction_at_the_end_a_kill_leaves_half_an_edition():
    province = with_figures(build_province())
    publication = asked_for(province, drafted(province))
    found = killed(f"between_figures_and_files({publication.pk})", UNGUARDED)
    figures = len(read_snapshot(publication.draft_id).source.figures)
    assert found == [1, figures, 0, "working"]
