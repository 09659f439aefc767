"""Builds a report: figures of a unit, its letterhead and the outline of its indicator set."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import override

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.models import Section
from indicators.targets import Status
from reporting import appendix
from reporting.figures import Figure, FigureSet, with_findings, with_footnotes
from reporting.notes import LANGUAGE, basis_sentence, count, is_asked, labels
from reporting.progress import Progress, read_progress
from reporting.report.comparison import (
    ASSESSMENTS,
    Earlier,
    assessment,
    change_cell,
    missing_words,
    target_words,
)
from reporting.report.content import Block, Cell, Heading, Paragraph, Report, Table, Text
from reporting.report.letterhead import Letterhead, letterhead
from reporting.report.outline import (
    Entry,
    Group,
    Outline,
    OutlineSection,
    Part,
    Prompt,
    Sentence,
    load_outline,
)
from reporting.report.tokens import fill
from reporting.report.writer import Writer
from reporting.selection import Selection
from reporting.sentences import inside_sentence, is_unverified, target_text
from reporting.tiles import earlier_figure
from schools.models import OrgUnit

PROMPT = "[{text}]"
NO_DIFFICULTY = Text("Số liệu của kỳ báo cáo không cho thấy chỉ số nào của phần này chưa đạt mục tiêu.")
OTHER_DIFFICULTIES = Prompt("Bổ sung khó khăn, hạn chế khác và nguyên nhân.")
TARGETS_CAPTION = "Bảng 1. Kết quả so với mục tiêu"
UNVERIFIED = "(*) Mức mục tiêu chưa được đối chiếu với văn bản gốc."


@dataclass(frozen=True)
class Source:
    """Everything that a report is written from; no database beyond this."""

    unit: OrgUnit
    period: ReportingPeriod
    basis: Basis
    made_on: dt.date
    letterhead: Letterhead
    figures: Sequence[Figure]
    progress: Progress
    earlier: Mapping[str, Earlier] = field(default_factory=dict)

    @property
    def asked(self) -> list[Figure]:
        """The figures that concern the unit. What applies to nobody is for the highest unit to say."""
        is_top = not self.letterhead.words.get("parent")
        return [figure for figure in self.figures if figure.units_expected or (is_top and is_asked(figure))]

    @property
    def with_target(self) -> list[Figure]:
        """Those of them that are held to a target."""
        return [figure for figure in self.asked if figure.target is not None]


def report(unit: OrgUnit, selection: Selection, *, made_on: dt.date | None = None) -> Report:
    """The report of `unit` and all below it, made today unless `made_on` says otherwise."""
    with override(LANGUAGE):
        return compose(read_source(unit, selection, made_on or timezone.localdate()))


def read_source(unit: OrgUnit, selection: Selection, made_on: dt.date) -> Source:
    """Read what a report needs: a constant number of queries."""
    period, basis = selection.period, selection.basis
    before = [one for one in selection.so_far if one != period]
    loaded = FigureSet.load(units=[unit], periods=[*before, period], basis=basis)
    figures = with_findings(loaded.of(unit, period), unit=unit, period=period, basis=basis)
    figures = with_footnotes(figures, unit=unit, period=period, basis=basis)
    earlier = {}
    for figure in figures:
        found, when = earlier_figure(loaded, unit, selection, figure.indicator)
        if found is not None:
            earlier[figure.code] = Earlier(found, _within_sentence(when))
    return Source(
        unit=unit,
        period=period,
        basis=basis,
        made_on=made_on,
        letterhead=letterhead(unit, on=period.hierarchy_date),
        figures=figures,
        progress=read_progress(selection.units_below(unit), selection.members),
        earlier=earlier,
    )


def compose(source: Source, outline: Outline | None = None) -> Report:
    """Write the report. Raises TokenError or OutlineError where the outline cannot be followed."""
    outline = outline or load_outline(source.period.indicator_set.code)
    words = _words(source)
    writer = Writer(
        figures={figure.code: figure for figure in source.figures},
        words=words,
        kind=source.unit.kind.code,
        is_single=source.letterhead.is_single,
        earlier=source.earlier,
    )
    form = appendix.compose(
        source.figures, unit=source.unit, period=source.period, basis=source.basis, made_on=source.made_on
    )
    return Report(
        letterhead=source.letterhead,
        subject=fill(outline.subject, words),
        made_on=source.made_on,
        labels=tuple(labels(source.period, source.basis)),
        blocks=tuple(_Body(source, outline, writer).blocks()),
        appendix=form,
        appendix_title=fill(outline.appendix_title, words),
    )


@dataclass
class _Body:
    """The blocks of the body, part by part."""

    source: Source
    outline: Outline
    writer: Writer

    def blocks(self) -> Iterable[Block]:
        for number, part in enumerate(self.outline.parts):
            yield Heading(1, f"{_roman(number)}. {part.heading}")
            yield from self._entries(part.content)
            yield from self._sections(part)
        closing = self.writer.paragraph(Group((Sentence(self.outline.closing),)))
        if closing is not None:
            yield closing

    def _entries(
        self, entries: Sequence[Entry], *, compare: bool = False, item: bool = False
    ) -> Iterable[Block]:
        for entry in entries:
            if isinstance(entry, Prompt):
                yield Paragraph((Text(PROMPT.format(text=entry.text)),), style="prompt")
            elif isinstance(entry, Group):
                written = self.writer.paragraph(entry, compare=compare, item=item)
                if written is not None:
                    yield written
            elif self.source.with_target:
                yield targets_table(self.source)

    def _sections(self, part: Part) -> Iterable[Block]:
        if part.sections is None:
            return
        shown = [section for section in self._all_sections(part.sections) if self._concerns(section)]
        for number, section in enumerate(shown, start=1):
            yield Heading(2, f"{number}. {section.heading}")
            yield Heading(3, "a) Kết quả")
            yield from self._entries(self._results(section), compare=True, item=True)
            yield Heading(3, "b) Khó khăn, hạn chế")
            yield from self._difficulties(section)

    def _all_sections(self, sections: Sequence[OutlineSection]) -> list[OutlineSection]:
        """The outline's sections, then those of the set that it leaves out."""
        covered = frozenset(code for section in sections for code in section.covers)
        left_out: dict[str, Section] = {
            figure.indicator.section.code: figure.indicator.section
            for figure in self.source.figures
            if figure.indicator.section.code not in covered
        }
        return [*sections, *(OutlineSection(one.name, frozenset([code])) for code, one in left_out.items())]

    def _concerns(self, section: OutlineSection) -> bool:
        return any(figure.indicator.section.code in section.covers for figure in self.source.asked)

    def _results(self, section: OutlineSection) -> list[Entry]:
        unnamed = [
            self.writer.plain_sentence(figure.code)
            for figure in self.source.asked
            if figure.indicator.section.code in section.covers and figure.code not in self.outline.subjects
        ]
        return [*section.results, *unnamed]

    def _difficulties(self, section: OutlineSection) -> Iterable[Block]:
        written = list(self._entries([*section.difficulties, *self._short_of_target(section)], item=True))
        yield from written or [Paragraph((NO_DIFFICULTY,))]
        yield from self._entries([OTHER_DIFFICULTIES])

    def _short_of_target(self, section: OutlineSection) -> list[Group]:
        """A sentence for every missed target that the section's own difficulties do not speak of."""
        groups = (entry for entry in section.difficulties if isinstance(entry, Group))
        spoken = {one.when.code for group in groups for one in group.sentences if one.when is not None}
        return [
            Group((Sentence(f"{{{figure.code}.name}} mới đạt {{{figure.code}.value}}{_short_by(figure)}."),))
            for figure in self.source.with_target
            if figure.status == Status.NOT_MET
            and figure.indicator.section.code in section.covers
            and figure.code not in spoken
        ]


