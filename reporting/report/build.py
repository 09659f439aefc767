"""Composes a report from the texts of its sections: the delivered ones, or what authors have written."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import override

from reporting import appendix
from reporting.notes import LANGUAGE, labels
from reporting.report.content import Block, Paragraph, Report, Table, Text
from reporting.report.default_text import ADDRESSEES, RECIPIENTS, SectionText, default_sections
from reporting.report.letterhead import Letterhead
from reporting.report.markup import Choice, Entry, Named, Prompt, Prose, parse
from reporting.report.named import LABELS, made
from reporting.report.outline import load_outline
from reporting.report.source import Source, read_source
from reporting.report.tokens import ReportError, fill
from reporting.report.writer import Writer
from reporting.selection import Selection
from schools.models import OrgUnit

__all__ = ["Source", "compose", "compose_section", "read_source", "report"]

PROMPT = "[{text}]"
Said = TypeVar("Said")


def report(
    unit: OrgUnit,
    selection: Selection,
    *,
    texts: Mapping[str, str] | None = None,
    made_on: dt.date | None = None,
) -> Report:
    """The report of `unit` and all below it, made today unless `made_on` says otherwise.

    `texts` by section key are what authors have written; the delivered text stands for the others.
    """
    with override(LANGUAGE):
        return compose(read_source(unit, selection, made_on or timezone.localdate()), texts)


def compose(source: Source, texts: Mapping[str, str] | None = None) -> Report:
    """Write the report. Raises ReportError, which names the section where a text cannot be followed."""
    outline = load_outline(source.period.indicator_set.code)
    sections = _chosen(default_sections(source), texts or {})
    form = appendix.compose(
        source.figures, unit=source.unit, period=source.period, basis=source.basis, made_on=source.made_on
    )
    return Report(
        letterhead=_letterhead(source, sections),
        subject=fill(outline.subject, source.words),
        made_on=source.made_on,
        labels=tuple(labels(source.period, source.basis)),
        blocks=tuple(_body(source, sections)),
        appendix=form,
        appendix_title=fill(outline.appendix_title, source.words),
    )


def compose_section(source: Source, key: str, text: str) -> tuple[Block, ...]:
    """The blocks of one section, as if it stood alone: its footnotes and tables count from 1.

    The lines of addressees and recipients come as paragraphs. Raises ReportError.
    """
    with override(LANGUAGE):
        writer = writer_for(source)
        if key in (ADDRESSEES, RECIPIENTS):
            return tuple(Paragraph((Text(line),), style="item") for line in _texts(writer, text))
        return tuple(Composer(source, writer).blocks(text))


def writer_for(source: Source) -> Writer:
    """Who writes the paragraphs of one document."""
    return Writer(figures=source.by_code, words=source.words, earlier=source.earlier, below=source.below)


class Composer:
    """Writes sections one after another: footnotes, tables and charts are counted through all of them."""

    def __init__(self, source: Source, writer: Writer) -> None:
        self.source = source
        self.writer = writer
        self.counts: Counter[str] = Counter()

    def blocks(self, text: str) -> list[Block]:
        """The blocks of one section's text. Raises ReportError."""
        found: list[Block | Prose] = []
        for entry in parse(text):
            found += self._or_fallback(entry)
        said = any(not isinstance(one, Prose) and not _is_prompt(one) for one in found)
        written = (self._fallback(one, said) if isinstance(one, Prose) else [one] for one in found)
        return [block for several in written for block in several]

    def entry(self, entry: Entry) -> list[Block]:
        """The blocks of one entry. Raises ReportError."""
        if isinstance(entry, Prompt):
            return [Paragraph((Text(PROMPT.format(text=entry.text)),), style="prompt")]
        return list(self._named(entry) if isinstance(entry, Named) else self._paragraph(entry))

    def _or_fallback(self, entry: Entry) -> Sequence[Block | Prose]:
        """The blocks of an entry; a paragraph that is said only if nothing else is comes back as it is."""
        parts = entry.parts if isinstance(entry, Prose) else ()
        if isinstance(entry, Prose) and any(
            isinstance(one, Choice) and one.condition is None for one in parts
        ):
            return [entry]
        return self.entry(entry)

    def _paragraph(self, prose: Prose) -> Iterable[Block]:
        written = self.writer.paragraph(prose)
        return [] if written is None else [written]

    def _fallback(self, prose: Prose, said: bool) -> Iterable[Block]:
        return [] if said else self._paragraph(prose)

    def _named(self, entry: Named) -> Iterable[Block]:
        """The table or chart of that name, with its number; nothing where the unit has none."""
        block = made(entry, self.source)
        if block is None:
            return []
        self.counts[entry.kind] += 1
        number = f"{LABELS[entry.kind]} {self.counts[entry.kind]}. "
        if isinstance(block, Table):
            return [replace(block, caption=f"{number}{block.caption}")]
        return [replace(block, title=f"{number}{block.title}")]


def _is_prompt(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "prompt"


def _chosen(sections: Iterable[SectionText], texts: Mapping[str, str]) -> list[SectionText]:
    return [replace(one, text=texts.get(one.key, one.text)) for one in sections]


def _body(source: Source, sections: Iterable[SectionText]) -> Iterable[Block]:
    composer = Composer(source, writer_for(source))
    for section in sections:
        if section.key in (ADDRESSEES, RECIPIENTS):
            continue
        yield from section.headings
        yield from _said_where(section, lambda text: composer.blocks(text))


def _letterhead(source: Source, sections: Iterable[SectionText]) -> Letterhead:
    writer = writer_for(source)
    lines = {
        one.key: tuple(_said_where(one, lambda text: _texts(writer, text)))
        for one in sections
        if one.key in (ADDRESSEES, RECIPIENTS)
    }
    return replace(source.letterhead, addressees=lines[ADDRESSEES], recipients=lines[RECIPIENTS])


def _said_where(section: SectionText, compose_text: Callable[[str], list[Said]]) -> list[Said]:
    """What `compose_text` makes of the section's text; its complaint names the section."""
    try:
        return compose_text(section.text)
    except ReportError as error:
        raise ReportError(f"Phần “{section.heading}”: {error}") from error


def _texts(writer: Writer, text: str) -> list[str]:
    """The lines of a list, without the marks that the document puts at their ends."""
    written = (writer.paragraph(entry) for entry in parse(text) if isinstance(entry, Prose))
    return [line for one in written if one is not None and (line := one.text.strip().rstrip(".;,"))]
