"""Numbers in and out: what is read, what is refused and how, what is shown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from dxreport.lib.numbers import (
    DASH,
    MAX_COUNT,
    NumberRefused,
    format_change,
    format_number,
    format_percent,
    format_quotient,
    parse_count,
    quotient,
    rounded,
)

COUNTS = st.integers(0, MAX_COUNT)
DECIMALS = st.decimals(-(10**12), 10**12, allow_nan=False, places=6)


def read_or_advice(text: str) -> int | str | None:
    """The count that `text` is read as, or the sentence with which it is refused."""
    try:
        return parse_count(text)
    except NumberRefused as refused:
        return str(refused)


@given(COUNTS)
def test_a_count_shown_in_vietnamese_is_read_back(count):
    assert parse_count(format_number(count, language="vi")) == count


@given(COUNTS)
def test_a_count_is_read_with_and_without_groups(count):
    grouped = f"{count:,d}"

    assert parse_count(str(count)) == count
    for separator in (".", " ", "\u00a0", "\u202f"):
        assert parse_count(grouped.replace(",", separator)) == count


@given(COUNTS)
def test_a_count_with_commas_is_refused_once_it_has_groups(count):
    text = f"{count:,d}"
    assume("," in text)

    with pytest.raises(NumberRefused) as refused:
        parse_count(text)
    assert str(count) in str(refused.value)
    assert text.replace(",", ".") in str(refused.value)


@given(st.text(st.sampled_from("0123456789., -\u00a0"), max_size=16))
def test_what_is_read_is_what_its_digits_say(text):
    """Whatever is accepted holds every digit that was typed, in order, and nothing else."""
    count = read_or_advice(text)
    assume(not isinstance(count, str))
    digits = "".join(character for character in text if character.isdigit())
    assert count == (int(digits) if digits else None)
    assert "," not in text
    assert "-" not in text


@given(st.text(max_size=40))
def test_any_other_text_is_refused_with_a_sentence(text):
    answer = read_or_advice(text)

    if isinstance(answer, str):
        assert answer.endswith(".")
    else:
        assert set(text) <= set("0123456789. \t\r\n\u00a0\u202f")


@pytest.mark.parametrize("blank", ["", " ", "\t\r\n", "\u00a0\u202f"])
def test_blank_is_missing_and_not_zero(blank):
    assert parse_count(blank) is None


READ = [
    ("0", 0),
    ("7661", 7661),
    ("7.661", 7661),
    (" 7.661 ", 7661),
    ("7 661", 7661),
    ("1.234.567", 1234567),
    ("007", 7),
    ("999.999.999.999", MAX_COUNT),
    ("0" * 5000, 0),
    ("0" * 5000 + "12", 12),
]


@pytest.mark.parametrize(("text", "count"), READ, ids=[text[:16] for text, _ in READ])
def test_a_count_is_read_as_a_clerk_writes_it(text, count):
    assert parse_count(text) == count


REFUSED = [
    ("7,661", "hãy gõ 7661 hoặc 7.661"),
    ("1,234,567", "hãy gõ 1234567 hoặc 1.234.567"),
    ("1.234,567", "hãy gõ 1234567 hoặc 1.234.567"),
    ("7,5", "không nhận số thập phân"),
    ("0,123", "không nhận số thập phân"),
    ("7661,0", "không nhận số thập phân"),
    ("0.123", "phân nhóm ba chữ số"),
    ("7.66", "phân nhóm ba chữ số"),
    ("76.61", "phân nhóm ba chữ số"),
    ("7661.000", "phân nhóm ba chữ số"),
    ("7.661 000", "phân nhóm ba chữ số"),
    ("7\n661", "phân nhóm ba chữ số"),
    (".", "phân nhóm ba chữ số"),
    ("-1", "không thể âm"),
    ("−1", "không thể âm"),
    ("\u20131", "không thể âm"),
    ("+1", "chỉ nhận chữ số"),
    ("mười", "chỉ nhận chữ số"),
    ("12 người", "chỉ nhận chữ số"),
    ("1e3", "chỉ nhận chữ số"),
    ("0x10", "chỉ nhận chữ số"),
    ("1_000", "chỉ nhận chữ số"),
    ("12\x00", "chỉ nhận chữ số"),
    ("\x00", "chỉ nhận chữ số"),
    ("１２３", "chỉ nhận chữ số"),
    ("٣٤", "chỉ nhận chữ số"),
    ("१२", "chỉ nhận chữ số"),
    ("²", "chỉ nhận chữ số"),
    ("½", "chỉ nhận chữ số"),
    ("1.000.000.000.000", "Số quá lớn"),
    (str(2**63), "Số quá lớn"),
    ("9" * 5000, "Số quá lớn"),
]


@pytest.mark.parametrize(("text", "advice"), REFUSED, ids=[ascii(text[:16]) for text, _ in REFUSED])
def test_what_is_no_count_is_refused_with_advice(text, advice):
    with pytest.raises(NumberRefused, match=advice.replace(".", r"\.")):
        parse_count(text)


def test_the_advice_for_too_large_a_number_names_the_limit():
    with pytest.raises(NumberRefused, match=r"999\.999\.999\.999"):
        parse_count("1" * 13)


SHOWN = [
    (7661, "7.661", "7,661"),
    (0, "0", "0"),
    (999, "999", "999"),
    (1234567, "1.234.567", "1,234,567"),
    (Decimal("84.340"), "84,34", "84.34"),
    (Decimal("84.345"), "84,35", "84.35"),
    (Decimal("84.3449999999"), "84,34", "84.34"),
    (Decimal("100.00"), "100", "100"),
    (Decimal("14.70"), "14,7", "14.7"),
    (Decimal("1234.5"), "1.234,5", "1,234.5"),
    (Decimal("-0.004"), "0", "0"),
    (Decimal("-0.005"), "-0,01", "-0.01"),
    (10**40, "10." + ".".join(["000"] * 13), "10," + ",".join(["000"] * 13)),
]


@pytest.mark.parametrize(("value", "vietnamese", "english"), SHOWN, ids=[row[1] for row in SHOWN])
def test_a_number_is_shown_in_the_readers_notation(value, vietnamese, english):
    assert format_number(value, language="vi") == vietnamese
    assert format_number(value, language="en") == english


def test_the_notation_follows_the_language_of_the_page():
    with translation.override("vi"):
        assert format_number(7661) == "7.661"
    with translation.override("en"):
        assert format_number(7661) == "7,661"
    with translation.override(None):
        assert format_number(7661) == "7.661"


def test_missing_is_a_dash_everywhere():
    assert format_number(None) == format_percent(None) == format_change(None) == DASH


def test_a_percentage_carries_its_sign_without_a_space():
    assert format_percent(Decimal("84.34"), language="vi") == "84,34%"
    assert format_percent(Decimal(0), language="vi") == "0%"


CHANGES = [
    (Decimal("5.12"), "+5,12"),
    (Decimal("-5.12"), "−5,12"),
    (Decimal(0), "0"),
    (Decimal("0.004"), "0"),
    (Decimal("-0.004"), "0"),
]


@pytest.mark.parametrize(("value", "text"), CHANGES, ids=[text for _, text in CHANGES])
def test_a_change_shows_its_direction_unless_it_rounds_to_nothing(value, text):
    assert format_change(value, language="vi") == text


@given(DECIMALS, st.integers(0, 4))
def test_rounding_is_half_up_away_from_zero(value, places):
    exact = Fraction(value) * 10**places
    whole, rest = divmod(abs(exact), 1)
    expected = (whole + (rest >= Fraction(1, 2))) * (1 if exact >= 0 else -1)

    assert Fraction(rounded(value, places)) * 10**places == expected


@given(DECIMALS)
def test_what_is_shown_is_the_rounded_value(value):
    text = format_number(value, language="vi")

    assert Decimal(text.replace(".", "").replace(",", ".")) == rounded(value)
    assert not text.endswith(",")
    assert not ("," in text and text.endswith("0"))


@pytest.mark.parametrize(
    ("numerator", "denominator", "vietnamese", "english"),
    [
        (7661, 9083, "0,843443…", "0.843443…"),
        (1, 2, "0,5", "0.5"),
        (5, 5, "1", "1"),
        (0, 7, "0", "0"),
        (5_000_001, 10_000_000, "0,500000…", "0.500000…"),  # zeros that are not the end stay
        (12_345, 7, "1.763,571428…", "1,763.571428…"),
    ],
)
def test_a_quotient_is_cut_and_says_whether_it_goes_on(numerator, denominator, vietnamese, english):
    assert format_quotient(numerator, denominator, language="vi") == vietnamese
    assert format_quotient(numerator, denominator, language="en") == english


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.integers(0, 8))
def test_a_quotient_never_exceeds_what_it_is_cut_from(numerator, denominator, places):
    cut, is_all = quotient(numerator, denominator, places=places)
    left = Fraction(numerator, denominator) - Fraction(cut)
    assert 0 <= left < Fraction(1, 10**places)
    assert is_all == (left == 0)
