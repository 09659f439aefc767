"""A checked text as its page shows it: passages cut at what was found, and what lies between left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.lint.checking import Examined
from reporting.lint.passages import HEADING
from reporting.lint.sentences import Finding, place_of

# A text of so many passages is shown whole; of a longer one only what stands around the findings.
_WHOLE = 300
_AROUND = 1
# Characters on both sides of the findings of one long passage.
_LONG = 3_000


@dataclass(frozen=True)
class Numbered:
    """A finding with its number on the page."""

    number: int
    finding: Finding


@dataclass(frozen=True)
class Piece:
    """Words of a passage, and what was found in them."""

    text: str
    found: tuple[Numbered, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A passage with its place, or (without pieces) how many are left out here."""

    place: str = ""
    pieces: tuple[Piece, ...] = ()
    found: tuple[Numbered, ...] = ()
    is_heading: bool = False
    is_cell: bool = False
    left_out: int = 0


def numbered(findings: Sequence[Finding]) -> list[Numbered]:
    """The findings with their numbers, in the order of reading."""
    return [Numbered(number, finding) for number, finding in enumerate(findings, start=1)]


def shown(examined: Examined) -> list[Shown]:
    """The passages of a text for its page."""
    by_passage: dict[int, list[Numbered]] = {}
    for one in numbered(examined.findings):
        by_passage.setdefault(one.finding.passage, []).append(one)
    blocks: list[Shown] = []
    left_out = 0
    for at, passage in enumerate(examined.passages):
        near = range(at - _AROUND, at + _AROUND + 1)
        if len(examined.passages) > _WHOLE and not any(one in by_passage for one in near):
            left_out += 1
            continue
        if left_out:
            blocks.append(Shown(left_out=left_out))
            left_out = 0
        found = by_passage.get(at, [])
        blocks.append(
            Shown(
                place=place_of(passage),
                pieces=tuple(_pieces(passage.text, found)),
                found=tuple(found),
                is_heading=passage.kind == HEADING,
                is_cell=bool(passage.table),
            )
        )
    return [*blocks, Shown(left_out=left_out)] if left_out else blocks


def _pieces(text: str, found: Sequence[Numbered]) -> list[Piece]:
    """The text cut at what was found in it; what overlaps is marked together, under all its numbers."""
    pieces: list[Piece] = []
    end = 0
    for start, stop, together in _together(found):
        pieces += [Piece(_shortened(text[end:start])), Piece(text[start:stop], together)]
        end = stop
    return [piece for piece in (*pieces, Piece(_shortened(text[end:]))) if piece.text]


def _together(found: Sequence[Numbered]) -> list[tuple[int, int, tuple[Numbered, ...]]]:
    """Findings in the order of their words, those that overlap as one span."""
    spans: list[tuple[int, int, tuple[Numbered, ...]]] = []
    for one in found:
        start, stop = one.finding.start, one.finding.end
        if spans and start < spans[-1][1]:
            first, last, before = spans.pop()
            spans.append((first, max(last, stop), (*before, one)))
        else:
            spans.append((start, stop, (one,)))
    return spans


def _shortened(text: str) -> str:
    return text if len(text) <= 2 * _LONG else f"{text[:_LONG]} […] {text[-_LONG:]}"
