"""Search in the guide: all words asked for, without diacritics or case, whole words before parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxreport.guide.reading import Section, searchable
from dxreport.lib.folding import fold

LONGEST = 100  # letters of a question; the rest is not looked at
AROUND = 90  # letters of text before the first word found
SHOWN = 240


@dataclass(frozen=True)
class Found:
    """A section with every word; `pieces` are its text around the first, each with whether it was found."""

    section: Section
    pieces: tuple[tuple[str, bool], ...]


def search(question: str) -> list[Found]:
    """Sections with all words of `question`: those with one in their heading first, then in reading order."""
    words = fold(question[:LONGEST]).split()
    if not words:
        return []
    hits = [section for section, folded in searchable() if all(word in folded for word in words)]
    hits.sort(key=lambda section: not any(word in fold(section.heading).split() for word in words))
    return [Found(section, tuple(_pieces(section.text, words))) for section in hits]


def _pieces(text: str, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The text around the first word found, word by word joined into marked and unmarked pieces."""
    shown = text.split(" ")
    marks = [any(word in fold(one) for word in words) for one in shown]
    first = marks.index(True) if True in marks else 0
    begin, length = first, 0
    while begin and length < AROUND:
        begin -= 1
        length += len(shown[begin]) + 1
    if begin:
        yield "… ", False
    length = 0
    for one, is_found in zip(shown[begin:], marks[begin:], strict=True):
        yield one, is_found
        yield " ", False
        length += len(one) + 1
        if length > SHOWN:
            yield "…", False
            return
