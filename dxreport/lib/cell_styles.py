"""xl/styles.xml of a workbook that is filled in place: what a cell looks like, and looks beside it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

_FIRST_OWN_FORMAT = 164
_BUILT_IN = {"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00"}
USUAL_SIZE = 11.0

Element = Any  # lxml's elements have no types of their own


class CellStyles:
    """The styles of cells, and variants of them that are added as they are needed."""

    def __init__(self, root: Element, main: str) -> None:
        self._root, self._tag = root, f"{{{main}}}"
        self._cells = root.find(f"{self._tag}cellXfs")
        self._variants: dict[tuple[int, str, bool], int] = {}

    def format_of(self, style: int) -> str:
        """The number format of a style; blank for one that nobody here writes."""
        number = self._style(style).get("numFmtId", "0")
        own = {one.get("numFmtId"): one.get("formatCode") for one in self._root.iter(f"{self._tag}numFmt")}
        return own.get(number) or _BUILT_IN.get(number, "")

    def wraps(self, style: int) -> bool:
        """Whether a text goes on in further lines of its cell."""
        alignment = self._style(style).find(f"{self._tag}alignment")
        return alignment is not None and alignment.get("wrapText") in ("1", "true")

    def size_of(self, style: int) -> float:
        """The size of its letters, in points."""
        fonts = self._root.find(f"{self._tag}fonts")
        number = int(self._style(style).get("fontId", "0"))
        size = fonts[number].find(f"{self._tag}sz") if fonts is not None and number < len(fonts) else None
        return float(size.get("val")) if size is not None else USUAL_SIZE

    def variant(self, style: int, code: str, *, is_quoted: bool = False) -> int:
        """The style like `style` that shows numbers by `code`, or keeps text as text when it is edited."""
        key = (style, code, is_quoted)
        if key not in self._variants:
            changed = deepcopy(self._style(style))
            if code:
                changed.set("numFmtId", self._number_of(code))
                changed.set("applyNumberFormat", "1")
            if is_quoted:
                changed.set("quotePrefix", "1")
            self._cells.append(changed)
            self._cells.set("count", str(len(self._cells)))
            self._variants[key] = len(self._cells) - 1
        return self._variants[key]

    def _style(self, number: int) -> Element:
        return self._cells[number if number < len(self._cells) else 0]

    def _number_of(self, code: str) -> str:
        formats = self._root.find(f"{self._tag}numFmts")
        if formats is None:
            formats = etree.Element(f"{self._tag}numFmts")
            self._root.insert(0, formats)
        for one in formats:
            if one.get("formatCode") == code:
                return str(one.get("numFmtId"))
        number = str(max([_FIRST_OWN_FORMAT - 1, *(int(one.get("numFmtId")) for one in formats)]) + 1)
        etree.SubElement(formats, f"{self._tag}numFmt", numFmtId=number, formatCode=code)
        formats.set("count", str(len(formats)))
        return number
