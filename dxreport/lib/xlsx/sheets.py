"""The cells of a sheet, in order, as they stand in the file: a number keeps its digits as text.

References must ascend. Readers that tolerate disorder drop or overwrite cells without a word, and a
figure that vanishes is worse than a file that is refused.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from dxreport.lib.archives import shortened
from dxreport.lib.limited_child import Refused
from dxreport.lib.xlsx.markup import Attributes, Handler, named
from dxreport.lib.xlsx.parts import LONGEST_TEXT, plain

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
NUMBER, TEXT, BOOL, DATE, ERROR, EMPTY = "n", "t", "b", "d", "e", ""
FORMULA = "f"  # follows the kind

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_TAGS = named("row", "c", "v", "f", "is", "t", "rPh", "sheetData")
_KINDS = {"n": NUMBER, "s": TEXT, "str": TEXT, "inlineStr": TEXT, "b": BOOL, "e": ERROR, "d": DATE}
# A sheet knows no time zones. The usual count takes 1900 for a leap year, so its day 0 lies one day back.
_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001
_DAY_ZERO_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_BOOLS = {"1": "1", "true": "1", "0": "0", "false": "0"}


def letters(column: int) -> str:
    """1 -> "A", 28 -> "AB"."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """ "A" -> 1, "AB" -> 28."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


class Budget:
    """How many rows and cells with content the whole workbook may still have."""

    def __init__(self, rows: int, cells: int) -> None:
        self.rows, self.cells = rows, cells
        self._most = {"rows": rows, "cells": cells}

    def spend(self, sheet: str, row: int, cells: int) -> None:
        self.rows -= 1
        self.cells -= cells
        for what in ("rows", "cells"):
            if getattr(self, what) < 0:
                raise Refused(
                    f"too-many-{what}", sheet=shortened(sheet), cell=f"A{row}", most=self._most[what]
                )


class SheetPart(Handler):
    """xl/worksheets/*.xml. `rows` fills with [number, [column, kind, text, ...]]; the reader empties it."""

    def __init__(
        self, name: str, *, texts: list[str], dates: set[int], counts_from_1904: bool, budget: Budget
    ) -> None:
        self.rows: list[list[Any]] = []
        self.found_data = False
        self._name, self._texts, self._dates, self._budget = name, texts, dates, budget
        self._day_zero = _DAY_ZERO_1904 if counts_from_1904 else _DAY_ZERO
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._cells: list[Any] = []
        self._type, self._style = "n", ""
        self._has_formula = self._has_value = False
        self._pieces: list[str] | None = None
        self._value: list[str] = []
        self._length = 0
        self._in_phonetic = False

    # --- what the parser calls ----------------------------------------------------------

    def start(self, name: str, attributes: Attributes) -> None:
        tag = _TAGS.get(name)
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "v" or (tag == "t" and not self._in_phonetic):
            self._has_value = True
            self._pieces = self._value
        elif tag == "row":
            self._begin_row(attributes.get("r"))
        elif tag == "f":
            self._has_formula = True
        elif tag == "rPh":
            self._in_phonetic = True
        elif tag == "sheetData":
            self.found_data = True

    def end(self, name: str) -> None:
        tag = _TAGS.get(name)
        if tag == "v" or tag == "t":
            self._pieces = None
        elif tag == "c":
            if self._has_value or self._has_formula:
                self._end_cell()
        elif tag == "row":
            if self._cells:
                self._budget.spend(self._name, self._row, len(self._cells) // 3)
                self.rows.append([self._row, self._cells])
        elif tag == "rPh":
            self._in_phonetic = False

    def text(self, text: str) -> None:
        if self._pieces is not None:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise self._refused("long-text", most=LONGEST_TEXT)
            self._pieces.append(text)

    # --- rows and cells -----------------------------------------------------------------

    def _begin_row(self, reference: str | None) -> None:
        number = self._row + 1
        if reference is not None:
            if not (reference.isascii() and reference.isdigit() and len(reference) < 8):
                raise Refused("reference", sheet=shortened(self._name), found=shortened(reference))
            number = int(reference)
        if number <= self._row:
            raise Refused("order", sheet=shortened(self._name), cell=f"A{number}")
        if number > LAST_ROW:
            raise Refused("reference", sheet=shortened(self._name), found=str(number))
        self._row, self._column, self._cells = number, 0, []

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        column = self._column + 1 if reference is None else self._column_of(reference)
        if column <= self._column:
            raise Refused("order", sheet=shortened(self._name), cell=f"{letters(column)}{self._row}")
        if column > LAST_COLUMN:
            raise Refused("reference", sheet=shortened(self._name), found=f"{letters(column)}{self._row}")
        self._column = column
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._has_formula = self._has_value = False
        self._value, self._length = [], 0

    def _column_of(self, reference: str) -> int:
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise Refused("reference", sheet=shortened(self._name), found=shortened(reference))
        name, row = found.groups()
        if int(row) != self._row:
            raise Refused("order", sheet=shortened(self._name), cell=reference)
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = column_number(name)
        return column

    def _end_cell(self) -> None:
        kind, text = self._content("".join(self._value))
        if text or self._has_formula:
            self._cells += (self._column, kind + FORMULA if self._has_formula else kind, text)
            self._has_value = self._has_formula = False

    def _content(self, text: str) -> tuple[str, str]:
        kind = _KINDS.get(self._type)
        if kind == NUMBER:
            return self._number(text.strip())
        if self._type == "s":
            return TEXT, self._shared(text.strip())
        if kind is None:
            raise self._refused("kind", found=shortened(self._type))
        if kind == BOOL and text:
            if text not in _BOOLS:
                raise self._refused("kind", found=shortened(text))
            text = _BOOLS[text]
        return (kind, plain(text)) if text else (EMPTY, "")

    def _shared(self, index: str) -> str:
        if not (index.isascii() and index.isdigit() and len(index) < 9 and int(index) < len(self._texts)):
            raise self._refused("shared-text", found=shortened(index))
        return self._texts[int(index)]

    def _number(self, text: str) -> tuple[str, str]:
        if not text:
            return EMPTY, ""
        # What no spreadsheet can hold: NaN, infinity, and what overflows to it.
        if _NUMBER.fullmatch(text) is None or math.isinf(float(text)):
            raise self._refused("number", found=shortened(text))
        if self._style and self._style.isdigit() and int(self._style) in self._dates:
            return DATE, self._as_date(float(text))
        return NUMBER, text

    def _as_date(self, days: float) -> str:
        try:
            moment = self._day_zero + dt.timedelta(days=days)
        except OverflowError:
            raise self._refused("number", found=str(days)) from None
        return (moment.date() if days == int(days) else moment.replace(microsecond=0)).isoformat()

    def _refused(self, code: str, **named: str | int) -> Refused:
        cell = f"{letters(self._column)}{self._row}"
        return Refused(code, sheet=shortened(self._name), cell=cell, **named)
