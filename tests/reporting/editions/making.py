"""Editions to try things on: a draft of the small province, and its publication by another person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

from django.utils import timezone

from collection import actions as collecting
from collection.actions import Entry
from collection.models import ReportingPeriod
from indicators.actions import mark_changed
from indicators.models import Indicator
from reporting.drafts.selections import selection_of
from reporting.editions import freezing, rendering, rereading
from reporting.editions.actions import STEPS, file_of, request_publication
from reporting.editions.concerns import concerns
from reporting.editions.snapshot import read_snapshot
from reporting.models import Draft, DraftSection, Edition, EditionFigure, EditionFile, Publication
from reporting.report.default_text import default_sections
from reporting.report.source import read_source
from schools.models import User
from tests.collection.background import work
from tests.province import Province, approved, submitted

TEXTS = {"general": "Đơn vị báo cáo kết quả năm 2023.", "closing": "Trên đây là báo cáo của đơn vị."}


def with_figures(province: Province) -> Province:
    """Two schools approved, one handed in and not yet decided on, the last silent."""
    officer = province.person("officer")
    for unit, clerk, computers in (("DN-101", "clerk_101", 12), ("DN-102", "clerk_102", 8)):
        approved(
            province.submission(unit),
            by=province.person(clerk),
            reviewer=officer,
            teachers=20,
            teachers_with_computer=computers,
        )
    submitted(province.submission("DN-201"), by=province.person("clerk_201"))
    Indicator.objects.filter(code="T1").update(appendix_row=1)
    mark_changed()
    return province


def _without_prompts(text: str) -> str:
    """As an author leaves a delivered text who had nothing to add."""
    return "\n".join(one for one in text.split("\n") if not one.startswith("[")) or "Không có."


def drafted(
    province: Province,
    *,
    unit: str = "DN",
    by: str = "officer",
    texts: Mapping[str, str] = TEXTS,
    pk: int | None = None,
    basis: str = "official",
    period: ReportingPeriod | None = None,
) -> Draft:
    """The draft of a unit on 2023 (or `period`), its last words by one person; `pk` as of `sealed`."""
    now, person = timezone.now(), province.person(by)
    draft = Draft.objects.create(
        pk=pk,
        unit=province.unit(unit),
        period=period or province.period,
        basis=basis,
        created_by=person,
        created_at=now,
    )
    source = read_source(draft.unit, selection_of(draft), timezone.localdate())
    DraftSection.objects.bulk_create(
        DraftSection(
            draft=draft,
            key=one.key,
            heading=one.heading,
            position=position,
            text=texts.get(one.key, _without_prompts(one.text)),
            updated_by=person,
            updated_at=now,
        )
        for position, one in enumerate(default_sections(source), start=1)
    )
    return draft


def asked_for(province: Province, draft: Draft, *, by: str = "leader", reason: str = "") -> Publication:
    """The publication that a person asks for, having seen every warning."""
    seen = concerns(read_snapshot(draft.pk)).digest
    return request_publication(draft=draft, reason=reason, acknowledged=seen, by=province.person(by))


def published(province: Province, draft: Draft, *, by: str = "leader", reason: str = "") -> Edition:
    """The edition that comes of it."""
    publication = asked_for(province, draft, by=by, reason=reason)
    work()
    publication.refresh_from_db()
    assert publication.edition is not None, publication.problem
    return publication.edition


def sealed(draft: Draft, *, by: User, pk: int | None = None, reason: str = "") -> Edition:
    """An edition as publishing leaves it, but for files of a few bytes: for tests that look at neither.

    With `pk` its address is known before it is there.
    """
    content = freezing.freeze(read_snapshot(draft.pk), templates={})
    now = timezone.now()
    edition = Edition.objects.create(
        pk=pk,
        draft=draft,
        unit=draft.unit,
        period=draft.period,
        basis=draft.basis,
        number=draft.editions.count() + 1,
        reason=reason,
        content=content,
        sha256=freezing.fingerprint(freezing.canonical(content)),
        published_by=by,
        published_at=now,
    )
    figures = freezing.figure_rows(content)
    for one in figures:
        one.edition = edition
    EditionFigure.objects.bulk_create(figures)
    EditionFile.objects.bulk_create(file_of(edition, kind, b"bytes") for kind in EditionFile.Kind.values)
    Publication.objects.create(
        draft=draft,
        reason=reason,
        state=Publication.State.PUBLISHED,
        step=len(STEPS),
        requested_by=by,
        requested_at=now,
        moved_at=now,
        edition=edition,
    )
    return edition


def mended(province: Province, unit: str = "DN-101", clerk: str = "clerk_101", **numbers: int) -> None:
    """An approved value changed afterwards, as in life: reopened with a reason, changed, approved again."""
    officer, person = province.person("officer"), province.person(clerk)
    collecting.reopen(submission=province.submission(unit), reason="Kê khai nhầm", by=officer)
    collecting.save_values(
        submission=province.submission(unit),
        entries=[Entry(code, number=number) for code, number in numbers.items()],
        by=person,
        source="form",
    )
    collecting.submit(submissions=[province.submission(unit)], by=person)
    collecting.approve(submissions=[province.submission(unit)], by=officer)


QUICK_PDF = b"%PDF-1.7 for tests\n%%EOF"


@contextmanager
def quick_pdfs() -> Iterator[None]:
    """A PDF takes a second; where nobody reads it, any bytes do."""
    with (
        patch.dict(rendering.DOCUMENTS, {EditionFile.Kind.PDF: lambda report: QUICK_PDF}),
        patch.object(rereading, "check_pdf"),
    ):
        yield
