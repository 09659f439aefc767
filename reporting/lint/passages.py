"""A text as the rules see it: passages in the order of reading, each with its place."""

from __future__ import annotations

from typing import Any, NamedTuple

PARAGRAPH, HEADING, CELL, NOTE = "paragraph", "heading", "cell", "note"

# Where a passage stands: a name of `reporting.lint.sentences.PLACES`, then what its words need.
Where = tuple[str | int, ...]


class Passage(NamedTuple):
    """A paragraph, a heading, a paragraph within a cell of a table, or a footnote.

    `text` is exactly what is written. `row` and `column` (both from 1) are those of a cell of table number
    `table`, which is 0 elsewhere. `anchors` says where footnotes are called: (offset, name of the note);
    `note` is the name of a footnote.
    """

    text: str
    kind: str = PARAGRAPH
    where: Where = ()
    table: int = 0
    row: int = 0
    column: int = 0
    anchors: tuple[tuple[int, str], ...] = ()
    note: str = ""

    @classmethod
    def from_json(cls, value: list[Any]) -> Passage:
        """The passage that JSON made a list of."""
        text, kind, where, table, row, column, anchors, note = value
        return cls(
            text, kind, tuple(where), table, row, column, tuple((at, name) for at, name in anchors), note
        )
