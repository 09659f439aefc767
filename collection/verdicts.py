"""The one verdict on a cell: form, grid, workbook and submission page all ask here. Pure.

    broken    a hard rule speaks of it: it may be saved, not submitted
    ask       a soft rule or a question speaks of it and nobody has explained yet: the same
    missing   it must be answered before submitting, and is not
    empty     it has no answer, and needs none
    ok        none of these
    invalid   what was typed cannot be saved at all (said where it is read, never of a stored value)

The first that holds is the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from collection.asked import Asked
from collection.entries import Held, State
from collection.questions import Questions, is_answered, questions_of
from collection.questions import sentence_of as question_sentence
from collection.refusals import Spoken
from collection.validation import cells_of, examine, sentence_of, sentence_with_cells, unanswered
from indicators.kept import Catalogue
from indicators.models import Rule
from indicators.rules import Finding


class Verdict(StrEnum):
    """What is to be said of a cell."""

    OK = "ok"
    EMPTY = "empty"
    MISSING = "missing"
    ASK = "ask"
    BROKEN = "broken"
    INVALID = "invalid"


@dataclass(frozen=True)
class CellVerdict:
    """A verdict with its sentence, blank where there is nothing to say."""

    verdict: Verdict
    sentence: str = ""


_NOTHING = CellVerdict(Verdict.OK)
_EMPTY = CellVerdict(Verdict.EMPTY)


@dataclass(frozen=True)
class Judgement:
    """What is to be said of one submission's cells.

    `findings` are all rules that do not hold, `questions` all that is asked, answered or not;
    `explanations` by rule code. The rest follows from them.
    """

    asked: Asked
    values: Mapping[str, Held]
    findings: tuple[Finding, ...]
    questions: Questions
    explanations: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def missing(self) -> dict[str, str]:
        """Required cells without an answer: element code -> sentence, in the order of the form."""
        return unanswered(self.values, self.asked)

    @cached_property
    def broken(self) -> tuple[Finding, ...]:
        """Hard rules that do not hold."""
        return tuple(one for one in self.findings if one.rule.severity == Rule.Severity.HARD)

    @cached_property
    def unexplained_rules(self) -> tuple[Finding, ...]:
        """Soft rules that do not hold and that nobody has explained."""
        return tuple(
            one
            for one in self.findings
            if one.rule.severity == Rule.Severity.SOFT and not self.explanations.get(one.rule.code)
        )

    @cached_property
    def unexplained(self) -> dict[str, str]:
        """Cells with a question that nobody has answered: element code -> sentence, in order."""
        return {
            code: question_sentence(self.questions[code])
            for code in self.asked.elements
            if code in self.questions and not is_answered(self.values.get(code))
        }

    @property
    def answered(self) -> int:
        """How many of the asked cells have an answer, a reasoned gap included."""
        return sum(1 for code in self.asked.elements if _is_there(self.values.get(code)))

    @property
    def hard_sentences(self) -> list[Spoken]:
        """The hard rules that do not hold, for a place away from the cells."""
        return [self._away_from_cells(one) for one in self.broken]

    @property
    def open_questions(self) -> list[Spoken]:
        """Everything that still wants an explanation, for a place away from the cells."""
        labels = self.asked.labels
        return [
            *((f"“{labels[code]}”: {sentence}", (code,)) for code, sentence in self.unexplained.items()),
            *(self._away_from_cells(one) for one in self.unexplained_rules),
        ]

    def _away_from_cells(self, one: Finding) -> Spoken:
        return sentence_with_cells(one.rule, one.left, one.right, self.asked), cells_of(one.rule, self.asked)

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands against submitting."""
        return not (self.missing or self.broken or self.unexplained_rules or self.unexplained)

    @cached_property
    def cells(self) -> dict[str, CellVerdict]:
        """The verdict on every asked cell, by element code in the order of the form."""
        broken, doubted = self._spoken_of(self.broken), self._spoken_of(self.unexplained_rules)
        return {code: self._cell(code, broken, doubted) for code in self.asked.elements}

    def _cell(self, code: str, broken: Mapping[str, str], doubted: Mapping[str, str]) -> CellVerdict:
        if code in broken:
            return CellVerdict(Verdict.BROKEN, broken[code])
        asking = [of[code] for of in (doubted, self.unexplained) if code in of]
        if asking:
            return CellVerdict(Verdict.ASK, " ".join(asking))
        if code in self.missing:
            return CellVerdict(Verdict.MISSING, self.missing[code])
        return _NOTHING if _is_there(self.values.get(code)) else _EMPTY

    def _spoken_of(self, findings: tuple[Finding, ...]) -> dict[str, str]:
        """The sentences of findings by element code; of several, one after the other."""
        found: dict[str, str] = {}
        for one in findings:
            sentence = f"{sentence_of(one.rule, one.left, one.right)}."
            for code in cells_of(one.rule, self.asked):
                found[code] = f"{found[code]} {sentence}" if code in found else sentence
        return found


def _is_there(value: Held | None) -> bool:
    return value is not None and value.state != State.EMPTY


def judge(
    values: Mapping[str, Held],
    before: Mapping[str, Held] | None,
    asked: Asked,
    catalogue: Catalogue,
    explanations: Mapping[str, str] | None = None,
) -> Judgement:
    """The judgement on one submission's values, beside those of the period before.

    `explanations` (rule code -> text) are what the unit says to soft rules; what it says to a
    question stands in the value itself.
    """
    return Judgement(
        asked=asked,
        values=values,
        findings=tuple(examine(values, asked, catalogue.rules)),
        questions=questions_of(values, before, asked, catalogue.shares),
        explanations=explanations or {},
    )
