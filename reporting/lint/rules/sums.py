"""Parts that do not add up to the total they are parts of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from reporting.lint.faults import Fault
from reporting.lint.numbers import COUNT, FRACTION, PERCENT, Token, number, places
from reporting.lint.prose import Prose, Sentence, Table, Text
from reporting.lint.rules.words import folded

SUM = "sum"

# Divides a whole completely, or some of it only ("trong đó").
_ALL_PARTS = re.compile(
    r"(?:bao\s+gồm|gồm(?:\s+có)?|chia\s+ra|chia\s+thành|phân\s+ra|cơ\s+cấu)(?:\s+là)?\s*:?\s*", re.IGNORECASE
)
_SOME_PARTS = re.compile(
    r"(?:trong\s+đó|cụ\s+thể(?:\s+là|\s+như\s+sau)?|cụ\s+thể)\s*(?:có\s*)?:?\s*", re.IGNORECASE
)
_DIVIDED = re.compile(rf"{_ALL_PARTS.pattern}|{_SOME_PARTS.pattern}", re.IGNORECASE)
_TIMES = re.compile(r"\d\s*(?:\w+\s+){0,6}[x×*]\s*\d|nhân với|mỗi", re.IGNORECASE)
# Groups of which nothing belongs to two: a list of them that comes near its total was meant to reach it.
_FAMILIES = tuple(
    re.compile(rf"(?<!\w)(?:{family})(?!\w)")
    for family in (
        "mầm non|mẫu giáo|nhà trẻ|tiểu học|trung học cơ sở|trung học phổ thông|giáo dục thường xuyên"
        "|phổ thông|trung học",
        "nam|nữ",
        r"mức(?: độ)? \d|mức(?: độ)? (?:một|hai|ba)|toàn trình|một phần",
        r"(?:khối|lớp) \d+",
        "công lập|tư thục|dân lập|ngoài công lập",
        "tốt|khá|đạt|chưa đạt|giỏi|trung bình|yếu|kém|xuất sắc",
        "trực tuyến|trực tiếp|bưu chính|qua bưu chính",
        "đúng hạn|trước hạn|quá hạn|trễ hạn|đang giải quyết",
        "trong nước|nước ngoài",
        "cán bộ quản lý|giáo viên|nhân viên",
        "hài lòng|rất hài lòng|không hài lòng|bình thường",
    )
)
_BRACKETED = re.compile(r"\([^()]*\)")
# A sentence of official prose divides a total once or twice.
_MOST_DIVISIONS = 5
# Characters within which the parts of a total are told.
_FARTHEST = 800
# How far from its total a sum may be and still have been meant to be it.
_NEAR = Decimal("0.1")
_VERY_NEAR = Decimal("0.03")


class Part(NamedTuple):
    """A count among the parts, with the words beside it."""

    value: Decimal
    words: str


def sums(text: Text) -> Iterator[Fault]:
    """Totals in sentences and lists, sums written out, and rows of totals in tables."""
    for index, part in enumerate(text.parts):
        if not part.passage.table:
            yield from _listed(text.parts, index)
        for at, sentence in enumerate(part.sentences):
            yield from _within(sentence)
            yield from _written_out(sentence)
            yield from _over_sentences(part.sentences[at:])
    for table in text.tables.values():
        yield from _tabled(table)


def _within(sentence: Sentence) -> Iterator[Fault]:
    """ "5.326 máy, trong đó: tiểu học 1.726 máy, THCS 2.143 máy, THPT 1.456 máy"."""
    divisions = _DIVIDED.finditer(sentence.prose.text, sentence.start, sentence.end)
    for divided in islice(divisions, _MOST_DIVISIONS):
        total = _total_before(sentence, divided.start())
        if total is None:
            continue
        parts = _parts(sentence, divided.end(), min(sentence.end, divided.end() + _FARTHEST))
        is_complete = bool(_ALL_PARTS.match(divided[0]))
        yield from _checked(sentence.prose, total, parts, is_complete=is_complete)


def _total_before(sentence: Sentence, end: int) -> Token | None:
    """The count that "trong đó" divides: the last one before it, no farther than its own clause reaches."""
    before = [
        token for token in sentence.tokens if token.end <= end and token.kind in (COUNT, FRACTION, PERCENT)
    ]
    if not before or before[-1].kind != COUNT or before[-1].is_soft:
        return None
    total = before[-1]
    gap = sentence.between(total.end, end)
    if len(gap) > 120 or ";" in gap or re.search(r"\.\s", gap):
        return None
    return total


def _parts(sentence: Sentence, start: int, end: int) -> list[Part]:
    """The counts from `start` to `end` outside brackets, each with the words up to the next one."""
    words = sentence.prose.text[start:end]
    hidden = [found.span() for found in _BRACKETED.finditer(words)]
    counts = [
        token
        for token in sentence.tokens
        if start <= token.start < end
        and token.kind in (COUNT, FRACTION)
        and not any(a <= token.start - start < b for a, b in hidden)
    ]
    found, before = [], start
    for token in counts:
        following = re.search(r"[,;.]|\s(?:và|với)\s|$", sentence.prose.text[token.end : end])
        close = token.end + (following.end() if following else 0)
        found.append(
            Part(
                token.value,
                folded(
                    sentence.prose.text[before : token.start] + " " + sentence.prose.text[token.end : close]
                ),
            )
        )
        before = close
    return found


def _checked(prose: Prose, total: Token, parts: Sequence[Part], *, is_complete: bool) -> Iterator[Fault]:
    if len(parts) < 2 or _is_listing_of_more(prose, total, parts):
        return
    added = sum((part.value for part in parts), Decimal(0))
    apart = abs(added - total.value)
    if not apart or any(part.value > total.value for part in parts):
        return
    family = _is_one_family(parts)
    if (family and apart <= _NEAR * total.value) or (
        is_complete and (family or _same_unit(parts)) and apart <= total.value / 2
    ):
        yield _unequal(prose, total, parts, added)


def _is_listing_of_more(prose: Prose, total: Token, parts: Sequence[Part]) -> bool:
    """Whether the parts are no parts: 92 = 34 trường x 2 người + 8 phòng x 3 người."""
    return bool(_TIMES.search(prose.text, total.end, total.end + _FARTHEST))


def _is_one_family(parts: Sequence[Part]) -> bool:
    """Whether the parts are groups of one kind, each named once."""
    for family in _FAMILIES:
        named = [max(family.findall(part.words), key=len, default="") for part in parts]
        if all(named) and len(set(named)) == len(named):
            return True
    return False


def _same_unit(parts: Sequence[Part]) -> bool:
    """Whether all parts are counted in the same word, the first behind the number."""
    heads = {part.words.split(" ")[-1] for part in parts}
    return len(heads) == 1 and heads != {""}


def _unequal(prose: Prose, total: Token, parts: Sequence[Part], added: Decimal) -> Fault:
    return prose.fault(
        SUM,
        "sum",
        total.start,
        total.end,
        computed=int(added) if added == int(added) else str(added),
        parts=len(parts),
    )


# --- parts in the items of a list ---------------------------------------------------------------

_OPENS_LIST = re.compile(rf"(?:{_DIVIDED.pattern}|như\s+sau\s*:\s*|:\s*)$", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-+•*–]|[a-zđ]\)|\d{1,2}[.)])\s+")


def _listed(parts: Sequence[Prose], index: int) -> Iterator[Fault]:
    """ "Tổng số … 2.480 người, trong đó:" and a list with one count in each item."""
    opening = parts[index]
    if not opening.sentences or (
        not _OPENS_LIST.search(opening.text.rstrip() + " ") and not opening.text.rstrip().endswith(":")
    ):
        return
    last = opening.sentences[-1]
    total = _total_before(last, len(opening.text.rstrip()))
    items: list[Part] = []
    for one in parts[index + 1 : index + 40]:
        if (
            one.passage.table
            or not _ITEM.match(one.text)
            or (_ITEM.match(opening.text) and one.text[:1] == opening.text[:1])
        ):
            break
        counts = [token for token in one.tokens if token.kind in (COUNT, FRACTION)]
        if len(counts) != 1:
            return
        items.append(Part(counts[0].value, folded(one.text)))
    if total is not None:
        complete = bool(re.search(rf"(?:{_ALL_PARTS.pattern})$", opening.text, re.IGNORECASE))
        yield from _checked(opening, total, items, is_complete=complete)


# --- a sum written out -----------------------------------------------------------------------------

_NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?"
_ADDITION = re.compile(
    rf"(?<![\w.,/]){_NUMBER}(?:[^\d+=%]{{0,30}}\+\s*{_NUMBER}){{1,40}}[^\d+=%]{{0,30}}=\s*({_NUMBER})(?![\w/]|\s*%)"
)


_TOTAL_THEN_ADDITION = re.compile(
    rf"(?<![\w.,/+])({_NUMBER})(?:\s[^\W\d]+){{0,3}}\s*=\s*{_NUMBER}(?:[^\d+=%.;]{{0,30}}\+\s*{_NUMBER}){{1,40}}(?![\w/=]|\s*[%=+])"
)


def _written_out(sentence: Sentence) -> Iterator[Fault]:
    """145 + 228 + 97 = 480."""
    text = sentence.prose.text
    found_ones = (
        *_ADDITION.finditer(text, sentence.start, sentence.end),
        *_TOTAL_THEN_ADDITION.finditer(text, sentence.start, sentence.end),
    )
    for found in found_ones:
        if _TIMES.search(found[0]):
            continue
        numbers = [number(one) for one in re.findall(_NUMBER, found[0])]
        total = number(found[1])
        addends = numbers[:-1] if found.re is _ADDITION else numbers[1:]
        if sum(addends) != total:
            computed = sum(addends, Decimal(0))
            yield sentence.prose.fault(
                SUM,
                "sum",
                *found.span(1),
                computed=int(computed) if computed == int(computed) else str(computed),
                parts=len(addends),
            )


# --- levels told sentence by sentence ------------------------------------------------------------

_LEVEL_OPENS = re.compile(
    r"[\s-]*(?:(?:ở|với|đối với)\s+)?(?:cấp|bậc|khối)\s+(?:học\s+)?(mầm non|tiểu học|trung học cơ sở"
    r"|thcs|trung học phổ thông|thpt)",
    re.IGNORECASE,
)
_TOTALS = re.compile(r"(?:^|\W)tổng\s+(?:số|cộng)|toàn\s+(?:tỉnh|ngành|huyện)", re.IGNORECASE)


def _over_sentences(sentences: Sequence[Sentence]) -> Iterator[Fault]:
    """ "Tổng số … là 5.326 máy. Cấp tiểu học có 1.726 máy. Cấp THCS có … Cấp THPT có …"."""
    first, *rest = sentences
    counts = [token for token in first.tokens if token.kind == COUNT and not token.is_soft]
    if not counts or not _TOTALS.search(first.before(counts[0])):
        return
    parts: list[Part] = []
    for sentence in rest:
        level = _LEVEL_OPENS.match(sentence.prose.text, sentence.start)
        found = next((token for token in sentence.tokens if token.kind in (COUNT, FRACTION)), None)
        if level is None or found is None:
            break
        parts.append(Part(found.value, folded(level[1])))
    added = sum((part.value for part in parts), Decimal(0))
    apart = abs(added - counts[0].value)
    if len(parts) >= 2 and _is_one_family(parts) and 0 < apart <= _VERY_NEAR * counts[0].value:
        yield _unequal(first.prose, counts[0], parts, added)


# --- rows of totals ----------------------------------------------------------------------------------

_TOTAL_ROW = re.compile(
    r"\s*(?:tổng(?:\s+(?:số|cộng))?|cộng(?:\s+\w+)?|tổng\s+toàn\s+\w+|toàn\s+(?:tỉnh|huyện|ngành))\s*:?\s*",
    re.IGNORECASE,
)


def _tabled(table: Table) -> Iterator[Fault]:
    """A row "Tổng cộng" that is not the sum of the rows above it, or of those below where it opens."""
    rows = sorted({row for row, _column in table})
    columns = sorted({column for _row, column in table})
    labelled = {
        row for (row, _column), cell in table.items() if len(cell) == 1 and _TOTAL_ROW.fullmatch(cell[0].text)
    }
    if len(labelled) != 1:
        return
    (total_row,) = labelled
    others = [row for row in rows if row < total_row] or []
    if not _numbers(table, others, columns):
        others = [row for row in rows if row > total_row]
    for column in columns:
        yield from _column_checked(table, column, total_row, others)


def _numbers(table: Table, rows: Sequence[int], columns: Sequence[int]) -> bool:
    return any(_counted(table, row, column) is not None for row in rows for column in columns[1:])


def _column_checked(table: Table, column: int, total_row: int, rows: Sequence[int]) -> Iterator[Fault]:
    total = _counted(table, total_row, column)
    if total is None:
        return
    first = next((row for row in rows if _counted(table, row, column) is not None), None)
    if first is None:
        return
    counted = [_counted(table, row, column) for row in rows if row >= first]
    parts = [one for one in counted if one is not None]
    # A gap may be a subtotal's heading or a figure that is missing: the total may then be right.
    if len(parts) < 2 or len(parts) < len(counted):
        return
    # A first row of column numbers ("1", "2", "3") is no row of figures.
    added = sum(parts, Decimal(0))
    if added == total:
        return
    cell = table[total_row, column][0]
    token = cell.text.strip()
    start = cell.text.index(token)
    yield cell.fault(
        SUM,
        "sum-of-column",
        start,
        start + len(token),
        computed=int(added) if added == int(added) else str(added),
        parts=len(parts),
    )


_WHOLE_NUMBER = re.compile(rf"\s*({_NUMBER})\s*")


def _counted(table: Table, row: int, column: int) -> Decimal | None:
    """The count that stands alone in a cell."""
    cell = table.get((row, column), [])
    if len(cell) != 1 or not (found := _WHOLE_NUMBER.fullmatch(cell[0].text)):
        return None
    value = number(found[1])
    return value if places(found[1]) == 0 or value == int(value) else None
