"""One subject told with two figures, and figures of one subject that are shares of different totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from reporting.lint.faults import Fault, Value
from reporting.lint.numbers import COUNT, FRACTION, PERCENT, Token
from reporting.lint.passages import CELL, NOTE
from reporting.lint.prose import Prose, Sentence, Table, Text
from reporting.lint.rules.ratios import denominators
from reporting.lint.rules.shares import Share, fractions, is_share, of_counts
from reporting.lint.rules.words import ASIDE, Subject, clause, content, folded, groups, subjects, times

TWO_FIGURES, DENOMINATORS = "two-figures", "denominators"
# How far back in its passage a number may be confined: "Huyện Cư Jút: … có 45 trường".
_NEAR = 1_000
# Alone, these name too much: "370 cơ sở" and "231 cơ sở" need not be the same, nor need the units that have
# given no numbers for one figure and for another.
_GENERAL = content(
    "trường lớp học sinh giáo viên cơ sở giáo dục đơn vị cán bộ nhân viên quản lý hồ sơ máy phòng chiếc "
    "bộ thủ tục nhà trẻ"
    " mầm non tiểu trung phổ thông thường xuyên em tính vi người thiết bị chưa không đủ liệu báo cáo trả lời"
)


class Statement(NamedTuple):
    """A figure of the text and what it says it is about."""

    prose: Prose
    token: Token
    subject: Subject
    kind: str


def two_figures(text: Text) -> Iterator[Fault]:
    """The same words with another number in another place."""
    seen: dict[tuple[str, Subject], Statement] = {}
    found: set[tuple[int, int]] = set()
    for statement in (*_told(text), *_tabled(text)):
        key = (statement.kind, statement.subject._replace(is_whole=False))
        first = seen.setdefault(key, statement)
        place = statement.prose.number, statement.token.start
        if (
            first.prose is statement.prose
            or _of_two_notes(first, statement)
            or _agree(first, statement)
            or place in found
        ):
            continue
        found.add(place)
        yield statement.prose.fault(
            TWO_FIGURES,
            "two-figures",
            statement.token.start,
            statement.token.end,
            other=first.prose.exact(first.token.start, first.token.end),
            there=first.prose.number,
        )


def _of_two_notes(one: Statement, other: Statement) -> bool:
    """A footnote speaks of what it is called from, so the same words in two of them are of two things."""
    return one.prose.passage.kind == NOTE and other.prose.passage.kind == NOTE


def _told(text: Text) -> Iterator[Statement]:
    for part in text.parts:
        heading = text.headings_before[part.number]
        for sentence in part.sentences:
            shares = {percent.start for _fraction, percent in fractions(sentence)}
            shares |= {found.percent.start for found in of_counts(sentence)}
            for token in sentence.tokens:
                if token.is_soft or token.kind not in (COUNT, PERCENT, FRACTION) or token.start in shares:
                    continue
                if token.kind == PERCENT and not is_share(sentence, token):
                    continue
                yield from _statement(
                    sentence, token, f"{heading} {part.text[max(0, token.start - _NEAR) : token.start]}"
                )


def _statement(sentence: Sentence, token: Token, around: str) -> Iterator[Statement]:
    head, tail = clause(sentence, token)
    if ASIDE.search(f"{head} {tail}") or ASIDE.search(
        sentence.between(max(sentence.start, token.start - 40), token.start)
    ):
        return
    kind = PERCENT if token.kind == PERCENT else COUNT
    for found in subjects(sentence, token):
        if _names_enough(found):
            found = found if found.groups else found._replace(groups=groups(around))
            yield Statement(sentence.prose, token, found, kind)


def _names_enough(found: Subject) -> bool:
    if found.words <= _GENERAL:
        return found.is_whole and len(found.words) >= 2
    return len(found.words) >= 4


def _tabled(text: Text) -> Iterator[Statement]:
    """Numbers that stand alone in their cells: the first words of the row say what they count."""
    for table in text.tables.values():
        for cells in _rows(table):
            alone = {column: token for column, cell in cells if (token := _alone(cell))}
            kinds = Counter(token.kind for column, token in alone.items() if column > 1)
            label = ""
            for column, cell in cells:
                # Several numbers of a kind in one row are of several things.
                if column in alone and label and kinds[alone[column].kind] == 1:
                    yield from _labelled(cell[0], alone[column], label)
                if len(cell) == 1 and content(cell[0].text):
                    label = f"{label} {cell[0].text}".strip()


def _rows(table: Table) -> Iterator[list[tuple[int, list[Prose]]]]:
    """The cells of each row with their columns, from left to right."""
    for _row, places in groupby(sorted(table), key=itemgetter(0)):
        yield [(column, table[row, column]) for row, column in places]


def _labelled(cell: Prose, token: Token, label: str) -> Iterator[Statement]:
    found = Subject(content(label), frozenset(), groups(label), is_whole="ổng" in label)
    if _names_enough(found) and not ASIDE.search(label):
        yield Statement(cell, token, found, token.kind)


def _alone(cell: list[Prose]) -> Token | None:
    if len(cell) == 1 and len(cell[0].tokens) == 1:
        (token,) = cell[0].tokens
        if token.kind in (COUNT, PERCENT) and token.end - token.start == len(cell[0].text.strip()):
            return token
    return None


def _agree(one: Statement, other: Statement) -> bool:
    """Whether two figures can be the same: alike to the decimals that both print, rounded or cut."""
    first, second = one.token, other.token
    if one.kind == COUNT:
        return first.value == second.value
    unit = Decimal(1).scaleb(-min(first.places, second.places))
    return abs(first.value - second.value) < unit


# --- totals behind the shares ----------------------------------------------------------------

_COUNTED = (
    "giáo viên|nhà giáo|học sinh|người học|trẻ em|trẻ|sinh viên|học viên|cán bộ|nhân viên|viên chức"
    "|trường học|trường"
    "|cơ sở giáo dục|cơ sở|đơn vị|lớp|hồ sơ|thủ tục|phòng học|hộ|phụ huynh|thí sinh|đảng viên"
)
_FIRST_COUNTED = re.compile(rf"\W*(?:\w+\s+){{0,2}}?({_COUNTED})(?!\w)")
_LAST_COUNTED = re.compile(rf"(?<!\w)({_COUNTED})(?!\w)")
_EXPLAINED = re.compile(
    r"tính trên|mẫu số|chưa có số liệu|đủ số liệu|không trả lời|chưa trả lời|không có số liệu"
    r"|số đơn vị trả lời",
    re.IGNORECASE,
)


class _Implied(NamedTuple):
    share: Share
    fitting: range


def different_denominators(text: Text) -> Iterator[Fault]:
    """Two shares of one kind of thing whose totals, worked out from count and percentage, cannot be the same.

    Nothing is said where the text tells its denominators, or that some units have given no figures.
    """
    if any(_EXPLAINED.search(part.text) for part in text.parts):
        return
    told = [fraction.values for part in text.parts for fraction in part.tokens if fraction.kind == FRACTION]
    seen: dict[tuple[str, frozenset[str]], _Implied] = {}
    for sentence in text.sentences:
        for found in of_counts(sentence):
            numerator, _none = found.counts
            key = _counted(found, text)
            fitting = denominators(numerator.value, found.percent)
            is_told = any(a == numerator.value and int(b) in fitting for a, b in told)
            if key is None or is_told or not fitting or found.percent.value >= 100:
                continue
            first = seen.setdefault(key, _Implied(found, fitting))
            if first.fitting.stop <= fitting.start or fitting.stop <= first.fitting.start:
                yield _differ(first, _Implied(found, fitting), key[0])


def _counted(found: Share, text: Text) -> tuple[str, frozenset[str]] | None:
    """What a share counts, and what it is confined to."""
    sentence, (numerator, _none) = found.sentence, found.counts
    head, tail = clause(sentence, numerator)
    noun = _FIRST_COUNTED.match(folded(tail))
    if not noun:
        nouns = list(_LAST_COUNTED.finditer(folded(head)))
        noun = nouns[0] if nouns else None
    if not noun:
        return None
    part = sentence.prose
    own = groups(f"{head} {tail}")
    around = "" if part.passage.kind == CELL else text.headings_before[part.number]
    confined = own or groups(f"{around} {part.text[max(0, numerator.start - _NEAR) : numerator.start]}")
    return noun[1], confined | times(sentence.between(sentence.start, sentence.end))


def _differ(first: _Implied, second: _Implied, noun: str) -> Fault:
    percent, there = second.share.percent, first.share.sentence.prose
    named: dict[str, Value] = {
        "noun": noun,
        "denominator": second.fitting.start,
        "most": second.fitting.stop - 1,
        "other_denominator": first.fitting.start,
        "other_most": first.fitting.stop - 1,
        "other": there.exact(first.share.percent.start, first.share.percent.end),
        "there": there.number,
    }
    return second.share.sentence.prose.fault(
        DENOMINATORS, "denominators", percent.start, percent.end, **named
    )
