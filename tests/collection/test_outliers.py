"""The modified z-score, against a second calculation with fractions and the statistics module."""

import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.outliers import (
    FEWEST_PEERS,
    LIMIT,
    Rate,
    against_history,
    against_peers,
    judge,
    median,
)

counts = st.integers(min_value=0, max_value=10**9)
samples = st.lists(counts, min_size=1, max_size=40)


def by_hand(number: int, others: list[int]) -> Fraction | None:
    """Iglewicz and Hoaglin's M, exactly; None where the others are all equal."""
    values = [Fraction(other) for other in others]
    middle = statistics.median(values)
    deviations = [abs(value - middle) for value in values]
    mad = statistics.median(deviations)
    if mad:
        return Fraction(6745, 10_000) * (number - middle) / mad
    mean = statistics.mean(deviations)
    return (number - middle) / (Fraction(1_253_314, 1_000_000) * mean) if mean else None


@given(counts, samples)
def test_the_score_is_that_of_a_second_calculation(number, others):
    verdict, expected = judge(Decimal(number), [Decimal(other) for other in others]), by_hand(number, others)
    assert (verdict is None) == (expected is None)
    if verdict is not None and expected is not None:
        assert abs(Fraction(verdict.score) - expected) <= abs(expected) / 10**50
        assert verdict.is_out_of_line == (abs(expected) > Fraction(7, 2))
        assert verdict.compared == len(others)


@given(samples)
def test_the_median_is_that_of_the_statistics_module(numbers):
    assert median([Decimal(number) for number in numbers]) == statistics.median(map(Decimal, numbers))


@given(counts, samples, st.integers(min_value=1, max_value=10**6), st.integers(min_value=0, max_value=10**6))
def test_the_verdict_does_not_change_with_scale_or_origin(number, others, factor, shift):
    first = judge(Decimal(number), [Decimal(other) for other in others])
    second = judge(Decimal(number * factor + shift), [Decimal(other * factor + shift) for other in others])
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert abs(first.score - second.score) <= abs(first.score) / 10**50
        assert first.is_out_of_line == second.is_out_of_line


@given(counts, counts, st.integers(min_value=0, max_value=40))
def test_equal_numbers_give_no_verdict(number, other, times):
    assert judge(Decimal(number), [Decimal(other)] * times) is None
    assert against_history(number, [other] * times) is None


@given(counts, samples)
def test_a_number_and_its_mirror_image_score_alike(number, others):
    top = 10**9
    first = judge(Decimal(number), [Decimal(other) for other in others])
    mirrored = judge(Decimal(top - number), [Decimal(top - other) for other in others])
    assert (first is None) == (mirrored is None)
    if first is not None and mirrored is not None:
        assert first.score == mirrored.score.copy_negate()


def test_exactly_at_the_limit_is_in_line():
    # MAD 1349, so that 0.6745 x 7000 / 1349 is 3.5 to the digit.
    others = [Decimal(one) for one in (0, 0, 1349, 2698, 2698)]
    at, beyond = judge(Decimal(1349 + 7000), others), judge(Decimal(1349 + 7001), others)
    assert at
    assert beyond
    assert at.score == LIMIT
    assert [at.is_out_of_line, beyond.is_out_of_line] == [False, True]


@pytest.mark.parametrize(
    ("number", "earlier", "is_out"),
    [
        (900, [100, 102, 98], False),  # three periods are too few
        (900, [100, 102, 98, 101], True),
        (100, [100, 102, 98, 101], False),
        (0, [100, 102, 98, 101], True),
        (107, [100, 100, 100, 101], False),  # far by the score, less than a tenth away
        (8, [4, 4, 4, 5], False),  # a handful
        (0, [4, 4, 4, 5], False),
        (30, [4, 4, 4, 5], True),
    ],
)
def test_a_count_is_judged_against_the_units_earlier_periods(number, earlier, is_out):
    assert (against_history(number, earlier) is not None) == is_out


def rates(*percents: int, size: int = 100) -> list[Rate]:
    return [Rate(size, Decimal(percent)) for percent in percents]


USUAL = rates(60, 61, 62, 59, 60, 61, 58, 63)


@pytest.mark.parametrize(
    ("own", "others", "is_out"),
    [
        (Rate(100, Decimal(98)), USUAL, True),
        (Rate(100, Decimal(20)), USUAL, True),
        (Rate(100, Decimal(64)), USUAL, False),
        (Rate(100, Decimal(98)), USUAL[: FEWEST_PEERS - 1], False),
        (Rate(50, Decimal(98)), USUAL, True),
        (Rate(200, Decimal(98)), USUAL, True),
        (Rate(49, Decimal(98)), USUAL, False),  # the others are more than twice as large
        (Rate(201, Decimal(98)), USUAL, False),
        (Rate(100, Decimal(91)), rates(*[100] * 7, 99), False),  # less than ten points away
        (Rate(100, Decimal(85)), rates(*[100] * 7, 99), True),
        (Rate(100, Decimal(85)), rates(*[100] * 8), False),
    ],
)
def test_a_share_is_judged_against_others_of_similar_size(own, others, is_out):
    assert (against_peers(own, others) is not None) == is_out


def test_the_median_of_peers_is_that_of_those_of_similar_size():
    verdict = against_peers(Rate(100, Decimal(98)), [*USUAL, *rates(5, 5, 5, 5, 5, 5, 5, 5, 5, size=1000)])
    assert verdict
    assert (verdict.median, verdict.compared) == (Decimal("60.5"), 8)
