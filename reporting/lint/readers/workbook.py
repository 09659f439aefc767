"""Workbooks: each cell is a passage, each sheet a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import IO

from dxreport.lib.xlsx import sheets
from dxreport.lib.xlsx.reader import contents
from reporting.lint.readers.budget import CELL, Taken


def read(source: IO[bytes], taken: Taken, *, bounds: Mapping[str, int]) -> None:
    """Take the cells of a workbook, sheet by sheet. `bounds` are those of `dxreport.lib.xlsx.reader`."""
    table, name = 0, ""
    for value in contents(source, **bounds):
        if isinstance(value, dict):
            if "sheet" in value:
                table, name = table + 1, value["sheet"]
            continue
        row, flat = value
        for column, mark, text in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
            where = ("sheet", name, f"{sheets.letters(column)}{row}")
            for paragraph in _shown(mark, text).split("\n"):
                taken.add(paragraph, kind=CELL, where=where, table=table, row=row, column=column)


def _shown(mark: str, text: str) -> str:
    """A cell as its reader sees it, near enough: the digits of a number, a date with slashes."""
    kind = mark.removesuffix(sheets.FORMULA)
    try:
        if kind == sheets.NUMBER:
            # More digits than anybody typed are the noise of binary fractions.
            return format(round(Decimal(text), 10).normalize(), "f").replace(".", ",")
        if kind == sheets.DATE:
            return dt.date.fromisoformat(text[:10]).strftime("%d/%m/%Y")
    except (InvalidOperation, ValueError):
        return text  # a number of hundreds of digits, a day that is none
    return text if kind in (sheets.TEXT, sheets.EMPTY) else ""
