"""Formulas as data: read, shown as they stand, evaluated with their gaps."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.formula import UNITS, FormulaError, Gap, Term, elements_of, evaluate, parse

CODES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
CHOICES = st.one_of(st.just(""), st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True))
TERMS = st.lists(st.builds(Term, CODES, CHOICES), min_size=1, max_size=6)
ANSWERS = st.one_of(st.integers(0, 10**12), st.sampled_from(Gap))


def terms_or_refusal(text: str) -> tuple[Term, ...] | str:
    """The terms of `text`, or the sentence with which it is refused."""
    try:
        return parse(text)
    except FormulaError as error:
        return str(error)


@given(TERMS)
def test_a_formula_is_read_back_as_it_was_written(terms):
    assert parse(" + ".join(map(str, terms))) == tuple(terms)
    assert parse("+".join(f"  {term}\n" for term in terms)) == tuple(terms)


@given(st.text(max_size=30))
def test_a_text_is_a_formula_or_refused_with_a_sentence(text):
    read = terms_or_refusal(text)

    if isinstance(read, str):
        assert read.endswith(".")
    else:
        assert "+".join(map(str, read)) == "+".join(part.strip() for part in text.split("+"))


WRONG = [
    "",
    " ",
    "+",
    "a+",
    "+a",
    "a++b",
    "a-b",
    "a*2",
    "2a",
    "A",
    "a b",
    "a=",
    "=1",
    "a=1=2",
    "ａ",
    "a=１",
    "a=Á",
    "á",
    "a\x00",
]


@pytest.mark.parametrize("text", WRONG, ids=map(ascii, WRONG))
def test_what_is_no_sum_of_elements_is_refused(text):
    with pytest.raises(FormulaError, match="Không đọc được"):
        parse(text)


def test_the_elements_of_a_formula_leave_units_out():
    assert elements_of("very + satisfied=1 + units") == ("very", "satisfied")
    assert elements_of(UNITS) == ()
    assert elements_of("") == ()


@given(st.lists(ANSWERS, min_size=1, max_size=6))
def test_a_sum_follows_its_gaps(answers):
    formula = "+".join(f"e{number}" for number in range(len(answers)))
    value = evaluate(formula, lambda term: answers[int(term.element[1:])])
    numbers = [answer for answer in answers if isinstance(answer, int)]

    if Gap.MISSING in answers:
        assert value is Gap.MISSING
    elif numbers:
        assert value == sum(numbers)
    else:
        assert value is (Gap.NOT_APPLICABLE if Gap.NOT_APPLICABLE in answers else Gap.NOT_ASKED)


@given(st.lists(ANSWERS, min_size=1, max_size=5))
def test_adding_what_is_not_asked_changes_nothing(answers):
    assume(any(isinstance(answer, int) for answer in answers))
    formula = "+".join(f"e{number}" for number in range(len(answers)))

    def lookup(term):
        return Gap.NOT_ASKED if term.element == "other" else answers[int(term.element[1:])]

    assert evaluate(f"{formula}+other", lookup) == evaluate(formula, lookup)


def test_a_choice_is_asked_for_by_its_own_term():
    asked = []

    def lookup(term):
        asked.append(term)
        return 1

    assert evaluate("maturity=1 + maturity=2", lookup) == 2
    assert asked == [Term("maturity", "1"), Term("maturity", "2")]
