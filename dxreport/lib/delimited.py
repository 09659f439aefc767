"""CSV as it leaves the house: text stays text in whatever opens it."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from .workbooks import FORMULA_MARKS

Value = str | int | Decimal | dt.date | None


def to_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows as a CSV file that a spreadsheet opens with its Vietnamese letters.

    Numbers and days are written for machines (84.34, 2024-03-05). Text that a spreadsheet would take
    for a formula begins with an apostrophe, as its own users would write it.
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


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
