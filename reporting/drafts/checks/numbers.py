"""Numbers typed by hand where a token belongs: they are right today at best, and nobody corrects them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from reporting.drafts.checks.finding import ERROR, WARNING, Finding
from reporting.drafts.checks.section import Section
from reporting.figures import Figure
from reporting.lint.numbers import COUNT, FRACTION, PERCENT, tokens_of
from reporting.lint.numbers import Token as Number
from reporting.report.aspects import ASPECTS, Told
from reporting.report.markup import Prose, Words, walk
from reporting.report.source import Source

# Aspects that a number may be, in the order in which they are offered.
_SHARES = ("value", "target", "earlier")
_COUNTS = (
    "numerator",
    "denominator",
    "value",
    "gap",
    "rest",
    "target",
    "counted",
    "expected",
    "missing_count",
)
_BETWEEN = re.compile(r"[.;:!?](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+")
# Words that every sentence of a report has; they say nothing of its subject.
_EMPTY = frozenset(
    _WORD.findall(
        "có được là của và các những số tỉ tỷ lệ trọng đạt tổng trong cho với theo về từ đến đã đang sẽ này "
        "trên dưới bằng hoặc hay thì mà ở tại để do bởi như người một hai ba"
    )
)
# What is compared, wished for or past is no figure of this period.
_OTHERWISE = re.compile(
    r"(mục tiêu|chỉ tiêu|kế hoạch|phấn đấu|yêu cầu|tăng|giảm|vượt|so với|còn thiếu|thiếu|thêm|cao hơn"
    r"|thấp hơn|năm trước|kỳ trước|năm (?:19|20)\d\d là)[^,;.]{0,25}$",
    re.IGNORECASE,
)
# Another place or another time has figures of its own.
_ELSEWHERE = re.compile(
    r"\b(?:[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Tt]hành phố|[Tt]ỉnh|[Tt]rường|[Pp]hòng)"
    r"(?: [^\W\d_]+){0,8}? [A-ZĐ]|\b(?:cả nước|toàn quốc|bình quân|trung bình|dự kiến|ước)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# How far words can belong to a number: a line without an end must not be read whole for each number in it.
_REACH, _NEAR = 700, 60
CERTAIN, SURE, LIKELY = 1, 0.75, 0.5
SMALL = 1000  # below, many things have the same number


@dataclass(frozen=True)
class _Subject:
    """A figure, and how much of its name stands around a number."""

    figure: Figure
    score: float


def typed_numbers(section: Section, source: Source) -> Iterator[Finding]:
    """Counts, shares and fractions among an author's words that are a figure, or that differ from one."""
    for prose in section.prose:
        line = _only_words(section, prose)
        for number in tokens_of(line):
            if number.kind in (COUNT, PERCENT, FRACTION):
                yield from _number(section, prose, line, number, source)


def _only_words(section: Section, prose: Prose) -> str:
    """The paragraph's source with spaces for all that is not words, so that every place stays its own."""
    start, end = prose.at
    blank = [" "] * (end - start)
    for part in walk(prose.parts):
        if isinstance(part, Words):
            blank[part.at[0] - start : part.at[1] - start] = section.text[slice(*part.at)]
    line = "".join(blank)
    # "{A1.1.numerator}/9.083": half a fraction.
    return re.sub(r"(?<=[\s])/(?=\d)|(?<=\d)/(?=\s)", " ", line)


def _number(section: Section, prose: Prose, line: str, number: Number, source: Source) -> Iterator[Finding]:
    clause = _clause(line, number)
    subjects = _subjects(clause, source)
    at = (prose.at[0] + number.start, prose.at[0] + number.end)
    same = next(_same(number, subjects), None)
    if same is not None:
        figure, offer = same
        message = _("Số gõ tay trùng với %(name)s. Hãy dùng ký hiệu để số luôn đúng.")
        yield section.finding("typed", WARNING, at, message % {"name": _named(figure)}, offer)
        return
    differs = None if _is_elsewhere(clause, source) else _differing(number, subjects, line)
    if differs is not None:
        figure, offer = differs
        severity = ERROR if subjects[0].score >= CERTAIN else WARNING
        message = _("Số gõ tay khác số liệu: %(name)s là %(value)s.")
        named = {"name": _named(figure), "value": _printed(figure, number)}
        yield section.finding("contradiction", severity, at, message % named, offer)


def _is_elsewhere(clause: str, source: Source) -> bool:
    """Whether a clause speaks of another unit, another time, or what is only expected."""
    years = range(source.period.starts_on.year, source.period.ends_on.year + 1)
    own = clause.replace(source.unit.name, "")
    return bool(_ELSEWHERE.search(own)) or any(int(year) not in years for year in _YEAR.findall(clause))


