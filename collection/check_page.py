"""What the submission page lists: plain rows over one judgement, no query, no write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collection.entries import Content, HeldVersion
from collection.shown import shown
from collection.validation import cells_of, sentence_of
from collection.verdicts import Judgement
from indicators.models import Rule

Cell = tuple[str, str]  # code and label


@dataclass(frozen=True)
class ToExplain:
    """A cell that is asked about: what stands there, why it is asked, what was said."""

    code: str
    label: str
    shown: str
    sentence: str
    explanation: str
    version: int
    error: str


@dataclass(frozen=True)
class RuleToExplain:
    """A soft rule that does not hold: its sentence, its cells, what was said."""

    code: str
    sentence: str
    cells: Sequence[Cell]
    explanation: str
    error: str


@dataclass(frozen=True)
class CheckPage:
    """Everything that stands, or stood, between a form and its submission."""

    missing: Sequence[Cell]
    broken: Sequence[tuple[str, Sequence[Cell]]]
    questions: Sequence[ToExplain]
    rules: Sequence[RuleToExplain]
    unexplained: int  # how many explanations are still wanted
    answered: int
    asked: int

    @property
    def is_blocked(self) -> bool:
        """Whether something must be mended on the form itself first."""
        return bool(self.missing or self.broken)


def check_page(
    judgement: Judgement,
    values: Mapping[str, HeldVersion],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> CheckPage:
    """The page over a judgement; `typed` and `errors` (by field name) come back from a refused post."""
    asked = judgement.asked
    soft = [one for one in judgement.findings if one.rule.severity == Rule.Severity.SOFT]

    def cells(rule: Rule) -> list[Cell]:
        return [(code, asked.labels[code]) for code in cells_of(rule, asked)]

    return CheckPage(
        missing=[(code, asked.labels[code]) for code in judgement.missing],
        broken=[(sentence_of(one.rule, one.left, one.right), cells(one.rule)) for one in judgement.broken],
        questions=[
            ToExplain(
                code=code,
                label=asked.labels[code],
                shown=shown(Content.of(values[code]), element),
                sentence="; ".join(question.sentence for question in judgement.questions[code]),
                explanation=typed.get(f"e-{code}", values[code].explanation),
                version=values[code].version,
                error=errors.get(f"e-{code}", ""),
            )
            for code, element in asked.elements.items()
            if code in judgement.questions
        ],
        rules=[
            RuleToExplain(
                code=one.rule.code,
                sentence=sentence_of(one.rule, one.left, one.right),
                cells=cells(one.rule),
                explanation=typed.get(f"x-{one.rule.code}", judgement.explanations.get(one.rule.code, "")),
                error=errors.get(f"x-{one.rule.code}", ""),
            )
            for one in soft
        ],
        unexplained=len(judgement.unexplained) + len(judgement.unexplained_rules),
        answered=judgement.answered,
        asked=len(asked.elements),
    )
