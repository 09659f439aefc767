import pytest

from indicators.models import Indicator
from reporting.figures import Figure
from reporting.report.comparison import Earlier, change_cell, missing_words, target_words
from reporting.report.content import FigureText, Mark, Paragraph, Text
from reporting.report.default_text import plain_sentence
from reporting.report.markup import Prose, parse
from reporting.report.tokens import TokenError
from reporting.report.writer import Writer
from tests.reporting.by_hand import figure, indicator, not_applicable, target, violation

WORDS = {"unit": {"who": "Nhà trường"}, "targets": {"year": "", "all": "3"}}
TEACHERS = "Có {A1.1.numerator}/{A1.1.denominator} giáo viên có máy tính, đạt tỉ lệ {A1.1.value}."
COURSE = f"{TEACHERS[:-1]}{{A1.1.course}}."
NOTED = f"{TEACHERS}{{A1.1.notes}}"


def writer(*found: Figure, **earlier: Earlier) -> Writer:
    figures = {one.code: one for one in found or (figure(),)}
    return Writer(figures, WORDS, {code.replace("_", "."): one for code, one in earlier.items()})


def prose(text: str) -> Prose:
    (entry,) = parse(text)
    assert isinstance(entry, Prose)
    return entry


def written(by: Writer, text: str) -> str | None:
    paragraph = by.paragraph(prose(text))
    return None if paragraph is None else paragraph.text


def notes(paragraph: Paragraph | None) -> list[str]:
    assert paragraph is not None
    return [one.note.text for one in paragraph.inlines if isinstance(one, Mark)]


def test_a_sentence_carries_its_figures() -> None:
    assert written(writer(), TEACHERS) == "Có 7.661/9.083 giáo viên có máy tính, đạt tỉ lệ 84,34%."


def test_a_figure_keeps_its_exact_value_and_code() -> None:
    paragraph = writer().paragraph(prose("Có {A1.1.value}."))
    assert paragraph is not None
    assert FigureText("84,34%", "A1.1", "84.34") in paragraph.inlines


@pytest.mark.parametrize(
    ("before", "clause"),
    [(7196, "tăng 5,12 điểm phần trăm"), (8126, "giảm 5,12 điểm phần trăm"), (7661, "không đổi")],
)
def test_the_change_since_the_earlier_period_is_said_in_words(before: int, clause: str) -> None:
    earlier = Earlier(figure(numerator=before), "năm 2022")
    text = written(writer(A1_1=earlier), COURSE)
    assert text == f"Có 7.661/9.083 giáo viên có máy tính, đạt tỉ lệ 84,34%, {clause} so với năm 2022."


def test_the_change_of_a_count_has_its_unit_of_measure() -> None:
    count = indicator("B1.8", kind=Indicator.Kind.COUNT, denominator="", unit_of_measure="máy")
    by = writer(figure(count, 5325), B1_8=Earlier(figure(count, 4660), "năm 2022"))
    assert written(by, "Có {B1.8.value} máy{B1.8.course}.") == "Có 5.325 máy, tăng 665 máy so với năm 2022."


def test_without_an_earlier_value_nothing_is_said_of_change() -> None:
    earlier = Earlier(figure(None, None, None, counted=0), "năm 2022")
    assert "so với" not in str(written(writer(A1_1=earlier), COURSE))
    assert change_cell(figure(), earlier) == change_cell(figure(), None) == "–"


def test_a_target_met_and_one_missed_are_both_said() -> None:
    met = written(writer(figure(held_to=target("50"))), COURSE)
    missed = written(writer(figure(held_to=target("90"))), COURSE)
    assert str(met).endswith("84,34%; đạt mục tiêu đến năm 2025 (từ 50% trở lên).")
    assert str(missed).endswith("84,34%; chưa đạt mục tiêu đến năm 2025 (từ 90% trở lên).")


def test_a_target_nobody_compared_with_its_document_says_so() -> None:
    found = writer(figure(held_to=target("50", is_verified=False)))
    assert "(từ 50% trở lên, mức chưa đối chiếu với văn bản gốc)" in str(written(found, COURSE))


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


def test_change_and_target_are_said_only_where_the_text_asks_for_them() -> None:
    assert "mục tiêu" not in str(written(writer(figure(held_to=target())), TEACHERS))


def test_a_course_of_which_there_is_nothing_to_say_leaves_the_sentence_whole() -> None:
    assert written(writer(), COURSE) == written(writer(), TEACHERS)


def test_a_figure_without_value_is_named_and_never_a_zero() -> None:
    empty = figure(None, None, None, counted=0)
    assert written(writer(empty), TEACHERS) == "Chưa có số liệu về: giáo viên có máy tính."


def test_several_missing_figures_are_named_together_after_what_is_known() -> None:
    second = figure(indicator("A1.2", name="Giáo viên có Internet"), None, None, counted=0)
    third = figure(indicator("A1.3", name="THPT có Internet"), None, None, counted=0)
    by = writer(figure(), second, third)
    text = written(by, "Có {A1.1.value}. Có {A1.2.value}. Có {A1.3.value}.")
    assert text == "Có 84,34%. Chưa có số liệu về: giáo viên có Internet; THPT có Internet."


