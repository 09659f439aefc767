"""A workbook of 370 schools, 37,000 cells: checked and previewed, and saved."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from bench.harness import Pair
from bench.pages import signed_in
from bench.wide import NOW, count_of, officer, submissions, wide_form
from collection import actions, authority
from collection.models import DataValue, Submission, Upload, ValueChange
from collection.workbooks.layout import Kind
from collection.workbooks.template import Row, template_of
from collection.workbooks.writing import workbook_of
from indicators.models import DataElement
from reporting.demo.accounts import OFFICER

ROUNDS = 2  # a run takes seconds


def workbooks() -> Iterator[Pair]:
    """All cells are new each time: what a run saved is taken out again before the next."""
    wide_form()
    _forget_saved()
    data = _filled_workbook()
    rows = submissions(NOW)
    yield Pair(
        "workbook of 37,000 cells checked, previewed / bare openpyxl pass",
        subject=_preview(data),
        baseline=_bare_pass(data),
        limit=6,
        rounds=ROUNDS,
        before=_forget_uploads,
    )
    upload = actions.receive_workbook(data=data, file_name="so-lieu.xlsx", by=officer()).upload
    assert upload is not None
    yield Pair(
        "workbook of 37,000 cells saved / bare bulk upsert",
        subject=lambda: actions.confirm_upload(upload=upload, by=officer()),
        baseline=_bulk_upsert(rows),
        limit=3,
        rounds=ROUNDS,
        before=_waiting_again(upload),
    )


def _elements() -> list[DataElement]:
    return list(DataElement.objects.filter(code__startswith="count_").order_by("code"))


def _filled_workbook() -> bytes:
    """The district workbook with a figure in every cell, as if typed into an empty one."""
    asked = authority.with_extension(Submission.objects.with_context())
    rows = asked.filter(period__code=NOW, form__code="RONG").order_by("org_unit__code")
    template = template_of(Kind.DISTRICT, rows)
    elements = _elements()

    def filled(row: Row) -> Row:
        unit = row.submission.org_unit_id
        values = {
            element.code: DataValue(number=count_of(place, unit), version=0)
            for place, element in enumerate(elements)
        }
        return replace(row, values=values)

    return workbook_of(
        replace(template, rows=tuple(map(filled, template.rows))), made_on=timezone.localdate()
    )


def _preview(data: bytes) -> Callable[[], object]:
    """The file sent through the page, checked in its child process and kept, and the preview opened."""
    client = signed_in(OFFICER)

    def preview() -> None:
        sent = client.post("/workbooks/", {"file": SimpleUploadedFile("so-lieu.xlsx", data)}, follow=True)
        if sent.status_code != 200 or not Upload.objects.filter(state=Upload.State.READY).exists():
            raise RuntimeError(f"{sent.status_code} {sent.content.decode()[:2000]}")

    return preview


def _bare_pass(data: bytes) -> Callable[[], object]:
    """Every value of every sheet once, in read-only mode: nothing compared, nothing kept, no child."""

    def read() -> None:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        for sheet in book.worksheets:
            for _row in sheet.iter_rows(values_only=True):
                pass
        book.close()

    return read


def _forget_uploads() -> None:
    Upload.objects.all().delete()


def _forget_saved() -> None:
    """Straight from the tables: the history of a value is otherwise never deleted."""
    saved = DataValue.objects.filter(period__code=NOW)
    ValueChange.objects.filter(value__in=saved).delete()
    saved.delete()


def _waiting_again(upload: Upload) -> Callable[[], object]:
    """The upload as it was before it was confirmed, and nothing of it saved."""
    plan = Upload.objects.values_list("plan", flat=True).get(pk=upload.pk)

    def restore() -> None:
        _forget_saved()
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.READY, confirmed_at=None, plan=plan)

    return restore


def _bulk_upsert(rows: Sequence[Submission]) -> Callable[[], object]:
    """The values alone in one transaction: no versions seen, no history, no rules, no rights, no locks."""
    by, elements, runs = officer(), _elements(), count(1)

    def upsert() -> None:
        more, now = next(runs), timezone.now()
        values = [
            DataValue(
                period_id=one.period_id, org_unit_id=one.org_unit_id, submission_id=one.pk,
                element_id=element.pk, number=count_of(place, one.org_unit_id, more=more),
                updated_at=now, updated_by_id=by.pk,
            )
            for one in rows
            for place, element in enumerate(elements)
        ]  # fmt: skip
        with transaction.atomic():
            DataValue.objects.bulk_create(
                values,
                update_conflicts=True,
                unique_fields=["period", "org_unit", "element"],
                update_fields=["number", "state", "updated_at", "updated_by"],
            )

    return upsert
