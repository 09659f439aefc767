"""The letters that the pages of a PDF show, without where they stand: all that a search for numbers needs."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PdfReader

# In the content of a page: a font taken up, or glyphs shown. A dictionary begins with two brackets.
_SHOWN = re.compile(rb"/(\S+)\s+[\d.]+\s+Tf\b|<([0-9A-Fa-f\s]+)>")
_NAMED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_TABLE = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_GLYPH = 4  # digits of the number of a glyph

Letters = dict[str, str]


def letters(data: bytes) -> str:
    """In the order of the pages' content. A glyph that its font does not name is left out.

    Only hexadecimal strings of two-byte glyphs are read. Raises PyPdfError for what is no PDF.
    """
    known: dict[int, Letters] = {}  # by the number of the font in the file: pages share them
    return "".join(_of_page(page, known) for page in PdfReader(io.BytesIO(data)).pages)


def _of_page(page: Any, known: dict[int, Letters]) -> str:
    content = page.get_contents()
    if content is None:
        return ""
    fonts = page["/Resources"].get("/Font", {}).get_object()
    shown: list[str] = []
    current: Letters = {}
    for font, glyphs in _SHOWN.findall(content.get_data()):
        if font:
            reference = fonts.raw_get(f"/{font.decode()}")
            number = reference.idnum
            if number not in known:
                known[number] = _named(reference.get_object())
            current = known[number]
        else:
            digits = b"".join(glyphs.split()).decode().lower()
            shown += [current.get(digits[at : at + _GLYPH], "") for at in range(0, len(digits), _GLYPH)]
    return "".join(shown)


def _named(font: Any) -> Letters:
    """What each glyph of a font stands for."""
    named = font.get("/ToUnicode")
    if named is None:
        return {}
    return {
        glyph.decode().lower(): bytes.fromhex(letter.decode()).decode("utf-16-be")
        for table in _TABLE.findall(named.get_object().get_data())
        for glyph, letter in _NAMED.findall(table)
    }
