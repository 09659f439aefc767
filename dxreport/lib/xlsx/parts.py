"""The small parts that cells refer to: the list of sheets, shared texts, styles, custom properties."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import ClassVar

from dxreport.lib.archives import shortened
from dxreport.lib.limited_child import Refused
from dxreport.lib.xlsx.markup import RELATION_ID, Attributes, Handler, local, named

LONGEST_TEXT = 32_767  # characters that a cell holds
MOST_SHEETS = 50
_MOST_PROPERTIES = 100
# Formats that Excel itself knows as dates or times.
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# Quoted, bracketed or escaped pieces of a format say nothing about what it shows.
_NOT_CODE = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|\\.|_.|\*.', re.IGNORECASE)
_DATE_CODE = re.compile(r"[dmyhs]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain(text: str) -> str:
    """A text as it is compared: composed letters (NFC), and Office's `_x000A_` as the character it means."""
    if text.isascii() and "_x" not in text:
        return text
    return unicodedata.normalize("NFC", _ESCAPED.sub(_unescaped, text))


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter.isprintable() or letter in "\t\n\r" else found[0]


@dataclass
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    relation: str


@dataclass
class WorkbookPart(Handler):
    """xl/workbook.xml."""

    sheets: list[SheetEntry] = field(default_factory=list)
    counts_from_1904: bool = False

    TAGS: ClassVar = named("sheet", "workbookPr")

    def start(self, name: str, attributes: Attributes) -> None:
        tag = self.TAGS.get(name)
        if tag == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            self._add(attributes)

    def _add(self, attributes: Attributes) -> None:
        sheet = plain(attributes.get("name", ""))
        if any(other.name.casefold() == sheet.casefold() for other in self.sheets):
            raise Refused("duplicate-sheet", sheet=shortened(sheet))
        if len(self.sheets) == MOST_SHEETS:
            raise Refused("sheets", most=MOST_SHEETS)
        relation = next((attributes[key] for key in RELATION_ID if key in attributes), "")
        self.sheets.append(SheetEntry(sheet, attributes.get("state", "visible") != "visible", relation))


class SharedTexts(Handler):
    """xl/sharedStrings.xml: the texts that cells name by number."""

    TAGS = named("si", "t", "rPh")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._in_text = self._in_phonetic = False

    def start(self, name: str, attributes: Attributes) -> None:
        match self.TAGS.get(name):
            case "si":
                self._pieces, self._length = [], 0
            case "t":
                self._in_text = not self._in_phonetic
            case "rPh":  # how to pronounce it: no part of the text
                self._in_phonetic = True

    def end(self, name: str) -> None:
        match self.TAGS.get(name):
            case "si":
                self.texts.append(plain("".join(self._pieces)))
            case "t":
                self._in_text = False
            case "rPh":
                self._in_phonetic = False

    def text(self, text: str) -> None:
        if self._in_text:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise Refused("long-shared-text", most=LONGEST_TEXT)
            self._pieces.append(text)


class Styles(Handler):
    """xl/styles.xml: which of the cell formats show a number as a date."""

    TAGS = named("numFmt", "cellXfs", "xf")

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._own: dict[int, bool] = {}
        self._in_cells = False
        self._count = 0

    def start(self, name: str, attributes: Attributes) -> None:
        match self.TAGS.get(name):
            case "numFmt":
                code = _NOT_CODE.sub("", attributes.get("formatCode", "")[:255])
                self._own[_number(attributes.get("numFmtId"))] = bool(_DATE_CODE.search(code))
            case "cellXfs":
                self._in_cells = True
            case "xf" if self._in_cells:
                number = _number(attributes.get("numFmtId"))
                if self._own.get(number, number in _DATE_FORMATS):
                    self.dates.add(self._count)
                self._count += 1

    def end(self, name: str) -> None:
        if self.TAGS.get(name) == "cellXfs":
            self._in_cells = False


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0


class Properties(Handler):
    """docProps/custom.xml: what the writer of a template left in it, name -> text."""

    def __init__(self) -> None:
        self.properties: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if local(name) == "property" and len(self.properties) < _MOST_PROPERTIES:
            self._name = attributes.get("name", "")
            self.properties[self._name] = ""

    def end(self, name: str) -> None:
        if local(name) == "property":
            self._name = ""

    def text(self, text: str) -> None:
        if self._name:
            self.properties[self._name] = (self.properties[self._name] + text)[:LONGEST_TEXT]
