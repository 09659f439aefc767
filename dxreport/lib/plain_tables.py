"""A table as people take it away: what it is about, headings, rows; as CSV or as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from .delimited import to_csv
from .downloads import CSV, XLSX
from .workbooks import (
    BOX,
    CENTRED,
    COUNT_FORMAT,
    HEADER_FILL,
    PERCENT_FORMAT,
    WRAPPED,
    Value,
    font,
    put_at,
    put_row,
    set_up_page,
    set_widths,
    to_bytes,
)

FORMATS = ("csv", "xlsx")
# Where counts and shares stand in one column, each share carries its sign.
SIGNED_FORMAT = '0.00"%"'


class Share(Decimal):
    """A percentage whose heading does not say "%": in a workbook the sign is part of its format."""


class Total(tuple[Value, ...]):
    """A row that stands for all the others: bold in a workbook."""


@dataclass(frozen=True)
class Heading:
    """What a column is called, and how wide it is in a workbook, in characters."""

    text: str
    width: float = 14


@dataclass(frozen=True)
class PlainTable:
    """A table without a look. `remarks` say of whom, when and from where, a line each.

    Numbers are numbers (a percentage is 84.34, and its heading says "%"; else it is a `Share`), a missing
    one is None. `rows` may come one by one; the first `heads` columns stay in sight beside the others.
    """

    title: str
    remarks: tuple[str, ...]
    headings: tuple[Heading, ...]
    rows: Iterable[Sequence[Value]]
    heads: int = 0


def as_file(table: PlainTable, file_format: str, *, made_on: dt.date) -> tuple[bytes, str]:
    """The file and its type. `file_format` is one of FORMATS."""
    if file_format == "csv":
        return to_csv(chain([[one.text for one in table.headings]], table.rows)), CSV
    return _workbook(table, made_on), XLSX


def _workbook(table: PlainTable, made_on: dt.date) -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    put_at(sheet, 1, 1, table.title).font = font(13, bold=True)
    for number, text in enumerate(table.remarks, start=2):
        put_at(sheet, number, 1, text).font = font(11, italic=True)
    head = len(table.remarks) + 3
    for cell in put_row(sheet, head, [one.text for one in table.headings]):
        cell.font, cell.border, cell.fill, cell.alignment = font(11, bold=True), BOX, HEADER_FILL, CENTRED
    for number, row in enumerate(table.rows, start=head + 1):
        for cell, value in zip(put_row(sheet, number, row), row, strict=True):
            cell.font, cell.border, cell.alignment = font(11, bold=isinstance(row, Total)), BOX, WRAPPED
            if isinstance(value, int | Decimal):
                cell.number_format = _number_format(value)
    set_widths(sheet, [one.width for one in table.headings])
    sheet.freeze_panes = f"{get_column_letter(table.heads + 1)}{head + 1}"
    set_up_page(sheet, landscape=True, title_rows=f"{head}:{head}", footer=table.title)
    return to_bytes(workbook, title=table.title, made_on=made_on)


def _number_format(value: int | Decimal) -> str:
    if isinstance(value, int):
        return COUNT_FORMAT
    return SIGNED_FORMAT if isinstance(value, Share) else PERCENT_FORMAT
