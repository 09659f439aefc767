"""Numbers that stand far from others of their kind. Pure: plain values, no database, no floats.

The method is the modified z-score of Iglewicz and Hoaglin, "How to Detect and Handle Outliers"
(ASQC Basic References in Quality Control 16, 1993): distance from the median over the median
absolute deviation (MAD), which, unlike mean and standard deviation, the outlier itself cannot
drag along. Where more than half of the numbers are equal the MAD is 0, and the mean absolute
deviation takes its place with its own constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

FROM_MAD = Decimal("0.6745")
TO_MEAN_DEVIATION = Decimal("1.253314")
LIMIT = Decimal("3.5")

# Below these numbers of others a median says nothing; a median of eight names no single school.
FEWEST_PERIODS = 4
FEWEST_PEERS = 8
# What nobody would ask about, however closely the others agree: less than ten percentage points
# between rates, less than a tenth of the usual number, or a handful.
LEAST_POINTS = Decimal(10)
LEAST_SHARE = Decimal("0.1")
LEAST_COUNT = Decimal(5)

_EXACT = Context(prec=100)


@dataclass(frozen=True)
class Verdict:
    """Where a number stands among `compared` others; `score` is below 0 for a low one."""

    median: Decimal
    score: Decimal
    compared: int

    @property
    def is_out_of_line(self) -> bool:
        """Whether the number is an outlier by Iglewicz and Hoaglin's limit."""
        return abs(self.score) > LIMIT


def judge(number: Decimal, others: Sequence[Decimal]) -> Verdict | None:
    """`number` against `others`; None where these are all equal, or there are none."""
    if not others:
        return None
    with localcontext(_EXACT):
        middle = median(others)
        deviations = [abs(other - middle) for other in others]
        mad = median(deviations)
        distance = number - middle
        if mad:
            return Verdict(middle, FROM_MAD * distance / mad, len(others))
        total = sum(deviations)
        if not total:
            return None
        return Verdict(middle, distance * len(others) / (TO_MEAN_DEVIATION * total), len(others))


def median(numbers: Sequence[Decimal]) -> Decimal:
    """The number in the middle, or half-way between the two in the middle."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def against_history(number: int, earlier: Sequence[int]) -> Verdict | None:
    """A count against the unit's own earlier periods; None where it is in line or they are few."""
    if len(earlier) < FEWEST_PERIODS:
        return None
    found = judge(Decimal(number), [Decimal(one) for one in earlier])
    if found is None or not found.is_out_of_line:
        return None
    distance = abs(number - found.median)
    return found if distance >= max(LEAST_COUNT, LEAST_SHARE * found.median) else None


@dataclass(frozen=True, order=True)
class Rate:
    """A share in percent and the size it is a share of."""

    size: int
    percent: Decimal


def against_peers(own: Rate, others: Sequence[Rate]) -> Verdict | None:
    """A share against those of others half to twice as large; None where in line, or they are few."""
    peers = [one.percent for one in others if own.size <= 2 * one.size and one.size <= 2 * own.size]
    if len(peers) < FEWEST_PEERS:
        return None
    found = judge(own.percent, peers)
    if found is None or not found.is_out_of_line:
        return None
    return found if abs(own.percent - found.median) >= LEAST_POINTS else None
