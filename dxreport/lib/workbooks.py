"""Workbooks as this house writes them: text stays text, pages print on A4, bytes repeat.

Every text goes through `put`. openpyxl takes whatever begins with "=" for a formula, so a
school's name could otherwise run on the reader's machine.
"""

import datetime as dt
import io
import re
import textwrap
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from .files import with_fixed_dates

FONT_NAME = "Times New Roman"
LONGEST_TEXT = 32_767  # characters that a cell holds
# 2^53: beyond it a spreadsheet's numbers lose their last digits.
LARGEST_EXACT = 9_007_199_254_740_992
COUNT_FORMAT = "#,##0"
PERCENT_FORMAT = "0.00"
DATE_FORMAT = "dd/mm/yyyy"
# What a spreadsheet takes for the beginning of a formula, or skips before one; East Asian ones
# take the full-width signs too.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

LETTERS_PER_WIDTH = 1.25
LINE_SPACING = 1.28

_MILLIMETRES_PER_INCH = 25.4
_A4 = 9
_SURROGATE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_THIN = Side(style="thin", color="000000")

BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEADER_FILL = PatternFill("solid", fgColor="E7ECF2")
WRAPPED = Alignment(vertical="top", wrap_text=True)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)

Value = str | int | Decimal | dt.date | None


def font(size: float = 12, *, bold: bool = False, italic: bool = False) -> Font:
    """The typeface of official documents (Decree 30/2020)."""
    return Font(name=FONT_NAME, size=size, bold=bold, italic=italic)


def clean(text: str) -> str:
    """`text` without the characters that a workbook cannot hold, cut to what a cell holds."""
    return _SURROGATE.sub("", ILLEGAL_CHARACTERS_RE.sub("", text))[:LONGEST_TEXT]


def put(cell: Cell, value: Value) -> Cell:
    """Write `value` so that it is what it was: text as text, numbers as exact numbers.

    Text beginning with = + - @ stays text, also after somebody edits the cell. None leaves the
    cell empty. A whole number that a spreadsheet would round is written as text.
    """
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST_EXACT:
        value = str(value)
    if isinstance(value, str):
        _put_text(cell, clean(value))
        return cell
    cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = DATE_FORMAT
    return cell


def _put_text(cell: Cell, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA_MARKS)


def put_at(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    """Write `value` into one cell of `sheet`; both numbers begin at 1."""
    found = sheet.cell(row=row, column=column)
    assert isinstance(found, Cell)
    return put(found, value)


def put_row(sheet: Worksheet, row: int, values: Iterable[Value]) -> list[Cell]:
    """Write `values` from column A of `row`; returns the cells."""
    return [put_at(sheet, row, column, value) for column, value in enumerate(values, start=1)]


def put_across(sheet: Worksheet, row: int, columns: tuple[int, int], value: Value) -> Cell:
    """Write `value` into the merged cells from the first to the last of `columns`."""
    first, last = columns
    if last > first:
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    return put_at(sheet, row, first, value)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Column widths in characters, from column A."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def height_for(*texts: tuple[str, float], size: float = 12) -> float:
    """Points for the tallest of (text, width of its column) in letters of `size` points.

    A row without a height of its own is not always fitted to its text: merged cells never are, and
    some programs fit none.
    """
    # A column's width counts digits of the default font; Times letters are narrower.
    lines = max(_lines(text, int(width * LETTERS_PER_WIDTH * 12 / size)) for text, width in texts)
    return round(lines * size * LINE_SPACING + 3, 1)


def _lines(text: str, letters: int) -> int:
    return sum(max(1, len(textwrap.wrap(line, max(1, letters)))) for line in text.split("\n"))


def set_up_page(
    sheet: Worksheet, *, landscape: bool = False, title_rows: str | None = None, footer: str = ""
) -> None:
    """A4, as wide as one page, as long as it takes; `title_rows` ("9:9") repeat on every page."""
    page = sheet.page_setup
    page.paperSize = _A4
    page.orientation = "landscape" if landscape else "portrait"
    page.fitToWidth = 1
    page.fitToHeight = 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.top, margins.bottom = 20 / _MILLIMETRES_PER_INCH, 20 / _MILLIMETRES_PER_INCH
    margins.left, margins.right = 20 / _MILLIMETRES_PER_INCH, 15 / _MILLIMETRES_PER_INCH
    margins.header, margins.footer = 8 / _MILLIMETRES_PER_INCH, 8 / _MILLIMETRES_PER_INCH
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = title_rows
    below = sheet.oddFooter
    assert below is not None
    left, right = below.left, below.right
    assert left is not None
    assert right is not None
    # "&" opens a code in a footer; doubled, it is itself.
    left.text = clean(footer).replace("&", "&&")[:200] or None
    right.text = "&P/&N"
    for part in (left, right):
        part.font, part.size = f"{FONT_NAME},Regular", 10


def to_bytes(workbook: Workbook, *, title: str, made_on: dt.date) -> bytes:
    """The workbook as a file. The same content on the same day gives the same bytes."""
    moment = dt.datetime.combine(made_on, dt.time())
    properties = workbook.properties
    properties.title, properties.creator, properties.language = clean(title), "dxreport", "vi"
    properties.created = properties.modified = moment
    packed = io.BytesIO()
    # `Workbook.save` would stamp the present moment as the time of change.
    ExcelWriter(workbook, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED)).save()
    return with_fixed_dates(packed.getvalue())
