"""The named cells of a workbook, as they stand in the file: what the limited child runs for templates.

A name survives editing where an address does not: rows and columns may be added around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, ClassVar

from dxreport.lib.archives import Bounds, shortened
from dxreport.lib.limited_child import Refused
from dxreport.lib.xlsx.markup import Attributes, Handler, named, read, stream
from dxreport.lib.xlsx.package import Package
from dxreport.lib.xlsx.parts import SharedTexts, Styles, WorkbookPart, plain
from dxreport.lib.xlsx.reader import only_part, parts_of, worksheets
from dxreport.lib.xlsx.sheets import Budget, SheetPart, column_number

MOST_NAMES = 5_000
_LONGEST_NAME, _LONGEST_FORMULA = 255, 8_192
_AREA = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>[0-9]{1,7})(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>[0-9]{1,7}))?",
    re.ASCII | re.VERBOSE,
)
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
# What asks another file, another program or the network for its value.
_REACHES_OUT = re.compile(
    r"\[\d+\]|\b(WEBSERVICE|FILTERXML|IMAGE|RTD|CALL|EXEC|REGISTER(\.ID)?)\s*\(|\|.*!", re.IGNORECASE
)
_QUOTED = re.compile(r'"[^"]*"')
_BUILT_IN_FORMATS = {
    "0": "General",
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "9": "0%",
    "10": "0.00%",
    "49": "@",
}


@dataclass(frozen=True)
class Area:
    """Rows and columns of a sheet, the first and the last of each."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def area_of(refers_to: str) -> Area | None:
    """Where "'Phụ lục'!$D$12:$F$12" points; None for what is not one area of one sheet."""
    found = _AREA.fullmatch(refers_to.strip())
    if found is None:
        return None
    sheet = found["quoted"].replace("''", "'") if found["quoted"] else found["plain"]
    left, top = column_number(found["left"]), int(found["top"])
    right = column_number(found["right"]) if found["right"] else left
    bottom = int(found["bottom"]) if found["bottom"] else top
    return Area(plain(sheet), top, left, bottom, right) if top <= bottom and left <= right else None


def _reaches_out(formula: str) -> bool:
    """Whether a formula asks outside of the workbook; texts in quotes ask nobody."""
    return _REACHES_OUT.search(_QUOTED.sub('""', formula)) is not None


def named_cells(
    source: IO[bytes], *, begins: list[str], entries: int, unpacked: int, ratio: int, rows: int, cells: int
) -> Iterator[Any]:
    """For each name that begins with one of `begins`: {"name", "refers_to", "area", "is_merged", "cells"}.

    `area` is [sheet, top, left, bottom, right], or null where the name points at no area; `is_merged`
    says whether it is one cell; `cells` are [row, column, kind, text, number format]. Cells without
    content are left out. Raises Refused, also for what reaches outside of the workbook.
    """
    package = Package(source, Bounds(entries, unpacked, ratio))
    _check_relations(package)
    workbook_name = only_part(package.relations(), "officeDocument")
    workbook, names = WorkbookPart(), _Names(tuple(begins))
    read(package.archive, package.part(workbook_name), workbook)
    read(package.archive, package.part(workbook_name), names)
    relations = package.relations(workbook_name)
    texts, styles, formats = SharedTexts(), Styles(), _Formats()
    for part in parts_of(relations, "sharedStrings"):
        read(package.archive, package.part(part), texts)
    for part in parts_of(relations, "styles"):
        read(package.archive, package.part(part), styles)
        read(package.archive, package.part(part), formats)
    budget = Budget(rows, cells)
    sheets: dict[str, _Sheet] = {}
    for entry, part in worksheets(workbook, relations):
        sheet = sheets[entry.name] = _Sheet(
            entry.name,
            texts=texts.texts,
            dates=styles.dates,
            counts_from_1904=workbook.counts_from_1904,
            budget=budget,
        )
        for _pause in stream(package.archive, package.part(part), sheet):
            sheet.rows = []
    for name, refers_to in names.found:
        yield _described(name, refers_to, sheets, formats.codes)


def _check_relations(package: Package) -> None:
    """Of what lies outside only the target of a hyperlink may be named: nothing fetches it unasked."""
    for part in package.archive.infolist():
        if part.filename.lower().endswith(".rels"):
            read(package.archive, part, _Outside(part.filename))


