"""Two people changed one text: both changes in one text, where they do not touch.

First by paragraphs. Where both changed the same paragraph or two that follow each other, by words;
where both changed the same words or words side by side, nobody can say what they mean together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .words import Change, changes, paragraphs, words


class _Region(NamedTuple):
    """Pieces `start` to `end` of the common text with the changes of each side that touch there."""

    start: int
    end: int
    mine: list[Change]
    theirs: list[Change]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """The text with what `mine` and `theirs` each changed in `base`; None where the changes touch.

    Paragraphs that both add at the same place stand one after the other, theirs first.
    """
    try:
        return _merged(base, mine, theirs, undecided=_refuse)
    except _TouchError:
        return None


def keep_both(base: str, mine: str, theirs: str) -> str:
    """The same, with both versions of what touches: their paragraphs, then mine. Never fails."""
    return _merged(base, mine, theirs, undecided=_both)


Sides = tuple[str, str, str]  # the common text, mine and theirs
Undecided = Callable[[str, str], str]  # of mine and theirs


class _TouchError(Exception):
    """Both changed the same words."""


def _refuse(mine: str, theirs: str) -> str:
    raise _TouchError


def _both(mine: str, theirs: str) -> str:
    return _ended(theirs) + mine


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _merged(base: str, mine: str, theirs: str, undecided: Undecided) -> str:
    """By paragraphs. A last line without break is given one while it is compared."""
    is_ended = mine.endswith("\n") or theirs.endswith("\n")
    pieces = [paragraphs(_ended(one)) for one in (base, mine, theirs)]
    text = "".join(_joined(*pieces, decide=lambda *sides: _paragraphs(sides, undecided)))
    return text if is_ended else text.removesuffix("\n")


def _paragraphs(sides: Sides, undecided: Undecided) -> str:
    """What becomes of paragraphs that both changed."""
    base, mine, theirs = sides
    if not base:  # both added some
        return theirs + mine
    try:
        pieces = [words(one) for one in sides]
        return "".join(_joined(*pieces, decide=lambda _base, mine, theirs: _refuse(mine, theirs)))
    except _TouchError:
        return undecided(mine, theirs)


def _joined(
    base: Sequence[str],
    mine: Sequence[str],
    theirs: Sequence[str],
    *,
    decide: Callable[[str, str, str], str],
) -> Iterator[str]:
    """The pieces of the common text with the changes of both; `decide` where they touch."""
    done = 0
    for region in _regions(changes(base, mine), changes(base, theirs)):
        yield "".join(base[done : region.start])
        done = region.end
        here = base[region.start : region.end]
        one, other = (_applied(base, region, side) for side in (region.mine, region.theirs))
        if not region.theirs or one == other:
            yield one
        elif not region.mine:
            yield other
        else:
            yield decide("".join(here), one, other)
    yield "".join(base[done:])


def _regions(mine: Sequence[Change], theirs: Sequence[Change]) -> Iterator[_Region]:
    """Changes in order, those of one side together with those of the other that they touch."""
    pending = sorted(
        [(one, True) for one in mine] + [(one, False) for one in theirs],
        key=lambda pair: (pair[0].start, pair[0].end),
    )
    region: _Region | None = None
    for change, is_mine in pending:
        if region is None or change.start > region.end:
            if region is not None:
                yield region
            region = _Region(change.start, change.end, [], [])
        region = region._replace(end=max(region.end, change.end))
        (region.mine if is_mine else region.theirs).append(change)
    if region is not None:
        yield region


def _applied(base: Sequence[str], region: _Region, side: Sequence[Change]) -> str:
    """The region as one side has it."""
    parts: list[str] = []
    done = region.start
    for change in side:
        parts += [*base[done : change.start], *change.pieces]
        done = change.end
    return "".join([*parts, *base[done : region.end]])
