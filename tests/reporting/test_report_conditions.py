from decimal import Decimal

import pytest

from reporting.figures import Figure
from reporting.report.comparison import Earlier
from reporting.report.conditions import STATES, Condition, holds, read_condition
from tests.reporting.by_hand import figure, target

SHORT = figure(held_to=target("90"))
REACHED = figure(held_to=target("50"))
EMPTY = figure(None, None, None, counted=0, held_to=target())
LESS, SAME, MORE = (Earlier(figure(numerator=before), "năm 2022") for before in (7196, 7661, 8126))
WITHOUT = Earlier(EMPTY, "năm 2022")


@pytest.mark.parametrize(
    ("words", "of", "earlier", "answer"),
    [
        ("đạt", REACHED, None, True),
        ("đạt", SHORT, None, False),
        ("chưa đạt", SHORT, None, True),
        ("chưa đạt", REACHED, None, False),
        ("tăng", REACHED, LESS, True),
        ("tăng", REACHED, SAME, False),
        ("giảm", REACHED, MORE, True),
        ("giảm", REACHED, LESS, False),
        ("không đổi", REACHED, SAME, True),
        ("không đổi", REACHED, MORE, False),
        ("dưới 84,35", SHORT, None, True),
        ("dưới 84,34", SHORT, None, False),
        ("trên 84,33", SHORT, None, True),
        ("trên 84,34", SHORT, None, False),
        ("có số liệu", SHORT, None, True),
        ("có số liệu", EMPTY, None, False),
        ("chưa có số liệu", EMPTY, None, True),
        ("có", figure(None, 1, 1), None, True),
        ("có", figure(None, 0, 1), None, False),
        ("không", figure(None, 0, 1), None, True),
    ],
)
def test_a_condition_is_met_or_not(words: str, of: Figure, earlier: Earlier | None, answer: bool) -> None:
    condition = read_condition("A1.1", words)
    assert condition is not None
    assert holds(condition, of, earlier) is answer


@pytest.mark.parametrize(
    "words", ["đạt", "chưa đạt", "tăng", "giảm", "không đổi", "dưới 5", "trên 5", "có", "không"]
)
def test_without_a_value_it_cannot_be_said(words: str) -> None:
    condition = read_condition("A1.1", words)
    assert condition is not None
    assert holds(condition, EMPTY, LESS) is None


@pytest.mark.parametrize("earlier", [None, WITHOUT])
def test_without_an_earlier_value_nothing_rises_or_falls(earlier: Earlier | None) -> None:
    assert holds(Condition("A1.1", "up"), REACHED, earlier) is None


def test_a_figure_without_target_neither_reaches_nor_misses_it() -> None:
    assert holds(Condition("A1.1", "met"), figure(), None) is None


def test_limits_are_written_as_numbers_are_in_viet_nam() -> None:
    assert read_condition("B1.8", "trên 1.200,5") == Condition("B1.8", "above", Decimal("1200.5"))
    assert Condition("B1.8", "above", Decimal("1200.5")).words == "B1.8 trên 1.200,5"
    assert read_condition("A1.1", "dưới 50%") == Condition("A1.1", "below", Decimal(50))


@pytest.mark.parametrize("words", ["", "dưới", "dưới x", "đạt 5", "cao", "dưới NaN", "trên Infinity"])
def test_other_words_are_no_condition(words: str) -> None:
    assert read_condition("A1.1", words) is None


def test_every_state_has_words_of_its_own() -> None:
    assert len(set(STATES.values())) == len(STATES)
