"""Percentages that do not follow from the counts beside them, or from any counts at all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from reporting.lint.faults import Fault
from reporting.lint.numbers import Token, cut_share, share
from reporting.lint.prose import Prose, Text
from reporting.lint.rules.rows import of_rows
from reporting.lint.rules.shares import Share, fractions, of_bases, of_counts, of_totals

RATIO, IMPOSSIBLE = "ratio", "impossible-ratio"
# "gần 85%" may be this far from what it stands for, in points.
_LOOSELY = 3


def ratios(text: Text) -> Iterator[Fault]:
    """a/b (chiếm c%) where c is not a ÷ b, in a sentence or over the cells of a row."""
    for sentence in text.sentences:
        for fraction, percent in fractions(sentence):
            yield from _compared(sentence.prose, percent, *fraction.values)
        for found in of_totals(sentence):
            numerator, denominator = found.counts
            assert denominator is not None
            yield from _compared(sentence.prose, found.percent, numerator.value, denominator.value)
    for tied in of_rows(text):
        yield from _compared(*tied)


def _compared(prose: Prose, percent: Token, numerator: Decimal, denominator: Decimal) -> Iterator[Fault]:
    if not denominator or numerator > denominator:
        return
    right = share(numerator, denominator, percent.places)
    if right == percent.value or (percent.is_soft and abs(right - percent.value) <= _LOOSELY):
        return
    is_cut = percent.places > 0 and cut_share(numerator, denominator, percent.places) == percent.value
    yield prose.fault(
        RATIO,
        "ratio-cut" if is_cut else "ratio",
        percent.start,
        percent.end,
        numerator=int(numerator),
        denominator=int(denominator),
        # Two decimals at least, so that it can be compared with other tables.
        computed=("%", str(share(numerator, denominator, max(percent.places, 2)))),
        rounded=("%", str(right)),
    )


def impossible(text: Text) -> Iterator[Fault]:
    """A percentage that no whole number can give with the count beside it."""
    for sentence in text.sentences:
        told = {percent.start for _fraction, percent in fractions(sentence)}
        told |= {found.percent.start for found in of_totals(sentence)}
        for found in (*of_counts(sentence), *of_bases(sentence)):
            if found.percent.start not in told and 0 < found.percent.value < 100:
                told.add(found.percent.start)
                yield from _denominator_missing(found) if found.numerator else _numerator_missing(found)


def denominators(numerator: Decimal, percent: Token) -> range:
    """The whole denominators that `numerator` gives this percentage with."""
    half = Decimal("0.5").scaleb(-percent.places)
    least = (numerator * 100 / (percent.value + half)).to_integral_value(ROUND_FLOOR)
    most = (numerator * 100 / (percent.value - half)).to_integral_value(ROUND_CEILING)
    fitting = [
        int(one)
        for one in (least, least + 1, most - 1, most)
        if one >= numerator and one and share(numerator, one, percent.places) == percent.value
    ]
    return range(min(fitting), max(fitting) + 1) if fitting else range(0)


def _denominator_missing(found: Share) -> Iterator[Fault]:
    percent, numerator = found.percent, found.counts[0].value
    if numerator < 2 or denominators(numerator, percent):
        return
    nearest = max(round(numerator * 100 / percent.value), int(numerator))
    cut = [
        one
        for one in (nearest, nearest - 1, nearest + 1)
        if one and cut_share(numerator, Decimal(one), percent.places) == percent.value
    ]
    reason = "no-denominator-cut" if cut else "no-denominator"
    yield _impossible(found, numerator, Decimal(cut[0] if cut else nearest), reason)


def _numerator_missing(found: Share) -> Iterator[Fault]:
    assert found.denominator is not None
    percent, denominator = found.percent, found.denominator.value
    if denominator < 2:
        return
    nearest = (denominator * percent.value / 100).to_integral_value()
    tried = [one for one in (nearest - 1, nearest, nearest + 1) if 0 <= one <= denominator]
    if any(share(one, denominator, percent.places) == percent.value for one in tried):
        return
    cut = [one for one in tried if cut_share(one, denominator, percent.places) == percent.value]
    reason = "no-numerator-cut" if cut else "no-numerator"
    yield _impossible(found, cut[0] if cut else nearest, denominator, reason)


def _impossible(found: Share, numerator: Decimal, denominator: Decimal, reason: str) -> Fault:
    percent = found.percent
    return found.sentence.prose.fault(
        IMPOSSIBLE,
        reason,
        percent.start,
        percent.end,
        numerator=int(numerator),
        denominator=int(denominator),
        computed=("%", str(share(numerator, denominator, max(percent.places, 2)))),
    )
