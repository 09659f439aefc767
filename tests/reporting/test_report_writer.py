import pytest

from indicators.models import Indicator
from reporting.figures import Figure
from reporting.report.comparison import Earlier, change_cell, missing_words, target_words
from reporting.report.content import FigureText, Mark, Paragraph, Text
from reporting.report.outline import Condition, Group, Sentence
from reporting.report.tokens import TokenError
from reporting.report.writer import Writer
from tests.reporting.by_hand import figure, indicator, not_applicable, target, violation

WORDS = {"unit": {"who": "Nhà trường"}, "targets": {"year": "", "all": "3"}}
TEACHERS = "Có {A1.1.numerator}/{A1.1.denominator} giáo viên có máy tính, đạt tỉ lệ {A1.1.value}."


def writer(*found: Figure, single: bool = False, kind: str = "department", **earlier: Earlier) -> Writer:
    figures = {one.code: one for one in found or (figure(),)}
    return Writer(
        figures, WORDS, kind, single, {code.replace("_", "."): one for code, one in earlier.items()}
    )


def group(*texts: str | Sentence, opening: str = "") -> Group:
    return Group(tuple(one if isinstance(one, Sentence) else Sentence(one) for one in texts), opening)


def written(by: Writer, *texts: str | Sentence, compare: bool = False, opening: str = "") -> str | None:
    paragraph = by.paragraph(group(*texts, opening=opening), compare=compare)
    return None if paragraph is None else paragraph.text


def notes(paragraph: Paragraph | None) -> list[str]:
    assert paragraph is not None
    return [one.note.text for one in paragraph.inlines if isinstance(one, Mark)]


def test_a_sentence_carries_its_figures() -> None:
    assert written(writer(), TEACHERS) == "Có 7.661/9.083 giáo viên có máy tính, đạt tỉ lệ 84,34%."


def test_a_figure_keeps_its_exact_value_and_code() -> None:
    paragraph = writer().paragraph(group("Có {A1.1.value}."))
    assert paragraph is not None
    assert FigureText("84,34%", "A1.1", "84.34") in paragraph.inlines


@pytest.mark.parametrize(
    ("before", "clause"),
    [(7196, "tăng 5,12 điểm"), (8126, "giảm 5,12 điểm"), (7661, "không đổi")],
)
def test_the_change_since_the_earlier_period_is_said_in_words(before: int, clause: str) -> None:
    earlier = Earlier(figure(numerator=before), "năm 2022")
    text = written(writer(A1_1=earlier), TEACHERS, compare=True)
    assert text == f"Có 7.661/9.083 giáo viên có máy tính, đạt tỉ lệ 84,34%, {clause} so với năm 2022."


def test_the_change_of_a_count_has_its_unit_of_measure() -> None:
    count = indicator("B1.8", kind=Indicator.Kind.COUNT, denominator="", unit_of_measure="máy")
    by = writer(figure(count, 5325), B1_8=Earlier(figure(count, 4660), "năm 2022"))
    assert written(by, "Có {B1.8.value} máy.", compare=True) == "Có 5.325 máy, tăng 665 máy so với năm 2022."


def test_without_an_earlier_value_nothing_is_said_of_change() -> None:
    earlier = Earlier(figure(None, None, None, counted=0), "năm 2022")
    assert "so với" not in str(written(writer(A1_1=earlier), TEACHERS, compare=True))
    assert change_cell(figure(), earlier) == change_cell(figure(), None) == "–"


def test_a_target_met_and_one_missed_are_both_said() -> None:
    met = written(writer(figure(held_to=target("50"))), TEACHERS, compare=True)
    missed = written(writer(figure(held_to=target("90"))), TEACHERS, compare=True)
    assert str(met).endswith("84,34%; đạt mục tiêu đến năm 2025 (từ 50% trở lên).")
    assert str(missed).endswith("84,34%; chưa đạt mục tiêu đến năm 2025 (từ 90% trở lên).")


