"""The workbook that an appendix is filled into: the ministry's form, and beneath it every figure as a number.

The delivered file is what `build` makes of the delivered indicator set (`manage.py build_appendix_template`);
a set with other indicators gets a form of its own without anybody drawing one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.conf import settings
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from dxreport.lib import workbooks
from dxreport.lib.workbooks import (
    BOX,
    CENTRED,
    HEADER_FILL,
    WRAPPED,
    font,
    height_for,
    put_across,
    put_at,
    put_row,
)
from indicators.models import Indicator
from reporting.appendix import COLUMNS, TITLE, Piece, pieces_of
from reporting.appendix_cells import RESULT, cell_name, piece_aspect
from reporting.report.letterhead import MOTTO, NATION

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "documents" / "appendix.xlsx"
FORM_SHEET = "Phụ lục"
NUMBERS_SHEET = "Số liệu"
# STT, subject; then the four columns of "Kết quả": measure, number, words, share.
FORM_WIDTHS = (6, 30, 28, 13, 11, 10)
SUBJECT, MEASURE, NUMBER, WORDS, SHARE = 2, 3, 4, 5, 6
LAST = len(FORM_WIDTHS)
SHARE_WORDS, NAMES_WORDS = "đạt tỉ lệ", "gồm:"
LABEL_ROWS, NOTE_ROWS = 2, 24
# heading, width, what the cell tells of its figure; a share and a count have a column each.
NUMBER_COLUMNS = (
    ("Mã", 7, ""),
    ("Chỉ số", 38, ""),
    ("Đơn vị tính", 10, ""),
    ("Tử số", 11, "numerator"),
    ("Mẫu số", 11, "denominator"),
    ("Giá trị", 11, "value"),
    ("Tỉ lệ", 9, "value"),
    ("Số đơn vị có số liệu", 10, "counted"),
    ("Số đơn vị được hỏi", 10, "expected"),
    ("Độ bao phủ", 10, "coverage"),
    ("Mục tiêu", 9, "target"),
    ("Đến năm", 8, "target_year"),
    ("Đánh giá", 15, "status"),
    ("Ghi chú", 46, "notes"),
)
COUNT_COLUMN, SHARE_COLUMN = 6, 7
TEXT_COLUMNS, CENTRED_COLUMNS = (1, 2, 3, 14), (12, 13)
NUMBER_SIZE = 11
# Bold capitals take this much more room than the letters that heights are reckoned with.
CAPITALS = 0.7
AUTHOR = "dxreport"
HOW_TO = (
    "Các ô kết quả được điền theo tên ô (Formulas, Name Manager). Có thể sửa chữ, thêm dòng, đổi kiểu dáng; "
    "hãy giữ tên của các ô."
)
ESTIMATED = "Số liệu ước tính: tỉ lệ tính trên số người được khảo sát."
_DAY = dt.date(2024, 2, 6)  # of the letter that asks for the form; a template is not made anew every day

_LEFT, _CENTRE = Alignment(wrap_text=True, vertical="top"), Alignment(horizontal="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="top", wrap_text=True)
_TOP_CENTRE = Alignment(horizontal="center", vertical="top", wrap_text=True)
_THIN = Side(style="thin", color="000000")


@dataclass
class _Names:
    """Gives cells their names; one told again gets a number."""

    book: Workbook

    def __post_init__(self) -> None:
        self._told: Counter[tuple[str, str]] = Counter()

    def give(self, sheet: Worksheet, code: str, aspect: str, row: int, column: int, *, rows: int = 1) -> None:
        """Name the cell, or `rows` of it."""
        self._told[code, aspect] += 1
        name = cell_name(code, aspect, time=self._told[code, aspect])
        letter = get_column_letter(column)
        end = f":${letter}${row + rows - 1}" if rows > 1 else ""
        place = f"{quote_sheetname(sheet.title)}!${letter}${row}{end}"
        self.book.defined_names[name] = DefinedName(name, attr_text=place)


def build(indicators: Sequence[Indicator]) -> bytes:
    """The template for a set's indicators, in their order. The same set gives the same bytes."""
    book = Workbook()
    form = book.active
    assert isinstance(form, Worksheet)
    form.title = FORM_SHEET
    names = _Names(book)
    _Form(form, names).draw([one for one in indicators if one.appendix_row is not None])
    _draw_numbers(book.create_sheet(NUMBERS_SHEET), names, indicators)
    return workbooks.to_bytes(book, title=TITLE, made_on=_DAY)


