"""A text cut into the pieces that are compared: paragraphs, and in them words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# A word with the spaces before it; a token in braces is one word, its spaces included, and so is a line
# break: the end of one paragraph and the beginning of the next are not side by side.
_WORD = re.compile(r"\n|[^\S\n]*(?:\{[^{}\n]*\}|[^\s{}]+|[{}])|[^\S\n]+")


class Change(NamedTuple):
    """Pieces `start` to `end` of the older sequence became `pieces`."""

    start: int
    end: int
    pieces: tuple[str, ...]


def paragraphs(text: str) -> list[str]:
    """The lines of `text`, each but the last with its line break: joined they are the text."""
    return _LINE.findall(text)


def words(text: str) -> list[str]:
    """The words of `text` with their spaces: joined they are the text."""
    return _WORD.findall(text)


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What was changed between two sequences of pieces, in order."""
    # Without autojunk: a word that stands everywhere in a long text is a word all the same.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        Change(start, end, tuple(after[low:high]))
        for kind, start, end, low, high in matcher.get_opcodes()
        if kind != "equal"
    ]
