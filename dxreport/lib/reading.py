"""Workbooks that are not ours, read into plain values, or refused with one sentence.

The file is parsed in a limited child process (`dxreport.lib.limited`, `dxreport.lib.xlsx`); here its
answer becomes rows and cells, and its codes become words.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from dxreport.lib import limited
from dxreport.lib.refusals import SENTENCES, STOPPED
from dxreport.lib.xlsx import sheets
from dxreport.lib.xlsx.reader import contents

MIB = 1024 * 1024
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What a workbook may be, and what reading it may cost."""

    file: int = 10 * MIB
    entries: int = 200
    unpacked: int = 64 * MIB
    ratio: int = 200
    rows: int = 50_000
    cells: int = 500_000
    process: limited.Limits = field(default_factory=limited.Limits)


LIMITS = Limits()


class WorkbookRefused(Exception):
    """One sentence for the person who brought the file; `sheet` and `cell` where there is one."""

    def __init__(self, sentence: str, *, code: str, sheet: str = "", cell: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.code, self.sheet, self.cell = sentence, code, sheet, cell


class Kind(StrEnum):
    """What a cell holds, as the file says it."""

    NUMBER = sheets.NUMBER
    TEXT = sheets.TEXT
    BOOL = sheets.BOOL
    DATE = sheets.DATE
    ERROR = sheets.ERROR
    EMPTY = sheets.EMPTY  # only of a formula whose value is not in the file


class Cell(NamedTuple):
    """A cell with content.

    `text` is, for a number, its digits exactly as the file has them ("12", "12.0", "1.2E3": always finite,
    never rounded on the way); for a text, the text in composed letters; for a bool "1" or "0"; for a date
    its ISO form; for an error its name ("#REF!").
    """

    kind: Kind
    text: str
    is_formula: bool = False


@dataclass(frozen=True)
class Row:
    """A row with content; both its number and the columns of its cells begin at 1."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True)
class Sheet:
    """Rows ascend; those without content are not there."""

    name: str
    is_hidden: bool
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Workbook:
    """Sheets in the order of their tabs, hidden ones too, and the custom properties of the file."""

    sheets: list[Sheet]
    properties: Mapping[str, str]
    peak_memory: int = 0  # bytes, of the process that read it

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def reference(row: int, column: int) -> str:
    """(7, 2) -> "B7"."""
    return f"{sheets.letters(column)}{row}"


def read_workbook(data: bytes | Path, *, limits: Limits = LIMITS) -> Workbook:
    """Read an .xlsx file: its bytes, or where it lies. Whatever is in it, raises WorkbookRefused at worst."""
    outcome = read_in_child(contents, data, limits)
    return _workbook(iter(outcome.values), outcome.peak_memory)


def read_in_child(
    function: Callable[..., Iterator[Any]], data: bytes | Path, limits: Limits = LIMITS, **arguments: Any
) -> limited.Outcome:
    """What `function` of `dxreport.lib.xlsx` finds in a workbook. Raises WorkbookRefused."""
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    if size > limits.file:
        raise refused("file", {"most": limits.file // MIB})
    try:
        return limited.run(
            function,
            data,
            limits=limits.process,
            entries=limits.entries,
            unpacked=limits.unpacked,
            ratio=limits.ratio,
            rows=limits.rows,
            cells=limits.cells,
            **arguments,
        )
    except limited.Refused as error:
        raise refused(error.code, error.named) from None
    except limited.LimitReached as error:
        raise WorkbookRefused(str(STOPPED), code=f"limit-{error.limit}") from None
    except limited.Crashed as error:
        logger.warning("A workbook could not be read: %s", error)
        raise refused("unreadable", {}) from None


def refused(code: str, named: Mapping[str, str | int]) -> WorkbookRefused:
    """The refusal for one of the codes in `dxreport.lib.refusals`."""
    sheet, cell = str(named.get("sheet", "")), str(named.get("cell", ""))
    sentence = str(SENTENCES[code]) % named
    if sheet and cell:
        where = _("Trang tính “%(sheet)s”, ô %(cell)s: ") % named
    elif sheet:
        where = _("Trang tính “%(sheet)s”: ") % named
    else:
        where = ""
    return WorkbookRefused(where + sentence, code=code, sheet=sheet, cell=cell)


_KINDS = {
    mark + formula: (kind, bool(formula))
    for mark, kind in ((kind.value, kind) for kind in Kind)
    for formula in ("", sheets.FORMULA)
}


def _workbook(values: Iterator[Any], peak_memory: int) -> Workbook:
    workbook = Workbook([], next(values)["properties"], peak_memory)
    for value in values:
        if isinstance(value, dict):
            workbook.sheets.append(Sheet(value["sheet"], value["hidden"]))
        else:
            workbook.sheets[-1].rows.append(Row(value[0], _cells(value[1])))
    return workbook


def _cells(flat: list[Any]) -> dict[int, Cell]:
    return {
        column: Cell(*_with_text(mark, text))
        for column, mark, text in zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    }


def _with_text(mark: str, text: str) -> tuple[Kind, str, bool]:
    kind, is_formula = _KINDS[mark]
    return kind, text, is_formula
