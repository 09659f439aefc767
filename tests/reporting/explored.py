"""Reading what the explorer shows: its table on the page, and its CSV."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from html import unescape
from typing import Any


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def table_of(response: Any) -> tuple[list[list[str]], list[list[str]]]:
    """The rows of headings, and the rows below them with their own heading first."""
    [table] = re.findall(r'<table class="pivot">.*?</table>', response.content.decode(), re.DOTALL)
    head, _mark, body = table.partition("</thead>")
    cells = r"<t[hd][ >].*?</t[hd]>"
    return tuple(
        [
            [plain(cell) for cell in re.findall(cells, row, re.DOTALL)]
            for row in re.findall(r"<tr>.*?</tr>", part, re.DOTALL)
        ]
        for part in (head, body)
    )  # type: ignore[return-value]


def csv_of(response: Any) -> list[list[str]]:
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def as_written(text: str) -> str:
    """A number of the page as files write it: "1.234,5%" -> "1234.50" where it is a share."""
    if text == "–":
        return ""
    plain_number = text.rstrip("%").replace(".", "").replace(",", ".")
    return f"{Decimal(plain_number):.2f}" if text.endswith("%") else plain_number
