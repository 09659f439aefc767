"""What a report is written from: the figures of a unit, its letterhead, and words about both."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from collection.models import ReportingPeriod
from collection.workflow import Basis
from reporting.figures import Figure, FigureSet, with_findings, with_footnotes
from reporting.notes import basis_sentence, count, is_asked
from reporting.progress import Progress, read_progress
from reporting.report.below import NOBODY, Below, read_below
from reporting.report.comparison import ASSESSMENTS, Earlier
from reporting.report.letterhead import Letterhead, letterhead
from reporting.selection import Selection, period_label
from reporting.sentences import inside_sentence
from reporting.tiles import TREND_POINTS, earlier_figure
from schools.models import OrgUnit


@dataclass(frozen=True)
class Past:
    """The figures of one single period, by code, and what the period is called in a chart."""

    label: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Source:
    """Everything that a report is written from.

    What stands below the unit is read when a text first names it; nothing else is read later. `history`
    are the single periods up to the end of this one, in time order.
    """

    unit: OrgUnit
    period: ReportingPeriod
    basis: Basis
    made_on: dt.date
    letterhead: Letterhead
    figures: Sequence[Figure]
    progress: Progress
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    below: Below = NOBODY
    history: Sequence[Past] = ()

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        """What the tokens that name no indicator stand for."""
        return _words_of(self)

    @cached_property
    def by_code(self) -> dict[str, Figure]:
        """All figures by the codes of their indicators."""
        return {figure.code: figure for figure in self.figures}

    @property
    def asked(self) -> list[Figure]:
        """The figures that concern the unit. What applies to nobody is for the highest unit to say."""
        is_top = not self.letterhead.words.get("parent")
        return [figure for figure in self.figures if figure.units_expected or (is_top and is_asked(figure))]

    @property
    def with_target(self) -> list[Figure]:
        """Those of them that are held to a target."""
        return [figure for figure in self.asked if figure.target is not None]


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
    source = Source(
        unit=unit,
        period=period,
        basis=basis,
        made_on=made_on,
        letterhead=letterhead(unit, on=period.hierarchy_date),
        figures=figures,
        progress=read_progress(selection.units_below(unit), selection.members),
        earlier=earlier,
        below=read_below(unit, period, basis),
        history=[
            Past(period_label(one), {figure.code: figure for figure in loaded.of(unit, one)})
            for one in selection.so_far[-TREND_POINTS:]
        ],
    )
    _ = source.words  # they may ask for what the period's set was read without
    return source


def _words_of(source: Source) -> dict[str, dict[str, str]]:
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
            "year": target_year(source),
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


def target_year(source: Source) -> str:
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
