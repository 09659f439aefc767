"""What one unit brings to an indicator, and what its periods bring to a span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic import Contribution
from indicators.formula import Gap, Term
from indicators.models import Indicator
from reporting.contributions import EXPECTED, NOTHING, choices_over_span, contribution, over_span


def lookup_in(cells: dict[str, int | Gap]):
    return lambda term: cells.get(str(term), Gap.NOT_ASKED)


RATIO = Indicator(kind="ratio", numerator="with_computer", denominator="teachers")
SUM = Indicator(kind="count", numerator="primary + lower")


@pytest.mark.parametrize(
    ("cells", "brought"),
    [
        ({"with_computer": 8, "teachers": 10}, Contribution(8, 10, 1, 1)),
        ({"with_computer": 0, "teachers": 10}, Contribution(0, 10, 1, 1)),
        ({"with_computer": Gap.MISSING, "teachers": 10}, EXPECTED),
        ({"with_computer": 8, "teachers": Gap.MISSING}, EXPECTED),
        ({"with_computer": Gap.NOT_APPLICABLE, "teachers": 10}, NOTHING),
        ({"teachers": 10}, NOTHING),
    ],
)
def test_a_ratio_counts_only_units_that_gave_both_sides(cells, brought):
    assert contribution(RATIO, lookup_in(cells)) == brought


@pytest.mark.parametrize(
    ("cells", "brought"),
    [
        ({"primary": 3, "lower": 4}, Contribution(7, 0, 1, 1)),
        ({"primary": 3}, Contribution(3, 0, 1, 1)),
        ({"primary": 3, "lower": Gap.MISSING}, EXPECTED),
        ({"primary": 3, "lower": Gap.NOT_APPLICABLE}, Contribution(3, 0, 1, 1)),
        ({}, NOTHING),
    ],
)
def test_a_sum_takes_the_terms_that_a_unit_is_asked(cells, brought):
    assert contribution(SUM, lookup_in(cells)) == brought


def test_the_denominator_units_counts_each_unit_that_answered():
    indicator = Indicator(kind="ratio", numerator="level=2", denominator="units")
    assert contribution(indicator, lookup_in({"level=2": 0})) == Contribution(0, 1, 1, 1)
    assert contribution(indicator, lookup_in({"level=2": Gap.MISSING})) == EXPECTED
    assert contribution(indicator, lookup_in({})) == NOTHING


def test_an_indicator_that_does_not_apply_expects_nobody():
    assert contribution(Indicator(kind="not_applicable"), lookup_in({})) == NOTHING


def test_a_stock_over_a_span_is_its_last_period():
    assert over_span("last", [Contribution(5, 9, 1, 1), EXPECTED]) == EXPECTED
    assert over_span("last", [EXPECTED, Contribution(5, 9, 1, 1)]) == Contribution(5, 9, 1, 1)


@pytest.mark.parametrize(
    ("periods", "brought"),
    [
        ([Contribution(5, 9, 1, 1), Contribution(1, 2, 1, 1)], Contribution(6, 11, 1, 1)),
        ([Contribution(5, 9, 1, 1), EXPECTED], Contribution(5, 9, 0, 1)),
        ([NOTHING, Contribution(1, 2, 1, 1)], Contribution(1, 2, 1, 1)),
        ([NOTHING, NOTHING], NOTHING),
    ],
)
def test_a_flow_over_a_span_is_a_sum_and_covers_a_unit_that_gave_every_period(periods, brought):
    assert over_span("sum", periods) == brought


def test_choices_over_a_span_follow_the_period_rule():
    assert choices_over_span("last", [{1, 2}, {2, 3}]) == {2, 3}
    assert choices_over_span("sum", [{1, 2}, {2, 3}]) == {1, 2, 3}


numbers = st.integers(min_value=0, max_value=10**12)
contributions = st.builds(Contribution, numbers, numbers, st.integers(0, 1), st.just(1))


@given(contributions, contributions)
def test_what_is_added_can_be_taken_away(one, other):
    assert one + other - other == one


def test_term_reads_as_it_is_written():
    assert str(Term("maturity_level", "2")) == "maturity_level=2"
