"""How the cells of our workbooks look: a few named styles, which also say which cells are locked.

A named style is given to a cell ten times faster than fonts, fills and borders one by one, which
is what makes 37,000 cells quick to write; and the reader of the file finds them by name.
"""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from dxreport.lib.workbooks import CENTRED, COUNT_FORMAT, FONT_NAME, HEADER_FILL, WRAPPED, Value, font, put

TITLE, NOTE, HEADING, MARK, SECTION, LABEL, LOCKED, INPUT, INPUT_TEXT, NOT_ASKED = (
    "dx tiêu đề",
    "dx lời dẫn",
    "dx đầu cột",
    "dx mã",
    "dx phần",
    "dx nhãn",
    "dx khóa",
    "dx nhập số",
    "dx nhập chữ",
    "dx không hỏi",
)
WRONG = "FFFFC7CE"  # the red that spreadsheets themselves use for "bad"

_SIZE = 11
_LINE = Side(style="thin", color="FFB8C2CC")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_INPUT_FILL = PatternFill("solid", fgColor="FFFFF9E5")
_LOCKED_FILL = PatternFill("solid", fgColor="FFF1F3F5")
_UNASKED_FILL = PatternFill("lightUp", fgColor="FFB8C2CC")
_OPEN = Protection(locked=False)


def add_styles(book: Workbook) -> None:
    """Make the styles known to `book`."""
    plain, right = font(_SIZE), Alignment(vertical="top", horizontal="right")
    code = Font(name=FONT_NAME, size=8, color="FF66717C")
    for style in (
        NamedStyle(TITLE, font=font(14, bold=True)),
        NamedStyle(NOTE, font=plain, alignment=Alignment(vertical="top")),
        NamedStyle(HEADING, font=font(_SIZE, bold=True), alignment=CENTRED, border=_GRID, fill=HEADER_FILL),
        NamedStyle(MARK, font=code, alignment=CENTRED, border=_GRID, fill=HEADER_FILL),
        NamedStyle(SECTION, font=font(_SIZE, bold=True), border=_GRID, fill=HEADER_FILL),
        NamedStyle(LABEL, font=plain, alignment=WRAPPED, border=_GRID),
        NamedStyle(
            LOCKED,
            font=plain,
            alignment=right,
            border=_GRID,
            fill=_LOCKED_FILL,
            number_format=COUNT_FORMAT,
        ),
        NamedStyle(
            INPUT,
            font=plain,
            alignment=right,
            border=_GRID,
            fill=_INPUT_FILL,
            number_format=COUNT_FORMAT,
            protection=_OPEN,
        ),
        NamedStyle(
            INPUT_TEXT, font=plain, alignment=WRAPPED, border=_GRID, fill=_INPUT_FILL, protection=_OPEN
        ),
        NamedStyle(NOT_ASKED, font=plain, border=_GRID, fill=_UNASKED_FILL),
    ):
        book.add_named_style(style)


def styled(sheet: WriteOnlyWorksheet, value: Value, style: str) -> Cell:
    """A cell for one row of a write-only `sheet`, safely written."""
    cell = WriteOnlyCell(sheet)
    cell.style = style
    return put(cell, value)
