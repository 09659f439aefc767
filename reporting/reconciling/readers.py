"""The bare text of a report's files, each read by other means than it was written with."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from html.parser import HTMLParser

from defusedxml import ElementTree
from pypdf import PdfReader

from reporting.appendix import COLUMNS
from reporting.reconciling.wording import bare
from reporting.report.content import ChartBlock, Report, Table
from reporting.report.pictures import picture_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LETTERS = re.compile(r"<text[^>]*>([^<]*)</text>")
_SILENT = ("style", "script", "head")


def word_text(data: bytes) -> str:
    """All text of the body of a .docx file, from its XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        root = ElementTree.fromstring(parts.read("word/document.xml"))
    return bare("".join(node.text or "" for node in root.iter(f"{_W}t")))


class _Page(HTMLParser):
    """The text of a page without the numbers of its footnotes, and the exact values of its figures."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.values: list[tuple[str, str]] = []
        self._silent = 0
        self._value: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag in _SILENT or (tag == "sup" and known.get("class") == "mark"):
            self._silent += 1
        elif tag == "data":
            self._value = known.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT or (tag == "sup" and self._silent):
            self._silent -= 1
        elif tag == "data":
            self._value = None

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.pieces.append(data)
        if self._value is not None:
            self.values.append((self._value, data))


def html_text(page: str) -> str:
    """All text of a page, without the numbers of footnotes."""
    parser = _Page()
    parser.feed(page)
    return bare("".join(parser.pieces))


def html_values(page: str) -> list[tuple[str, str]]:
    """For each <data> of a page its exact value and its text."""
    parser = _Page()
    parser.feed(page)
    return parser.values


def pdf_text(data: bytes, report: Report) -> str:
    """The text layer of a .pdf file without what breaks into its sentences where pages end.

    That is the number of the page, what its charts say, its footnotes, and the header that a long table
    repeats.
    """
    pages = [
        _without_number(page.extract_text(), number)
        for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, start=1)
    ]
    whole = bare("\n".join(pages))
    headers = [block.header for block in report.blocks if isinstance(block, Table)]
    for header in (*headers, COLUMNS):
        whole = whole.replace(bare("".join(header)), "")
    for block in report.blocks:
        if isinstance(block, ChartBlock):
            whole = whole.replace(_drawn(block), "", 1)
    for note in report.notes:
        whole = whole.replace(bare(f"{note.number}. {note.text}"), "", 1)
    return whole


def _drawn(block: ChartBlock) -> str:
    """The words of a chart, which its page has after all others, whatever sentence goes on overleaf."""
    return bare(unescape("".join(_LETTERS.findall(picture_of(block).svg(title=block.title)))))


def _without_number(text: str, number: int) -> str:
    """A page without its first or last line where that is the number of the page."""
    lines = text.strip().split("\n")
    ends = (0, len(lines) - 1)
    return "\n".join(line for at, line in enumerate(lines) if at not in ends or line.strip() != str(number))
