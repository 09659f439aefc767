"""What is asked about cells, and the one verdict on each. No database."""

from types import SimpleNamespace

import pytest

from collection.asked import Asked
from collection.entries import Content, State
from collection.questions import Kind, is_unusual, questions_of
from collection.verdicts import Verdict, judge
from indicators.asking import AskedElement, AskedSection
from indicators.models import DataElement, FormSection, Indicator, Rule

HARD = Rule(
    code="R-1",
    kind="part_of_whole",
    severity="hard",
    left="part",
    right="whole",
    message="Phần hơn tổng.",
)
SOFT = Rule(code="R-2", kind="subset", severity="soft", left="other", right="whole", message="Nên xem lại.")
SHARE = Indicator(code="T1", name="Tỉ lệ máy", kind="ratio", numerator="computers", denominator="needed")


def asked_for(*codes, limit=30, least=10, required=True):
    elements = [
        AskedElement(
            DataElement(pk=place, code=code, name=code, type="count", change_limit=limit, change_least=least),
            required,
        )
        for place, code in enumerate(codes)
    ]
    return Asked((AskedSection(FormSection(code="mot"), tuple(elements)),))


def given(**numbers):
    return {code: Content(State.ENTERED, number=number) for code, number in numbers.items()}


def explained(number, text):
    return Content(State.ENTERED, number=number, explanation=text)


def catalogue(*rules, shares=()):
    return SimpleNamespace(rules=rules, shares=shares)


@pytest.mark.parametrize(
    ("before", "now", "asks"),
    [
        (100, 130, False),  # exactly 30 % is within
        (100, 131, True),
        (100, 70, False),
        (100, 69, True),
        (20, 29, False),  # 45 %, but fewer than 10
        (20, 30, True),
        (1, 2, False),
        (0, 9, False),
        (0, 10, True),  # no percentage of nothing: the least difference decides
        (10, 0, True),
        (9, 0, False),
        (5, 5, False),
        (0, 0, False),
    ],
)
def test_a_change_is_unusual_past_both_limits(before, now, asks):
    assert is_unusual(now, before, limit=30, least=10) is asks


def test_a_large_change_is_asked_about_with_both_numbers():
    questions = questions_of(given(pupils=7661), given(pupils=5000), asked_for("pupils"), [])
    [question] = questions["pupils"]
    assert question.kind == Kind.CHANGE
    assert question.sentence == "Thay đổi +53,22% so với kỳ trước (5.000 → 7.661)"


def test_what_began_from_nothing_is_told_without_a_percentage():
    questions = questions_of(given(pupils=12), given(pupils=0), asked_for("pupils"), [])
    assert questions["pupils"][0].sentence == "Kỳ trước là 0, kỳ này là 12"


@pytest.mark.parametrize("before", [None, {}, {"pupils": Content(State.NOT_AVAILABLE, reason="mất sổ")}])
def test_without_a_number_before_there_is_no_change_to_ask_about(before):
    assert questions_of(given(pupils=500), before, asked_for("pupils"), []) == {}


def test_an_element_without_a_limit_is_never_asked_about():
    assert questions_of(given(pupils=5), given(pupils=500), asked_for("pupils", limit=None), []) == {}


def test_a_share_above_a_hundred_is_asked_about_at_its_numerator():
    asked = asked_for("computers", "needed")
    questions = questions_of(given(computers=12, needed=10), None, asked, [SHARE])
    [question] = questions["computers"]
    assert question.kind == Kind.SHARE
    assert question.sentence == "“Tỉ lệ máy” là 120%, vượt 100% (12 so với 10)"
    assert questions_of(given(computers=10, needed=10), None, asked, [SHARE]) == {}
    assert questions_of(given(computers=12, needed=10), None, asked_for("computers"), [SHARE]) == {}


def test_a_cell_is_broken_before_it_is_asked_about_and_asked_about_before_it_is_missing():
    asked = asked_for("part", "whole", "other", "note")
    values = given(part=30, whole=20, other=25)
    judgement = judge(values, given(part=1, whole=20), asked, catalogue(HARD, SOFT))
    assert {code: one.verdict for code, one in judgement.cells.items()} == {
        "part": Verdict.BROKEN,
        "whole": Verdict.BROKEN,
        "other": Verdict.ASK,
        "note": Verdict.MISSING,
    }
    assert "30 so với 20" in judgement.cells["part"].sentence
    assert not judgement.is_ready


def test_an_explanation_answers_a_question_and_a_soft_rule():
    asked = asked_for("whole", "other")
    values = {"whole": explained(200, "Sáp nhập trường."), **given(other=220)}
    judgement = judge(values, given(whole=20, other=210), asked, catalogue(SOFT), {"R-2": "Hồ sơ cũ."})
    assert {one.verdict for one in judgement.cells.values()} == {Verdict.OK}
    assert list(judgement.questions) == ["whole"]
    assert judgement.is_ready


def test_an_optional_cell_without_an_answer_is_empty_and_stands_in_nobodys_way():
    judgement = judge({}, None, asked_for("note", required=False), catalogue())
    assert judgement.cells["note"].verdict == Verdict.EMPTY
    assert judgement.is_ready
