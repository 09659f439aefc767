"""How a share in a table is tied to counts in other cells of its row: numerator | denominator | share.

Headings say in too many ways which column is which; the rows themselves show it. A column holds a ÷ b of two
others when most of its rows agree; a row that does not is then a slip, unless some other two of its counts
explain it (units | answers of 2022 | answers of 2023 | share).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations
from typing import NamedTuple

from reporting.lint.numbers import NUMBER, PERCENT, Token, cut_share, number, places, share
from reporting.lint.prose import Prose, Table, Text

_CELL = re.compile(rf"\s*({NUMBER})\s*(%?)\s*", re.VERBOSE)
_SHARES = re.compile(r"%|(?<!\w)t[ỉỷ]\s+(?:lệ|suất|trọng)(?!\w)", re.IGNORECASE)
_AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình)(?!\w)", re.IGNORECASE)
# Columns to the left and to the right of a share among which its counts are looked for.
_LEFT, _RIGHT = 4, 2
# Different shares that show what a column is. One target for all rows agrees with some of them by chance.
_LEAST_SHOWING = 3
# Formulas of a workbook give all the digits there are.
_MOST_PLACES = 4

# (row, column) -> the number that stands alone there, and whether with a percent sign.
_Numbers = dict[tuple[int, int], tuple[Token, bool]]


class TiedShare(NamedTuple):
    """A share in a cell, and the counts of its row that it should follow from."""

    prose: Prose
    percent: Token
    numerator: Decimal
    denominator: Decimal


def of_rows(text: Text) -> Iterator[TiedShare]:
    """The shares of tables, each with the counts that its column is made from."""
    for table in text.tables.values():
        numbers = _numbers(table)
        for column, rows in sorted(_columns_of_shares(table, numbers).items()):
            yield from _tied(table, numbers, column, rows)


def _numbers(table: Table) -> _Numbers:
    found: _Numbers = {}
    for place, cell in table.items():
        written = _CELL.fullmatch(cell[0].text) if len(cell) == 1 else None
        if written:
            value, digits = number(written[1], share=bool(written[2])), places(written[1])
            if digits > _MOST_PLACES:
                digits = _MOST_PLACES
                value = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
            end = written.end(2) if written[2] else written.end(1)
            found[place] = Token(PERCENT, written.start(1), end, (value,), digits), bool(written[2])
    return found


def _columns_of_shares(table: Table, numbers: _Numbers) -> dict[int, list[int]]:
    """The columns with percent signs in their cells, or with shares named in their headings: their rows.

    Leaves out rows that give the mean of shares, which no counts give, and those that number the columns.
    """
    named = {
        column
        for (row, column), cell in table.items()
        if (row, column) not in numbers and any(_SHARES.search(part.text) for part in cell)
    }
    signed = {column for (_row, column), (_token, is_signed) in numbers.items() if is_signed}
    unsigned = named - signed
    found: dict[int, list[int]] = defaultdict(list)
    for (row, column), (_token, is_signed) in sorted(numbers.items()):
        is_share = is_signed or (column in unsigned and not _numbers_columns(numbers, row, column))
        if is_share and not _is_average(table, row):
            found[column].append(row)
    return found


def _tied(table: Table, numbers: _Numbers, column: int, rows: Sequence[int]) -> Iterator[TiedShare]:
    explained = {row: _explaining(numbers, row, column) for row in rows}
    agreeing: dict[tuple[int, int], list[Decimal]] = defaultdict(list)
    for row in rows:
        for pair in explained[row] if _shows(numbers, row, column) else ():
            agreeing[pair].append(numbers[row, column][0].value)
    if not agreeing:
        return
    pair = max(sorted(agreeing), key=lambda one: len(agreeing[one]))
    told = [row for row in rows if all((row, one) in numbers for one in pair)]
    showing = sum(1 for row in told if _shows(numbers, row, column))
    if len(set(agreeing[pair])) < _LEAST_SHOWING or len(agreeing[pair]) * 2 <= showing:
        return
    for row in told:
        if pair in explained[row] or not explained[row]:
            numerator, denominator = (numbers[row, one][0].value for one in pair)
            yield TiedShare(table[row, column][0], numbers[row, column][0], numerator, denominator)


def _shows(numbers: _Numbers, row: int, column: int) -> bool:
    """Whether a share says which counts it is made from: 0 % and 100 % follow from many."""
    return 0 < numbers[row, column][0].value < 100


def _explaining(numbers: _Numbers, row: int, column: int) -> set[tuple[int, int]]:
    """The columns of the pairs of counts in a row whose share is the one in `column`, rounded or cut off."""
    percent, _is_signed = numbers[row, column]
    counts = {
        at: numbers[row, at][0].value
        for at in range(column - _LEFT, column + _RIGHT + 1)
        if at != column and (row, at) in numbers and _is_count(numbers[row, at])
    }
    return {
        (above, below)
        for above, below in permutations(counts, 2)
        if counts[below] and _agrees(percent, counts[above], counts[below])
    }


def _is_count(told: tuple[Token, bool]) -> bool:
    token, is_signed = told
    return not is_signed and token.value == int(token.value)


def _agrees(percent: Token, numerator: Decimal, denominator: Decimal) -> bool:
    return numerator <= denominator and percent.value in (
        share(numerator, denominator, percent.places),
        cut_share(numerator, denominator, percent.places),
    )


def _is_average(table: Table, row: int) -> bool:
    """Whether a row gives the mean of the shares above it, which no counts of its own give."""
    return any(_AVERAGE.search(part.text) for part in table.get((row, 1), []) + table.get((row, 2), []))


def _numbers_columns(numbers: _Numbers, row: int, column: int) -> bool:
    """Whether a row is that of column numbers: 1 | 2 | 3."""
    before = numbers.get((row, column - 1))
    return before is not None and before[0].value + 1 == numbers[row, column][0].value