def test_a_target_nobody_compared_with_its_document_says_so() -> None:
    found = writer(figure(held_to=target("50", is_verified=False)))
    assert "(từ 50% trở lên, mức chưa đối chiếu với văn bản gốc)" in str(
        written(found, TEACHERS, compare=True)
    )


@pytest.mark.parametrize(
    ("value", "comparison", "words"),
    [
        ("50", "at_least", "từ 50% trở lên"),
        ("50", "more_than", "trên 50%"),
        ("5", "at_most", "không quá 5%"),
        ("100", "at_least", "100%"),
    ],
)
def test_targets_are_said_with_their_comparison(value: str, comparison: str, words: str) -> None:
    assert target_words(figure(held_to=target(value, comparison))) == words


def test_what_is_missing_is_counted_in_people_but_not_for_an_estimate() -> None:
    goal = target("50")
    assert missing_words(figure(None, 64_450, 150_525, held_to=goal)) == "còn thiếu 10.813 giáo viên"
    assert missing_words(figure(indicator(is_estimate=True), 40, 100, held_to=goal)) == ""
    assert missing_words(figure(None, 80, 100, held_to=goal)) == ""


def test_clauses_are_added_only_where_they_are_asked_for_and_one_indicator_is_named() -> None:
    other = figure(indicator("A1.2"), held_to=target())
    by = writer(figure(held_to=target()), other)
    assert "mục tiêu" not in str(written(by, TEACHERS))
    assert "mục tiêu" not in str(written(by, "{A1.1.value} và {A1.2.value}.", compare=True))


def test_a_figure_without_value_is_named_and_never_a_zero() -> None:
    empty = figure(None, None, None, counted=0)
    assert written(writer(empty), TEACHERS) == "Chưa có số liệu về: giáo viên có máy tính."


def test_several_missing_figures_are_named_together_after_what_is_known() -> None:
    second = figure(indicator("A1.2", name="Giáo viên có Internet"), None, None, counted=0)
    third = figure(indicator("A1.3", name="THPT có Internet"), None, None, counted=0)
    by = writer(figure(), second, third)
    text = written(by, "Có {A1.1.value}.", "Có {A1.2.value}.", "Có {A1.3.value}.")
    assert text == "Có 84,34%. Chưa có số liệu về: giáo viên có Internet; THPT có Internet."


def test_what_the_unit_is_not_asked_for_falls_out() -> None:
    other = figure(indicator("A8.5"), None, None, counted=0, expected=0)
    by = writer(figure(), other)
    assert written(by, "Có {A1.1.value}.", "Cấp Sở: {A8.5.value}.") == "Có 84,34%."
    assert written(by, "Cấp Sở: {A8.5.value}.") is None


def test_what_does_not_apply_is_still_said() -> None:
    assert written(writer(not_applicable()), "Không áp dụng: {A4.reason}.") == (
        "Không áp dụng: tỉnh không có cơ sở giáo dục đại học."
    )


def test_a_sentence_about_a_gap_that_does_not_exist_is_left_out() -> None:
    assert written(writer(figure(held_to=target("50"))), "Còn thiếu {A1.1.gap}.") is None


def test_a_sentence_about_an_empty_word_is_left_out() -> None:
    assert (
        written(writer(), "Có mục tiêu đến năm {targets.year}.", "Có {targets.all} chỉ số.") == "Có 3 chỉ số."
    )


def test_conditions_and_kinds_decide_whether_a_sentence_is_said() -> None:
    by = writer(figure(held_to=target("90")))
    said = Sentence("Chưa đạt.", when=Condition("A1.1", "not_met"))
    unsaid = Sentence("Đạt.", when=Condition("A1.1", "met"))
    school = Sentence("Trường.", kinds=frozenset({"school"}))
    assert written(by, said, unsaid, school) == "Chưa đạt."


