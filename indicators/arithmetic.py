"""The arithmetic of indicators: plain functions on integers and Decimal, no database.

A ratio is the sum of numerators over the sum of denominators of the units that gave both;
nothing here averages percentages, and nothing rounds before a figure is shown.
"""

from dataclasses import dataclass
from decimal import Decimal

from dxreport.lib.numbers import rounded

HUNDRED = Decimal(100)


def ratio(numerator: int | None, denominator: int | None) -> Decimal | None:
    """`numerator` of `denominator` in percent, exact to 28 digits.

    None where either is missing or the denominator is not positive: that is "no value", never 0 %.
    """
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return HUNDRED * Decimal(numerator) / Decimal(denominator)


def percentage(numerator: int | None, denominator: int | None) -> Decimal | None:
    """The ratio as it is published: in percent, half-up to two decimals, or None."""
    exact = ratio(numerator, denominator)
    return None if exact is None else rounded(exact)


@dataclass(frozen=True)
class Contribution:
    """What one unit (or a sum of units) brings to an indicator in a period.

    `counted` and `expected` are numbers of units. A unit that did not give both sides brings
    no numerator and no denominator, and still counts as expected.
    """

    numerator: int = 0
    denominator: int = 0
    counted: int = 0
    expected: int = 0

    def __add__(self, other: "Contribution") -> "Contribution":
        return Contribution(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.counted + other.counted,
            self.expected + other.expected,
        )

    def __sub__(self, other: "Contribution") -> "Contribution":
        return Contribution(
            self.numerator - other.numerator,
            self.denominator - other.denominator,
            self.counted - other.counted,
            self.expected - other.expected,
        )

    def __bool__(self) -> bool:
        return any((self.numerator, self.denominator, self.counted, self.expected))
