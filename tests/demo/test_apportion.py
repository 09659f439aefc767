from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.demo.apportion import apportion, half_up, highest


@st.composite
def receivers(draw):
    """Weights, caps and a total that the receivers can take."""
    pairs = draw(st.lists(st.tuples(st.integers(1, 10_000), st.integers(0, 5_000)), min_size=1, max_size=40))
    weights, caps = [weight for weight, _cap in pairs], [cap for _weight, cap in pairs]
    return draw(st.integers(0, sum(caps))), weights, caps


@given(receivers())
@settings(deadline=None)
def test_everything_is_shared_out_and_nobody_exceeds_their_cap(case):
    total, weights, caps = case
    shares = apportion(total, weights, caps)
    assert sum(shares) == total
    assert all(0 <= share <= cap for share, cap in zip(shares, caps, strict=True))


@given(receivers())
@settings(deadline=None)
def test_below_their_caps_shares_differ_from_exact_proportion_by_less_than_one(case):
    total, weights, caps = case
    shares = apportion(total, weights, caps)
    free = [i for i, share in enumerate(shares) if share < caps[i]]
    rest, weight = sum(shares[i] for i in free), sum(weights[i] for i in free)
    assert all(abs(shares[i] - Fraction(weights[i] * rest, weight)) < 2 for i in free)


@given(st.integers(0, 10**6), st.lists(st.integers(1, 10**6), min_size=1, max_size=60))
@settings(deadline=None)
def test_without_caps_a_share_is_the_quota_rounded_up_or_down(total, weights):
    shares = apportion(total, weights)
    assert sum(shares) == total
    assert all(
        abs(share - Fraction(total * weight, sum(weights))) < 1
        for share, weight in zip(shares, weights, strict=True)
    )


@given(receivers())
@settings(deadline=None)
def test_whoever_weighs_more_and_may_take_as_much_gets_at_least_as_much_but_one(case):
    total, weights, caps = case
    shares = apportion(total, weights, caps)
    people = sorted(zip(weights, caps, shares, strict=True))
    for lighter, heavier in pairwise(people):
        if heavier[1] >= lighter[1]:
            assert heavier[2] >= lighter[2] - 1


def test_a_tie_goes_to_whoever_comes_first():
    assert apportion(2, [5, 5, 5]) == [1, 1, 0]


def test_a_weight_of_nothing_gets_nothing():
    assert apportion(7, [1, 0, 1]) == [4, 0, 3]
    assert apportion(0, [0, 0]) == [0, 0]
    assert apportion(0, []) == []


@pytest.mark.parametrize(
    ("total", "weights", "caps"), [(5, [1, 1], [2, 2]), (1, [0], [9]), (1, [], None), (-1, [1], None)]
)
def test_more_than_can_be_taken_is_refused(total, weights, caps):
    with pytest.raises(ValueError, match="cannot share"):
        apportion(total, weights, caps)


@pytest.mark.parametrize(
    ("value", "rounded"), [("0", 0), ("1/2", 1), ("49/100", 0), ("3/2", 2), ("5/2", 3), ("7/3", 2), ("8", 8)]
)
def test_halves_go_up(value, rounded):
    assert half_up(Fraction(value)) == rounded


def test_the_highest_are_found_among_those_who_may_win():
    assert highest(2, [9, 1, 5, 5, 7], [1, 2, 3, 4]) == [2, 4]
