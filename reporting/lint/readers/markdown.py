"""Markdown: headings, paragraphs, tables and footnotes, without the marks of emphasis and links."""

from __future__ import annotations

import re
from typing import IO

from reporting.lint.readers.budget import CELL, HEADING, NOTE, Taken
from reporting.lint.readers.decoding import decoded
from reporting.lint.readers.plain_text import goes_on

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{3,})\s*$")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*$")
_NOTE = re.compile(r"\s{0,3}\[\^([^\]\s]+)\]:\s*(.*)")
_CALL = re.compile(r"\s?\[\^([^\]\s]+)\]")
_MARKS = (
    (re.compile(r"!?\[([^\]]*)\]\([^()\s]*\)"), r"\1"),
    (re.compile(r"(\*\*|__|``?)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"<br\s*/?>"), "\n"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])"), r"\1"),
)


def read(source: IO[bytes], taken: Taken) -> None:
    """Take the passages of a Markdown file."""
    _Reader(taken).read(decoded(source.read()).split("\n"))


class _Reader:
    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        self.lines: list[str] = []
        self.tables = self.row = 0

    def read(self, lines: list[str]) -> None:
        is_code = False
        for line in [*lines, ""]:
            if _FENCE.match(line):
                is_code = not is_code
                self.close()
            elif not is_code:
                self.line(line)
        self.close()

    def line(self, line: str) -> None:
        line = re.sub(r"^\s{0,3}>\s?", "", line)
        if line.lstrip().startswith("|"):
            self.close()
            self.cells(line)
            return
        self.row = 0
        if not line.strip():
            self.close()
        elif heading := _HEADING.match(line):
            self.close()
            self.add(heading[1], kind=HEADING)
        elif self.lines and _UNDERLINE.match(line):
            self.close(kind=HEADING)
        elif note := _NOTE.match(line):
            self.close()
            self.taken.add(_plain(note[2])[0], kind=NOTE, note=note[1])
        else:
            if self.lines and not goes_on(self.lines[-1], line):
                self.close()
            self.lines.append(line)

    def cells(self, line: str) -> None:
        """A row of a table; the line of dashes under its head is none."""
        if _RULE.fullmatch(line):
            return
        self.row += 1
        self.tables += self.row == 1
        for column, cell in enumerate(re.split(r"(?<!\\)\|", line.strip().strip("|")), start=1):
            for paragraph in _plain(cell.strip())[0].split("\n"):
                self.taken.add(paragraph, kind=CELL, table=self.tables, row=self.row, column=column)

    def close(self, kind: str = "paragraph") -> None:
        if self.lines:
            self.add("\n".join(self.lines), kind=kind)
            self.lines = []

    def add(self, words: str, kind: str) -> None:
        text, anchors = _plain(words)
        self.taken.add(text, kind=kind, anchors=anchors)


def _plain(words: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The words without marks, and where they call footnotes."""
    for pattern, kept in _MARKS:
        words = pattern.sub(kept, words)
    text, anchors = "", []
    end = 0
    for call in _CALL.finditer(words):
        text += words[end : call.start()]
        anchors.append((len(text), call[1]))
        end = call.end()
    return text + words[end:], tuple(anchors)
