"""What a text may hold: so many passages, so many characters."""

from __future__ import annotations

from dataclasses import dataclass, field

from dxreport.lib.limited_child import Refused
from reporting.lint.passages import CELL, HEADING, NOTE, PARAGRAPH, Passage, Where

# Characters of a passage. Nobody writes a paragraph of twenty pages, and rules look back within one.
LONGEST = 50_000


@dataclass
class Taken:
    """The passages of a text so far. Raises Refused when there are more than a text has."""

    most_passages: int
    most_characters: int
    passages: list[Passage] = field(default_factory=list)
    is_draft: bool = False
    paragraphs: int = 0

    def add(
        self,
        text: str,
        *,
        kind: str = PARAGRAPH,
        where: Where = (),
        table: int = 0,
        row: int = 0,
        column: int = 0,
        anchors: tuple[tuple[int, str], ...] = (),
        note: str = "",
    ) -> None:
        """Take a passage, unless it is blank. Without `where` it is the next paragraph."""
        if not text.strip():
            return
        if not where and kind in (PARAGRAPH, HEADING):
            self.paragraphs += 1
            where = ("paragraph", self.paragraphs)
        elif not where:
            where = ("cell", table, row, column) if kind == CELL else ("note", note)
        self.most_characters -= len(text)
        if len(text) > LONGEST or len(self.passages) == self.most_passages or self.most_characters < 0:
            raise Refused("too-long")
        self.passages.append(Passage(text, kind, where, table, row, column, anchors, note))


__all__ = ["CELL", "HEADING", "NOTE", "PARAGRAPH", "Taken"]
