"""Word files: paragraphs, headings, cells of tables and footnotes, read from their XML as a stream."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

from dxreport.lib.archives import Bounds, opened
from dxreport.lib.limited_child import Refused
from dxreport.lib.xlsx.markup import Attributes, Handler, local
from dxreport.lib.xlsx.markup import read as read_part
from reporting.lint.readers.budget import CELL, HEADING, NOTE, PARAGRAPH, Taken

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_MACROS = ("vbaproject", "vbadata", "macroenabled")
_DEEPEST = 256


def read(source: IO[bytes], taken: Taken, *, entries: int, unpacked: int, ratio: int) -> None:
    """Take the passages of a .docx file. Raises Refused."""
    archive = _opened(source, Bounds(entries, unpacked, ratio))
    parts = {part.filename.lower(): part for part in archive.infolist()}
    styles, core = _Styles(), _Core()
    for name, handler in (
        ("[content_types].xml", _ContentTypes()),
        ("word/styles.xml", styles),
        ("docprops/core.xml", core),
    ):
        if name in parts:
            read_part(archive, parts[name], handler)
    taken.is_draft = core.status.strip().lower() == "draft"
    read_part(archive, parts["word/document.xml"], _Body(taken, styles.headings))
    for name, element in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        if name in parts:
            read_part(archive, parts[name], _Notes(taken, element))


def _opened(source: IO[bytes], bounds: Bounds) -> zipfile.ZipFile:
    head = source.read(len(_OLE))
    if not head:
        raise Refused("empty-file")
    if head == _OLE:
        raise Refused("encrypted" if _ENCRYPTED_PART in source.read() else "old-doc")
    if not head.startswith(b"PK\x03\x04"):
        raise Refused("not-docx")
    source.seek(0)
    archive = opened(source, bounds)
    names = {name.lower() for name in archive.namelist()}
    if any(mark in name for name in names for mark in _MACROS):
        raise Refused("macros")
    if "word/document.xml" not in names or "[content_types].xml" not in names:
        raise Refused("not-docx")
    return archive


class _ContentTypes(Handler):
    """Refuses by declared type a file with macros under a harmless name."""

    def start(self, name: str, attributes: Attributes) -> None:
        if any(mark in attributes.get("ContentType", "").lower() for mark in _MACROS):
            raise Refused("macros")


class _Core(Handler):
    """docProps/core.xml: how far the document is, as it says itself."""

    def __init__(self) -> None:
        self.status, self._in_status = "", False

    def start(self, name: str, attributes: Attributes) -> None:
        self._in_status = local(name) == "contentStatus"

    def end(self, name: str) -> None:
        self._in_status = False

    def text(self, text: str) -> None:
        if self._in_status:
            self.status = (self.status + text)[:100]


def _value(attributes: Attributes, of: str = "val") -> str:
    return next((value for name, value in attributes.items() if local(name) == of), "")


def _tag(name: str) -> str:
    """The name of an element of Word's own; "" for drawings and other languages within."""
    return local(name) if name.startswith(_WORD) else ""


class _Styles(Handler):
    """word/styles.xml: which styles of paragraphs are those of headings."""

    def __init__(self) -> None:
        self.headings: set[str] = set()
        self._style = ""

    def start(self, name: str, attributes: Attributes) -> None:
        match _tag(name):
            case "style":
                self._style = _value(attributes, "styleId")
            case "name" if _value(attributes).lower().startswith(("heading ", "title")):
                self.headings.add(self._style)
            case "outlineLvl" if _value(attributes) < "9":
                self.headings.add(self._style)


@dataclass
class _Paragraph:
    words: list[str] = field(default_factory=list)
    anchors: list[tuple[int, str]] = field(default_factory=list)
    length: int = 0
    is_heading: bool = False

    def add(self, words: str) -> None:
        self.words.append(words)
        self.length += len(words)


@dataclass
class _Table:
    number: int
    row: int = 0
    column: int = 0
    next_column: int = 1


