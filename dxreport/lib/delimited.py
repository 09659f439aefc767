"""CSV as it leaves the house: text stays text in whatever opens it."""

import codecs
import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from .workbooks import FORMULA_MARKS

Value = str | int | Decimal | dt.date | None
LETTERS_A_PIECE = 65_536


def to_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows as a CSV file that a spreadsheet opens with its Vietnamese letters.

    Numbers and days are written for machines (84.34, 2024-03-05). Text that a spreadsheet would take
    for a formula begins with an apostrophe, as its own users would write it.
    """
    return b"".join(streamed_csv(rows))


def streamed_csv(rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The same file piece by piece, while its rows come: memory does not grow with their number."""
    text = io.StringIO(newline="")
    write = csv.writer(text).writerow
    yield codecs.BOM_UTF8
    for row in rows:
        write([_plain(value) for value in row])
        if text.tell() > LETTERS_A_PIECE:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    piece = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return piece


def defused(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would take it for a formula."""
    shown = text.replace("\x00", "")
    return f"'{shown}" if shown.startswith(FORMULA_MARKS) else shown


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