def targets_table(source: Source) -> Table:
    """All figures that have a target, with the change since the period they are compared with."""
    known = [source.earlier[one.code] for one in source.with_target if one.code in source.earlier]
    when = next((one.when for one in known if one.figure.value is not None), "kỳ trước")
    return Table(
        caption=TARGETS_CAPTION,
        header=("STT", "Chỉ số", "Kết quả", f"So với {when}", f"Mục tiêu {_target_year(source)}", "Đánh giá"),
        rows=tuple(
            _targets_row(number, one, source) for number, one in enumerate(source.with_target, start=1)
        ),
        note=UNVERIFIED if any(map(is_unverified, source.with_target)) else "",
    )


def _targets_row(number: int, figure: Figure, source: Source) -> tuple[Cell, ...]:
    doubt = " (*)" if is_unverified(figure) else ""
    return (
        Cell(str(number), centred=True),
        Cell(figure.indicator.short_name),
        Cell(figure.display_in(LANGUAGE), centred=True, code=figure.code),
        Cell(change_cell(figure, source.earlier.get(figure.code)), centred=True),
        Cell(f"{target_text(figure)}{doubt}", centred=True),
        Cell(assessment(figure), centred=True),
    )


def _short_by(figure: Figure) -> str:
    missing = missing_words(figure)
    return f", mục tiêu {target_words(figure)}" + (f"; {missing}" if missing else "")


def _words(source: Source) -> dict[str, dict[str, str]]:
    """What the tokens that name no indicator stand for."""
    period, goals = source.period, source.with_target
    return {
        "unit": dict(source.letterhead.words),
        "period": {
            "phrase": period_phrase(period),
            "from": f"{period.starts_on:%d/%m/%Y}",
            "to": f"{period.ends_on:%d/%m/%Y}",
        },
        "basis": {"sentence": basis_sentence(source.basis)},
        "set": {
            "name": period.indicator_set.name,
            "legal_basis": period.indicator_set.legal_basis.rstrip("."),
            "indicators": count(len(source.asked)),
        },
        "targets": {
            "all": count(len(goals)),
            "year": _target_year(source),
            "summary": _summary(goals),
        },
        "submissions": _submissions(source.progress),
    }


def _submissions(progress: Progress) -> dict[str, str]:
    """Numbers of submissions; nothing where none is expected: "0/0" would say nothing."""
    numbers = {
        "expected": progress.expected,
        "submitted": progress.submitted,
        "approved": progress.approved,
    }
    return {name: count(number) if progress.expected else "" for name, number in numbers.items()}


def _summary(goals: Sequence[Figure]) -> str:
    """As "12 chỉ số đạt, 5 chỉ số chưa đạt"; what there is none of is not said."""
    numbers = Counter(figure.status for figure in goals)
    found = ((numbers[status], words) for status, words in ASSESSMENTS.items())
    return ", ".join(f"{count(number)} chỉ số {inside_sentence(words)}" for number, words in found if number)


def _target_year(source: Source) -> str:
    """The year most targets are set for."""
    years = Counter(one.target.year for one in source.with_target if one.target is not None)
    return str(years.most_common(1)[0][0]) if years else ""


def period_phrase(period: ReportingPeriod) -> str:
    """A period within a sentence: "năm 2023", "giai đoạn 2022-2023"."""
    if period.first is not None and period.last is not None:
        return f"giai đoạn {period.first.code}-{period.last.code}"
    return _within_sentence(period.name)


def _within_sentence(label: str) -> str:
    return f"năm {label}" if label.isdigit() else inside_sentence(label)


def _roman(index: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[index]
