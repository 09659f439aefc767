"""The workbook of many units: a row a unit, a sheet a section, a column an element."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from collection.entries import Content
from collection.shown import shown
from dxreport.lib.workbooks import Value
from indicators.models import DataElement

from . import sheets
from .layout import CODE, EXPLANATION, NOTES_SHEET, PREVIOUS_SHEET, UNIT, sheet_title
from .lists import Lists
from .sheets import Sheet, height_for
from .styles import HEADING, INPUT, INPUT_TEXT, LABEL, LOCKED, MARK, NOT_ASKED, NOTE, TITLE
from .template import Row, Template
from .unit_book import how_to
from .words import NO, YES, Type, cell_written, gap_words

_UNIT_WIDTHS = (11, 34)
_COLUMN_WIDTH = 17
_FIRST = len(_UNIT_WIDTHS) + 1  # the first column of an element
_HEAD_ROWS = "3:5"
_PANES = "C6"
_SIZE = 11
_SPARE_NOTES = 50  # empty rows for explanations
_LEAD = (
    "Mỗi dòng một đơn vị. Chỉ điền vào các ô nền vàng nhạt; ô gạch chéo không hỏi đơn vị đó."
    " Ô để trống được giữ nguyên như đang lưu. Xem cách ghi ở trang Hướng dẫn."
)


def write(book: Workbook, template: Template) -> None:
    """A sheet for each section, then the explanations, the period before and the lists."""
    lists = Lists(template.elements)
    titles: list[str] = []
    for section in template.sections:
        titles.append(sheet_title(section.section.label, titles))
        elements = [asked.element for asked in section.elements]
        _write_section(_sheet(book, titles[-1], elements), template, elements, lists)
    _write_notes(book, template)
    if template.previous_period is not None:
        _write_previous(book, template, template.previous_period.name)
    lists.write(book)


def _sheet(book: Workbook, title: str, elements: Sequence[DataElement]) -> Sheet:
    widths = [*_UNIT_WIDTHS, *[_COLUMN_WIDTH] * len(elements)]
    return Sheet(book, title, widths=widths, panes=_PANES, title_rows=_HEAD_ROWS, footer=title)


def _write_section(sheet: Sheet, template: Template, elements: Sequence[DataElement], lists: Lists) -> None:
    _write_head(sheet, f"{template.form.label}, {template.period.name}", _LEAD, elements, UNIT)
    first = sheet.row + 1
    for row in template.rows:
        sheet.add_cells([*_unit_cells(sheet, row), *(_cell(sheet, element, row) for element in elements)])
    sheet.close(_checks(sheet, elements, lists, first))


def _write_head(sheet: Sheet, title: str, lead: str, elements: Sequence[DataElement], mark: str) -> None:
    sheet.add([(title, TITLE)], height=22)
    sheet.add([(lead, NOTE)])
    headings = [sheet.cell("Mã đơn vị", HEADING), sheet.cell("Tên đơn vị", HEADING)]
    headings += [sheet.cell(element.label, HEADING, how_to(element)) for element in elements]
    tallest = height_for(*((element.label, _COLUMN_WIDTH - 2) for element in elements), size=_SIZE)
    sheet.add_cells(headings, height=tallest)
    sheet.add([("", HEADING), ("", HEADING), *((element.measure, HEADING) for element in elements)])
    sheet.add([(mark, MARK), ("", MARK), *((element.code, MARK) for element in elements)])


def _unit_cells(sheet: Sheet, row: Row) -> list[Cell]:
    unit = row.submission.org_unit
    return [sheet.cell(unit.code, LABEL), sheet.cell(unit.name, LABEL)]


def _cell(sheet: Sheet, element: DataElement, row: Row) -> Cell:
    code = element.code
    if code not in row.asked.codes:
        return sheet.cell(None, NOT_ASKED)
    value = row.values.get(code)
    written = None if value is None else cell_written(Content.of(value), element)
    if code not in row.open_cells:
        return sheet.cell(written, LOCKED)
    return sheet.cell(written, INPUT if element.type in (Type.COUNT, Type.YES_NO) else INPUT_TEXT)


def _checks(
    sheet: Sheet, elements: Sequence[DataElement], lists: Lists, first: int
) -> Iterable[DataValidation]:
    for column, element in enumerate(elements, start=_FIRST):
        match element.type:
            case Type.COUNT:
                cell = f"{get_column_letter(column)}{first}"
                made = sheets.whole_number_or_words(cell, gap_words(element))
            case Type.YES_NO:
                words = sheets.quoted([YES, NO, *gap_words(element)])
                made = sheets.one_of(words, is_strict=False)
            case Type.CHOICE:
                made = sheets.one_of(lists.range_of(element), is_strict=False)
            case Type.CHOICES:
                made = sheets.prompt("Chọn nhiều mục", "Ghi tên các mục, cách nhau bằng dấu chấm phẩy.")
            case _:
                continue
        sheet.check(made, column, first, sheet.row)
        yield made


def _write_notes(book: Workbook, template: Template) -> None:
    """Explanations stand on a sheet of their own: a cell of the others holds one answer."""
    sheet = Sheet(book, NOTES_SHEET, widths=(14, 30, 70), panes="A5", title_rows="3:3", footer=NOTES_SHEET)
    sheet.add([("Giải trình của từng ô", TITLE)], height=22)
    sheet.add([("Ghi mã đơn vị, mã chỉ tiêu (dòng mã dưới tên chỉ tiêu) và một câu giải trình.", NOTE)])
    sheet.add([("Mã đơn vị", HEADING), ("Mã chỉ tiêu", HEADING), ("Giải trình", HEADING)])
    sheet.add([(UNIT, MARK), (CODE, MARK), (EXPLANATION, MARK)])
    for row in template.rows:
        for element in template.elements:
            value = row.values.get(element.code)
            if value is not None and value.explanation:
                said = (row.submission.org_unit.code, element.code, value.explanation)
                sheet.add((text, INPUT_TEXT) for text in said)
    for _number in range(_SPARE_NOTES):
        sheet.add([(None, INPUT_TEXT)] * 3)
    sheet.close()


def _write_previous(book: Workbook, template: Template, name: str) -> None:
    """What the units gave the period before, to read beside this one."""
    elements = template.elements
    sheet = _sheet(book, PREVIOUS_SHEET, elements)
    _write_head(sheet, f"{template.form.label}, {name}", "Số liệu kỳ trước, chỉ để xem.", elements, "")
    for row in template.rows:
        before = [sheet.cell(_before(element, row), LOCKED) for element in elements]
        sheet.add_cells([*_unit_cells(sheet, row), *before])
    sheet.close()


def _before(element: DataElement, row: Row) -> Value:
    value = row.previous.get(element.code)
    if value is None:
        return None
    return value.number if element.type == Type.COUNT and value.number is not None else _words(element, row)


def _words(element: DataElement, row: Row) -> str:
    return shown(Content.of(row.previous.get(element.code)), element)
