"""Workbooks of ours that came back wrong: filled in, pasted into, renamed, or sent to the wrong place.

Each is a downloaded template with one thing changed. `cell` is the reference that the answer must
name; some mistakes are of the file as a whole and have none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from collection.workbooks.layout import IDENTITY_SHEET, Kind
from tests.workbooks import cell_at, changed, marks_of

Change = Callable[[Workbook], object]


@dataclass(frozen=True)
class Mistaken:
    """A change to the template of a unit (DN-101) or of a district, and how it is answered."""

    name: str
    change: Change
    said: str
    cell: str = ""
    kind: Kind = Kind.UNIT
    status: int = 422

    def make(self, template: bytes) -> bytes:
        return changed(template, self.change)


UNIT, CODE = "DN-101", "teachers"
TEACHERS = "E7"


def put(value: Any, kind: str = "", style: str = "") -> Change:
    """Something in the cell of the number of teachers."""

    def change(book: Workbook) -> None:
        cell = cell_at(book, UNIT, CODE)
        cell.value = value
        if kind:
            cell.data_type = kind
        if style:
            cell.number_format = style

    return change


def identity(key: str, value: str) -> Change:
    """Another fact on the hidden sheet."""

    def change(book: Workbook) -> None:
        for row in book[IDENTITY_SHEET].iter_rows():
            if row[0].value == key:
                row[1].value = value

    return change


def without_sheet(name: str) -> Change:
    def change(book: Workbook) -> None:
        del book[name]

    return change


def sheet_to_fill(book: Workbook) -> tuple[Worksheet, int, dict[str, int]]:
    """The first sheet with a row of marks, the number of that row, and its columns."""
    sheet = next(sheet for sheet in book.worksheets if any(marks_of(sheet)))
    head, columns = next(marks_of(sheet))
    return sheet, head, columns


def row_twice(book: Workbook) -> None:
    sheet, head, columns = sheet_to_fill(book)
    sheet.cell(head + 2, columns["#unit"]).value = UNIT
    sheet.cell(head + 2, columns[CODE]).value = 31


def row_of(code: str) -> Change:
    def change(book: Workbook) -> None:
        sheet, head, columns = sheet_to_fill(book)
        sheet.cell(head + 2, columns["#unit"]).value = code
        sheet.cell(head + 2, columns[CODE]).value = 31

    return change


def without_marks(book: Workbook) -> None:
    sheet, head, _columns = sheet_to_fill(book)
    for cell in sheet[head]:
        cell.value = None


def column_twice(book: Workbook) -> None:
    sheet, head, columns = sheet_to_fill(book)
    sheet.cell(head, max(columns.values()) + 1).value = CODE
    sheet.cell(head + 1, max(columns.values()) + 1).value = 31


def headings_decomposed(book: Workbook) -> None:
    """As some systems store Vietnamese; with a wrong figure, so that the cell is named nevertheless."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=8):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = unicodedata.normalize("NFD", cell.value)
    put("1.234,5")(book)


def at(name: str, change: Change, said: str) -> Mistaken:
    return Mistaken(name, change, said, TEACHERS)


MISTAKEN = [
    # What stands in a cell.
    at("a text number with a decimal comma", put("1.234,5"), "số nguyên"),
    at("a comma for thousands", put("7,661"), "dấu phẩy"),
    at("half a teacher", put(12.5), "số nguyên"),
    at("a number below zero", put(-5), "không thể âm"),
    at("a number too large", put(10**15), "Số quá lớn"),
    at("1e300", put(1e300), "Số quá lớn"),
    at("a word", put("ba mươi"), "chữ số"),
    at("a number with its unit", put("12 giáo viên"), "chữ số"),
    at("#REF!", put("#REF!", "e"), "#REF!"),
    at("#DIV/0!", put("#DIV/0!", "e"), "#DIV/0!"),
    at("a formula without a value", put("=SUM(A1:A3)"), "công thức"),
    at("a formula of another file", put("='[so-lieu.xlsx]Trang 1'!$A$1"), "công thức"),
    at("a command for another program", put("=cmd|'/c calc'!A0"), "công thức"),
    at("a date", put(45000, style="dd/mm/yyyy"), "ngày tháng"),
    at("yes in the place of a number", put(True), "TRUE, FALSE"),
    at("full-width digits", put("１２"), "chữ số"),
    at("headings in decomposed letters", headings_decomposed, "số nguyên"),
    # Which cells there are.
    Mistaken("a school twice", row_twice, "Hãy", "A7", Kind.DISTRICT),
    Mistaken(
        "another school's code", row_of("DN-201"), "không có trong phạm vi của bạn", "A7", Kind.DISTRICT
    ),
    Mistaken("a code of no school", row_of("DN-999"), "không có trong phạm vi của bạn", "A7", Kind.DISTRICT),
    Mistaken("a column twice", column_twice, "Hãy", kind=Kind.DISTRICT),
    Mistaken("no row of codes", without_marks, "dòng mã"),
    # Which template it is.
    Mistaken("no hidden sheet", without_sheet(IDENTITY_SHEET), "không phải tệp mẫu"),
    Mistaken("a layout of another version", identity(IDENTITY_SHEET, "99"), "phiên bản cũ"),
    Mistaken("a form of another version", identity("fingerprint", "0123456789abcdef"), "phiên bản cũ"),
    Mistaken("a kind of workbook that does not exist", identity("kind", "nation"), "không phải tệp mẫu"),
    Mistaken("a period that does not exist", identity("period", "1999"), "không có trong phạm vi của bạn"),
    Mistaken("a form that does not exist", identity("form", "KHAC"), "không có trong phạm vi của bạn"),
    Mistaken("another school's workbook", identity("unit", "DN-201"), "không có trong phạm vi của bạn"),
    Mistaken("a workbook of no school", identity("unit", "DN-999"), "không có trong phạm vi của bạn"),
]