@dataclass
class _Form:
    """The sheet that is printed: head, title, the ministry's rows, notes."""

    sheet: Worksheet
    names: _Names

    def draw(self, indicators: Sequence[Indicator]) -> None:
        workbooks.set_widths(self.sheet, FORM_WIDTHS)
        self._draw_head()
        header = self._draw_title(4)
        row = header + 1
        rows = sorted(indicators, key=lambda one: one.appendix_row or 0)
        for number, several in groupby(rows, key=lambda one: one.appendix_row):
            row = self._draw_row(row, number or 0, list(several))
        self._draw_list("", "notes", row + 1, NOTE_ROWS)
        self.sheet.cell(row + 1, 1).font = font(12, bold=True, italic=True)
        workbooks.set_up_page(self.sheet, title_rows=f"{header}:{header}")
        self.sheet.freeze_panes = f"A{header + 1}"

    def _draw_head(self) -> None:
        """The head of an official document: who writes on the left, the nation on the right."""
        left = (("superior", False), ("issuer", True))
        right = ((NATION, 12), (MOTTO, 13))
        for row, ((word, bold), (words, size)) in enumerate(zip(left, right, strict=True), start=1):
            writer, nation = self._across(row, (1, SUBJECT), ""), self._across(row, (MEASURE, LAST), words)
            self.names.give(self.sheet, "", word, row, 1)
            writer.font, nation.font = font(12, bold=bold), font(size, bold=True)
            writer.alignment = nation.alignment = _CENTRE
            self.sheet.row_dimensions[row].height = height_for(
                (words, CAPITALS * sum(FORM_WIDTHS[MEASURE - 1 :])), size=size
            )

    def _draw_title(self, row: int) -> int:
        """Title, period and what must be read before the table, then the header; its row."""
        for text, word, style in (
            ("Phụ lục", "", font(14, bold=True)),
            (TITLE.upper(), "", font(13, bold=True)),
            ("", "subject", font(13, italic=True)),
        ):
            cell = self._across(row, (1, LAST), text)
            cell.font, cell.alignment = style, CENTRED
            self.sheet.row_dimensions[row].height = height_for((text, CAPITALS * sum(FORM_WIDTHS)), size=14)
            if word:
                self.names.give(self.sheet, "", word, row, 1)
            row += 1
        made = self._across(row, (1, LAST), "")
        made.font, made.alignment = font(12, italic=True), _LEFT
        self.names.give(self.sheet, "", "made", row, 1)
        self._draw_list("", "labels", row + 1, LABEL_ROWS, italic=True)
        header = row + LABEL_ROWS + 2
        self._draw_header(header)
        return header

    def _draw_header(self, row: int) -> None:
        put_row(self.sheet, row, COLUMNS)
        for column in range(1, LAST + 1):
            cell = self.sheet.cell(row, column)
            cell.font, cell.alignment, cell.border, cell.fill = font(12, bold=True), CENTRED, BOX, HEADER_FILL
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=MEASURE, end_column=LAST)
        self._note(row, MEASURE, HOW_TO)

    def _draw_row(self, row: int, number: int, indicators: Sequence[Indicator]) -> int:
        """One of the ministry's rows, a line or two for each figure; the row after it."""
        first = row
        subject = next((one.appendix_subject for one in indicators if one.appendix_subject), "")
        for indicator in indicators:
            row = self._draw_figure(row, indicator)
        last = row - 1
        for column, value in ((1, number), (SUBJECT, subject)):
            cell = put_at(self.sheet, first, column, value)
            cell.font, cell.border = font(12), BOX
            cell.alignment = _TOP_CENTRE if column == 1 else WRAPPED
            for below in range(first + 1, last + 1):
                self.sheet.cell(below, column).border = BOX
            if last > first:
                self.sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
        self._frame(first, last)
        heights = [self.sheet.row_dimensions[one].height or 0 for one in range(first, row)]
        lacking = height_for((subject, FORM_WIDTHS[SUBJECT - 1])) - sum(heights)
        self.sheet.row_dimensions[last].height = heights[-1] + max(0, lacking)
        return row

    def _draw_figure(self, row: int, indicator: Indicator) -> int:
        pieces, measure = pieces_of(indicator), indicator.appendix_measure
        if not pieces or not measure:
            return self._draw_whole(row, indicator)
        self._text(row, MEASURE, f"{measure}:")
        self.sheet.row_dimensions[row].height = height_for((measure, FORM_WIDTHS[MEASURE - 1]))
        if indicator.is_estimate:
            self._note(row, MEASURE, ESTIMATED)
        places = {Piece.NUMBER: NUMBER, Piece.SHARE: NUMBER if pieces == (Piece.SHARE,) else SHARE}
        for piece in pieces:
            if piece in places:
                self._named(row, places[piece], indicator.code, piece_aspect(piece))
        if pieces == (Piece.NUMBER, Piece.SHARE):
            self._text(row, WORDS, SHARE_WORDS).alignment = _TOP_CENTRE
        elif pieces == (Piece.SHARE,):
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=NUMBER, end_column=LAST)
        if Piece.NAMES not in pieces:
            return row + 1
        self._text(row + 1, MEASURE, NAMES_WORDS).alignment = _RIGHT
        self._named(row + 1, NUMBER, indicator.code, piece_aspect(Piece.NAMES)).alignment = _LEFT
        self.sheet.merge_cells(start_row=row + 1, end_row=row + 1, start_column=NUMBER, end_column=LAST)
        self.sheet.row_dimensions[row + 1].height = height_for(("", 1))
        return row + 2

    def _draw_whole(self, row: int, indicator: Indicator) -> int:
        """A result that is one text, after its measure where it has one."""
        measure = indicator.appendix_measure
        if measure:
            self._text(row, MEASURE, f"{measure}:")
        first = NUMBER if measure else MEASURE
        self._named(row, first, indicator.code, RESULT).alignment = _LEFT
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=LAST)
        self.sheet.row_dimensions[row].height = height_for((measure, FORM_WIDTHS[MEASURE - 1]))
        return row + 1

    def _text(self, row: int, column: int, text: str) -> Cell:
        cell = put_at(self.sheet, row, column, text)
        cell.font, cell.alignment = font(12), _LEFT
        return cell

    def _named(self, row: int, column: int, code: str, aspect: str) -> Cell:
        cell = self._text(row, column, "")
        cell.alignment = _RIGHT
        self.names.give(self.sheet, code, aspect, row, column)
        return cell

    def _draw_list(self, code: str, word: str, row: int, rows: int, *, italic: bool = False) -> None:
        """Rows as wide as the form for a list of texts, a text a row."""
        for one in range(row, row + rows):
            cell = self._across(one, (1, LAST), "")
            cell.font, cell.alignment = font(12, italic=italic), _LEFT
            self.sheet.row_dimensions[one].height = height_for(("", 1))
        self.names.give(self.sheet, code, word, row, 1, rows=rows)

    def _frame(self, first: int, last: int) -> None:
        """One box around the four columns of the result."""
        for row in range(first, last + 1):
            for column in range(MEASURE, LAST + 1):
                self.sheet.cell(row, column).border = Border(
                    left=_THIN if column == MEASURE else None,
                    right=_THIN if column == LAST else None,
                    top=_THIN if row == first else None,
                    bottom=_THIN if row == last else None,
                )

    def _across(self, row: int, columns: tuple[int, int], text: str) -> Cell:
        return put_across(self.sheet, row, columns, text)

    def _note(self, row: int, column: int, text: str) -> None:
        self.sheet.cell(row, column).comment = Comment(text, AUTHOR, height=110, width=260)


