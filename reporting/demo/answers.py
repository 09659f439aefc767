"""The answers of all units in one period, as they are generated: plain values, no database."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class NotAvailable:
    """An answer that the unit does not have, with its reason."""

    reason: str


# A count or yes/no (1, 0), the codes chosen from a list, or why there is no answer.
Answer = int | tuple[str, ...] | NotAvailable
Column = list[Answer | None]


@dataclass
class Answers:
    """All answers of one period: a column an element over the schools, and those of other units.

    None in a column is an element that the school is not asked.
    """

    columns: dict[str, Column] = field(default_factory=dict)
    offices: list[dict[str, Answer]] = field(default_factory=list)
    department: dict[str, Answer] = field(default_factory=dict)

    def of_school(self, position: int) -> dict[str, Answer]:
        """One school's answers by element code."""
        cells = ((element, column[position]) for element, column in self.columns.items())
        return {element: answer for element, answer in cells if answer is not None}

    def number(self, element: str, position: int) -> int | None:
        """One school's count; None where it is not asked or has no number."""
        cell = self.columns[element][position]
        return cell if isinstance(cell, int) else None
