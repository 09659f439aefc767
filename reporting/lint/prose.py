"""A passage made ready for the rules: its plain text, its sentences and the numbers in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reporting.lint.faults import Fault, Value
from reporting.lint.numbers import Token, tokens_of
from reporting.lint.passages import CELL, HEADING, NOTE, Passage
from reporting.lint.plain import CAPITAL, Plain

_SENTENCE_END = re.compile(
    rf"(?<!\bTP)(?<!\bTS)(?<!\bThS)(?<!\bPGS)(?<!v\.v)[.!?…]+[\"”)]*\s+(?=[{CAPITAL}\"“(\[-])"
)
_LONGEST_SENTENCE = 4_000
_REACH = 700


class Prose:
    """One passage of a text; offsets are those of its plain form until a fault is made."""

    def __init__(self, number: int, passage: Passage) -> None:
        self.number = number
        self.passage = passage
        self._plain = Plain(passage.text)
        self.text = self._plain.text

    @cached_property
    def tokens(self) -> list[Token]:
        """The numbers of the passage."""
        return tokens_of(self.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its sentences, in order."""
        ends = list(_ends(self.text))
        starts = [0, *ends]
        firsts = [token.start for token in self.tokens]
        return [
            Sentence(self, start, end, self.tokens[bisect_left(firsts, start) : bisect_left(firsts, end)])
            for start, end in zip(starts, [*ends, len(self.text)], strict=True)
            if start < end
        ]

    def exact(self, start: int, end: int) -> str:
        """The words as written."""
        return self.passage.text[slice(*self._plain.exact_span(start, end))]

    def fault(self, rule: str, reason: str, start: int, end: int, **named: Value) -> Fault:
        """A fault of the words from `start` to `end`."""
        return Fault(rule, reason, self.number, *self._plain.exact_span(start, end), named)


def _ends(text: str) -> Iterator[int]:
    """Where the sentences but the last end; one without an end is cut, for rules look back within it."""
    last = 0
    for end in (*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)):
        while end - last > _LONGEST_SENTENCE:
            last += _LONGEST_SENTENCE
            yield last
        if end < len(text):
            yield end
        last = end


@dataclass(frozen=True)
class Sentence:
    """A sentence from `start` to `end` of its passage, and the numbers in it."""

    prose: Prose
    start: int
    end: int
    tokens: Sequence[Token]

    def between(self, start: int, end: int) -> str:
        """The plain words from `start` to `end`."""
        return self.prose.text[start:end]

    def before(self, token: Token) -> str:
        """The plain words of the sentence before a number, as far back as they can belong to it."""
        return self.prose.text[max(self.start, token.start - _REACH) : token.start]

    def after(self, token: Token) -> str:
        """The plain words of the sentence after a number, as far as they can belong to it."""
        return self.prose.text[token.end : min(self.end, token.end + _REACH)]


class Text:
    """A whole text. `is_draft`: it says itself that it has not been issued, so number and day may wait."""

    def __init__(self, passages: Sequence[Passage], *, is_draft: bool = False) -> None:
        self.parts = [Prose(number, passage) for number, passage in enumerate(passages)]
        self.is_draft = is_draft

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Every sentence of every passage."""
        for part in self.parts:
            yield from part.sentences

    @cached_property
    def body(self) -> list[Prose]:
        """What is neither in a table nor a footnote."""
        return [part for part in self.parts if part.passage.kind not in (CELL, NOTE)]

    @cached_property
    def notes(self) -> dict[str, list[Prose]]:
        """The passages of each footnote, by its name."""
        found: dict[str, list[Prose]] = {}
        for part in self.parts:
            if part.passage.kind == NOTE:
                found.setdefault(part.passage.note, []).append(part)
        return found

    @cached_property
    def tables(self) -> dict[int, Table]:
        """The tables of the text, by their numbers."""
        found: dict[int, Table] = {}
        for part in self.parts:
            place = part.passage
            if place.table:
                found.setdefault(place.table, {}).setdefault((place.row, place.column), []).append(part)
        return found

    @cached_property
    def headings_before(self) -> list[str]:
        """For each passage, the words of the heading it stands under."""
        found, last = [], ""
        for part in self.parts:
            if part.passage.kind == HEADING:
                last = part.text
            found.append(last)
        return found


# (row, column), both from 1 -> the passages of the cell.
Table = dict[tuple[int, int], list[Prose]]
