"""Which target holds, whether it is met, and how much is still needed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic import ratio
from indicators.models import Indicator, Target
from indicators.targets import Status, gap, requirement, status, target_for

Kind, Comparison = Indicator.Kind, Target.Comparison
NUMERATORS = st.integers(0, 10**15)
DENOMINATORS = st.integers(1, 10**15)
VALUES = st.decimals(0, 100, places=2, allow_nan=False)


def target(value: str | Decimal = "50", comparison: str = Comparison.AT_LEAST, **fields: object) -> Target:
    return Target(**{"year": 2025, "value": Decimal(value), "comparison": comparison, **fields})


NATION_2025 = target(year=2025)
NATION_2030 = target(year=2030)
PRIMARY = target(scope="level", scope_code="primary", year=2025)
PROVINCE = target(scope="unit", scope_code="DN", year=2024)
PROVINCE_2026 = target(scope="unit", scope_code="DN", year=2026)
DISTRICT = target(scope="unit", scope_code="DN-1", year=2025)
ALL = [NATION_2030, PROVINCE_2026, DISTRICT, NATION_2025, PRIMARY, PROVINCE]

CHOSEN = [
    # year, unit codes nearest first, levels, target
    (2023, (), (), NATION_2025),
    (2025, (), (), NATION_2025),
    (2026, (), (), NATION_2030),
    (2031, (), (), NATION_2030),
    (2023, ("DN-1", "DN"), (), DISTRICT),
    (2023, ("DN-2", "DN"), (), PROVINCE),
    (2025, ("DN-2", "DN"), (), PROVINCE_2026),
    (2027, ("DN-2", "DN"), (), PROVINCE_2026),
    (2030, ("DN-1", "DN"), (), DISTRICT),
    (2023, (), ("primary",), PRIMARY),
    (2023, ("DN-3",), ("primary",), PRIMARY),
    (2023, ("DN",), ("primary",), PROVINCE),
    (2023, ("DN-3",), ("preschool",), NATION_2025),
]


@pytest.mark.parametrize(("year", "units", "levels", "expected"), CHOSEN)
def test_the_nearest_scope_wins_and_then_the_first_year_ahead(year, units, levels, expected):
    for targets in (ALL, ALL[::-1]):
        assert target_for(targets, year=year, unit_codes=units, levels=levels) is expected


def test_without_a_target_of_a_scope_that_holds_there_is_none():
    assert target_for([], year=2023) is None
    assert target_for([DISTRICT, PRIMARY], year=2023, unit_codes=["DN-2", "DN"]) is None


STATED = [
    (Kind.RATIO, Decimal("50"), target("50"), Status.MET),
    (Kind.RATIO, Decimal("49.99"), target("50"), Status.NOT_MET),
    (Kind.RATIO, Decimal("50"), target("50", Comparison.MORE_THAN), Status.NOT_MET),
    (Kind.RATIO, Decimal("50.01"), target("50", Comparison.MORE_THAN), Status.MET),
    (Kind.RATIO, Decimal("5"), target("5", Comparison.AT_MOST), Status.MET),
    (Kind.RATIO, Decimal("5.01"), target("5", Comparison.AT_MOST), Status.NOT_MET),
    (Kind.RATIO, Decimal(0), target("50"), Status.NOT_MET),
    (Kind.COUNT, Decimal(12), target("12"), Status.MET),
    (Kind.DISTINCT, 11, target("12"), Status.NOT_MET),
    (Kind.RATIO, None, target("50"), Status.NO_VALUE),
    (Kind.RATIO, None, None, Status.NO_VALUE),
    (Kind.RATIO, Decimal("50"), None, Status.NO_TARGET),
    (Kind.NOT_APPLICABLE, None, None, Status.NOT_APPLICABLE),
    (Kind.NOT_APPLICABLE, None, target("50"), Status.NOT_APPLICABLE),
]


@pytest.mark.parametrize(("kind", "value", "wanted", "expected"), STATED)
def test_where_a_figure_stands(kind, value, wanted, expected):
    assert status(kind, value, wanted) is expected


def reached(numerator: int, denominator: int, wanted: Target) -> bool:
    """The same question answered by other means: with fractions."""
    share, value = Fraction(100 * numerator, denominator), Fraction(wanted.value)
    return {
        Comparison.AT_LEAST: share >= value,
        Comparison.MORE_THAN: share > value,
        Comparison.AT_MOST: share <= value,
    }[Comparison(wanted.comparison)]


@given(NUMERATORS, DENOMINATORS, VALUES, st.sampled_from(Comparison))
def test_the_gap_is_the_least_that_reaches_the_target(numerator, denominator, value, comparison):
    wanted = target(value, comparison)
    step = -1 if comparison == Comparison.AT_MOST else 1

    missing = gap(Kind.RATIO, numerator, denominator, wanted)

    if missing is None:
        assert reached(numerator, denominator, wanted)
    else:
        assert not reached(numerator, denominator, wanted)
        assert not reached(numerator + step * (missing - 1), denominator, wanted)
        assert reached(numerator + step * missing, denominator, wanted)


@given(NUMERATORS, DENOMINATORS, VALUES, st.sampled_from(Comparison))
def test_a_gap_and_not_being_met_are_the_same_thing(numerator, denominator, value, comparison):
    wanted = target(value, comparison)
    stands = status(Kind.RATIO, ratio(numerator, denominator), wanted)

    assert (gap(Kind.RATIO, numerator, denominator, wanted) is None) == (stands is Status.MET)


def test_the_published_gap_of_pupils_with_a_computer():
    assert gap(Kind.RATIO, 64_450, 150_525, target("50")) == 10_813


@pytest.mark.parametrize(
    ("kind", "numerator", "denominator", "wanted"),
    [
        (Kind.COUNT, 1, None, target("50")),
        (Kind.DISTINCT, 1, None, target("50")),
        (Kind.NOT_APPLICABLE, None, None, target("50")),
        (Kind.RATIO, None, None, target("50")),
        (Kind.RATIO, 0, 0, target("50")),
        (Kind.RATIO, 1, 3, None),
    ],
)
def test_without_a_ratio_or_a_target_there_is_no_gap(kind, numerator, denominator, wanted):
    assert gap(kind, numerator, denominator, wanted) is None


def test_a_target_is_said_in_the_readers_notation():
    assert requirement(Kind.RATIO, target("50.50")) == "≥ 50,5%"
    assert requirement(Kind.COUNT, target("1200", Comparison.AT_MOST)) == "≤ 1.200"
    with translation.override("en"):
        assert requirement(Kind.RATIO, target("50.50", Comparison.MORE_THAN)) == "> 50.5%"
