"""The delivered text of a report: the outline's sentences for one unit, as an author would have typed them.

Everything is said openly: which change and target follow a result, where footnotes stand, what is said
only if. So whoever edits the text sees what it will do, and leaves out what they do not want.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indicators.models import Indicator, Section
from reporting.figures import Figure
from reporting.notes import is_asked
from reporting.report.aspects import AFTER, WITHOUT_VALUE
from reporting.report.conditions import Condition
from reporting.report.content import Heading
from reporting.report.markup import Choice, Prompt, Prose, Words, escaped, to_markup
from reporting.report.outline import (
    Entry,
    Group,
    Outline,
    OutlineSection,
    Part,
    Sentence,
    Shown,
    load_outline,
)
from reporting.report.source import Source
from reporting.report.tokens import Token, parse

NO_DIFFICULTY = "Số liệu của kỳ báo cáo không cho thấy chỉ số nào của phần này chưa đạt mục tiêu."
OTHER_DIFFICULTIES = "Bổ sung khó khăn, hạn chế khác và nguyên nhân."
CLOSING, ADDRESSEES, RECIPIENTS = "closing", "addressees", "recipients"
# The sentence of an indicator that the outline does not name, by kind.
_RATIO = (
    "{{{code}.name}}: {{{code}.numerator}}/{{{code}.denominator}}, "
    "đạt tỉ lệ {{{code}.value}}{{{code}.course}}."
)
_PLAIN = {
    Indicator.Kind.RATIO: _RATIO,
    Indicator.Kind.DISTINCT: "{{{code}.name}}: {{{code}.value}}, gồm {{{code}.names}}{{{code}.course}}.",
    Indicator.Kind.NOT_APPLICABLE: "{{{code}.name}} không áp dụng: {{{code}.reason}}.",
}
_COUNT = "{{{code}.name}}: {{{code}.value}} {{{code}.measure}}{{{code}.course}}."
_COUNT_BARE = "{{{code}.name}}: {{{code}.value}}{{{code}.course}}."


@dataclass(frozen=True)
class SectionText:
    """One section: its key in drafts, its name, the headings above it in the document, and its source."""

    key: str
    heading: str
    text: str
    headings: tuple[Heading, ...] = ()


def default_sections(source: Source) -> list[SectionText]:
    """Every section of the unit's report with its delivered text. Raises ReportError."""
    outline = load_outline(source.period.indicator_set.code)
    by = _Typist(source, outline)
    found: list[SectionText] = []
    for number, part in enumerate(outline.parts):
        heading = Heading(1, f"{_roman(number)}. {part.heading}")
        found.append(SectionText(part.key, heading.text, by.entries(part.content), (heading,)))
        found += by.sections(part)
    head = source.letterhead
    return [
        *found,
        SectionText(CLOSING, "Lời kết", by.entries([Group((Sentence(outline.closing),))])),
        SectionText(ADDRESSEES, "Kính gửi", _lines(head.addressees)),
        SectionText(RECIPIENTS, "Nơi nhận", _lines(head.recipients)),
    ]


