"""Reads a Word file as a reader sees it: each paragraph with the look that its styles give it.

Written apart from what writes the file: straight from the XML, by the order in which Word applies
properties (defaults of the document, styles from the base up, then the paragraph and its runs).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TWIPS_PER_MM = 1440 / 25.4
_TOGGLES = {"b": "bold", "i": "italic", "caps": "caps"}


@dataclass(frozen=True)
class Look:
    """Sizes in points, lengths in millimetres, line spacing in lines."""

    size: float = 10
    font: str = ""
    colour: str = "auto"
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: str = "left"
    first_line: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    lines: float = 1
    has_rule: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph: its text, its look, and the width of the place it stands in (millimetres)."""

    text: str
    look: Look
    width: float

    @property
    def seen(self) -> str:
        """The text as it is printed."""
        return self.text.upper() if self.look.caps else self.text


@dataclass(frozen=True)
class Page:
    """Millimetres; `numbers` is what the header of page 2 and on shows, `first_numbers` that of page 1."""

    size: tuple[float, float]
    margins: dict[str, float]
    numbers: list[Line]
    first_numbers: list[Line]


@dataclass
class WordFile:
    """The page and every paragraph of the body, in order, those in tables too."""

    data: bytes
    page: Page = field(init=False)
    lines: list[Line] = field(init=False)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as parts:
            self._parts = {name: parts.read(name) for name in parts.namelist()}
        self._styles = ElementTree.fromstring(self._parts["word/styles.xml"])
        self._by_id = {one.attrib[f"{W}styleId"]: one for one in self._styles.iter(f"{W}style")}
        body = ElementTree.fromstring(self._parts["word/document.xml"]).find(f"{W}body")
        assert body is not None
        section = body.find(f"{W}sectPr")
        assert section is not None
        self.page = self._page(section)
        margins = self.page.margins
        width = self.page.size[0] - margins["left"] - margins["right"]
        self.lines = list(self._lines(body, width))

    def line(self, beginning: str, *, after: str = "") -> Line:
        """The first paragraph that begins so, or the first one after it that has the text `after`."""
        return self.lines[self.index(beginning, after=after)]

    def index(self, beginning: str, *, after: str = "") -> int:
        start = self.index(after) + 1 if after else 0
        return next(
            n for n, one in enumerate(self.lines) if n >= start and one.text.strip().startswith(beginning)
        )

    def below(self, beginning: str) -> Line:
        """The paragraph that follows."""
        return self.lines[self.index(beginning) + 1]

    # --- How it is read -----------------------------------------------------------------------

    def _page(self, section: ElementTree.Element) -> Page:
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert size is not None
        assert margins is not None
        width = _mm(size.attrib[f"{W}w"])
        sides = ("top", "bottom", "left", "right", "header")
        headers = {
            one.attrib[f"{W}type"]: self._related(one.attrib[f"{R}id"])
            for one in section.iter(f"{W}headerReference")
        }
        first = section.find(f"{W}titlePg") is not None
        numbers = list(self._lines(headers["default"], width))
        # With titlePg and no header for the first page, Word leaves it empty.
        own = list(self._lines(headers["first"], width)) if "first" in headers else []
        return Page(
            (width, _mm(size.attrib[f"{W}h"])),
            {side: _mm(margins.attrib[f"{W}{side}"]) for side in sides},
            numbers,
            own if first else numbers,
        )

    def _related(self, relation: str) -> ElementTree.Element:
        relations = ElementTree.fromstring(self._parts["word/_rels/document.xml.rels"])
        target = next(one.attrib["Target"] for one in relations if one.attrib["Id"] == relation)
        return ElementTree.fromstring(self._parts[f"word/{target.removeprefix('/word/')}"])

    def _lines(self, place: ElementTree.Element, width: float) -> Iterator[Line]:
        for element in place:
            if element.tag == f"{W}p":
                yield Line(_text(element), self._look(element), width)
            elif element.tag == f"{W}tbl":
                for cell in element.iter(f"{W}tc"):
                    stated = cell.find(f"{W}tcPr/{W}tcW")
                    assert stated is not None
                    # Half of 0,38 cm on each side, unless the table says otherwise.
                    yield from self._lines(cell, _mm(stated.attrib[f"{W}w"]) - 3.8)

    def _look(self, paragraph: ElementTree.Element) -> Look:
        own = paragraph.find(f"{W}pPr")
        named = own.find(f"{W}pStyle") if own is not None else None
        style = named.attrib[f"{W}val"] if named is not None else self._default()
        found: dict[str, object] = {}
        for defaults in ("pPrDefault", "rPrDefault"):
            _apply(self._styles.find(f"{W}docDefaults/{W}{defaults}/*"), found)
        for one in self._chain(style):
            _apply(one.find(f"{W}pPr"), found)
            _apply(one.find(f"{W}rPr"), found)
        _apply(own, found)
        run = next((run for run in paragraph.iter(f"{W}r") if _text(run) or list(run)[1:]), None)
        _apply(run.find(f"{W}rPr") if run is not None else None, found)
        return Look(**found)  # type: ignore[arg-type]

    def _default(self) -> str:
        return next(
            name
            for name, one in self._by_id.items()
            if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") == "1"
        )

    def _chain(self, style: str) -> list[ElementTree.Element]:
        one = self._by_id[style]
        base = one.find(f"{W}basedOn")
        return [*(self._chain(base.attrib[f"{W}val"]) if base is not None else []), one]


