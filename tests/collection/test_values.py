"""Values as formulas and pages read them. No database."""

import pytest

from collection.entries import Content, State
from collection.models import DataValue
from collection.shown import change_shown, shown
from collection.values import lookup_for
from indicators.formula import Gap, Term, evaluate
from indicators.models import DataElement

VALUES = {
    "count": DataValue(state=State.ENTERED, number=7),
    "zero": DataValue(state=State.ENTERED, number=0),
    "yes": DataValue(state=State.ENTERED, number=1),
    "chosen": DataValue(state=State.ENTERED, choices=["2"]),
    "several": DataValue(state=State.ENTERED, choices=["a", "b"]),
    "none": DataValue(state=State.ENTERED, choices=[]),
    "words": DataValue(state=State.ENTERED, text="Đắk Mil"),
    "empty": DataValue(state=State.EMPTY),
    "unknown": DataValue(state=State.NOT_AVAILABLE, reason="mất sổ"),
    "foreign": DataValue(state=State.NOT_APPLICABLE),
}


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term("count"), 7),
        (Term("zero"), 0),
        (Term("yes"), 1),
        (Term("chosen", "2"), 1),
        (Term("chosen", "1"), 0),
        (Term("several", "b"), 1),
        (Term("none", "b"), 0),
        (Term("several"), 2),
        (Term("none"), 0),
        (Term("words"), Gap.MISSING),
        (Term("empty"), Gap.MISSING),
        (Term("unknown"), Gap.MISSING),
        (Term("unknown", "1"), Gap.MISSING),
        (Term("foreign"), Gap.NOT_APPLICABLE),
        (Term("never"), Gap.MISSING),
        (Term("unasked"), Gap.NOT_ASKED),
    ],
)
def test_a_formula_reads_a_number_or_why_there_is_none(term, expected):
    assert lookup_for(VALUES, {*VALUES, "never"})(term) == expected


def test_a_value_that_is_no_longer_asked_does_not_count():
    assert evaluate("count + zero", lookup_for(VALUES, {"zero"})) == 0


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("count", "count", "7"),
        ("count", "zero", "0"),
        ("yes_no", "yes", "Có"),
        ("yes_no", "zero", "Không"),
        ("text", "words", "Đắk Mil"),
        ("count", "empty", "–"),
        ("count", "unknown", "không có số liệu: mất sổ"),
        ("count", "foreign", "không áp dụng"),
        ("choices", "none", "không mục nào"),
    ],
)
def test_content_is_shown_in_words(kind, name, words):
    assert shown(Content.of(VALUES[name]), DataElement(type=kind)) == words


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (100, 112, "+12 (+12%)"),
        (7661, 7700, "+39 (+0,51%)"),
        (3000, 1500, "−1.500 (−50%)"),
        (5, 5, "0"),
        (0, 5, "+5"),
        (None, 5, ""),
        (5, None, ""),
    ],
)
def test_a_change_is_told_in_numbers_and_percent(before, now, words):
    def count(number):
        return Content(State.EMPTY if number is None else State.ENTERED, number=number)

    assert change_shown(count(now), count(before), DataElement(type="count")) == words


def test_a_yes_that_became_a_no_has_no_change_in_numbers():
    now, before = (Content(State.ENTERED, number=number) for number in (1, 0))
    assert change_shown(now, before, DataElement(type="yes_no")) == ""
