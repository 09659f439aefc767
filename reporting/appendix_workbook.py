"""The appendix as a workbook: the ministry's printed form, and the same figures as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dxreport.lib import workbooks
from dxreport.lib.numbers import rounded
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
from indicators.arithmetic import ratio
from reporting.appendix import COLUMNS, TITLE, Appendix
from reporting.figures import Figure
from reporting.notes import LANGUAGE, dates, figure_notes, listed, target_note
from reporting.report.letterhead import MOTTO, NATION, Letterhead

FORM_SHEET = "Phụ lục"
NUMBERS_SHEET = "Số liệu"
FORM_WIDTHS = (6, 34, 46)
NUMBER_COLUMNS = (
    "Mã",
    "Chỉ số",
    "Đơn vị tính",
    "Tử số",
    "Mẫu số",
    "Giá trị",
    "Tỉ lệ (%)",
    "Số đơn vị có số liệu",
    "Số đơn vị được hỏi",
    "Độ bao phủ (%)",
    "Mục tiêu",
    "Đến năm",
    "Đánh giá",
    "Ghi chú",
)
NUMBER_WIDTHS = (7, 38, 10, 11, 11, 11, 9, 10, 10, 10, 9, 8, 15, 46)
NUMBER_SIZE = 11
PERCENT_COLUMNS, COUNT_COLUMNS = (7, 10), (4, 5, 6, 8, 9)
# A spreadsheet keeps 15 digits; cutting there gives the same file on every machine.
EXACT_PLACES = 12
# Bold capitals take this much more room than the letters that heights are reckoned with.
CAPITALS = 0.7

_LEFT, _CENTRE = Alignment(wrap_text=True, vertical="top"), Alignment(horizontal="center", wrap_text=True)


def appendix_workbook(appendix: Appendix, letterhead: Letterhead) -> bytes:
    """The .xlsx file, in Vietnamese; the same appendix gives the same bytes."""
    book = Workbook()
    form = book.active
    assert isinstance(form, Worksheet)
    form.title = FORM_SHEET
    with override(LANGUAGE):
        _write_form(form, appendix, letterhead)
        _write_numbers(book.create_sheet(NUMBERS_SHEET), appendix)
    return workbooks.to_bytes(
        book, title=f"{TITLE}, {appendix.period.name}, {appendix.unit.name}", made_on=appendix.made_on
    )


def _write_form(sheet: Worksheet, appendix: Appendix, letterhead: Letterhead) -> None:
    workbooks.set_widths(sheet, FORM_WIDTHS)
    row = _write_head(sheet, letterhead)
    row = _write_title(sheet, row, appendix)
    header = row
    for cell in put_row(sheet, header, COLUMNS):
        cell.font, cell.alignment, cell.border, cell.fill = font(12, bold=True), CENTRED, BOX, HEADER_FILL
    for row, line in enumerate(appendix.rows, start=header + 1):
        cells = put_row(sheet, row, (line.number, line.subject, line.result))
        for cell in cells:
            cell.font, cell.alignment, cell.border = font(12), WRAPPED, BOX
        cells[0].alignment = Alignment(horizontal="center", vertical="top")
        sheet.row_dimensions[row].height = height_for(
            (line.subject, FORM_WIDTHS[1]), (line.result, FORM_WIDTHS[2])
        )
    _write_notes(sheet, sheet.max_row + 2, "Ghi chú", appendix.notes)
    workbooks.set_up_page(sheet, title_rows=f"{header}:{header}", footer=appendix.unit.name)
    sheet.freeze_panes = f"A{header + 1}"


def _write_head(sheet: Worksheet, letterhead: Letterhead) -> int:
    """The head of an official document: who writes on the left, the nation on the right."""
    left = ((letterhead.superior.upper(), False), (letterhead.issuer.upper(), True))
    right = ((NATION, 12), (MOTTO, 13))
    for row, ((name, bold), (words, size)) in enumerate(zip(left, right, strict=True), start=1):
        writer, nation = put_across(sheet, row, (1, 2), name), put_at(sheet, row, 3, words)
        writer.font, nation.font = font(12, bold=bold), font(size, bold=True)
        writer.alignment = nation.alignment = _CENTRE
        sheet.row_dimensions[row].height = height_for(
            (name, CAPITALS * sum(FORM_WIDTHS[:2])), (words, FORM_WIDTHS[2])
        )
    return 4


def _write_title(sheet: Worksheet, row: int, appendix: Appendix) -> int:
    label = put_across(sheet, row, (1, 3), "Phụ lục")
    label.font = font(14, bold=True)
    title = put_across(sheet, row + 1, (1, 3), TITLE.upper())
    title.font = font(13, bold=True)
    subject = put_across(sheet, row + 2, (1, 3), f"({appendix.period.name}, {dates(appendix.period)})")
    subject.font = font(13, italic=True)
    for offset, cell in enumerate((label, title, subject)):
        cell.alignment = CENTRED
        sheet.row_dimensions[row + offset].height = height_for(
            (str(cell.value), CAPITALS * sum(FORM_WIDTHS)), size=14
        )
    row += 3
    for text in (
        f"Đơn vị báo cáo: {appendix.unit.name}. Ngày lập: {appendix.made_on:%d/%m/%Y}.",
        *appendix.labels,
    ):
        _write_wide(sheet, row, text, italic=True)
        row += 1
    return row + 1


def _write_notes(sheet: Worksheet, row: int, heading: str, notes: Sequence[str]) -> None:
    if not notes:
        return
    put_across(sheet, row, (1, 3), f"{heading}:").font = font(12, bold=True, italic=True)
    for offset, note in enumerate(notes, start=1):
        _write_wide(sheet, row + offset, f"{offset}. {note}")


def _write_wide(sheet: Worksheet, row: int, text: str, *, italic: bool = False) -> None:
    cell = put_across(sheet, row, (1, 3), text)
    cell.font, cell.alignment = font(12, italic=italic), _LEFT
    sheet.row_dimensions[row].height = height_for((text, sum(FORM_WIDTHS)))


def _write_numbers(sheet: Worksheet, appendix: Appendix) -> None:
    title = put_at(sheet, 1, 1, f"Số liệu của phụ lục: {appendix.unit.name}")
    title.font = font(14, bold=True)
    statements = [
        f"Kỳ báo cáo: {appendix.period.name} (mã {appendix.period.code}), {dates(appendix.period)}.",
        *appendix.labels,
        f"Ngày lập: {appendix.made_on:%d/%m/%Y}.",
    ]
    for row, text in enumerate(statements, start=2):
        put_at(sheet, row, 1, text).font = font(12, italic=True)
    header = len(statements) + 3
    for cell in put_row(sheet, header, NUMBER_COLUMNS):
        cell.font, cell.alignment, cell.border, cell.fill = (
            font(NUMBER_SIZE, bold=True),
            CENTRED,
            BOX,
            HEADER_FILL,
        )
    sheet.row_dimensions[header].height = height_for(*zip(NUMBER_COLUMNS, NUMBER_WIDTHS, strict=True))
    for row, figure in enumerate(appendix.figures, start=header + 1):
        _write_figure(sheet, row, figure)
    workbooks.set_widths(sheet, NUMBER_WIDTHS)
    workbooks.set_up_page(sheet, landscape=True, title_rows=f"{header}:{header}", footer=appendix.unit.name)
    sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(NUMBER_COLUMNS))}{sheet.max_row}"
    sheet.freeze_panes = f"C{header + 1}"


def _write_figure(sheet: Worksheet, row: int, figure: Figure) -> None:
    values = _numbers(figure)
    texts = [(one, width) for one, width in zip(values, NUMBER_WIDTHS, strict=True) if isinstance(one, str)]
    sheet.row_dimensions[row].height = height_for(*texts, size=NUMBER_SIZE)
    for column, cell in enumerate(put_row(sheet, row, values), start=1):
        cell.font, cell.border, cell.alignment = font(NUMBER_SIZE), BOX, WRAPPED
        if column in PERCENT_COLUMNS:
            cell.number_format = workbooks.PERCENT_FORMAT
        elif column in COUNT_COLUMNS:
            cell.number_format = workbooks.COUNT_FORMAT


def _numbers(figure: Figure) -> tuple[workbooks.Value, ...]:
    """One row: numbers as numbers, exact; what is missing is an empty cell."""
    indicator, target = figure.indicator, figure.target
    return (
        figure.code,
        indicator.name,
        indicator.unit_of_measure,
        figure.numerator,
        figure.denominator,
        None if figure.is_ratio else figure.value,
        _exact(figure.numerator, figure.denominator) if figure.is_ratio else None,
        figure.units_counted,
        figure.units_expected,
        _exact(figure.units_counted, figure.units_expected),
        target.value if target else None,
        target.year if target else None,
        str(figure.status.label),
        " ".join(filter(None, [*figure_notes(figure), target_note(figure), *_names(figure)])),
    )


def _exact(numerator: int | None, denominator: int | None) -> Decimal | None:
    value = ratio(numerator, denominator)
    return None if value is None else rounded(value, EXACT_PLACES)


def _names(figure: Figure) -> list[str]:
    return [f"Gồm: {listed(figure.names)}."] if figure.names else []
