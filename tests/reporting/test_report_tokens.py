import pytest

from reporting.report.aspects import ASPECTS
from reporting.report.tokens import Token, TokenError, codes_in, fill, parse, resolve
from tests.reporting.by_hand import figure, indicator, not_applicable, target

WORDS = {"unit": {"name": "Sở", "parent": ""}}


def text_of(token: str, **figures: object) -> str | None:
    (part,) = parse(token)
    assert isinstance(part, Token)
    found = resolve(part, figures=figures or {"A1.1": figure()}, words=WORDS)  # type: ignore[arg-type]
    return None if found is None else found.text


def test_a_template_is_words_and_tokens_in_order() -> None:
    assert parse("Có {A1.1.numerator} người.") == ("Có ", Token("A1.1", "numerator"), " người.")
    assert parse("Không có ký hiệu.") == ("Không có ký hiệu.",)


def test_the_code_is_all_before_the_last_dot() -> None:
    assert parse("{B1.10.value}{A4.reason}{unit.name}") == (
        Token("B1.10", "value"),
        Token("A4", "reason"),
        Token("unit", "name"),
    )


@pytest.mark.parametrize(
    "template",
    [
        "{}",
        "{A1.1}",
        "{a1 .numerator}",
        "{A1.1.Numerator}",
        "{ A1.1.numerator }",
        "{A1.1.numerator|x}",
        "{.value}",
    ],
)
def test_a_token_that_cannot_be_read_is_an_error_that_shows_it(template: str) -> None:
    with pytest.raises(TokenError) as caught:
        parse(template)
    assert template in str(caught.value)


@pytest.mark.parametrize(
    "template", ["Có {A1.1.numerator người", "Có A1.1.numerator} người", "{{A1.1.value}}"]
)
def test_a_brace_too_many_is_an_error(template: str) -> None:
    with pytest.raises(TokenError):
        parse(template)


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("{A1.1.numerator}", "7.661"),
        ("{A1.1.denominator}", "9.083"),
        ("{A1.1.value}", "84,34%"),
        ("{A1.1.rest}", "1.422"),
        ("{A1.1.expected}", "370"),
        ("{A1.1.name}", "giáo viên có máy tính"),
        ("{A1.1.measure}", "giáo viên"),
        ("{unit.name}", "Sở"),
    ],
)
def test_a_token_stands_for_the_figure_as_it_is_written(token: str, text: str) -> None:
    assert text_of(token) == text


def test_target_and_gap_are_said_as_numbers() -> None:
    short = figure(numerator=64_450, denominator=150_525, held_to=target("50"))
    assert text_of("{A2.1.target}", **{"A2.1": short}) == "50%"
    assert text_of("{A2.1.gap}", **{"A2.1": short}) == "10.813"


def test_a_reason_stands_within_a_sentence() -> None:
    assert text_of("{A4.reason}", A4=not_applicable()) == "tỉnh không có cơ sở giáo dục đại học"


@pytest.mark.parametrize("aspect", ["numerator", "denominator", "value", "rest", "gap", "names", "target"])
def test_what_a_figure_has_nothing_to_say_on_is_none_and_never_zero(aspect: str) -> None:
    empty = figure(indicator("A1.1"), None, None, counted=0, expected=3)
    assert text_of(f"{{A1.1.{aspect}}}", **{"A1.1": empty}) is None


def test_an_unknown_indicator_is_an_error() -> None:
    with pytest.raises(TokenError, match=r"A9\.9"):
        text_of("{A9.9.value}")


def test_an_unknown_aspect_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(TokenError, match="value, numerator") as caught:
        text_of("{A1.1.percentage}")
    assert all(aspect in str(caught.value) for aspect in ASPECTS)


def test_an_unknown_word_is_an_error() -> None:
    with pytest.raises(TokenError, match="nam"):
        text_of("{unit.nam}")


def test_texts_without_figures_are_filled_with_words() -> None:
    assert fill("UBND {unit.name}", WORDS) == "UBND Sở"
    with pytest.raises(TokenError):
        fill("{A1.1.value}", WORDS)


def test_a_template_names_each_subject_once() -> None:
    assert codes_in("{A1.1.numerator}/{A1.1.denominator} {unit.name}") == ["A1.1", "unit"]
