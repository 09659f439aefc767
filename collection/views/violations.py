"""Broken rules as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collection.asked import Asked
from collection.models import Submission, Violation
from collection.validation import cells_of, sentence_of
from indicators.models import Rule


@dataclass(frozen=True)
class Violated:
    """A broken rule: its sentence, its cells (code and label), and what the unit says to it."""

    code: str
    sentence: str
    cells: Sequence[tuple[str, str]]
    severity: str
    explanation: str

    @property
    def is_hard(self) -> bool:
        """Whether it must be mended before the form is submitted."""
        return self.severity == Rule.Severity.HARD


def violations_of(
    submission: Submission, asked: Asked, typed: Mapping[str, str] | None = None
) -> list[Violated]:
    """The rules that a submission breaks as it stands: one query.

    `typed` (rule code -> text) are explanations that were not saved yet.
    """
    unsaved = typed or {}
    rows = Violation.objects.filter(submission=submission).select_related("rule").order_by("rule__code")
    return [
        Violated(
            code=row.rule.code,
            sentence=sentence_of(row.rule, row.left, row.right),
            cells=[(code, asked.labels[code]) for code in cells_of(row.rule, asked)],
            severity=row.rule.severity,
            explanation=unsaved.get(row.rule.code, row.explanation),
        )
        for row in rows
    ]
