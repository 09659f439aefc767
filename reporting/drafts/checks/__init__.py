"""Reads the texts of a report as a careful colleague would, while they are written and before publishing.

Plain functions over a source that has been read: no database, and quick enough to run after every pause of
the author's hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reporting.drafts.checks.finding import ERROR, RULES, WARNING, Finding
from reporting.drafts.checks.notes import notes
from reporting.drafts.checks.numbers import typed_numbers
from reporting.drafts.checks.references import references
from reporting.drafts.checks.section import Section
from reporting.drafts.checks.wording import wording
from reporting.report.default_text import default_sections
from reporting.report.source import Source

__all__ = ["ERROR", "RULES", "WARNING", "Finding", "check"]


def check(source: Source, texts: Mapping[str, str], *, only: str = "") -> list[Finding]:
    """What is wrong or doubtful in the texts of a report, section by section, in the order of each text.

    `texts` by section key; the delivered text stands for the others. With `only`, what concerns one
    section: the others are read, for a figure may be contradicted or noted there. An "error" keeps the
    report from being published, a "warning" has to be acknowledged.
    """
    sections = [
        Section(one.key, one.heading, texts.get(one.key, one.text), one.headings, not one.text)
        for one in default_sections(source)
    ]
    wanted = [one for one in sections if not only or one.key == only]
    found = [finding for section in wanted for finding in _of_section(section, source)]
    found += [one for one in notes(sections, source) if not only or one.section == only]
    found += [one for one in wording(sections, source) if not only or one.section == only]
    order = {one.key: place for place, one in enumerate(sections)}
    return sorted(found, key=lambda one: (order[one.section], one.start, one.end, one.rule))


def _of_section(section: Section, source: Source) -> Iterator[Finding]:
    yield from references(section, source)
    yield from typed_numbers(section, source)
