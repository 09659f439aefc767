"""Everything that an edition says, read in one moment: all its files are made from this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from indicators.formula import elements_of
from indicators.models import DataElement
from reporting.drafts.selections import selection_of
from reporting.editions.tree import Tree, read_tree
from reporting.models import Draft
from reporting.notes import LANGUAGE
from reporting.report.build import compose
from reporting.report.content import Report
from reporting.report.source import Source, read_source


@dataclass(frozen=True)
class Written:
    """A draft as it stood at `read_at`, with the figures that it speaks of: all that is checked beforehand.

    `texts` and `headings` by section key; `writers` are the ids of those who last changed a section.
    """

    draft: Draft
    read_at: dt.datetime
    texts: Mapping[str, str]
    headings: Mapping[str, str]
    writers: frozenset[int]
    source: Source
    report: Report


@dataclass(frozen=True)
class Snapshot(Written):
    """The same with each unit's part; `elements` are the names of what the formulas speak of, by code."""

    tree: Tree
    elements: Mapping[str, str]


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read within is of one moment, whatever others save meanwhile.

    On SQLite every transaction is; on PostgreSQL one that repeats its reads.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def read_snapshot(draft_id: int) -> Snapshot:
    """The draft, its texts and figures, and each unit's part of them: a constant number of statements.

    Raises ReportError for a text that cannot be read.
    """
    with one_moment(), override(LANGUAGE):
        written = _written(draft_id)
        draft, source = written.draft, written.source
        selection = selection_of(draft)
        indicators = [one.indicator for one in source.figures]
        return Snapshot(
            **vars(written),
            tree=read_tree(
                draft.unit, selection.units_below(draft.unit), selection.period, selection.basis, indicators
            ),
            elements=_elements(source),
        )


def read_written(draft_id: int) -> Written:
    """The same without each unit's part, in half the time. Raises ReportError."""
    with one_moment(), override(LANGUAGE):
        return _written(draft_id)


def _written(draft_id: int) -> Written:
    read_at = timezone.now()
    draft = Draft.objects.select_related("unit__kind").get(pk=draft_id)
    sections = list(draft.sections.all())
    texts = {one.key: one.text for one in sections}
    source = read_source(draft.unit, selection_of(draft), timezone.localdate(read_at))
    return Written(
        draft=draft,
        read_at=read_at,
        texts=texts,
        headings={one.key: one.heading for one in sections},
        writers=frozenset(one.updated_by_id for one in sections),
        source=source,
        report=compose(source, texts),
    )


def _elements(source: Source) -> dict[str, str]:
    formulas = [
        side for one in source.figures for side in (one.indicator.numerator, one.indicator.denominator)
    ]
    rows = DataElement.objects.filter(
        indicator_set=source.period.indicator_set_id, code__in=elements_of(*filter(None, formulas))
    )
    return dict(rows.order_by("code").values_list("code", "name"))
