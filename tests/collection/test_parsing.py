"""Reading the post of the entry form. No database."""

import pytest
from django.http import QueryDict

from collection.asked import Asked
from collection.entries import State
from collection.models import DataValue
from collection.parsing import read, typed_of
from indicators.asking import AskedElement, AskedSection
from indicators.models import DataElement, FormSection

Type = DataElement.Type
ELEMENTS = {
    kind: DataElement(code=kind, name=kind, type=kind)
    for kind in ("count", "yes_no", "choice", "choices", "text")
}


@pytest.fixture
def asked():
    return Asked(
        (AskedSection(FormSection(code="p"), tuple(AskedElement(one, True) for one in ELEMENTS.values())),)
    )


def post(**fields: str | list[str]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, value in fields.items():
        sent.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return sent


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7661", 7661), ("7.661", 7661), ("7 661", 7661), (" 0 ", 0), ("1.234.567", 1234567)],
)
def test_a_count_is_read_as_a_clerk_writes_it_and_shown_back_grouped(asked, typed, number):
    [entry] = read(post(b__count="3", v__count=typed), asked).entries
    assert (entry.state, entry.number, entry.base_version) == (State.ENTERED, number, 3)
    value = DataValue(state=State.ENTERED, number=7661, version=3)
    assert typed_of(value, ELEMENTS["count"]).value == "7.661"


@pytest.mark.parametrize(
    "typed",
    [
        "7,661",
        "3,5",
        "-5",
        "−5",
        "abc",
        "12a",
        "0x10",
        "1e3",
        "7.66",
        "9" * 19,
        str(2**63),
        "1\x002",
        "٣",
        "½",
    ],
)
def test_what_is_no_count_is_an_error_beside_its_cell_and_stays_as_typed(asked, typed):
    posted = read(post(b__count="0", v__count=typed), asked)
    assert posted.entries == []
    assert list(posted.errors) == ["count"]
    assert posted.typed["count"].value == typed


@pytest.mark.parametrize("code", ["count", "yes_no", "choice", "choices", "text"])
def test_a_cell_left_blank_is_not_yet_entered(asked, code):
    [entry] = read(post(**{f"b__{code}": "0", f"v__{code}": ""}), asked).entries
    assert entry.state == State.EMPTY


def test_a_cell_that_was_not_on_the_page_is_left_alone(asked):
    assert read(post(v__count="5"), asked).entries == []


@pytest.mark.parametrize("gap", ["empty", "not_available", "not_applicable"])
def test_a_typed_number_is_never_dropped_for_a_gap(asked, gap):
    posted = read(post(b__count="0", v__count="5", s__count=gap), asked)
    assert "vừa có nội dung vừa" in posted.errors["count"]
    assert posted.typed["count"].value == "5"


def test_a_gap_wins_over_a_radio_which_cannot_be_unchosen(asked):
    sent = post(b__yes_no="1", v__yes_no="1", s__yes_no="not_available", r__yes_no="đang sửa")
    [entry] = read(sent, asked).entries
    assert (entry.state, entry.number, entry.reason) == (State.NOT_AVAILABLE, None, "đang sửa")


def test_none_of_a_list_is_an_answer(asked):
    [entry] = read(post(b__choices="0", s__choices="none"), asked).entries
    assert entry.state == State.ENTERED
    assert entry.choices == ()
    both = read(post(b__choices="0", s__choices="none", v__choices=["a"]), asked)
    assert "không mục nào" in both.errors["choices"]


def test_choices_come_as_they_were_ticked(asked):
    [entry] = read(post(b__choices="0", v__choices=["a", "b"]), asked).entries
    assert entry.choices == ("a", "b")


@pytest.mark.parametrize("base", ["", "-1", "abc", "1" * 30, "1\x00"])
def test_a_version_that_was_tampered_with_is_an_error(asked, base):
    posted = read(post(b__count=base, v__count="5"), asked)
    assert "tải lại trang" in posted.errors["count"]


def test_a_yes_no_knows_two_answers(asked):
    assert read(post(b__yes_no="0", v__yes_no="maybe"), asked).errors == {"yes_no": "Hãy chọn có hoặc không."}


def test_an_unknown_cell_is_handed_on_to_be_refused_by_name(asked):
    [entry] = read(post(b__stranger="0", v__stranger="5"), asked).entries
    assert entry.element_code == "stranger"


def test_explanations_of_rules_are_read_by_rule(asked):
    assert read(post(**{"x-R-17": " đã rà soát "}), asked).explanations == {"R-17": "đã rà soát"}


def test_a_text_keeps_what_looks_like_a_number(asked):
    [entry] = read(post(b__text="0", v__text="12"), asked).entries
    assert (entry.text, entry.number) == ("12", None)