@dataclass(frozen=True)
class _Typist:
    """Types the entries of an outline for one unit."""

    source: Source
    outline: Outline

    def entries(self, entries: Iterable[Entry], *, compare: bool = False, item: bool = False) -> str:
        lines = (self._entry(one, compare=compare, item=item) for one in entries)
        return "\n".join(filter(None, lines))

    def sections(self, part: Part) -> Iterator[SectionText]:
        """Two texts for each section that concerns the unit. Their keys count all sections there are."""
        if part.sections is None:
            return
        shown = 0
        for number, section in enumerate(self._all_sections(part.sections), start=1):
            if not any(figure.indicator.section.code in section.covers for figure in self.source.asked):
                continue
            shown += 1
            heading = Heading(2, f"{shown}. {section.heading}")
            reached, hindered = Heading(3, "a) Kết quả"), Heading(3, "b) Khó khăn, hạn chế")
            key, name = f"{part.key}-{number}", f"{heading.text}: "
            yield SectionText(f"{key}-reached", f"{name}kết quả", self._results(section), (heading, reached))
            yield SectionText(
                f"{key}-difficulties", f"{name}khó khăn, hạn chế", self._difficulties(section), (hindered,)
            )

    def _all_sections(self, sections: Sequence[OutlineSection]) -> list[OutlineSection]:
        """The outline's sections, then those of the set that it leaves out."""
        covered = frozenset(code for section in sections for code in section.covers)
        left_out: dict[str, Section] = {
            figure.indicator.section.code: figure.indicator.section
            for figure in self.source.figures
            if figure.indicator.section.code not in covered
        }
        return [*sections, *(OutlineSection(one.name, frozenset([code])) for code, one in left_out.items())]

    def _results(self, section: OutlineSection) -> str:
        unnamed = [
            f"- {plain_sentence(figure)}"
            for figure in self.source.asked
            if figure.indicator.section.code in section.covers and figure.code not in self.outline.subjects
        ]
        named = self.entries(section.results, compare=True, item=True)
        return "\n".join(filter(None, [named, *unnamed]))

    def _difficulties(self, section: OutlineSection) -> str:
        own = self.entries(section.difficulties, item=True)
        nothing = to_markup([Prose((Choice(None, (Words(NO_DIFFICULTY),)),))])
        return "\n".join(
            filter(None, [own, *self._short_of_target(section), nothing, f"[{OTHER_DIFFICULTIES}]"])
        )

    def _short_of_target(self, section: OutlineSection) -> Iterator[str]:
        """A sentence for every target that the section's own difficulties do not speak of."""
        groups = (entry for entry in section.difficulties if isinstance(entry, Group))
        spoken = {one.when.code for group in groups for one in group.sentences if one.when is not None}
        for figure in self.source.with_target:
            code = figure.code
            if figure.indicator.section.code in section.covers and code not in spoken:
                yield _if(
                    Condition(code, "not_met"),
                    f"{{{code}.name}} mới đạt {{{code}.value}}{{{code}.shortfall}}.{{{code}.notes}}",
                    item=True,
                )

    def _entry(self, entry: Entry, *, compare: bool, item: bool) -> str:
        if isinstance(entry, Shown):
            return to_markup([entry.named]) if self._is_for(entry.kinds) else ""
        if isinstance(entry, Prompt):
            return to_markup([entry])
        sentences = [text for one in entry.sentences if (text := self._sentence(one, compare))]
        if not sentences:
            return ""
        opening = f"{entry.opening}: " if entry.opening else ""
        return f"{'- ' if item or opening else ''}{opening}{' '.join(sentences)}"

    def _is_for(self, kinds: frozenset[str]) -> bool:
        return not kinds or self.source.unit.kind.code in kinds

    def _sentence(self, sentence: Sentence, compare: bool) -> str:
        """A sentence as it is typed; "" where it can say nothing about this unit."""
        source = self.source
        if not self._is_for(sentence.kinds):
            return ""
        codes = [one for one in sentence.subjects if one not in source.words]
        if not all(is_asked(source.by_code[code]) for code in codes if code in source.by_code):
            return ""
        if source.letterhead.is_single and sentence.yes is not None and codes:
            text = _answer(sentence, codes)
        else:
            text = _with_notes(_with_course(sentence.text, codes) if compare else sentence.text, codes)
        return text if sentence.when is None or not text else _if(sentence.when, text)


def plain_sentence(figure: Figure) -> str:
    """A sentence made of an indicator's name, for what the outline does not name."""
    kind = Indicator.Kind(figure.indicator.kind)
    count = _COUNT if figure.indicator.unit_of_measure else _COUNT_BARE
    text = _PLAIN.get(kind, count).format(code=figure.code)
    return text if kind == Indicator.Kind.NOT_APPLICABLE else f"{text}{{{figure.code}.notes}}"


def _answer(sentence: Sentence, codes: Sequence[str]) -> str:
    """ "{B1.1 có: Nhà trường có …|Nhà trường chưa có …}": what a unit says that answers for itself alone."""
    notes = f"{{{codes[0]}.notes}}" if len(codes) == 1 else ""
    yes, no = (f"{text}{notes}" if text else "" for text in (sentence.yes, sentence.no))
    return f"{{{Condition(codes[0], 'yes').words}: {yes}{f'|{no}' if no else ''}}}"


def _with_course(text: str, codes: Sequence[str]) -> str:
    """With the change and the target before the full stop, where one indicator is spoken of."""
    if len(codes) != 1 or not text.endswith("."):
        return text
    return f"{text[:-1]}{{{codes[0]}.course}}."


def _with_notes(text: str, codes: Sequence[str]) -> str:
    """With the footnotes of the figures: at the end where one is spoken of, else after each one's first."""
    if not text:
        return ""
    if len(codes) == 1:
        return f"{text}{{{codes[0]}.notes}}" if _gives_value(text, codes[0]) else text
    typed, noted = "", set()
    for part in parse(text):
        typed += str(part)
        if isinstance(part, str) or part.subject not in codes or part.subject in noted:
            continue
        if part.aspect not in WITHOUT_VALUE:
            noted.add(part.subject)
            typed += f"{{{part.subject}.notes}}"
    return typed


def _gives_value(text: str, code: str) -> bool:
    """Whether a sentence tells what a figure is, and not only of how many units it is asked."""
    told = (part for part in parse(text) if isinstance(part, Token) and part.subject == code)
    return any(part.aspect not in WITHOUT_VALUE | AFTER for part in told)


def _if(condition: Condition, text: str, *, item: bool = False) -> str:
    return f"{'- ' if item else ''}{{{condition.words}: {text}}}"


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(escaped(one) for one in texts)


def _roman(index: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[index]