def _clause(line: str, number: Number) -> str:
    """The words around a number, up to the marks that end a thought."""
    first, last = max(0, number.start - _REACH), min(len(line), number.end + _REACH)
    before = [found.end() for found in _BETWEEN.finditer(line, first, number.start)]
    after = _BETWEEN.search(line, number.end, last)
    return line[before[-1] if before else first : after.start() if after else last]


def _subjects(clause: str, source: Source) -> list[_Subject]:
    """The figures with a value, the one whose name is best told by the clause first."""
    words = _content(clause)
    scored = [
        _Subject(one, max(_told(words, name) for name in (one.indicator.short_name, one.indicator.name)))
        for one in source.asked
        if one.value is not None
    ]
    return sorted(scored, key=lambda one: -one.score)


def _told(words: frozenset[str], name: str) -> float:
    wanted = _content(name)
    return len(wanted & words) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=2048)
def _content(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _EMPTY


def _same(number: Number, subjects: Iterable[_Subject]) -> Iterator[tuple[Figure, str]]:
    """Figures that a number is, with the token to put there: the best told first."""
    ranked = list(subjects)
    found = [(one, offer) for one in ranked if (offer := _offer(number, one.figure))]
    for one, offer in found:
        if one.score >= LIKELY or (_is_telling(number) and len(found) == 1):
            yield one.figure, offer


def _is_telling(number: Number) -> bool:
    """Whether a number is hardly met by chance: "84,34%", "7.661", "27/84"."""
    if number.kind == PERCENT:
        return number.places >= 2
    return number.kind == FRACTION or number.value >= SMALL


def _offer(number: Number, figure: Figure) -> str:
    """The token that stands for a number; "" where the figure has no such number."""
    if number.kind == FRACTION:
        whole = (figure.numerator, figure.denominator)
        if tuple(map(int, number.values)) != whole or not figure.is_ratio:
            return ""
        return f"{{{figure.code}.numerator}}/{{{figure.code}.denominator}}"
    if number.kind == PERCENT:
        if figure.is_ratio and figure.value is not None and _rounded(figure.value, number) == number.value:
            return f"{{{figure.code}.value}}"
        return ""
    for aspect in _COUNTS:
        if not (figure.is_ratio and aspect in ("value", "target")) and _exact(figure, aspect) == number.value:
            return f"{{{figure.code}.{aspect}}}"
    return ""


def _exact(figure: Figure, aspect: str) -> Decimal | None:
    said = ASPECTS[aspect].say(Told(figure))
    return Decimal(said[1]) if said and said[1] else None


def _rounded(value: Decimal, number: Number) -> Decimal:
    """The value with as many decimals as were typed."""
    return value.quantize(Decimal(1).scaleb(-number.places), ROUND_HALF_UP)


def _differing(number: Number, subjects: list[_Subject], line: str) -> tuple[Figure, str] | None:
    """The figure that the words around a number name beyond doubt, where it has another value."""
    if not subjects or number.is_soft or _OTHERWISE.search(line, max(0, number.start - _NEAR), number.start):
        return None
    best = subjects[0].figure
    rivals = [one.figure for one in subjects if one.score == subjects[0].score]
    if subjects[0].score < SURE or len(rivals) > 1 or _is_known(number, best):
        return None
    if number.kind == FRACTION and best.is_ratio:
        return best, f"{{{best.code}.numerator}}/{{{best.code}.denominator}}"
    if number.kind == PERCENT and best.is_ratio:
        return best, f"{{{best.code}.value}}"
    measure = best.indicator.unit_of_measure
    if number.kind == COUNT and measure and line[number.end :].lstrip().startswith(measure):
        return best, f"{{{best.code}.{'numerator' if best.is_ratio else 'value'}}}"
    return None


def _is_known(number: Number, figure: Figure) -> bool:
    """Whether a number is something else of the same figure, such as its target."""
    if number.kind == FRACTION:
        return False
    aspects = _SHARES if number.kind == PERCENT else _COUNTS
    return any(_exact(figure, aspect) == number.value for aspect in aspects)


def _named(figure: Figure) -> str:
    return f"{figure.code} “{figure.indicator.short_name}”"


def _printed(figure: Figure, number: Number) -> str:
    """The figure as it would be printed in that place."""
    if number.kind == PERCENT:
        return figure.display
    told = Told(figure)
    parts = ("numerator", "denominator") if number.kind == FRACTION else ("numerator",)
    return "/".join(said[0] for part in parts if (said := ASPECTS[part].say(told)))