def _described(
    name: str, refers_to: str, sheets: dict[str, _Sheet], formats: dict[int, str]
) -> dict[str, Any]:
    area = area_of(refers_to)
    sheet = sheets.get(area.sheet) if area else None
    if area is None or sheet is None:
        return {"name": name, "refers_to": refers_to, "area": None, "is_merged": False, "cells": []}
    inside = [
        [row, column, kind, text, formats.get(style, "General")]
        for (row, column), (kind, text, style) in sheet.cells.items()
        if area.top <= row <= area.bottom and area.left <= column <= area.right
    ]
    place = (area.top, area.left, area.bottom, area.right)
    is_one = place[:2] == place[2:] or place in sheet.merged
    return {
        "name": name,
        "refers_to": refers_to,
        "area": [area.sheet, *place],
        "is_merged": is_one,
        "cells": inside,
    }


class _Outside(Handler):
    def __init__(self, part: str) -> None:
        self._part = part

    def start(self, name: str, attributes: Attributes) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode") == "External" and kind != "hyperlink":
            raise Refused("links", part=shortened(self._part))


class _Names(Handler):
    """The defined names of xl/workbook.xml; those that begin otherwise are only looked over."""

    TAG: ClassVar = named("definedName")

    def __init__(self, begins: tuple[str, ...]) -> None:
        self.found: list[tuple[str, str]] = []
        self._begins = begins
        self._name: str | None = None
        self._pieces: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in self.TAG:
            self._name, self._pieces = plain(attributes.get("name", "")), []

    def text(self, text: str) -> None:
        if self._name is not None:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if self._name is None or name not in self.TAG:
            return
        refers_to = "".join(self._pieces)
        if _reaches_out(refers_to):
            raise Refused("links", part=shortened(self._name))
        if self._name.startswith(self._begins):
            if len(self.found) == MOST_NAMES:
                raise Refused("too-many-names", most=MOST_NAMES)
            self.found.append((self._name[:_LONGEST_NAME], refers_to[:_LONGEST_NAME]))
        self._name = None


class _Formats(Handler):
    """xl/styles.xml: the number format of each cell style."""

    TAGS: ClassVar = named("numFmt", "cellXfs", "xf")

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self._own: dict[str, str] = {}
        self._in_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        match self.TAGS.get(name):
            case "numFmt":
                self._own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
            case "cellXfs":
                self._in_cells = True
            case "xf" if self._in_cells:
                number = attributes.get("numFmtId", "0")
                code = self._own.get(number) or _BUILT_IN_FORMATS.get(number, "General")
                self.codes[len(self.codes)] = code

    def end(self, name: str) -> None:
        if self.TAGS.get(name) == "cellXfs":
            self._in_cells = False


class _Sheet(SheetPart):
    """A sheet with the style of each cell and the cells that are merged."""

    TAGS: ClassVar = named("f", "mergeCell")

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__(name, **more)
        self.cells: dict[tuple[int, int], tuple[str, str, int]] = {}
        self.merged: set[tuple[int, int, int, int]] = set()
        self._formula: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        match self.TAGS.get(name):
            case "f":
                self._formula = []
            case "mergeCell":
                found = _RANGE.fullmatch(attributes.get("ref", ""))
                if found:
                    left, top, right, bottom = found.groups()
                    self.merged.add((int(top), column_number(left), int(bottom), column_number(right)))

    def text(self, text: str) -> None:
        if self._formula is None:
            super().text(text)
        elif len(self._formula) < _LONGEST_FORMULA:
            self._formula.append(text)

    def end(self, name: str) -> None:
        if self.TAGS.get(name) == "f" and self._formula is not None:
            if _reaches_out("".join(self._formula)):
                raise self._refused("reaches-out")
            self._formula = None
        super().end(name)

    def _end_cell(self) -> None:
        before = len(self._cells)
        super()._end_cell()
        if len(self._cells) > before:
            _column, kind, text = self._cells[-3:]
            style = int(self._style) if self._style.isascii() and self._style.isdigit() else 0
            self.cells[self._row, self._column] = (kind, text, style)
