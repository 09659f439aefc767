"""Web pages: what a reader sees of them, block by block."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import IO

from reporting.lint.readers.budget import CELL, HEADING, NOTE, PARAGRAPH, Taken
from reporting.lint.readers.decoding import decoded

_UNSEEN = {
    "script",
    "style",
    "template",
    "head",
    "svg",
    "nav",
    "select",
    "button",
    "noscript",
    "math",
    "iframe",
    "object",
}
_BLOCKS = {
    *(
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "blockquote",
    ),
    *(
        "pre",
        "address",
        "figure",
        "figcaption",
        "caption",
        "hr",
        "form",
        "fieldset",
        "table",
        "tr",
        "td",
        "th",
        "body",
        "html",
    ),
    *("h1", "h2", "h3", "h4", "h5", "h6", "thead", "tbody", "tfoot", "summary", "details"),
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_CHUNK = 64 * 1024
_MARKUP = re.compile(r"<(?:!doctype|html|body|p|div|table|h[1-6]|span|article|ul|ol)\b", re.IGNORECASE)


def read(source: IO[bytes], taken: Taken) -> None:
    """Take the passages of a web page."""
    page = _Page(taken)
    text = decoded(source.read())
    if not _MARKUP.search(text):
        text = f"<pre>{text}</pre>"
    # Piece by piece: the parser looks again and again at what it was given at once.
    for start in range(0, len(text), _CHUNK):
        page.feed(text[start : start + _CHUNK])
    page.close()
    page.flush()


class _Page(HTMLParser):
    def __init__(self, taken: Taken) -> None:
        super().__init__(convert_charrefs=True)
        self.taken = taken
        self.words: list[str] = []
        self.anchors: list[tuple[int, str]] = []
        self.length = 0
        self.unseen: list[str] = []
        self.heading = False
        self.notes: set[str] = set()
        self.note = ""
        self.note_tag = ""
        self.in_sup = 0
        # Open tables: [number, row, column].
        self.tables: list[list[int]] = []
        self.table_count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self.unseen:
            if tag == self.unseen[-1]:
                self.unseen.append(tag)
            elif tag == "body":  # a head that was never closed
                self.unseen = []
            elif tag == "meta":
                self._meta(attributes)
            return
        if tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag == "br":
            self._add("\n")
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "sup":
            self.in_sup += 1
        elif tag == "a" and attributes.get("href", "").startswith("#") and self.in_sup:
            self.anchors.append((self.length, attributes["href"][1:]))
            self.notes.add(attributes["href"][1:])
            self.in_sup += 100  # its number is no part of the text
        elif tag in _BLOCKS:
            self._block(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag == self.unseen[-1]:
                self.unseen.pop()
        elif tag == "sup":
            self.in_sup = max(0, self.in_sup % 100 - 1)
        elif tag in _BLOCKS:
            self.flush()
            if tag == "table" and self.tables:
                self.tables.pop()
            elif tag in _HEADINGS:
                self.heading = False
            if tag == self.note_tag:
                self.note = self.note_tag = ""

    def handle_data(self, data: str) -> None:
        if not self.unseen and self.in_sup < 100:
            self._add(_SPACES.sub(" ", data))

    def flush(self) -> None:
        """Take the words so far as one passage."""
        text = re.sub(r" ?\n ?", "\n", "".join(self.words))
        indent = len(text) - len(text.lstrip())
        anchors = tuple((max(0, at - indent), name) for at, name in self.anchors)
        self.words, self.anchors, self.length = [], [], 0
        if self.note:
            self.taken.add(text.strip(), kind=NOTE, note=self.note)
        elif self.tables and self.tables[-1][2]:
            number, row, column = self.tables[-1]
            self.taken.add(text.strip(), kind=CELL, table=number, row=row, column=column, anchors=anchors)
        else:
            self.taken.add(text.strip(), kind=HEADING if self.heading else PARAGRAPH, anchors=anchors)

    def _add(self, words: str) -> None:
        if words == " " and (not self.words or self.words[-1].endswith(" ")):
            return
        self.words.append(words)
        self.length += len(words)

    def _block(self, tag: str, attributes: dict[str, str]) -> None:
        self.flush()
        self.in_sup = 0
        if attributes.get("id") in self.notes and not self.note:
            self.note, self.note_tag = attributes["id"], tag
        if tag in _HEADINGS:
            self.heading = True
        elif tag == "table":
            self.table_count += 1
            self.tables.append([self.table_count, 0, 0])
        elif self.tables and tag == "tr":
            self.tables[-1][1:] = self.tables[-1][1] + 1, 0
        elif self.tables and tag in ("td", "th"):
            self.tables[-1][2] += 1

    def _meta(self, attributes: dict[str, str]) -> None:
        if (
            attributes.get("name", "").lower() == "status"
            and attributes.get("content", "").lower() == "draft"
        ):
            self.taken.is_draft = True
