"""Where an indicator is used beyond its formula: the sentences of the report that name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.models import Indicator
from reporting.report.aspects import ASPECTS
from reporting.report.outline import Entry, Group, Outline, OutlineError, load_outline
from reporting.report.tokens import Token, parse

# The report is written in Vietnamese, and so are the words that stand here for its numbers.
ASPECT_WORDS = {name: kind.words for name, kind in ASPECTS.items()}


@dataclass(frozen=True)
class Mention:
    """A sentence of the report with words in the place of its numbers, and the heading it stands under."""

    heading: str
    parts: tuple[tuple[str, bool], ...]


def mentions(indicator: Indicator) -> tuple[Mention, ...]:
    """The sentences of its set's report that name `indicator`; each part is (text, stands for a number).

    None where no sentence does, and where the outline cannot be read: the report itself says why.
    """
    try:
        outline = load_outline(indicator.indicator_set.code)
    except OutlineError:
        return ()
    return tuple(_mentions(outline, indicator.code))


def _mentions(outline: Outline, code: str) -> Iterator[Mention]:
    for heading, entries in _passages(outline):
        for entry in entries:
            if not isinstance(entry, Group):
                continue
            for place, sentence in enumerate(entry.sentences):
                if code in sentence.subjects and sentence.text:
                    opening = f"{entry.opening}: " if entry.opening and not place else ""
                    yield Mention(heading, tuple(_worded(opening + sentence.text, code)))


def _passages(outline: Outline) -> Iterator[tuple[str, Iterable[Entry]]]:
    for part in outline.parts:
        yield part.heading, part.content
        for section in part.sections or ():
            yield section.heading, (*section.results, *section.difficulties)


def _worded(text: str, code: str) -> Iterator[tuple[str, bool]]:
    for part in parse(text):
        if not isinstance(part, Token):
            yield part, False
        elif part.subject == code:
            yield ASPECT_WORDS.get(part.aspect, part.aspect), True
        elif part.aspect in ASPECT_WORDS:
            yield f"{part.subject}: {ASPECT_WORDS[part.aspect]}", True
        else:
            yield "…", True
