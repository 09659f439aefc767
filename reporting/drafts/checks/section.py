"""One section while it is checked: its source and what can be read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reporting.drafts.checks.finding import Finding
from reporting.report.content import Heading
from reporting.report.markup import Choice, Entry, Part, Prose, Span, entries, walk
from reporting.report.tokens import Token


@dataclass(frozen=True)
class Section:
    """A section's key, name, source and headings; one whose delivered text is empty may stay so."""

    key: str
    heading: str
    text: str
    headings: tuple[Heading, ...] = ()
    may_be_empty: bool = False

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The paragraphs that can be read."""
        return entries(self.text)

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """Those of them that are prose."""
        return tuple(one for one in self.entries if isinstance(one, Prose))

    def parts(self) -> Iterator[tuple[Prose, Part]]:
        """Every part of every paragraph, those inside phrases too."""
        return ((prose, part) for prose in self.prose for part in walk(prose.parts))

    def tokens(self) -> Iterator[tuple[Prose, Token]]:
        """Every token with its paragraph."""
        return ((prose, part) for prose, part in self.parts() if isinstance(part, Token))

    def choices(self) -> Iterator[Choice]:
        """Every phrase with a condition."""
        return (part for _prose, part in self.parts() if isinstance(part, Choice))

    def finding(self, rule: str, severity: str, at: Span, message: str, offer: str = "") -> Finding:
        """A finding about the words at a place of the source."""
        start, end = at
        return Finding(self.key, rule, severity, start, end, self.text[start:end], message, offer)
