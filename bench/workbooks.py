"""Many schools at once: 37,000 cells of 370 schools saved, against a bare upsert of the same values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from django.db import transaction
from django.utils import timezone

from bench.harness import Pair
from bench.wide import NOW, count_of, officer, submissions, wide_form
from collection import actions
from collection.entries import Entry
from collection.models import DataValue, Submission
from indicators.models import DataElement

ROUNDS = 3  # a run takes seconds


def workbooks() -> Iterator[Pair]:
    """Each run writes other numbers than the one before it: a save that changes nothing writes nothing."""
    wide_form()
    rows = submissions(NOW)
    elements = list(DataElement.objects.filter(code__startswith="count_").order_by("code"))
    yield Pair(
        f"{len(rows) * len(elements)} cells saved / bare bulk upsert",
        subject=_saving(rows, elements),
        baseline=bulk_upsert(rows, elements),
        limit=3,
        rounds=ROUNDS,
    )


def _saving(rows: Sequence[Submission], elements: Sequence[DataElement]) -> Callable[[], object]:
    by, runs = officer(), count()

    def save() -> None:
        more = next(runs)
        batches = [
            (
                one,
                [
                    Entry(e.code, number=count_of(n, one.org_unit_id, more=more))
                    for n, e in enumerate(elements)
                ],
            )
            for one in rows
        ]
        actions.save_many(batches=batches, by=by, source=DataValue.Source.WORKBOOK)

    return save


def bulk_upsert(rows: Sequence[Submission], elements: Sequence[DataElement]) -> Callable[[], object]:
    """The values alone in one transaction: no versions seen, no history, no rules, no rights, no locks."""
    by, runs = officer(), count(1000)

    def upsert() -> None:
        more, now = next(runs), timezone.now()
        with transaction.atomic():
            DataValue.objects.bulk_create(
                [
                    DataValue(
                        period_id=one.period_id, org_unit_id=one.org_unit_id, submission_id=one.pk,
                        element_id=element.pk, number=count_of(n, one.org_unit_id, more=more),
                        updated_at=now, updated_by_id=by.pk,
                    )
                    for one in rows
                    for n, element in enumerate(elements)
                ],
                update_conflicts=True,
                unique_fields=["period", "org_unit", "element"],
                update_fields=["number", "state", "updated_at", "updated_by"],
            )  # fmt: skip

    return upsert
