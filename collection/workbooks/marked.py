"""A faulty workbook back to whoever sent it: as typed, with its wrong cells in red and why.

A file from outside is never opened by a full reader here: what was read of it (in the limited
child) is laid over a fresh template of ours, cell by cell.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell import Cell as BookCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from dxreport.lib import workbooks
from dxreport.lib.reading import Cell, Sheet, Workbook, reference
from dxreport.lib.reading import Kind as CellKind
from dxreport.lib.workbooks import put, put_row, set_widths

from .reading import Fault
from .sheets import COMMENT_HEIGHT, COMMENT_WIDTH, LONGEST_COMMENT
from .styles import HEADING, LABEL, WRONG

_RED = PatternFill("solid", fgColor=WRONG)
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}", re.ASCII)
_WIDTHS = (28, 10, 100)


def marked_workbook(template: bytes, sent: Workbook, faults: Sequence[Fault], *, made_on: dt.date) -> bytes:
    """The .xlsx file: `sent` in the clothes of `template`, a workbook of ours, its faults marked.

    A first sheet lists the faults; a file that is mended and sent again may keep it.
    """
    book = load_workbook(io.BytesIO(template))
    for sheet in sent.sheets:
        _lay_over(_page(book, sheet), sheet)
    names = {sheet.name for sheet in sent.sheets}
    for page in [page for page in book.worksheets if page.title not in names]:
        book.remove(page)
    for fault in faults:
        _mark(book, fault)
    _list(book, faults)
    book.active = 0
    return workbooks.to_bytes(book, title=_("Tệp có lỗi cần sửa"), made_on=made_on)


def _page(book: Book, sheet: Sheet) -> Worksheet:
    if sheet.name in book.sheetnames:
        page = book[sheet.name]
        assert isinstance(page, Worksheet)
        return page
    page = book.create_sheet(sheet.name)
    assert isinstance(page, Worksheet)
    if sheet.is_hidden:
        page.sheet_state = "hidden"
    return page


def _lay_over(page: Worksheet, sheet: Sheet) -> None:
    """Make the cells of `page` hold what was sent, and nothing else."""
    for line in page.iter_rows():
        for cell in line:
            if isinstance(cell, BookCell) and cell.value is not None:
                cell.value = None
    for row in sheet.rows:
        for column, content in row.cells.items():
            cell = page[reference(row.number, column)]
            if isinstance(cell, BookCell):
                put(cell, _value(content))


def _value(cell: Cell) -> str | int | Decimal | None:
    """What was sent: a number as a number, anything else as its text."""
    if cell.kind == CellKind.EMPTY:
        return None
    if cell.kind != CellKind.NUMBER:
        return cell.text
    number = Decimal(cell.text)
    if abs(number.adjusted()) > 15:
        return cell.text
    return int(number) if number == number.to_integral_value() else number


def _mark(book: Book, fault: Fault) -> None:
    sheet, name = fault.place
    if sheet not in book.sheetnames or not _CELL.fullmatch(name):
        return
    cell = book[sheet][name]
    if isinstance(cell, BookCell):
        said = f"{cell.comment.text}\n" if cell.comment and cell.fill == _RED else ""
        cell.fill = _RED
        cell.comment = Comment(
            (said + fault.sentence)[:LONGEST_COMMENT], "dxreport", height=COMMENT_HEIGHT, width=COMMENT_WIDTH
        )


def _list(book: Book, faults: Sequence[Fault]) -> None:
    title = _("Lỗi cần sửa")
    if title in book.sheetnames:
        book.remove(book[title])
    page = book.create_sheet(title, 0)
    assert isinstance(page, Worksheet)
    set_widths(page, _WIDTHS)
    for cell in put_row(page, 1, (_("Trang tính"), _("Ô"), _("Cần sửa"))):
        cell.style = HEADING
    for number, fault in enumerate(faults, start=2):
        for cell in put_row(page, number, (*fault.place, fault.sentence)):
            cell.style = LABEL
    page.freeze_panes = "A2"
