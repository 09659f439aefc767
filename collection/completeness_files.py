"""Completeness as files: the tables of the page as a workbook, and the first of them as CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook

from collection.completeness_reading import CompletenessReading, Line
from dxreport.lib.delimited import to_csv
from dxreport.lib.workbooks import (
    BOX,
    CENTRED,
    HEADER_FILL,
    PERCENT_FORMAT,
    WRAPPED,
    Value,
    font,
    put_row,
    set_up_page,
    set_widths,
    to_bytes,
)

WIDTHS = (16, 44, 11, 11, 11, 11, 11, 11, 11, 11, 11)
SHARES = (5, 7)  # columns that hold percentages, counted from 1


def headings() -> list[str]:
    """What the columns of every table are called."""
    return [
        _("Mã"),
        _("Tên"),
        _("Phải nộp"),
        _("Đã nộp"),
        _("Tỷ lệ nộp (%)"),
        _("Đúng hạn"),
        _("Tỷ lệ đúng hạn (%)"),
        _("Nộp trễ"),
        _("Quá hạn chưa nộp"),
        _("Đã duyệt"),
        _("Được gia hạn"),
    ]


def table(lines: Sequence[Line]) -> Iterator[list[Value]]:
    """The rows of a table, headings first."""
    yield [*headings()]
    for line in lines:
        count = line.count
        yield [
            line.code,
            line.name,
            count.expected,
            count.submitted,
            count.completeness,
            count.on_time,
            count.timeliness,
            count.late,
            count.overdue,
            count.approved,
            count.extended,
        ]


def with_total(reading: CompletenessReading) -> list[Line]:
    """The first table with everything together below it."""
    return [*reading.by_unit, Line("", _("Tổng cộng"), reading.total)]


def completeness_csv(reading: CompletenessReading) -> bytes:
    """The table by unit."""
    return to_csv(table(with_total(reading)))


def completeness_workbook(reading: CompletenessReading, *, made_on: dt.date) -> bytes:
    """All tables, a sheet each; extensions on the last."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, lines in (
        (_("Theo đơn vị"), with_total(reading)),
        (_("Theo biểu mẫu"), reading.by_form),
        (_("Theo kỳ"), reading.by_period),
    ):
        _write(workbook, title, list(table(lines)), WIDTHS, shares=SHARES)
    given: list[list[Value]] = [
        [_("Mã"), _("Đơn vị"), _("Biểu mẫu"), _("Hạn mới"), _("Lý do"), _("Người gia hạn")]
    ]
    for one in reading.extensions:
        unit, form = one.submission.org_unit, one.submission.form
        given.append([unit.code, unit.name, form.code, one.due_on, one.reason, str(one.granted_by)])
    _write(workbook, _("Gia hạn"), given, (16, 44, 14, 14, 60, 30))
    title = _("Tình hình nộp phiếu, %(period)s") % {"period": reading.period.name}
    return to_bytes(workbook, title=title, made_on=made_on)


def _write(
    workbook: Workbook,
    title: str,
    rows: Sequence[Sequence[Value]],
    widths: Sequence[float],
    *,
    shares: Sequence[int] = (),
) -> None:
    sheet = workbook.create_sheet(title)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(put_row(sheet, number, row), start=1):
            cell.font, cell.border, cell.alignment = font(11, bold=number == 1), BOX, WRAPPED
            if number == 1:
                cell.fill, cell.alignment = HEADER_FILL, CENTRED
            elif column in shares:
                cell.number_format = PERCENT_FORMAT
    set_widths(sheet, widths)
    sheet.freeze_panes = "C2"
    set_up_page(sheet, landscape=True, title_rows="1:1")
