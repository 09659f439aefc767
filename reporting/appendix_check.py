"""Whether an appendix workbook says what the screen says, read back from its bytes.

The reader (`dxreport.lib.naming`) knows nothing of what filled the cells: it shows each number through
the format of its cell, and the parts are put together again as the page prints them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxreport.lib.naming import NamedArea, read_named_cells
from dxreport.lib.numbers import DASH, format_number, format_percent
from dxreport.lib.reading import Kind
from indicators.arithmetic import percentage
from reporting.appendix import Appendix, AppendixLine, Piece, pieces_of
from reporting.appendix_cells import FIGURE, RESULT, WORDS, CellName, name_code, piece_aspect, read_name
from reporting.figures import Figure
from reporting.notes import LANGUAGE, listed


@dataclass(frozen=True)
class CellFault:
    """A cell that does not say what the screen says."""

    place: str
    name: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"ô {self.place} ({self.name}) ghi “{self.found}”, màn hình ghi “{self.expected}”"


@dataclass(frozen=True)
class ReadCell:
    """A named cell as it was read: where it stands, what it shows, and whether it holds numbers."""

    place: str
    name: str
    shown: str
    is_number: bool


Cells = Mapping[CellName, Sequence[ReadCell]]


def read_cells(data: bytes) -> dict[CellName, list[ReadCell]]:
    """The named cells of an appendix workbook. Raises WorkbookRefused."""
    found: dict[CellName, list[ReadCell]] = {}
    for area in read_named_cells(data, FIGURE, WORDS):
        name = read_name(area.name)
        if name is not None:
            found.setdefault(name, []).append(_read(area))
    return found


def _read(area: NamedArea) -> ReadCell:
    texts = [cell.shown if cell.shown is not None else f"?{cell.text}" for cell in area.cells]
    is_number = len(area.cells) == 1 and area.cells[0].kind == Kind.NUMBER
    return ReadCell(area.place, area.name, "\n".join(texts), is_number)


def faults(data: bytes, appendix: Appendix) -> list[CellFault]:
    """The cells of the workbook `data` that differ from the screen. Raises WorkbookRefused."""
    cells = read_cells(data)
    lines = {line.code: line for row in appendix.rows for line in row.lines}
    found = list(_word_faults(appendix, cells))
    for figure in appendix.figures:
        found += _plain_faults(figure, cells)
        if figure.code in lines:
            found += _printed_faults(lines[figure.code], cells)
    return found


def _word_faults(appendix: Appendix, cells: Cells) -> Iterator[CellFault]:
    notes = [f"{number}. {note}" for number, note in enumerate(appendix.notes, start=1)]
    said = {
        "unit": appendix.unit.name,
        "period": appendix.period.name,
        "period_code": appendix.period.code,
        "labels": "\n".join(appendix.labels),
        "notes": "\n".join(["Ghi chú:", *notes] if notes else []),
    }
    for word, expected in said.items():
        for cell in cells.get(CellName("", word), ()):
            if cell.shown != expected:
                yield CellFault(cell.place, cell.name, expected, cell.shown)


def _plain_faults(figure: Figure, cells: Cells) -> Iterator[CellFault]:
    for aspect, (expected, is_number) in _on_screen(figure).items():
        for cell in cells.get(CellName(name_code(figure.code), aspect), ()):
            if cell.shown != expected or (bool(expected) and cell.is_number != is_number):
                yield CellFault(cell.place, cell.name, expected, cell.shown)


def _on_screen(figure: Figure) -> dict[str, tuple[str, bool]]:
    """What the screen says of a figure, and whether it is a number; a dash is an empty cell."""

    def number(text: str) -> tuple[str, bool]:
        return ("" if text == DASH else text), True

    target = figure.target
    show = format_percent if figure.is_ratio else format_number
    return {
        "numerator": number(format_number(figure.numerator, language=LANGUAGE)),
        "denominator": number(format_number(figure.denominator, language=LANGUAGE)),
        "value": number(figure.display_in(LANGUAGE)),
        "names": (listed(figure.names), False),
        "counted": number(format_number(figure.units_counted, language=LANGUAGE)),
        "expected": number(format_number(figure.units_expected, language=LANGUAGE)),
        "coverage": number(
            format_percent(percentage(figure.units_counted, figure.units_expected), language=LANGUAGE)
        ),
        "target": number(show(target.value if target else None, language=LANGUAGE)),
        "target_year": (str(target.year) if target else "", True),
        "status": (str(figure.status.label), False),
    }


def _printed_faults(line: AppendixLine, cells: Cells) -> Iterator[CellFault]:
    """The result against the line on the screen, wherever the form has it."""
    for place, said in printed(line, cells):
        if said != line.result:
            yield CellFault(place, f"{FIGURE}{name_code(line.code)}.{RESULT}", line.result, said)


def printed(line: AppendixLine, cells: Cells) -> Iterator[tuple[str, str]]:
    """Where a form prints the result, and what it says there: in one cell, or put together from its parts.

    A form without a place for it says nothing, nowhere.
    """
    code = name_code(line.code)
    whole = cells.get(CellName(code, RESULT), ())
    yield from ((cell.place, cell.shown) for cell in whole)
    pieces = pieces_of(line.figure.indicator)
    read = [cells.get(CellName(code, piece_aspect(piece)), ()) for piece in pieces]
    if pieces and all(read):
        yield from ((together[0].place, _together(together, pieces)) for together in zip(*read, strict=False))
    elif not whole:
        yield DASH, ""


def _together(cells: Sequence[ReadCell], pieces: Sequence[Piece]) -> str:
    """As the page prints it: "7.661, đạt tỉ lệ: 84,34%"."""
    first, *others = cells
    if not first.is_number:
        # What has no number says so in the first cell, and nothing in the others.
        return (
            first.shown
            if all(cell.shown in (DASH, "") for cell in others)
            else "; ".join(cell.shown for cell in cells)
        )
    joints = {Piece.SHARE: ", đạt tỉ lệ: ", Piece.NAMES: ", gồm: "}
    rest = zip(others, pieces[1:], strict=True)
    return first.shown + "".join(f"{joints[piece]}{cell.shown}" for cell, piece in rest if cell.shown)
