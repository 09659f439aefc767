"""Where one sentence of a paragraph ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reporting.report.aspects import NOTES
from reporting.report.markup import Choice, Footnote, Part, Words
from reporting.report.tokens import Token

_PIECES = re.compile(r"[ \t]+|[^ \t]+")
_END = re.compile(r"[.!?…][”\"’')\]]*$")
# "TP. Gia Nghĩa", "KT. Giám đốc", "v.v. …" end no sentence; neither does the number of a list.
_ABBREVIATION = re.compile(
    r"(?:^|[(“\"])(?:TP|TX|TT|KT|TM|TL|TUQ|TW|ThS|TS|PGS|GS|BS|CN|Q|P|H|v\.v|\d{1,2})\.$"
)
_BEGINNING = re.compile(r"[“\"‘'(\[]*[^\W_a-z]")


@dataclass(frozen=True)
class Undecided:
    """The place of a phrase whose condition cannot be judged.

    `is_told`: that the figure lacks a value is told; `ends`: the phrase would have ended a sentence.
    """

    code: str
    is_told: bool
    ends: bool


Decided = Words | Token | Footnote | Undecided


@dataclass
class _Splitter:
    current: list[Decided] = field(default_factory=list)
    ended: bool = False
    gap: bool = False

    def begins(self) -> bool:
        return self.ended and self.gap

    def take(self, part: Decided) -> None:
        last = self.current[-1] if self.current else None
        if isinstance(part, Words) and isinstance(last, Words):
            self.current[-1] = replace(last, text=last.text + part.text)
        else:
            self.current.append(part)
        self.gap = False

    def flush(self) -> list[Decided]:
        done, self.current = self.current, []
        self.ended = self.gap = False
        return _trimmed(done)


def ends_sentence(parts: Sequence[Part]) -> bool:
    """Whether the last words end as a sentence does, whatever footnotes stand after them."""
    last = next((one for one in reversed(parts) if not follows(one)), None)
    return isinstance(last, Words) and _is_end(last.text)


def _is_end(text: str) -> bool:
    return bool(_END.search(text.rstrip())) and not _ABBREVIATION.search(text.rstrip().rpartition(" ")[2])


def sentences(parts: Iterable[Decided]) -> Iterator[list[Decided]]:
    """The sentences of a paragraph, without the spaces between them; none of them is empty."""
    splitter = _Splitter()
    for part in parts:
        pieces = _pieces(part)
        for piece in pieces:
            if splitter.begins() and _may_begin(piece):
                yield from filter(None, [splitter.flush()])
            _put(splitter, piece)
    yield from filter(None, [splitter.flush()])


def _pieces(part: Decided) -> list[Decided]:
    if not isinstance(part, Words):
        return [part]
    return [Words(piece, part.at) for piece in _PIECES.findall(part.text)]


def _may_begin(piece: Decided) -> bool:
    if isinstance(piece, Words):
        return bool(_BEGINNING.match(piece.text)) and not piece.text[0].islower()
    return not follows(piece)


def follows(piece: Decided | Choice) -> bool:
    """Whether it belongs to the sentence before it, as a footnote after the full stop does."""
    return isinstance(piece, Footnote) or (isinstance(piece, Token) and piece.aspect == NOTES)


def _put(splitter: _Splitter, piece: Decided) -> None:
    if isinstance(piece, Words) and not piece.text.strip(" \t"):
        splitter.take(piece)
        splitter.gap = True
        return
    splitter.take(piece)
    if isinstance(piece, Words):
        splitter.ended = _is_end(piece.text)
    elif isinstance(piece, Undecided):
        splitter.ended = piece.ends
    elif not follows(piece):
        splitter.ended = False


def _trimmed(parts: list[Decided]) -> list[Decided]:
    """Without spaces at both ends, and with one space where a phrase that is not said left two."""
    spaced = [
        replace(one, text=re.sub(" {2,}", " ", one.text)) if isinstance(one, Words) else one for one in parts
    ]
    if spaced and isinstance(spaced[0], Words):
        spaced[0] = replace(spaced[0], text=spaced[0].text.lstrip())
    if spaced and isinstance(spaced[-1], Words):
        spaced[-1] = replace(spaced[-1], text=spaced[-1].text.rstrip())
    said = [one for one in spaced if not isinstance(one, Words) or one.text]
    # A footnote alone notes nothing.
    return [] if all(map(follows, said)) else said
