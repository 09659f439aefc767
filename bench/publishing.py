"""A whole publication of the two-year report: read, rendered five times, read back, recounted and sealed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from bench.harness import Pair
from bench.pages import LEADER
from collection.models import ReportingPeriod
from reporting.demo.accounts import OFFICER
from reporting.drafts.selections import selection_of
from reporting.editions.actions import publish, request_publication
from reporting.editions.concerns import concerns
from reporting.editions.rendering import DOCUMENTS
from reporting.editions.snapshot import read_snapshot, read_written
from reporting.models import Draft, DraftSection, Publication
from reporting.report.default_text import default_sections
from reporting.report.source import read_source
from reporting.report.word import to_docx
from schools.models import OrgUnit, User

PERIOD = "2022..2023"
ROUNDS = 2  # a run takes seconds


def publishing() -> Iterator[Pair]:
    """Nothing stays: an edition could not be removed again."""
    draft = _draft()
    publication = _publication(draft)
    report = read_snapshot(draft.pk).report
    publication()
    begun = time.perf_counter()
    publication()
    seconds = time.perf_counter() - begun
    yield Pair(
        f"whole publication ({seconds:.1f} s) / its bare renderers",
        subject=publication,
        baseline=lambda: [render(report) for render in (to_docx, *DOCUMENTS.values())],
        limit=2,
        rounds=ROUNDS,
    )


def _draft() -> Draft:
    """The delivered text of the department, as an author leaves it who had nothing to add."""
    officer, now = User.objects.get(username=OFFICER), timezone.now()
    draft = Draft.objects.create(
        unit=OrgUnit.objects.get(code="DN"),
        period=ReportingPeriod.objects.get(code=PERIOD),
        created_by=officer,
        created_at=now,
    )
    source = read_source(draft.unit, selection_of(draft), timezone.localdate())
    for position, one in enumerate(default_sections(source), start=1):
        written = [line for line in one.text.split("\n") if not line.startswith("[")]
        DraftSection.objects.create(
            draft=draft,
            key=one.key,
            heading=one.heading,
            position=position,
            text="\n".join(written) or "Không có.",
            updated_by=officer,
            updated_at=now,
        )
    return draft


def _publication(draft: Draft) -> Callable[[], None]:
    leader = User.objects.get(username=LEADER)
    seen = concerns(read_written(draft.pk)).digest

    def run() -> None:
        with transaction.atomic():
            asked = request_publication(draft=draft, acknowledged=seen, by=leader)
            publish.func(asked.pk, asked.run)
            asked.refresh_from_db()
            if asked.state != Publication.State.PUBLISHED:
                raise RuntimeError(asked.problem)
            transaction.set_rollback(True)

    return run
