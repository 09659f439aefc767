"""Workbooks for tests: a template as it is downloaded, filled in as a person would.

data = template(Kind.UNIT, province.submission("DN-101"))
data = filled(data, {("DN-101", "teachers"): 30, ("DN-101", "lessons"): "Không áp dụng"})
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from collection import authority
from collection.models import Submission
from collection.workbooks.layout import Kind
from collection.workbooks.template import template_of
from collection.workbooks.writing import workbook_of

DAY = dt.date(2024, 3, 5)


def template(kind: Kind, *submissions: Submission) -> bytes:
    """The workbook of submissions as it would be downloaded now."""
    rows = Submission.objects.with_context().filter(pk__in=[row.pk for row in submissions])
    found = template_of(kind, authority.with_extension(rows).order_by("org_unit__code"))
    return workbook_of(found, made_on=DAY)


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def saved(book: Workbook) -> bytes:
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def changed(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The workbook after `change` did something to it."""
    book = opened(data)
    change(book)
    return saved(book)


def filled(data: bytes, cells: Mapping[tuple[str, str], Any], mark: str = "#value") -> bytes:
    """The workbook with values in the cells of (unit, element): of one unit's form, in column `mark`."""
    book = opened(data)
    for (unit, code), value in cells.items():
        cell_at(book, unit, code, mark).value = value
    return saved(book)


def cell_at(book: Workbook, unit: str, code: str, mark: str = "#value") -> Cell:
    """The cell of an element: in a unit's form in column `mark`, in a district's sheet its own."""
    for sheet in book.worksheets:
        for row, columns in marks_of(sheet):
            if "#value" in columns:
                return _found(sheet, row, columns["#code"], code, columns[mark])
            if "#unit" in columns and code in columns:
                return _found(sheet, row, columns["#unit"], unit, columns[code])
    raise AssertionError(f"no cell of {code}")


def _found(sheet: Worksheet, head: int, key_column: int, key: str, column: int) -> Cell:
    for row in range(head + 1, sheet.max_row + 1):
        if sheet.cell(row, key_column).value == key:
            cell = sheet.cell(row, column)
            assert isinstance(cell, Cell)
            return cell
    raise AssertionError(f"no row of {key} on {sheet.title}")


def marks_of(sheet: Worksheet) -> Iterator[tuple[int, dict[str, int]]]:
    """The row of marks, where a sheet has one: its number, and text -> column."""
    for cells in sheet.iter_rows(max_row=10):
        found = {str(cell.value): cell.column for cell in cells if cell.value is not None and cell.column}
        if {"#code", "#unit"} & set(found):
            yield int(cells[0].row or 0), found
            return


def upload(client: Client, data: bytes, name: str = "phieu.xlsx") -> Any:
    """Send a workbook to the page that takes them."""
    return client.post("/workbooks/", {"file": SimpleUploadedFile(name, data)})
