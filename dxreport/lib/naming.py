"""The named cells of a workbook as this house reads them back, each as its reader sees it.

What fills cells (`dxreport.lib.filling`) is not asked: a check that believed the writer would check nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from dxreport.lib.reading import LIMITS, Kind, Limits, read_in_child, reference
from dxreport.lib.xlsx.names import Area, named_cells

_FIFTEEN_DIGITS = Context(prec=15)
# Groups of three or none; decimals; words in quotes after the number.
_FORMAT = re.compile(
    r'(?P<whole>#,##0|0)(?:\.(?P<decimals>0+))?(?P<percent>%)?(?:"(?P<words>[^"]*)")?', re.ASCII
)


@dataclass(frozen=True)
class NamedCell:
    """A cell with content: for a number its digits in `text` and the format that shows them."""

    row: int
    column: int
    kind: Kind
    text: str
    is_formula: bool
    format: str

    @property
    def shown(self) -> str | None:
        """The content as a Vietnamese spreadsheet shows it; None where the format is not one of ours."""
        if self.kind != Kind.NUMBER:
            return self.text
        # Excel saves 84.34 as 84.340000000000003 and shows fifteen digits of it.
        return shown(_FIFTEEN_DIGITS.create_decimal(self.text), self.format)


@dataclass(frozen=True)
class NamedArea:
    """What a name points at: one cell (merged ones are one), or several; None where it points nowhere."""

    name: str
    area: Area | None
    is_one: bool
    cells: Sequence[NamedCell]

    @property
    def place(self) -> str:
        """As people say it: "Phụ lục!D12"."""
        return f"{self.area.sheet}!{reference(self.area.top, self.area.left)}" if self.area else self.name

    @property
    def has_formula(self) -> bool:
        """Whether some cell of it holds a formula."""
        return any(cell.is_formula for cell in self.cells)


def shown(number: Decimal, code: str) -> str | None:
    """`number` through the number format `code`, with a decimal comma; None for a format that is not ours.

    Formats are those that `#,##0.00"%"` is one of. A number with more decimals than its format would be
    shown rounded, and is not shown at all: what a cell holds must be what it says.
    """
    found = _FORMAT.fullmatch(code)
    if found is None:
        return None
    places = len(found["decimals"] or "")
    if found["percent"]:
        number = number.scaleb(2)
    scaled = number.scaleb(places)
    if scaled != int(scaled):
        return None
    digits = str(abs(int(scaled))).rjust(places + 1, "0")
    whole, fraction = (digits[:-places], digits[-places:]) if places else (digits, "")
    if found["whole"] == "#,##0":
        whole = re.sub(r"(?<=[0-9])(?=([0-9]{3})+\Z)", ".", whole)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}{',' if fraction else ''}{fraction}{found['percent'] or ''}{found['words'] or ''}"


def read_named_cells(data: bytes, *begins: str, limits: Limits = LIMITS) -> list[NamedArea]:
    """The names that begin with one of `begins`, in the order of the file. Raises WorkbookRefused."""
    outcome = read_in_child(named_cells, data, limits, begins=list(begins))
    return [
        NamedArea(
            found["name"],
            Area(*found["area"]) if found["area"] else None,
            found["is_merged"],
            [
                NamedCell(row, column, Kind(kind.rstrip("f")), text, kind.endswith("f"), code)
                for row, column, kind, text, code in found["cells"]
            ],
        )
        for found in outcome.values
    ]
