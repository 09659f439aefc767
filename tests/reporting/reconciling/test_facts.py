"""The second hand that writes the numbers: another way to the same texts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxreport.lib.numbers import format_number, format_percent
from indicators.arithmetic import percentage
from reporting.reconciling.facts import facts_of, number, percent
from tests.reporting.by_hand import figure, indicator, not_applicable, target


@given(st.one_of(st.none(), st.integers(-(10**15), 10**15), st.decimals(-(10**9), 10**9, places=2)))
def test_a_number_is_written_as_the_products_write_it(value: int | Decimal | None) -> None:
    # A zero with a sign is nobody's figure.
    if isinstance(value, Decimal) and value == 0:
        value = Decimal(0)
    assert number(value) == format_number(value, language="vi")


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_share_is_rounded_as_the_products_round_it(numerator: int, denominator: int) -> None:
    assert percent(numerator, denominator) == format_percent(
        percentage(numerator, denominator), language="vi"
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [(7661, 9083, "84,34%"), (1, 8, "12,5%"), (1, 800, "0,13%"), (5, 0, "–"), (None, 5, "–")],
)
def test_a_half_of_a_hundredth_is_rounded_upwards(numerator: int | None, denominator: int, text: str) -> None:
    assert percent(numerator, denominator) == text


def test_facts_are_what_any_product_may_tell_of_a_figure() -> None:
    facts = facts_of([figure(counted=366, held_to=target()), not_applicable()])
    assert facts["A1.1"] == {
        "numerator": "7.661",
        "denominator": "9.083",
        "value": "84,34%",
        "counted": "366",
        "expected": "370",
        "coverage": "366/370 đơn vị",
        "rest": "1.422",
        "target": "50%",
    }
    assert facts["A4"]["value"] == facts["A4"]["coverage"] == "–"
    count = facts_of([figure(indicator("B1.8", kind="count", denominator=""), 5325)])
    assert (count["B1.8"]["value"], count["B1.8"]["denominator"]) == ("5.325", "–")
