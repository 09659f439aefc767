"""The cells of an appendix workbook: the names a template may give them, and what each is filled with.

`CS_A1.1.result` is the result of A1.1 as it is printed; `CS_A1.1.result_number` and `CS_A1.1.result_share`
are its parts in cells of their own, numbers as numbers. `PL_period` and its kind are words around the
table. A name used a second time ends in a number: `CS_A1.1.numerator.2`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dxreport.lib.filling import Filled, Filling
from dxreport.lib.numbers import DASH, rounded
from indicators.arithmetic import percentage
from indicators.models import Indicator
from reporting.appendix import Appendix, AppendixLine, Piece, estimate_mark, pieces_of, without_number
from reporting.figures import Figure
from reporting.notes import dates, figure_notes, listed, target_note
from reporting.report.letterhead import Letterhead

FIGURE, WORDS = "CS_", "PL_"
RESULT = "result"
_FIGURE_NAME = re.compile(r"CS_(?P<code>.+?)\.(?P<aspect>[a-z_]+)(?:\.[0-9]+)?", re.ASCII)
_WORDS_NAME = re.compile(r"PL_(?P<word>[a-z_]+)(?:\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True)
class CellName:
    """A defined name taken apart: an indicator's code (blank for words) and what is told of it."""

    code: str
    aspect: str


def read_name(name: str) -> CellName | None:
    """ "CS_A1.1.result_share.2" -> A1.1, result_share; None for what is no name of ours."""
    found = _FIGURE_NAME.fullmatch(name)
    if found:
        return CellName(found["code"], found["aspect"])
    found = _WORDS_NAME.fullmatch(name)
    return CellName("", found["word"]) if found else None


def name_code(code: str) -> str:
    """An indicator's code as a name may hold it: no name has a hyphen, and no code an underscore."""
    return code.replace("-", "_")


def cell_name(code: str, aspect: str, *, time: int = 1) -> str:
    """The name of a cell; `time` counts how often it stands in the workbook."""
    again = f".{time}" if time > 1 else ""
    return f"{FIGURE}{name_code(code)}.{aspect}{again}" if code else f"{WORDS}{aspect}{again}"


def piece_aspect(piece: Piece) -> str:
    """What the cell of a part of the printed result is called."""
    return f"{RESULT}_{piece.value}"


def _percent(value: Decimal | None, mark: str = "") -> Filled:
    return _formatted(value, f"%{mark}")


def _formatted(value: int | Decimal | None, words: str = "") -> Filled:
    """A number with as many decimals as it is printed with, and the words after it."""
    if value is None:
        return Filled(None)
    exact = rounded(Decimal(value)).normalize()
    exponent = exact.as_tuple().exponent
    assert isinstance(exponent, int)  # neither infinite nor not a number
    places = max(0, -exponent)
    decimals = f".{'0' * places}" if places else ""
    tail = f'"{words}"' if words else ""
    return Filled(exact.quantize(Decimal(1).scaleb(-places)), f"#,##0{decimals}{tail}")


def _value(figure: Figure) -> Filled:
    return _percent(figure.value) if figure.is_ratio else _formatted(figure.value)


def _target(figure: Figure) -> Filled:
    if figure.target is None:
        return Filled(None)
    return _percent(figure.target.value) if figure.is_ratio else _formatted(figure.target.value)


def _year(figure: Figure) -> Filled:
    return Filled(figure.target.year, "0") if figure.target else Filled(None)


def _remarks(figure: Figure) -> Filled:
    names = [f"Gồm: {listed(figure.names)}."] if figure.names else []
    return Filled(" ".join(filter(None, [*figure_notes(figure), target_note(figure), *names])))


# What a cell may tell of a figure: numbers as numbers, and nothing where there is none.
PLAIN: Mapping[str, Callable[[Figure], Filled]] = {
    "numerator": lambda figure: _formatted(figure.numerator),
    "denominator": lambda figure: _formatted(figure.denominator),
    "value": _value,
    "names": lambda figure: Filled(listed(figure.names)),
    "counted": lambda figure: _formatted(figure.units_counted),
    "expected": lambda figure: _formatted(figure.units_expected),
    "coverage": lambda figure: _percent(percentage(figure.units_counted, figure.units_expected)),
    "target": _target,
    "target_year": _year,
    "status": lambda figure: Filled(str(figure.status.label)),
    "notes": _remarks,
}
# Words around the table.
WORD_ASPECTS = (
    "superior",
    "issuer",
    "unit",
    "period",
    "period_code",
    "subject",
    "made",
    "labels",
    "notes",
)
# Of these the ones that may fill several rows, a text a row.
LISTS = frozenset({"labels", "notes"})


def aspects_of(indicator: Indicator) -> list[str]:
    """Everything that a cell may tell of an indicator."""
    printed = [RESULT, *map(piece_aspect, pieces_of(indicator))] if indicator.appendix_row is not None else []
    return [*printed, *PLAIN]


def fillings(appendix: Appendix, letterhead: Letterhead) -> dict[CellName, Filling]:
    """What every cell that a template can name is filled with, in Vietnamese."""
    found: dict[CellName, Filling] = {
        CellName("", word): content for word, content in _words(appendix, letterhead).items()
    }
    for figure in appendix.figures:
        code = name_code(figure.code)
        found |= {CellName(code, aspect): tell(figure) for aspect, tell in PLAIN.items()}
    for line in (line for row in appendix.rows for line in row.lines):
        found |= {CellName(name_code(line.code), aspect): filled for aspect, filled in _printed(line)}
    return found


def _words(appendix: Appendix, letterhead: Letterhead) -> dict[str, Filling]:
    period, unit = appendix.period, appendix.unit
    numbered = [f"{number}. {note}" for number, note in enumerate(appendix.notes, start=1)]
    words: dict[str, str | Sequence[str]] = {
        "superior": letterhead.superior.upper(),
        "issuer": letterhead.issuer.upper(),
        "unit": unit.name,
        "period": period.name,
        "period_code": period.code,
        "subject": f"({period.name}, {dates(period)})",
        "made": f"Đơn vị báo cáo: {unit.name}. Ngày lập: {appendix.made_on:%d/%m/%Y}.",
        "labels": appendix.labels,
        "notes": ["Ghi chú:", *numbered] if numbered else [],
    }
    return {word: Filled(text) if isinstance(text, str) else text for word, text in words.items()}


def _printed(line: AppendixLine) -> Iterator[tuple[str, Filled]]:
    """The result as one text, and its parts. What has no number says so where its first part stands."""
    figure, pieces = line.figure, pieces_of(line.figure.indicator)
    yield RESULT, Filled(line.result)
    if without_number(figure) is not None:
        texts = [line.result, *[DASH] * len(pieces)]
        yield from ((piece_aspect(piece), Filled(text)) for piece, text in zip(pieces, texts, strict=False))
        return
    mark = estimate_mark(figure.indicator)
    for piece in pieces:
        yield piece_aspect(piece), _piece(figure, piece, mark if piece == pieces[-1] else "")


def _piece(figure: Figure, piece: Piece, mark: str) -> Filled:
    match piece:
        case Piece.NUMBER:
            return _formatted(figure.numerator, mark)
        case Piece.SHARE:
            return _percent(figure.value, mark)
        case Piece.NAMES:
            return Filled(listed(figure.names) + mark)
