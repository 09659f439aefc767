"""Two kinds of decimal marks in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporting.lint.faults import Fault
from reporting.lint.prose import Prose, Text

MARKS = "decimal-marks"

_UNIT = r"(?:%|phần\s+trăm|triệu|tỷ|tỉ(?!\s+lệ)|nghìn|điểm|km|ha|m2|m²|kg|tấn|lần|Mbps|GB|inch)"
# Decimals are those of shares and measures: "4.0" of an industrial revolution is a name.
_DECIMAL = re.compile(
    rf"(?<![\w.,/])\d+(?P<mark>[.,])(?:\d{{1,2}}|\d{{4,}}|\d{{3}}(?=\s*(?:%|phần\s+trăm)))(?![\w/]|[.,]\d)(?=\s*{_UNIT}|\s*-\s*[\d.,]+\s*%)(?:\s?%)?"
)
_LONE_DECIMAL = re.compile(r"\s*\d{1,3}(?P<mark>[.,])\d{1,2}\s*%?\s*")
# Thousands parted by a comma stand among those parted by a point.
_THOUSANDS = re.compile(
    rf"(?<![\w.,/])[1-9]\d{{0,2}}(?:(?P<mark>[.,])\d{{3}})(?:(?P=mark)\d{{3}})*(?![\w/]|[.,]\d)(?!\s*{_UNIT})"
)

Found = tuple[Prose, int, int, str]


def mixed_marks(text: Text) -> Iterator[Fault]:
    """The marks that are in the minority, of decimals and of thousands."""
    decimals, thousands = [], []
    for part in text.parts:
        decimals += [_found(part, one) for one in _DECIMAL.finditer(part.text)]
        if part.passage.table and (alone := _LONE_DECIMAL.fullmatch(part.text)) and "%" not in part.text:
            decimals.append(_found(part, alone))
        thousands += [_found(part, one) for one in _THOUSANDS.finditer(part.text)]
    yield from _minority(decimals, usual=",")
    yield from _minority(thousands, usual=".")


def _found(part: Prose, one: re.Match[str]) -> Found:
    return part, one.start(), one.end(), one["mark"]


def _minority(found: list[Found], *, usual: str) -> Iterator[Fault]:
    of_usual = sum(1 for *_where, mark in found if mark == usual)
    if not 0 < of_usual < len(found):
        return
    # Where both are used as often, the mark of Vietnamese is the right one.
    odd = usual if of_usual * 2 < len(found) else {",": ".", ".": ","}[usual]
    for part, start, end, mark in found:
        if mark == odd:
            written = part.text[start:end].strip()
            swapped = written.replace(mark, {",": ".", ".": ","}[mark])
            yield part.fault(MARKS, "decimal-marks", start, end, computed=swapped, mark=mark)
