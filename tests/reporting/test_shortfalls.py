"""Which parts keep a figure from its target."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.models import Indicator
from reporting.shortfalls import shortfalls
from tests.reporting import by_hand
from tests.reporting.by_hand import figure, indicator


def test_each_part_lacks_what_it_would_need_to_reach_the_target_of_the_whole():
    found = shortfalls(
        {"far": figure(numerator=10, denominator=100), "near": figure(numerator=30, denominator=81)},
        by_hand.target("50"),
    )
    assert {name: (one.people, one.share) for name, one in found.items()} == {
        "far": (40, Decimal("79.21")),  # 40 of 40 + 10.5
        "near": (11, Decimal("20.79")),
    }


def test_a_part_beyond_the_target_lacks_nothing_and_has_no_share():
    found = shortfalls({"good": figure(numerator=60, denominator=100)}, by_hand.target("50"))["good"]
    assert (found.people, found.share) == (None, None)
    assert found.scaled < 0


def test_where_less_is_better_what_is_too_much_is_lacking():
    found = shortfalls({"bad": figure(numerator=12, denominator=100)}, by_hand.target("5", "at_most"))
    assert (found["bad"].people, found["bad"].share) == (7, Decimal(100))


def test_nothing_is_said_without_a_target_without_numbers_and_of_what_is_no_share():
    count = indicator(kind=Indicator.Kind.COUNT, denominator="")
    assert shortfalls({"one": figure()}, None) == {}
    parts = {"silent": figure(None, None, None), "count": figure(count, 5)}
    assert shortfalls(parts, by_hand.target("50")) == {}


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=20))
def test_what_parts_lack_and_what_others_have_beyond_is_what_the_whole_lacks(pairs):
    held_to = by_hand.target("37.25")
    found = shortfalls({n: figure(numerator=a, denominator=b) for n, (a, b) in enumerate(pairs)}, held_to)
    together = figure(numerator=sum(a for a, _ in pairs), denominator=sum(b for _, b in pairs))
    assert sum(one.scaled for one in found.values()) == shortfalls({0: together}, held_to)[0].scaled
