"""Shares of one whole that are more than the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from reporting.lint.faults import Fault
from reporting.lint.numbers import PERCENT, Token
from reporting.lint.prose import Sentence, Text
from reporting.lint.rules.words import folded

OVER = "over-100"

# Answers of which everybody gives one, and groups of which everybody is in one.
_ONE_EACH = tuple(
    re.compile(rf"(?<!\w)(?:{family})(?!\w)")
    for family in (
        "rất hài lòng|không hài lòng|chưa hài lòng|hoàn toàn không hài lòng|hài lòng|bình thường"
        "|tạm hài lòng",
        r"mức(?: độ)? (?:\d|một|hai|ba|bốn|năm)",
        "xuất sắc|giỏi|tốt|khá|trung bình|chưa đạt|không đạt|đạt yêu cầu|đạt|yếu|kém",
        "rất đồng ý|không đồng ý|đồng ý|phân vân|không có ý kiến|không ý kiến",
        "toàn trình|một phần|chưa trực tuyến",
        "trước hạn|đúng hạn|quá hạn|trễ hạn",
        "nam|nữ",
        "trực tuyến|trực tiếp|bưu chính",
    )
)
# Groups that are shares of one whole only where the text says that they make it up.
_MADE_UP = re.compile(
    r"(?<!\w)(?:mầm non|tiểu học|trung học cơ sở|trung học phổ thông|giáo dục thường xuyên|ngân sách"
    r"|xã hội hóa|xã hội hoá)(?!\w)"
)
_MAKES_UP = re.compile(r"chiếm|cơ cấu|phân theo|chia theo|phân bổ|tỉ trọng|tỷ trọng", re.IGNORECASE)
_REST = re.compile(r"còn\s+lại|phần\s+còn\s+lại|số\s+còn\s+lại", re.IGNORECASE)
_BREAK = re.compile(r";|\.\s")


def over_one_hundred(text: Text) -> Iterator[Fault]:
    """Shares of answers, grades, levels that together are more than 100 %."""
    for sentence in text.sentences:
        shares = [token for token in sentence.tokens if token.kind == PERCENT]
        if len(shares) < 2:
            continue
        told = [_words_of(sentence, token) for token in shares]
        group = _of_one_family(shares, told) or _with_the_rest(sentence, shares)
        if group:
            yield from _checked(sentence, group)


def _words_of(sentence: Sentence, token: Token) -> tuple[str, str]:
    """The words of the clause of a percentage: before it and after it."""
    before = re.split(r"[,;(]|%|\bvà\b", sentence.before(token))[-1].rstrip()
    before = before.removesuffix(":").rpartition(":")[2]
    after = re.split(r"[,;:.)]|\d|\bvà\b", sentence.after(token), maxsplit=1)[0]
    return folded(before), folded(after)


def _of_one_family(shares: Sequence[Token], told: Sequence[tuple[str, str]]) -> list[Token]:
    """The percentages of a family that names each of them once; none where there are fewer than two."""
    for family in _ONE_EACH:
        group = _named_once(family, shares, told)
        if len(group) >= 2:
            return group
    group = _named_once(_MADE_UP, shares, told)
    is_made_up = any(_MAKES_UP.search(before) for before, _after in told)
    return group if is_made_up and len(group) >= 2 else []


def _named_once(
    family: re.Pattern[str], shares: Sequence[Token], told: Sequence[tuple[str, str]]
) -> list[Token]:
    for side in (0, 1):
        names = [max(family.findall(words[side]), key=len, default="") for words in told]
        group = [token for token, name in zip(shares, names, strict=True) if name]
        given = [name for name in names if name]
        if len(group) >= 2 and len(group) >= len(shares) - 1 and len(set(given)) == len(given):
            return group
    return []


def _with_the_rest(sentence: Sentence, shares: Sequence[Token]) -> list[Token]:
    """ "84,34% …, còn lại 16,66% …": the one before the rest, and the rest."""
    for first, second in pairwise(shares):
        gap = sentence.between(first.end, second.start)
        if _REST.search(gap) and len(shares) == 2:
            return [first, second]
    return []


def _checked(sentence: Sentence, group: Sequence[Token]) -> Iterator[Fault]:
    if any(token.value > 100 or token.is_soft for token in group):
        return
    added = sum((token.value for token in group), Decimal(0))
    # Each may have been rounded up by half a unit of its last decimal.
    rounding = sum((Decimal("0.5").scaleb(-token.places) for token in group), Decimal(0))
    if added - rounding > 100:
        last = group[-1]
        yield sentence.prose.fault(
            OVER, "over-100", last.start, last.end, computed=("%", str(added)), parts=len(group)
        )
