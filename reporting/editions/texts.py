"""How the texts of two editions differ, section by section, word by word. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.drafts.differences import Line, differences
from reporting.editions.sides import Side


@dataclass(frozen=True)
class SectionDifference:
    """A section whose text changed."""

    heading: str
    lines: Sequence[Line]


def text_differences(earlier: Side, later: Side) -> list[SectionDifference]:
    """The sections that changed, in the order of the report."""
    found = []
    for key in dict.fromkeys([*later.headings, *earlier.headings]):
        lines = differences(earlier.texts.get(key, ""), later.texts.get(key, ""))
        if lines:
            heading = later.headings.get(key) or earlier.headings.get(key, key)
            found.append(SectionDifference(heading, lines))
    return found