def test_what_the_unit_is_not_asked_for_falls_out() -> None:
    other = figure(indicator("A8.5"), None, None, counted=0, expected=0)
    by = writer(figure(), other)
    assert written(by, "Có {A1.1.value}. Cấp Sở: {A8.5.value}.") == "Có 84,34%."
    assert written(by, "Cấp Sở: {A8.5.value}.") is None


def test_what_does_not_apply_is_still_said() -> None:
    assert written(writer(not_applicable()), "Không áp dụng: {A4.reason}.") == (
        "Không áp dụng: tỉnh không có cơ sở giáo dục đại học."
    )


def test_a_sentence_about_a_gap_that_does_not_exist_is_left_out() -> None:
    assert written(writer(figure(held_to=target("50"))), "Còn thiếu {A1.1.gap}.") is None


def test_a_sentence_about_an_empty_word_is_left_out() -> None:
    assert written(writer(), "Có mục tiêu đến năm {targets.year}. Có {targets.all} chỉ số.") == "Có 3 chỉ số."


def test_a_condition_decides_whether_a_phrase_is_said() -> None:
    by = writer(figure(held_to=target("90")))
    assert written(by, "{A1.1 chưa đạt: Chưa đạt.} {A1.1 đạt: Đạt.}") == "Chưa đạt."
    assert written(by, "Kết quả {A1.1 đạt: đã đạt|chưa đạt} mục tiêu.") == "Kết quả chưa đạt mục tiêu."


def test_a_phrase_that_is_not_said_leaves_no_hole() -> None:
    by = writer(figure(held_to=target("90")))
    assert written(by, "Một. {A1.1 đạt: Hai.} Ba {A1.1 đạt: bốn} năm.") == "Một. Ba năm."


def test_where_a_condition_cannot_be_judged_the_sentence_around_it_falls_out() -> None:
    assert written(writer(), "Một. Tỉ lệ {A1.1 tăng: tăng|giảm} mạnh. Hai.") == "Một. Hai."
    assert written(writer(), "Một. {A1.1 chưa đạt: Chưa đạt.} Hai.") == "Một. Hai."


def test_a_condition_on_an_unknown_indicator_is_an_error() -> None:
    with pytest.raises(TokenError, match="Z9"):
        written(writer(), "{Z9 đạt: Câu.}")


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
    sentence = "{B1.1 có: {unit.who} có Internet.|{unit.who} chưa có Internet.}"
    assert written(writer(answer), sentence) == text


def test_incomplete_figures_get_a_footnote_where_they_are_first_given() -> None:
    by = writer(figure(counted=366))
    assert notes(by.paragraph(prose(NOTED))) == [
        "Tính trên 366/370 đơn vị có đủ số liệu; 4 đơn vị chưa có số liệu."
    ]
    assert notes(by.paragraph(prose(NOTED))) == []


def test_a_footnote_of_the_authors_own_is_counted_with_the_others() -> None:
    paragraph = writer(figure(counted=366)).paragraph(prose(f"Đầu.^[Có {{A1.1.value}}.] {NOTED}"))
    assert notes(paragraph)[0] == "Có 84,34%."
    assert [one.note.number for one in paragraph.inlines if isinstance(one, Mark)] == [1, 2]  # type: ignore[union-attr]


def test_a_sentence_that_is_not_said_uses_up_no_footnote() -> None:
    by = writer(figure(counted=366), figure(indicator("A1.2"), None, None, counted=0))
    assert notes(by.paragraph(prose("{A1.1.value}{A1.1.notes} và {A1.2.value}."))) == []
    assert len(notes(by.paragraph(prose(NOTED)))) == 1


def test_in_a_sentence_of_several_figures_each_keeps_its_own_mark() -> None:
    second = figure(indicator("A1.2"), counted=369)
    paragraph = writer(figure(counted=366), second).paragraph(
        prose("{A1.1.value}{A1.1.notes} và {A1.2.value}{A1.2.notes}.")
    )
    assert paragraph is not None
    kinds = [type(one) for one in paragraph.inlines]
    assert kinds == [FigureText, Mark, Text, FigureText, Mark, Text]
    assert [one.note.number for one in paragraph.inlines if isinstance(one, Mark)] == [1, 2]


def test_broken_rules_are_footnotes_too() -> None:
    paragraph = writer(figure(findings=(violation(),))).paragraph(prose(NOTED))
    (note,) = notes(paragraph)
    assert "(732) lớn hơn số hồ sơ nộp trực tuyến (655)" in note


def test_sentences_begin_with_a_capital_letter_unless_they_go_on_after_an_opening() -> None:
    assert written(writer(), "có một. Có hai.") == "Có một. Có hai."
    assert written(writer(), "- Máy tính: có một. Có hai.") == "Máy tính: có một. Có hai."


def test_braces_in_an_indicators_name_break_no_sentence() -> None:
    of = indicator("X1", name="Tên {lạ}", unit_of_measure="máy", kind="count", denominator="")
    by = writer(figure(of, 12))
    assert written(by, plain_sentence(figure(of, 12))) == "Tên {lạ}: 12 máy."
