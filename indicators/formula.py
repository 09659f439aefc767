"""Formulas as the catalogue writes them: sums of data elements.

    teachers_with_computer
    very_satisfied + satisfied
    maturity_level=2            1 for a unit that chose "2", else 0
    units                       1 for every unit that gave the other side

A formula is data: parsed here, evaluated here, shown as it stands.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

UNITS = "units"
_TERM = re.compile(r"([a-z][a-z0-9_]*)(?:=([a-z0-9_]+))?", re.ASCII)


class FormulaError(ValueError):
    """A formula that cannot be read; the message names the term."""


class Gap(Enum):
    """Why a term has no number: three of the four kinds of empty that concern arithmetic.

    NOT_ASKED and NOT_APPLICABLE leave the unit out of a sum; MISSING (not yet entered, or not
    available) makes the whole sum missing.
    """

    NOT_ASKED = "not asked"
    NOT_APPLICABLE = "not applicable"
    MISSING = "missing"


@dataclass(frozen=True)
class Term:
    """One data element of a formula, or one choice of it (`element=choice`)."""

    element: str
    choice: str = ""

    def __str__(self) -> str:
        return f"{self.element}={self.choice}" if self.choice else self.element


Lookup = Callable[[Term], int | Gap]


@lru_cache(maxsize=1024)
def parse(formula: str) -> tuple[Term, ...]:
    """The terms of `formula`, in order. Raises FormulaError."""
    terms = []
    for part in formula.split("+"):
        found = _TERM.fullmatch(part.strip())
        if found is None:
            raise FormulaError(f"Không đọc được vế “{part.strip()}” trong công thức “{formula}”.")
        terms.append(Term(found[1], found[2] or ""))
    return tuple(terms)


def elements_of(*formulas: str) -> tuple[str, ...]:
    """Codes of the data elements in `formulas`, each once, in order, without `units`."""
    terms = (term for formula in formulas if formula for term in parse(formula))
    return tuple(dict.fromkeys(term.element for term in terms if term.element != UNITS))


def evaluate(formula: str, lookup: Lookup) -> int | Gap:
    """The sum of the formula's terms for one unit.

    Terms that the unit is not asked, or that do not apply to it, fall out of the sum; with
    none left the sum itself is NOT_ASKED (or NOT_APPLICABLE). One missing term makes it MISSING.
    """
    values = [1 if term.element == UNITS else lookup(term) for term in parse(formula)]
    if Gap.MISSING in values:
        return Gap.MISSING
    numbers = [value for value in values if isinstance(value, int)]
    if numbers:
        return sum(numbers)
    return Gap.NOT_APPLICABLE if Gap.NOT_APPLICABLE in values else Gap.NOT_ASKED
