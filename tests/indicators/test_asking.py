"""What a unit is asked, from the words that describe it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.asking import FormLayout, forms_for, is_asked
from indicators.models import DataElement, Form, FormElement, FormSection
from indicators.traits import TRAITS, in_words
from tests.small_catalogue import create_small_catalogue

WORDS = st.sets(st.sampled_from(sorted(TRAITS)))


@given(WORDS)
def test_without_a_word_everybody_is_asked(traits):
    assert is_asked([], traits)


@given(WORDS, WORDS)
def test_one_word_in_common_is_enough(asked_of, traits):
    assert is_asked(asked_of, traits) == (not asked_of or bool(asked_of & traits))


def form(code: str, *asked_of: str) -> Form:
    return Form(code=code, asked_of=list(asked_of))


def test_a_unit_fills_in_every_form_that_asks_it_in_their_order():
    forms = [form("SO", "department"), form("TRUONG", "school"), form("CHUNG"), form("MN", "preschool")]

    assert [one.code for one in forms_for({"school", "preschool"}, forms)] == ["TRUONG", "CHUNG", "MN"]
    assert [one.code for one in forms_for(set(), forms)] == ["CHUNG"]


def layout(form: Form, *sections: tuple[str, list[str], dict[str, list[str]]]) -> FormLayout:
    rows = []
    for number, (code, asked_of, elements) in enumerate(sections, 1):
        section = FormSection(pk=number, code=code, asked_of=asked_of)
        rows += [
            FormElement(
                section=section,
                element=DataElement(code=element),
                asked_of=traits,
                is_required=not element.endswith("_optional"),
            )
            for element, traits in elements.items()
        ]
    return FormLayout(form, rows)


SCHOOLS = layout(
    form("TRUONG", "school"),
    ("all", [], {"teachers": [], "pupils": ["general_education"], "note_optional": []}),
    ("primary", ["primary"], {"lessons": [], "boarders": ["managed_by_department"]}),
    ("upper", ["upper_secondary"], {"exam": []}),
)


def asked(traits: set[str]) -> dict[str, list[str]]:
    return {
        section.section.code: [one.element.code for one in section.elements]
        for section in SCHOOLS.sections(traits)
    }


def test_form_section_and_element_each_narrow_whom_they_ask():
    assert asked({"school"}) == {"all": ["teachers", "note_optional"]}
    assert asked({"school", "primary", "general_education"}) == {
        "all": ["teachers", "pupils", "note_optional"],
        "primary": ["lessons"],
    }
    assert asked({"school", "primary", "managed_by_department"})["primary"] == ["lessons", "boarders"]


def test_a_form_asks_nothing_of_a_unit_that_it_is_not_for():
    assert asked({"department", "primary"}) == {}
    assert SCHOOLS.elements({"department"}) == []
    assert SCHOOLS.codes({"department"}) == frozenset()


def test_a_section_without_a_question_is_left_out():
    assert "upper" not in asked({"school", "primary"})


@given(WORDS)
def test_elements_and_codes_are_those_of_the_sections(traits):
    codes = [code for several in asked(traits).values() for code in several]

    assert [element.code for element in SCHOOLS.elements(traits)] == codes
    assert SCHOOLS.codes(traits) == set(codes)


@given(WORDS, WORDS)
def test_more_words_never_ask_less(traits, more):
    assert SCHOOLS.codes(traits) <= SCHOOLS.codes(traits | more)


def test_what_is_asked_may_be_required_or_not():
    required = {one.element.code: one.is_required for one in SCHOOLS.sections({"school"})[0].elements}

    assert required == {"teachers": True, "note_optional": False}


def test_what_a_caller_does_to_its_list_stays_with_the_caller():
    SCHOOLS.sections({"school"}).clear()

    assert asked({"school"})


@pytest.mark.django_db
def test_a_layout_is_loaded_in_two_statements_with_its_choices(django_assert_num_queries):
    indicator_set = create_small_catalogue()
    row = Form.objects.get(indicator_set=indicator_set, code="TRUONG")

    with django_assert_num_queries(2):
        loaded = FormLayout.load(row)
        elements = {element.code: element for element in loaded.elements({"school", "general_education"})}
        choice_list = elements["platforms"].choice_list
        choices = [choice.code for choice in choice_list.choices.all()] if choice_list else []
        sections = [one.section.code for one in loaded.sections({"school", "general_education"})]

    assert choices == ["azota", "zalo", "zoom"]
    assert sections == ["quy-mo", "day-hoc", "khac"]


def test_whom_a_form_asks_is_said_in_words():
    assert in_words(["lower_secondary", "upper_secondary"]) == (
        "có cấp trung học cơ sở hoặc có cấp trung học phổ thông"
    )
    assert in_words([]) == ""
