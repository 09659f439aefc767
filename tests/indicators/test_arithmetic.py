"""Ratios and contributions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic import Contribution, percentage, ratio

NATION = 10**17  # more than any sum of cells
CONTRIBUTIONS = st.builds(Contribution, *[st.integers(-NATION, NATION)] * 4)


@given(st.integers(0, NATION), st.integers(1, NATION))
def test_a_percentage_is_the_exact_quotient_rounded_once(numerator, denominator):
    hundredths = Fraction(10_000 * numerator, denominator)
    expected = hundredths.__floor__() + (hundredths % 1 >= Fraction(1, 2))

    assert percentage(numerator, denominator) == Decimal(expected) / 100


@pytest.mark.parametrize(
    ("numerator", "denominator", "published"),
    [
        (7661, 9083, "84.34"),
        (8899, 9202, "96.71"),
        (200, 231, "86.58"),
        (1726, 3647, "47.33"),
        (1, 8, "12.5"),
    ],
)
def test_published_figures_come_out(numerator, denominator, published):
    assert percentage(numerator, denominator) == Decimal(published)


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(None, 5), (5, None), (None, None), (5, 0), (0, 0), (5, -1)]
)
def test_without_a_positive_denominator_there_is_no_value(numerator, denominator):
    assert ratio(numerator, denominator) is None
    assert percentage(numerator, denominator) is None


def test_nobody_of_somebody_is_zero_percent_and_not_missing():
    assert percentage(0, 5) == 0


@given(st.lists(CONTRIBUTIONS))
def test_contributions_add_up_in_any_order(parts):
    assert sum(parts, Contribution()) == sum(reversed(parts), Contribution())


@given(CONTRIBUTIONS, CONTRIBUTIONS)
def test_taking_away_what_was_added_gives_the_same_back(first, second):
    assert first + second - second == first


@given(CONTRIBUTIONS)
def test_only_a_contribution_of_nothing_is_false(one):
    assert bool(one) == (one != Contribution())