def test_below_compares_with_the_value_and_a_missing_one_is_not_below() -> None:
    by = writer(figure(), figure(indicator("X"), None, None, counted=0))
    assert by.holds(Condition("A1.1", "below", limit=figure().value)) is False
    assert by.holds(Condition("A1.1", "below", limit=target("84.35").value)) is True
    assert by.holds(Condition("X", "below", limit=target("50").value)) is False


def test_a_condition_on_an_unknown_indicator_is_an_error() -> None:
    with pytest.raises(TokenError, match="Z9"):
        written(writer(), Sentence("Câu.", when=Condition("Z9", "met")))


def test_an_unknown_code_in_a_sentence_is_an_error() -> None:
    with pytest.raises(TokenError, match="Z9"):
        written(writer(), "Có {Z9.value}.")


@pytest.mark.parametrize(
    ("numerator", "text"),
    [
        (1, "Nhà trường có Internet."),
        (0, "Nhà trường chưa có Internet."),
        (None, "Chưa có số liệu về: cơ sở có mạng."),
    ],
)
def test_a_unit_that_answers_for_itself_says_yes_or_no(numerator: int | None, text: str) -> None:
    of = indicator("B1.1", name="Cơ sở có mạng")
    answer = figure(
        of, numerator, None if numerator is None else 1, counted=1 if numerator is not None else 0
    )
    sentence = Sentence(
        "{B1.1.numerator}/{B1.1.denominator} cơ sở có Internet.",
        yes="{unit.who} có Internet.",
        no="{unit.who} chưa có Internet.",
    )
    assert written(writer(answer, single=True), sentence, compare=True) == text


def test_a_unit_with_others_below_it_counts_them() -> None:
    sentence = Sentence("Có {A1.1.numerator} cơ sở.", yes="Có.", no="Chưa.")
    assert written(writer(), sentence) == "Có 7.661 cơ sở."


def test_incomplete_figures_get_a_footnote_where_they_are_first_given() -> None:
    by = writer(figure(counted=366))
    assert notes(by.paragraph(group(TEACHERS))) == [
        "Tính trên 366/370 đơn vị có đủ số liệu; 4 đơn vị chưa có số liệu."
    ]
    assert notes(by.paragraph(group(TEACHERS))) == []


def test_a_sentence_about_the_units_asked_needs_no_footnote() -> None:
    assert notes(writer(figure(counted=366)).paragraph(group("Có {A1.1.expected} cơ sở."))) == []


def test_in_a_sentence_of_several_figures_each_keeps_its_own_mark() -> None:
    second = figure(indicator("A1.2"), counted=369)
    paragraph = writer(figure(counted=366), second).paragraph(group("{A1.1.value} và {A1.2.value}."))
    assert paragraph is not None
    kinds = [type(one) for one in paragraph.inlines]
    assert kinds == [FigureText, Mark, Text, FigureText, Mark, Text]
    assert [one.note.number for one in paragraph.inlines if isinstance(one, Mark)] == [1, 2]


def test_broken_rules_are_footnotes_too() -> None:
    paragraph = writer(figure(findings=(violation(),))).paragraph(group(TEACHERS))
    (note,) = notes(paragraph)
    assert "(732) lớn hơn số hồ sơ nộp trực tuyến (655)" in note


def test_sentences_begin_with_a_capital_letter_unless_they_go_on_after_an_opening() -> None:
    assert written(writer(), "có một.", "có hai.") == "Có một. Có hai."
    assert written(writer(), "có một.", "có hai.", opening="Máy tính") == "Máy tính: có một. Có hai."


def test_braces_in_an_indicators_name_break_no_sentence() -> None:
    of = indicator("X1", name="Tên {lạ}", unit_of_measure="máy", kind="count", denominator="")
    by = writer(figure(of, 12))
    paragraph = by.paragraph(by.plain_sentence("X1"))
    assert paragraph is not None
    assert paragraph.text == "Tên (lạ): 12 máy."
