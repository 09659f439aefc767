"""What every figure must read as: written from its exact numbers by a second hand.

The products get their texts from `dxreport.lib.numbers` and their percentages from
`indicators.arithmetic`; were these asked here, a fault of theirs would agree with itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reporting.figures import Figure

DASH = "–"


@dataclass(frozen=True)
class Told:
    """What one place of a product says of a figure, and what it must say."""

    code: str
    aspect: str
    place: str
    expected: str
    found: str

    @property
    def agrees(self) -> bool:
        """Whether the two texts are the same, letter by letter."""
        return self.expected == self.found


Facts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Exact:
    """The exact sums of a figure, as whatever holds them has them."""

    code: str
    is_ratio: bool
    numerator: int | None
    denominator: int | None
    counted: int
    expected: int
    target: Decimal | None = None


def facts_of(figures: Iterable[Figure]) -> dict[str, dict[str, str]]:
    """By indicator and aspect the text that stands for it everywhere; a dash where there is nothing."""
    return facts_of_sums(
        Exact(
            one.code,
            one.is_ratio,
            one.numerator,
            one.denominator,
            one.units_counted,
            one.units_expected,
            one.target.value if one.target else None,
        )
        for one in figures
    )


def facts_of_sums(sums: Iterable[Exact]) -> dict[str, dict[str, str]]:
    """The same from exact sums, such as those that an edition keeps."""
    return {one.code: _facts(one) for one in sums}


def _facts(figure: Exact) -> dict[str, str]:
    numerator, denominator = figure.numerator, figure.denominator
    facts = {
        "numerator": number(numerator),
        "denominator": number(denominator),
        "value": percent(numerator, denominator) if figure.is_ratio else number(numerator),
        "counted": number(figure.counted),
        "expected": number(figure.expected),
        "coverage": _coverage(figure),
    }
    if numerator is not None and denominator is not None:
        facts["rest"] = number(denominator - numerator)
    if figure.target is not None:
        facts["target"] = number(figure.target) + ("%" if figure.is_ratio else "")
    return facts


def _coverage(figure: Exact) -> str:
    """A unit that nobody asks is not covered, and not uncovered either."""
    if not figure.expected:
        return DASH
    return f"{number(figure.counted)}/{number(figure.expected)} đơn vị"


def number(value: int | Decimal | None) -> str:
    """7661 -> "7.661", 84.50 -> "84,5", None -> a dash."""
    if value is None:
        return DASH
    whole, _point, fraction = f"{value:f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups: list[str] = []
    while len(digits) > 3:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    fraction = fraction.rstrip("0")
    return sign + ".".join([digits, *groups]) + (f",{fraction}" if fraction else "")


def percent(numerator: int | None, denominator: int | None) -> str:
    """The share in hundredths of a percent, half of one upwards: in whole numbers only."""
    if numerator is None or not denominator:
        return DASH
    hundredths = (20_000 * numerator + denominator) // (2 * denominator)
    return f"{number(Decimal(hundredths).scaleb(-2))}%"