class _Blocks(Handler):
    """Paragraphs as they come by, with what of them is to be read."""

    _SIGNS: Mapping[str, str] = {
        "tab": "\t",
        "br": "\n",
        "cr": "\n",
        "noBreakHyphen": "\u2011",
        "softHyphen": "\u00ad",
    }
    # Removed by a tracked change, or a second reading of the same drawing.
    _UNREAD = ("del", "moveFrom", "rt")

    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        self.open: list[_Paragraph] = []
        self.unread = self.depth = 0
        self.in_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Refused("deep")
        tag = _tag(name)
        if self.unread or name == _FALLBACK or tag in self._UNREAD:
            self.unread += 1
            return
        if tag == "p":
            self.open.append(_Paragraph())
        elif tag == "t":
            self.in_text = True
        elif tag in self._SIGNS and self.open:
            self.open[-1].add(self._SIGNS[tag])
        self.began(tag, attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.unread:
            self.unread -= 1
            return
        tag = _tag(name)
        if tag == "t":
            self.in_text = False
        elif tag == "p" and self.open:
            self.took(self.open.pop())
        self.ended(tag)

    def text(self, text: str) -> None:
        if self.in_text and self.open and not self.unread:
            self.open[-1].add(text)

    def began(self, tag: str, attributes: Attributes) -> None:
        """An element of Word begins."""

    def ended(self, tag: str) -> None:
        """An element of Word ends."""

    def took(self, paragraph: _Paragraph) -> None:
        """A paragraph is complete."""


class _Body(_Blocks):
    """word/document.xml."""

    def __init__(self, taken: Taken, headings: set[str]) -> None:
        super().__init__(taken)
        self.headings = headings
        self.tables: list[_Table] = []
        self.count = 0

    def began(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "pStyle" if self.open:
                self.open[-1].is_heading |= _value(attributes) in self.headings
            case "outlineLvl" if self.open and _value(attributes) < "9":
                self.open[-1].is_heading = True
            case "footnoteReference" | "endnoteReference" if self.open:
                note = f"{tag.removesuffix('Reference')} {_value(attributes, 'id')}"
                self.open[-1].anchors.append((self.open[-1].length, note))
            case "tbl":
                self.count += 1
                self.tables.append(_Table(self.count))
            case "tr" if self.tables:
                self.tables[-1].row += 1
                self.tables[-1].next_column = 1
            case "tc" if self.tables:
                self.tables[-1].column = self.tables[-1].next_column
                self.tables[-1].next_column += 1
            case "gridSpan" if self.tables:
                wide = _value(attributes)
                if wide.isascii() and wide.isdigit() and len(wide) < 4:
                    self.tables[-1].next_column += max(int(wide) - 1, 0)

    def ended(self, tag: str) -> None:
        if tag == "tbl" and self.tables:
            self.tables.pop()

    def took(self, paragraph: _Paragraph) -> None:
        text, anchors = "".join(paragraph.words), tuple(paragraph.anchors)
        if self.tables:
            at = self.tables[-1]
            self.taken.add(text, kind=CELL, table=at.number, row=at.row, column=at.column, anchors=anchors)
        else:
            self.taken.add(text, kind=HEADING if paragraph.is_heading else PARAGRAPH, anchors=anchors)


class _Notes(_Blocks):
    """word/footnotes.xml or word/endnotes.xml: notes, without the lines that part them from the text."""

    def __init__(self, taken: Taken, element: str) -> None:
        super().__init__(taken)
        self.element = element
        self.note = ""

    def began(self, tag: str, attributes: Attributes) -> None:
        if tag == self.element:
            self.note = "" if _value(attributes, "type") else f"{self.element} {_value(attributes, 'id')}"

    def took(self, paragraph: _Paragraph) -> None:
        if self.note:
            self.taken.add("".join(paragraph.words), kind=NOTE, note=self.note)