def _draw_numbers(sheet: Worksheet, names: _Names, indicators: Sequence[Indicator]) -> None:
    put_at(sheet, 1, 1, "Số liệu của phụ lục").font = font(14, bold=True)
    for row, word in ((2, "made"), (3, "subject")):
        put_at(sheet, row, 1, "").font = font(12, italic=True)
        names.give(sheet, "", word, row, 1)
    for row in range(4, 4 + LABEL_ROWS):
        put_at(sheet, row, 1, "").font = font(12, italic=True)
    names.give(sheet, "", "labels", 4, 1, rows=LABEL_ROWS)
    header = 5 + LABEL_ROWS
    headings = [heading for heading, _width, _aspect in NUMBER_COLUMNS]
    widths = [width for _heading, width, _aspect in NUMBER_COLUMNS]
    for cell in put_row(sheet, header, headings):
        cell.font, cell.alignment, cell.border = font(NUMBER_SIZE, bold=True), CENTRED, BOX
        cell.fill = HEADER_FILL
    sheet.row_dimensions[header].height = height_for(*zip(headings, widths, strict=True))
    for row, indicator in enumerate(indicators, start=header + 1):
        _draw_number(sheet, names, row, indicator)
    workbooks.set_widths(sheet, widths)
    workbooks.set_up_page(sheet, landscape=True, title_rows=f"{header}:{header}")
    sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(headings))}{header + len(indicators)}"
    sheet.freeze_panes = f"C{header + 1}"


def _draw_number(sheet: Worksheet, names: _Names, row: int, indicator: Indicator) -> None:
    texts = (indicator.code, indicator.name, indicator.unit_of_measure)
    for column, aspect in _aspects(indicator):
        cell = put_at(sheet, row, column, texts[column - 1] if column <= len(texts) else "")
        cell.font, cell.border = font(NUMBER_SIZE), BOX
        cell.alignment = (
            WRAPPED if column in TEXT_COLUMNS else _TOP_CENTRE if column in CENTRED_COLUMNS else _RIGHT
        )
        if aspect:
            names.give(sheet, indicator.code, aspect, row, column)
    sheet.row_dimensions[row].height = height_for((indicator.name, NUMBER_COLUMNS[1][1]), size=NUMBER_SIZE)


def _aspects(indicator: Indicator) -> Iterator[tuple[int, str]]:
    """Each column with what it tells of this indicator; blank for what the form itself says."""
    is_ratio = indicator.kind == Indicator.Kind.RATIO
    for column, (_heading, _width, aspect) in enumerate(NUMBER_COLUMNS, start=1):
        is_other = (column == COUNT_COLUMN and is_ratio) or (column == SHARE_COLUMN and not is_ratio)
        yield column, "" if is_other else aspect
