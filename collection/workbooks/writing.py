"""Workbooks to fill in: one unit's form, or a row for each of many units. Pure; in Vietnamese.

Labels are locked (without a password: it keeps slips out, not people), the cells to fill in are
open and checked by the spreadsheet as far as it can; the server checks everything again.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import override
from openpyxl import Workbook

from dxreport.lib import workbooks

from . import district_book, guide, unit_book
from .layout import IDENTITY_SHEET, Kind
from .sheets import Sheet
from .styles import add_styles
from .template import Template
from .words import LANGUAGE


def workbook_of(template: Template, *, made_on: dt.date) -> bytes:
    """The .xlsx file of a template; the same template on the same day gives the same bytes."""
    book = Workbook(write_only=True)
    add_styles(book)
    with override(LANGUAGE):
        if template.kind == Kind.UNIT:
            unit_book.write(book, template)
        else:
            district_book.write(book, template)
        guide.write(book, template)
        _write_identity(book, template)
        title = f"{template.form.label}, {template.period.name}, {whose(template)}"
        return workbooks.to_bytes(book, title=title, made_on=made_on)


def whose(template: Template) -> str:
    """Whose figures the workbook holds: a unit's name, or how many units."""
    if template.kind == Kind.UNIT:
        return template.rows[0].submission.org_unit.name
    return f"{len(template.rows)} đơn vị"


def _write_identity(book: Workbook, template: Template) -> None:
    sheet = Sheet(book, IDENTITY_SHEET)
    sheet.page.sheet_state = "veryHidden"
    for row in template.identity.rows():
        sheet.texts(row)
    sheet.close()
