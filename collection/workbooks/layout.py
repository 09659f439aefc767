"""How our workbooks are laid out: what writing and reading must agree on.

Every sheet with cells to fill in has one row of marks, by which reading finds its columns whatever
has been moved or renamed around it. The identity stands on a hidden sheet.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from indicators.asking import AskedSection
from indicators.models import DataElement, Form

IDENTITY_SHEET = "dxreport"
SCHEMA = "1"

FORM_SHEET, GUIDE_SHEET, LISTS_SHEET = "Phiếu", "Hướng dẫn", "Danh mục"
PREVIOUS_SHEET, NOTES_SHEET = "Kỳ trước", "Giải trình"

# The marks of columns: no element's code holds "#".
CODE, VALUE, GAP, REASON, EXPLANATION, UNIT = (
    "#code",
    "#value",
    "#gap",
    "#reason",
    "#explanation",
    "#unit",
)
MARKS = frozenset({CODE, VALUE, GAP, REASON, EXPLANATION, UNIT})
# Marks stand in one of the first rows.
MARK_ROWS = 20

_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


class Kind(StrEnum):
    """What a workbook is for: one unit's form, or a row for each of many units."""

    UNIT = "unit"
    DISTRICT = "district"


@dataclass(frozen=True)
class Identity:
    """Which template a workbook is, and which versions of the cells it was filled with."""

    kind: Kind
    period: str
    form: str
    fingerprint: str
    codes: tuple[str, ...]
    # Unit code -> version of each cell, in the order of `codes`; 0 for a cell without a value.
    versions: Mapping[str, Sequence[int]]
    schema: str = SCHEMA

    def rows(self) -> list[tuple[str, ...]]:
        """The hidden sheet."""
        facts = (
            (IDENTITY_SHEET, self.schema),
            ("kind", self.kind.value),
            ("period", self.period),
            ("form", self.form),
            ("fingerprint", self.fingerprint),
            ("codes", *self.codes),
        )
        units = (("unit", code, " ".join(map(str, seen))) for code, seen in self.versions.items())
        return [*facts, *units]

    @classmethod
    def read(cls, rows: Iterable[Sequence[str]]) -> Identity | None:
        """The identity that `rows` tell, or None: it is text from outside, and nothing is trusted."""
        facts: dict[str, tuple[str, ...]] = {}
        versions: dict[str, tuple[int, ...]] = {}
        for key, *rest in (row for row in rows if row):
            if key == "unit" and len(rest) == 2:
                versions[rest[0]] = tuple(_version(text) for text in rest[1].split(" "))
            else:
                facts[key] = tuple(rest)
        try:
            [schema], [kind] = facts[IDENTITY_SHEET], facts["kind"]
            [period], [form], [fingerprint] = facts["period"], facts["form"], facts["fingerprint"]
            codes = facts["codes"]
            found = cls(Kind(kind), period, form, fingerprint, codes, versions, schema)
        except (KeyError, ValueError):
            return None
        return found if all(len(seen) == len(codes) for seen in versions.values()) else None

    def version(self, unit: str, code: str) -> int | None:
        """The version of a cell that the workbook was filled with; None for a cell it does not know."""
        seen = self.versions.get(unit)
        place = self._places.get(code)
        return None if seen is None or place is None else seen[place]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.codes)}


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1


def fingerprint_of(form: Form, sections: Iterable[AskedSection]) -> str:
    """What tells one version of a form from another: its elements, their types and their lists.

    Names may be corrected without making the workbooks that are out worthless.
    """
    told = hashlib.sha256(f"{form.indicator_set_id}/{form.code}/{form.version}".encode())
    for section in sections:
        told.update(f"\n{section.section.code}".encode())
        for asked in section.elements:
            told.update(f"\n {asked.element.code} {asked.element.type} {_codes(asked.element)}".encode())
    return told.hexdigest()[:16]


def _codes(element: DataElement) -> str:
    if element.choice_list is None:
        return ""
    return ",".join(choice.code for choice in element.choice_list.choices.all())


def sheet_title(text: str, taken: Iterable[str]) -> str:
    """`text` as the title of a sheet: short, without the signs that titles may not hold, and once."""
    base = " ".join(_NOT_IN_TITLES.sub(" ", text).split()) or "Phần"
    used = {title.casefold() for title in taken}
    title, number = base[:_LONGEST_TITLE].strip(), 2
    while title.casefold() in used:
        tail = f" ({number})"
        title, number = base[: _LONGEST_TITLE - len(tail)].strip() + tail, number + 1
    return title
