"""Whether a file is a plain Word document: no macro, no link out of it, nothing embedded, no odd field."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from dxreport.lib.archives import MIB, Bounds, opened, shortened
from dxreport.lib.limited_child import Refused
from dxreport.lib.xlsx.markup import Attributes, Handler, local, read
from reporting.report.template.grammar import Problem

BOUNDS = Bounds(entries=300, unpacked=40 * MIB, ratio=200)
LARGEST_TEXT = 4 * MIB  # of word/document.xml unpacked; the delivered one has 0,1
MAIN_PART = "word/document.xml"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
# What is refused, by a piece of a part's name, of its declared type, of a relation's kind (small letters).
_CARRIED = {
    "macros": ("vbaproject", "vbadata", "macroenabled"),
    "links": ("attachedtemplate", "mailmerge", "subdocument", "externallink"),
    "embedded": ("embeddings/", "oleobject", "activex", "afchunk", "webextension", "customui"),
}
_ELEMENTS = {
    "embedded": frozenset({"object", "OLEObject", "control", "altChunk"}),
    "links": frozenset({"subDoc", "attachedTemplate", "mailMerge", "dataSource"}),
}
# Fields that only count pages, parts and paragraphs, or repeat what the document itself says.
FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "TOC", "PAGEREF", "REF"}
)
PRINTED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_WHOLE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_HALF_TAG = re.compile(r"\{[{%#]|[%}#]\}")
_ADDRESS = re.compile(r"\s*(https?:|ftp:|file:|mailto:|\\\\|//)", re.IGNORECASE)


def problems_of(stream: IO[bytes]) -> Iterator[Problem]:
    """All that is wrong with the package. Raises Refused where it cannot be looked at any further."""
    _check_kind(stream)
    archive = opened(stream, BOUNDS)
    parts = {part.filename: part for part in archive.infolist()}
    if MAIN_PART not in parts or "[Content_Types].xml" not in parts:
        raise Refused("not-word")
    if parts[MAIN_PART].file_size > LARGEST_TEXT:
        raise Refused("large-text", most=LARGEST_TEXT // MIB)
    seen: set[tuple[str, str]] = set()
    for problem in _all(archive, parts):
        key = (problem.code, str(problem.named.get("part", "")))
        if key not in seen:
            seen.add(key)
            yield problem


def _check_kind(stream: IO[bytes]) -> None:
    head = stream.read(len(_OLE))
    if not head:
        raise Refused("empty-file")
    if head == _OLE:
        raise Refused("encrypted" if _ENCRYPTED_PART in stream.read() else "old-doc")
    if not head.startswith(b"PK\x03\x04"):
        raise Refused("not-word")
    stream.seek(0)


def _all(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> Iterator[Problem]:
    for name in parts:
        yield from _carried(name.lower(), name)
    types = _ContentTypes()
    read(archive, parts["[Content_Types].xml"], types)
    yield from types.problems
    if types.main and types.main != _MAIN_TYPE and not types.problems:
        raise Refused("not-word")
    for name, part in parts.items():
        if name.endswith(".rels"):
            relations = _Relations()
            read(archive, part, relations)
            yield from relations.problems
        elif name.endswith(".xml") and name != "[Content_Types].xml":
            text = _Text(is_printed=bool(PRINTED.fullmatch(name)))
            read(archive, part, text)
            yield from text.all_problems()


def _carried(text: str, named: str) -> Iterator[Problem]:
    for code, marks in _CARRIED.items():
        if any(mark in text for mark in marks):
            yield Problem(code, {"part": shortened(named)})


@dataclass
class _ContentTypes(Handler):
    problems: list[Problem] = field(default_factory=list)
    main: str = ""

    def start(self, name: str, attributes: Attributes) -> None:
        kind = attributes.get("ContentType", "")
        self.problems += _carried(kind.lower(), kind)
        if attributes.get("PartName", "").lstrip("/") == MAIN_PART:
            self.main = kind


@dataclass
class _Relations(Handler):
    problems: list[Problem] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        if local(name) != "Relationship":
            return
        kind = attributes.get("Type", "")
        target = attributes.get("Target", "")
        self.problems += _carried(kind.lower(), posixpath.basename(kind))
        if attributes.get("TargetMode", "Internal") != "Internal" or _ADDRESS.match(target):
            self.problems.append(Problem("links", {"part": shortened(target)}))


@dataclass
class _Text(Handler):
    """Fields, objects and addresses within a part.

    A field's words may lie in many pieces. One whose words come out of another field is refused: nobody can
    tell what it will say.
    """

    is_printed: bool = True
    problems: list[Problem] = field(default_factory=list)
    # The words of each paragraph around this place: a text box has paragraphs within one.
    _words: list[list[str]] = field(default_factory=list)
    _in_words: bool = False
    # Of each field that is open: its words so far, or None once its result has begun.
    _open: list[str | None] = field(default_factory=list)
    _in_field_text: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        tag = local(name)
        for code, tags in _ELEMENTS.items():
            if tag in tags:
                self.problems.append(Problem(code, {"part": tag}))
        said = {local(key): value for key, value in attributes.items()}
        if _ADDRESS.match(said.get("src", "")) or _ADDRESS.match(said.get("href", "")):
            self.problems.append(Problem("links", {"part": shortened(said.get("src") or said["href"])}))
        if tag == "fldSimple":
            self._check(said.get("instr", ""))
        elif tag == "fldChar":
            self._mark(said.get("fldCharType", ""))
        self._in_field_text = tag in ("instrText", "delInstrText")
        self._in_words = tag == "t"
        if tag == "p":
            self._words.append([])

    def end(self, name: str) -> None:
        self._in_field_text = self._in_words = False
        if local(name) == "p" and self._words:
            self._check_tags("".join(self._words.pop()))

    def text(self, text: str) -> None:
        if self._in_words and self._words:
            self._words[-1].append(text)
        if self._in_field_text:
            # Words of a field that nothing opened are a field all the same.
            if not self._open:
                self._open.append("")
            self._open[-1] = (self._open[-1] or "") + text

    def all_problems(self) -> list[Problem]:
        """What was found, and the fields that nothing closes."""
        for instruction in filter(None, self._open):
            self._check(instruction)
        return self.problems

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            if self._open and self._open[-1] is not None:
                self.problems.append(Problem("field", {"part": "…"}))
            self._open.append("")
        elif self._open:
            self._check(self._open[-1] or "")
            self._open[-1] = None
            if kind == "end":
                self._open.pop()

    def _check_tags(self, words: str) -> None:
        """A tag ends in the paragraph where it begins; else it would swallow what lies between."""
        left = _WHOLE_TAG.sub("", words)
        if self.is_printed and (found := _HALF_TAG.search(left)):
            self.problems.append(Problem("syntax", {"tag": shortened(left[found.start() :]), "part": left}))

    def _check(self, instruction: str) -> None:
        words = instruction.split()
        if words and words[0].upper() not in FIELDS:
            self.problems.append(Problem("field", {"part": shortened(words[0])}))
