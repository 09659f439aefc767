"""The products that programs read: JSON and the appendix workbook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from reporting.appendix import Appendix
from reporting.appendix_cells import CellName, name_code
from reporting.appendix_check import printed, read_cells
from reporting.reconciling.facts import DASH, Facts, Told, number

# Aspects of a figure that are cells and stand for a number; an empty cell stands for a dash.
_CELLS = {"numerator", "denominator", "value", "counted", "expected", "target"}


def read_figures_json(text: str, facts: Facts, ratios: Iterable[str]) -> Iterator[Told]:
    """What `manage.py figures --format json` printed."""
    known = frozenset(ratios)
    for row in json.loads(text):
        yield from read_json_figure(row["code"], row, "figures", facts, is_ratio=row["code"] in known)


def read_json_figure(
    code: str, told: Mapping[str, Any], place: str, facts: Facts, *, is_ratio: bool
) -> Iterator[Told]:
    """One figure of a JSON document: exact strings or null, and the text that people see."""
    for aspect in ("numerator", "denominator"):
        yield Told(code, aspect, place, facts[code][aspect], _written(told[aspect]))
    sign = "%" if is_ratio and told["value"] is not None else ""
    yield Told(code, "value", place, facts[code]["value"], _written(told["value"]) + sign)
    yield Told(code, "value", f"{place}, display", facts[code]["value"], str(told["display"]))


def _written(exact: str | None) -> str:
    return DASH if exact is None else number(Decimal(exact))


def read_workbook(data: bytes, appendix: Appendix, facts: Facts) -> Iterator[Told]:
    """The cells of an appendix workbook: printed results as on the page, and plain numbers."""
    cells = read_cells(data)
    for line in (line for row in appendix.rows for line in row.lines):
        for place, said in printed(line, cells):
            yield Told(line.code, "result", place, line.result, said)
    for code, known in facts.items():
        for aspect in sorted(_CELLS & known.keys()):
            for cell in cells.get(CellName(name_code(code), aspect), ()):
                yield Told(code, aspect, cell.place, known[aspect], cell.shown or DASH)
