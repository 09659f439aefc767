"""How a share is tied to the counts it was made from: "a/b (chiếm c%)", "a trên tổng số b, đạt c%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from reporting.lint.numbers import COUNT, FRACTION, PERCENT, Token
from reporting.lint.prose import Sentence

_RATE = r"t[ỉỷ]\s+(?:lệ|suất|trọng)"
# What says, right before a percentage, that it is the share of what was just counted.
_CONNECTS = re.compile(
    rf"(?:\(|\[|=|→|chiếm|đạt|{_RATE}|tương\s+đương|tương\s+ứng|bằng|đáp\s+ứng|hay|tức|là|được|,|:|-|\s)"
    r"\s*(?:với\s+|khoảng\s+|gần\s+|hơn\s+|trên\s+|là\s+|ở\s+mức\s+)?$",
    re.IGNORECASE,
)
_STRONGLY = re.compile(
    rf"(?:chiếm|đạt|{_RATE}|tương\s+đương|tương\s+ứng|bằng|đáp\s+ứng|=|\()(?:\s+{_RATE})?\s*(?:là|:)?\s*"
    r"(?:khoảng\s+|gần\s+|hơn\s+|trên\s+)?$",
    re.IGNORECASE,
)
# What says that a percentage is something else: a target, a change, a bound.
_OTHERWISE = re.compile(
    r"(?:tăng|giảm|tăng\s+thêm|giảm\s+còn|cao\s+hơn|thấp\s+hơn|vượt|so\s+với|mục\s+tiêu|chỉ\s+tiêu|kế\s+hoạch|yêu\s+cầu"
    r"|ngưỡng|mức|lên|xuống|đến|từ|ít\s+nhất|tối\s+thiểu|phấn\s+đấu|phấn\s+đấu\s+đạt|giao|trong\s+đó|riêng|còn\s+lại"
    r"|[≥≤<>])\s*(?:là\s+|khoảng\s+|thêm\s+|đạt\s+|trên\s+|được\s+|mức\s+|có\s+)?$",
    re.IGNORECASE,
)
_APART = re.compile(
    r";|trong\s+đó|so\s+với\s+(?:năm|cùng|kế|mục|chỉ|đầu)|mục\s+tiêu|năm\s+trước|kế\s+hoạch\s+là",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]*\)")
_FARTHEST = 260


class Share(NamedTuple):
    """A percentage of a sentence and the numbers that it was made from, None where they are not told."""

    sentence: Sentence
    percent: Token
    numerator: Token | None
    denominator: Token | None

    @property
    def counts(self) -> tuple[Token, Token | None]:
        assert self.numerator is not None
        return self.numerator, self.denominator


def is_share(sentence: Sentence, percent: Token) -> bool:
    """Whether the words before a percentage leave it the share of something, no target and no change."""
    return not _OTHERWISE.search(sentence.before(percent))


def fractions(sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    """Each fraction of the sentence that has a percentage of its own, with it."""
    taken: set[int] = set()
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.kind != FRACTION:
            continue
        percent = _following(sentence, at) or _preceding(sentence, at, taken)
        if percent is not None and percent.start not in taken:
            taken.add(percent.start)
            yield token, percent


def _following(sentence: Sentence, at: int) -> Token | None:
    """The percentage behind fraction number `at`, unless another fraction comes first."""
    fraction = sentence.tokens[at]
    for token in sentence.tokens[at + 1 :]:
        if token.kind == FRACTION or token.start - fraction.end > _FARTHEST:
            return None
        if token.kind == PERCENT:
            gap = sentence.between(fraction.end, token.start)
            open_words = _BRACKETED.sub("", gap)
            ties = _CONNECTS.search(gap) and is_share(sentence, token) and not _APART.search(open_words)
            return token if ties else None
    return None


_TOLD_BEHIND = re.compile(
    r"[^;.%()]{0,90}(?:\(|tương\s+ứng|tương\s+đương|tức|hay|=|bằng)\s*(?:với\s+|là\s+|có\s+|gồm\s+)?",
    re.IGNORECASE,
)


def _preceding(sentence: Sentence, at: int, taken: set[int]) -> Token | None:
    """The percentage that fraction number `at` explains: "72,5% … (412/586 người)"."""
    if not at:
        return None
    percent, fraction = sentence.tokens[at - 1], sentence.tokens[at]
    if percent.kind != PERCENT or percent.start in taken or not is_share(sentence, percent):
        return None
    return percent if _TOLD_BEHIND.fullmatch(sentence.between(percent.end, fraction.start)) else None


_OF_TOTAL = re.compile(r"(?:trên|trong|/)\s*(?:tổng(?:\s+(?:số|cộng))?|số)?\s*$", re.IGNORECASE)
_TOTAL_FIRST = re.compile(r"(?:trong|trên)\s+(?:tổng\s+)?số\s*$|(?:^|\W)tổng(?:\s+số)?\s*$", re.IGNORECASE)
_IN_TOTAL = re.compile(r"(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?$", re.IGNORECASE)


def of_totals(sentence: Sentence) -> Iterator[Share]:
    """Percentages whose total is told in words: "a trên tổng số b, đạt c%", "trong số b có a, chiếm c%"."""
    tokens = [token for token in sentence.tokens if token.kind in (COUNT, PERCENT, FRACTION)]
    for at in range(2, len(tokens)):
        first, second, percent = tokens[at - 2 : at + 1]
        if (first.kind, second.kind, percent.kind) != (COUNT, COUNT, PERCENT):
            continue
        gap = sentence.between(second.end, percent.start)
        if not (_STRONGLY.search(gap) and is_share(sentence, percent)) or ";" in gap:
            continue
        between = sentence.between(first.end, second.start)
        if _OF_TOTAL.search(between) and len(between) < 120 and ";" not in between:
            yield Share(sentence, percent, first, second)
        elif _is_total_first(sentence, first, between, gap) or (
            percent.value != 100 and _is_part_of_same(sentence, second, between, gap)
        ):
            yield Share(sentence, percent, second, first)


def _is_total_first(sentence: Sentence, total: Token, between: str, gap: str) -> bool:
    """Whether `total` opens "trong tổng số 640 phòng, có 352 phòng, chiếm 56%"."""
    before = sentence.before(total)
    if ";" in between or not re.search(r"\b(?:có|đã|thì)\b", between) or not _TOTAL_FIRST.search(before):
        return False
    # "Tổng số 370 trường, trong đó 231 trường phổ thông, đạt 100%" says nothing of 231 ÷ 370.
    return bool(_IN_TOTAL.search(before)) or bool(re.search(rf"chiếm|\(|{_RATE}", gap))


def _is_part_of_same(sentence: Sentence, part: Token, between: str, gap: str) -> bool:
    """Whether "9.202 giáo viên, trong đó 7.661 giáo viên …, chiếm 84,34%" counts the same things twice."""
    things, _mark, _rest = between.partition("trong đó")
    counted = things.split()[:2]
    return (
        len(things) < len(between)
        and ";" not in between
        and len(counted) == 2
        and sentence.after(part).split()[:2] == [one.strip(",:") for one in counted]
        and bool(re.search(rf"chiếm|\(|{_RATE}", gap))
    )


_CLOSES = re.compile(
    r"\s*(?:[.,;)\]]|$|(?:trong|trên)?\s*(?:tổng|số|so\s+với|nhu\s+cầu|yêu\s+cầu|và\s))", re.IGNORECASE
)


def of_counts(sentence: Sentence) -> Iterator[Share]:
    """Percentages right behind the count that they are the share of, without a total: "a, đạt tỉ lệ c%"."""
    tokens = sentence.tokens
    for before, percent in pairwise(tokens):
        if (before.kind, percent.kind) != (COUNT, PERCENT) or before.is_soft or percent.is_soft:
            continue
        gap = sentence.between(before.end, percent.start)
        if len(gap) > 140 or ";" in gap or not is_share(sentence, percent) or _APART.search(gap):
            continue
        if _is_tied(gap) and _CLOSES.match(sentence.after(percent)):
            yield Share(sentence, percent, before, None)


_TIED = re.compile(
    rf"[,:-]\s*(?:đã\s+)?(?:(?:đạt|chiếm|đáp\s+ứng|tương\s+đương|tương\s+ứng)(?:\s+(?:với|{_RATE}))?|{_RATE})"
    r"\s*(?:đạt|là|:)?\s*$"
    rf"|\(\s*(?:(?:đạt|chiếm|đáp\s+ứng|tương\s+đương|tương\s+ứng)?\s*(?:với|{_RATE})?)\s*:?\s*$"
    rf"|\bchiếm(?:\s+{_RATE})?\s*:?\s*$",
    re.IGNORECASE,
)


def _is_tied(gap: str) -> bool:
    return bool(_TIED.search(gap))


_TOTAL_BEFORE = re.compile(r"(?:^|\W)(?:trong|trên)(?:\s+(?:tổng\s+)?số)?\s*$", re.IGNORECASE)
_SHARE_OPENS = re.compile(
    r"[^,:;.()]{1,80},\s*(?:(?:đã\s+)?có\s+|chỉ\s+(?:có\s+)?|mới\s+(?:có\s+)?)?", re.IGNORECASE
)
_TOTAL_BEHIND = re.compile(r"[^,:;.()%]{0,40}\b(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?", re.IGNORECASE)


def of_bases(sentence: Sentence) -> Iterator[Share]:
    """Percentages of a total without a count: "trong 34 trường, 83,3% …", "62,3% trong số 26 đơn vị"."""
    tokens = sentence.tokens
    for first, second in pairwise(tokens):
        if first.is_soft or second.is_soft:
            continue
        gap = sentence.between(first.end, second.start)
        kinds = first.kind, second.kind
        if kinds == (COUNT, PERCENT) and _TOTAL_BEFORE.search(sentence.before(first)):
            if _SHARE_OPENS.fullmatch(gap):
                yield Share(sentence, second, None, first)
        elif kinds == (PERCENT, COUNT) and is_share(sentence, first) and _TOTAL_BEHIND.fullmatch(gap):
            yield Share(sentence, first, None, second)
