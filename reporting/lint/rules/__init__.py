"""The rules, each a function from a text to its faults.

A new one is a line here, and its words in `reporting.lint.sentences`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reporting.lint.faults import Fault
from reporting.lint.prose import Text
from reporting.lint.rules.dates import LATER, NO_SUCH_DATE, impossible_dates, later_documents
from reporting.lint.rules.heads import BLANK, blanks
from reporting.lint.rules.lists import LENGTH, lengths
from reporting.lint.rules.marks import MARKS, mixed_marks
from reporting.lint.rules.numbering import NUMBERING, numbering
from reporting.lint.rules.ratios import IMPOSSIBLE, RATIO, impossible, ratios
from reporting.lint.rules.subjects import DENOMINATORS, TWO_FIGURES, different_denominators, two_figures
from reporting.lint.rules.sums import SUM, sums
from reporting.lint.rules.wholes import OVER, over_one_hundred

RULES: dict[str, Callable[[Text], Iterator[Fault]]] = {
    RATIO: ratios,
    IMPOSSIBLE: impossible,
    TWO_FIGURES: two_figures,
    DENOMINATORS: different_denominators,
    SUM: sums,
    LENGTH: lengths,
    OVER: over_one_hundred,
    MARKS: mixed_marks,
    NUMBERING: numbering,
    LATER: later_documents,
    NO_SUCH_DATE: impossible_dates,
    BLANK: blanks,
}


def faults_of(text: Text) -> list[Fault]:
    """What every rule finds, in the order of reading."""
    found = {fault[:5]: fault for rule in RULES.values() for fault in rule(text)}
    return sorted(found.values(), key=lambda fault: (fault.passage, fault.start, fault.rule))
