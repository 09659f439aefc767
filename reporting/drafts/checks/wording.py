"""What the reader of published texts would find in this one, put back to its place in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from django.utils.translation import override

from reporting.drafts.checks.finding import WARNING, Finding
from reporting.drafts.checks.section import Section
from reporting.lint.checking import lint
from reporting.lint.passages import HEADING, NOTE, PARAGRAPH, Passage
from reporting.notes import LANGUAGE, figure_notes
from reporting.report.build import Composer, writer_for
from reporting.report.content import Block, Mark, Paragraph
from reporting.report.markup import Entry, Span
from reporting.report.source import Source
from reporting.report.tokens import ReportError


@dataclass(frozen=True)
class _Origin:
    """Where a passage comes from; nowhere in the text for a heading."""

    section: Section
    at: Span


def wording(sections: Sequence[Section], source: Source) -> Iterator[Finding]:
    """Findings in the composed text of all sections; what cannot be composed is told elsewhere."""
    passages: list[Passage] = []
    origins: list[_Origin] = []
    with override(LANGUAGE):
        for passage, origin in _passages(sections, source):
            passages.append(passage)
            origins.append(origin)
    for found in lint(passages, is_draft=True):
        origin = origins[found.passage]
        at = _place(origin, passages[found.passage].text[found.start : found.end])
        yield origin.section.finding("wording", WARNING, at, found.message)


def _passages(sections: Sequence[Section], source: Source) -> Iterator[tuple[Passage, _Origin]]:
    """What authors have written, as it will be printed. Tables and the notes of figures are made by us:
    their numbers differ from one another rightly."""
    composer = Composer(source, writer_for(source))
    ours = {text for figure in source.figures for text in figure_notes(figure)}
    for section in sections:
        for heading in section.headings:
            yield Passage(heading.text, HEADING), _Origin(section, (0, 0))
        for entry in section.entries:
            origin = _Origin(section, entry.at)
            for block in _composed(composer, entry):
                if isinstance(block, Paragraph) and block.style != "prompt":
                    yield from ((one, origin) for one in _of_paragraph(block, ours))


def _composed(composer: Composer, entry: Entry) -> list[Block]:
    try:
        return composer.entry(entry)
    except ReportError:
        return []


def _of_paragraph(block: Paragraph, ours: Set[str]) -> Iterator[Passage]:
    dash = "- " if block.style == "item" else ""
    text, anchors, notes = dash, [], []
    for one in block.inlines:
        if isinstance(one, Mark):
            if one.note.text in ours:
                continue
            anchors.append((len(text), str(one.note.number)))
            notes.append(one.note)
        else:
            text += one.text
    yield Passage(text, PARAGRAPH, anchors=tuple(anchors))
    for note in notes:
        yield Passage(note.text, NOTE, ("note", str(note.number)), note=str(note.number))


def _place(origin: _Origin, printed: str) -> Span:
    """The printed words in the source, else the whole paragraph that a token printed them in."""
    start, end = origin.at
    found = origin.section.text.find(printed, start, end)
    return (found, found + len(printed)) if found >= 0 else origin.at
