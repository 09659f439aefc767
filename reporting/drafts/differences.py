"""What became of a text, word by word, for reading: `<ins>` and `<del>`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from .words import paragraphs, words

CONTEXT = 1  # unchanged paragraphs that stay on each side of a change


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went."""

    kind: Literal["same", "ins", "del"]
    text: str


@dataclass(frozen=True)
class Line:
    """A paragraph with its changes; `is_gap` stands for unchanged paragraphs that are left out."""

    pieces: tuple[Piece, ...] = ()
    is_gap: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether anything in it came or went."""
        return any(piece.kind != "same" for piece in self.pieces)


def differences(before: str, after: str) -> list[Line]:
    """The paragraphs of both texts, what changed in each marked; far from a change a gap.

    Empty where the texts are the same.
    """
    lines = list(_lines(before, after))
    near = {
        place + step
        for place, line in enumerate(lines)
        if line.is_changed
        for step in range(-CONTEXT, CONTEXT + 1)
    }
    shown: list[Line] = []
    for place, line in enumerate(lines):
        if place in near:
            shown.append(line)
        elif near and not (shown and shown[-1].is_gap):
            shown.append(Line(is_gap=True))
    return shown


def _lines(before: str, after: str) -> Iterator[Line]:
    old, new = ([one.rstrip("\n") for one in paragraphs(text)] for text in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from (Line((Piece("same", one),)) for one in new[j1:j2])
            continue
        paired = min(i2 - i1, j2 - j1)
        for one, other in zip(old[i1 : i1 + paired], new[j1 : j1 + paired], strict=True):
            yield Line(tuple(_pieces(one, other)))
        yield from (Line((Piece("del", one),)) for one in old[i1 + paired : i2])
        yield from (Line((Piece("ins", one),)) for one in new[j1 + paired : j2])


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = words(before), words(after)
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(new[j1:j2]))
            continue
        if i1 < i2:
            yield Piece("del", "".join(old[i1:i2]))
        if j1 < j2:
            yield Piece("ins", "".join(new[j1:j2]))