def _text(element: ElementTree.Element) -> str:
    kept = {f"{W}t": None, f"{W}tab": "\t", f"{W}instrText": None}
    return "".join(kept[one.tag] or one.text or "" for one in element.iter() if one.tag in kept)


def _apply(properties: ElementTree.Element | None, found: dict[str, object]) -> None:
    """What `properties` (of a paragraph or a run) say, over what was said before."""
    for one in properties if properties is not None else ():
        name = one.tag.removeprefix(W)
        said = one.attrib.get(f"{W}val", "")
        if name in _TOGGLES:
            found[_TOGGLES[name]] = said not in ("0", "false", "none")
        elif name == "sz":
            found["size"] = int(said) / 2
        elif name == "rFonts":
            found["font"] = one.attrib.get(f"{W}ascii", found.get("font", ""))
        elif name == "color":
            found["colour"] = said
        elif name == "jc":
            found["align"] = {"start": "left", "end": "right"}.get(said, said)
        elif name == "pBdr":
            found["has_rule"] = one.find(f"{W}top") is not None or one.find(f"{W}bottom") is not None
        elif name == "ind":
            _apply_indents(one, found)
        elif name == "spacing":
            _apply_spacing(one, found)


def _apply_indents(one: ElementTree.Element, found: dict[str, object]) -> None:
    for said, side in (("left", "left"), ("start", "left"), ("right", "right"), ("end", "right")):
        if f"{W}{said}" in one.attrib:
            found[side] = _mm(one.attrib[f"{W}{said}"])
    if f"{W}firstLine" in one.attrib:
        found["first_line"] = _mm(one.attrib[f"{W}firstLine"])
    if f"{W}hanging" in one.attrib:
        found["first_line"] = -_mm(one.attrib[f"{W}hanging"])


def _apply_spacing(one: ElementTree.Element, found: dict[str, object]) -> None:
    for side in ("before", "after"):
        if f"{W}{side}" in one.attrib:
            found[side] = int(one.attrib[f"{W}{side}"]) / 20
    if f"{W}line" in one.attrib and one.attrib.get(f"{W}lineRule", "auto") == "auto":
        found["lines"] = int(one.attrib[f"{W}line"]) / 240


def _mm(twips: str) -> float:
    return int(twips) / TWIPS_PER_MM
