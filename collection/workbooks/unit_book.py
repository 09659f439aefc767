"""The workbook of one unit's form: a row an element, last period's figure beside the cell to fill in."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from collection.entries import Content
from collection.shown import shown
from dxreport.lib.workbooks import Value
from indicators.asking import AskedSection
from indicators.models import DataElement

from . import sheets
from .layout import CODE, EXPLANATION, FORM_SHEET, GAP, REASON, VALUE
from .lists import Lists
from .sheets import Sheet, height_for
from .styles import HEADING, INPUT, INPUT_TEXT, LABEL, LOCKED, MARK, NOTE, SECTION, TITLE
from .template import Row, Template
from .words import NO, YES, Type, gap_words, gap_written, value_written

WIDTHS = (14, 42, 13, 15, 17, 17, 28, 32, 48)
_LABEL_WIDTH, _HELP_WIDTH = WIDTHS[1], WIDTHS[8]
_MARKS = (CODE, "", "", "", VALUE, GAP, REASON, EXPLANATION, "")
_HEAD_ROWS = "4:4"
_SIZE = 11
_LEAD = (
    "Chỉ điền vào các ô nền vàng nhạt. Ô để trống được giữ nguyên như đang lưu, không bị xóa."
    " Xem cách ghi ở trang Hướng dẫn."
)


def write(book: Workbook, template: Template) -> None:
    """The sheet of the form and the sheet of its lists."""
    [row] = template.rows
    lists = Lists(template.elements)
    name = row.submission.org_unit.name
    sheet = Sheet(book, FORM_SHEET, widths=WIDTHS, panes="C6", title_rows=_HEAD_ROWS, footer=name)
    _write_head(sheet, template, row)
    checks = _Checks(lists)
    for section in row.asked.sections:
        sheet.add([("", SECTION), (section.section.label, SECTION), *[("", SECTION)] * 7])
        _write_section(sheet, section, row, checks)
    sheet.close(checks.made)
    lists.write(book)


def _write_head(sheet: Sheet, template: Template, row: Row) -> None:
    unit = row.submission.org_unit
    sheet.add([(f"{template.form.label}, {template.period.name}", TITLE)], height=22)
    sheet.add([(f"{unit.name} (mã {unit.code})", NOTE)])
    sheet.add([(_LEAD, NOTE)])
    before = template.previous_period
    headings = (
        "Mã",
        "Chỉ tiêu",
        "Đơn vị tính",
        before.name if before else "Kỳ trước",
        template.period.name,
        "Để trống vì",
        "Lý do không có số liệu",
        "Giải trình",
        "Cách ghi",
    )
    sheet.add(((text, HEADING) for text in headings), height=32)
    sheet.add(((mark, MARK) for mark in _MARKS), is_hidden=True)


def _write_section(sheet: Sheet, section: AskedSection, row: Row, checks: _Checks) -> None:
    for asked in section.elements:
        element = asked.element
        number = sheet.add(_cells(element, row), height=_height(element))
        if element.code in row.open_cells:
            checks.add(sheet, element, number)


def _cells(element: DataElement, row: Row) -> list[tuple[Value, str]]:
    content = Content.of(row.values.get(element.code))
    is_open = element.code in row.open_cells
    number, text = (INPUT, INPUT_TEXT) if is_open else (LOCKED, LABEL)
    is_number = element.type in (Type.COUNT, Type.YES_NO)
    return [
        (element.code, MARK),
        (element.label, LABEL),
        (element.measure, LABEL),
        (_previous(element, row), LOCKED),
        (value_written(content, element), number if is_number else text),
        (gap_written(content), text),
        (content.reason or None, text),
        (content.explanation or None, text),
        (how_to(element), LABEL),
    ]


def _previous(element: DataElement, row: Row) -> Value:
    value = row.previous.get(element.code)
    if value is None:
        return None
    return value.number if element.type == Type.COUNT and value.number is not None else _shown(element, row)


def _shown(element: DataElement, row: Row) -> str:
    return shown(Content.of(row.previous.get(element.code)), element)


def how_to(element: DataElement) -> str:
    """What to count and how to write it, for the cell beside the answer."""
    parts = [element.help, element.source_label and f"Nguồn: {element.source_label}"]
    if element.example_label:
        parts.append(f"Ví dụ: {element.example_label}")
    if element.type == Type.CHOICES:
        parts.append("Ghi các mục cách nhau bằng dấu chấm phẩy, như trong trang Danh mục.")
    return "\n".join(part for part in parts if part)


def _height(element: DataElement) -> float:
    return height_for((element.label, _LABEL_WIDTH), (how_to(element), _HELP_WIDTH), size=_SIZE)


class _Checks:
    """The spreadsheet's checks, one of each kind over all the cells that it goes for."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._made: dict[str, DataValidation] = {}

    @property
    def made(self) -> list[DataValidation]:
        """The checks that some cell goes through."""
        return list(self._made.values())

    def add(self, sheet: Sheet, element: DataElement, row: int) -> None:
        """Check the value and the gap of the element in `row`."""
        value, gap = _MARKS.index(VALUE) + 1, _MARKS.index(GAP) + 1
        match element.type:
            case Type.COUNT:
                self._over(sheet, "count", sheets.whole_number(), value, row)
            case Type.YES_NO:
                self._over(sheet, "yes_no", sheets.one_of(sheets.quoted([YES, NO])), value, row)
            case Type.CHOICE:
                names = self._lists.range_of(element)
                self._over(sheet, names, sheets.one_of(names), value, row)
            case Type.CHOICES:
                advice = sheets.prompt("Chọn nhiều mục", "Ghi tên các mục, cách nhau bằng dấu chấm phẩy.")
                self._over(sheet, "choices", advice, value, row)
        words = sheets.quoted(gap_words(element))
        self._over(sheet, words, sheets.one_of(words), gap, row)

    def _over(self, sheet: Sheet, name: str, new: DataValidation, column: int, row: int) -> None:
        sheet.check(self._made.setdefault(name, new), column, row, row)
