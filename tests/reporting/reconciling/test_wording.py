"""Numbers read out of running text by the words around them."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest

from reporting.reconciling.facts import Told
from reporting.reconciling.wording import NOT_FOUND, bare, passages, read
from reporting.report.content import Cell, FigureText, Mark, Note, Paragraph, Report, Table, Text
from tests.reporting import by_hand

FACTS = {"A1.1": {"numerator": "7.661", "denominator": "9.083", "value": "84,34%"}}


def number(text: str, aspect: str, code: str = "A1.1") -> FigureText:
    return FigureText(text, code, "", aspect=aspect)


SENTENCE = Paragraph(
    (
        Text("Có "),
        number("7.661", "numerator"),
        Mark(Note(1, "Tính trên 366/370 đơn vị.")),
        Text("/"),
        number("9.083", "denominator"),
        Text(" giáo viên, đạt tỉ lệ "),
        number("84,34%", "value"),
        Text(", tăng 5,12 điểm."),
    )
)


def report(*blocks: Any, appendix: Any = None) -> Report:
    nothing = dataclasses.replace(by_hand.appendix(), rows=())
    return Report(
        letterhead=by_hand.letterhead(),
        subject="",
        made_on=by_hand.MADE_ON,
        labels=(),
        blocks=tuple(blocks),
        appendix=appendix or nothing,
        appendix_title="",
    )


def told(text: str, *blocks: Any, has_marks: bool = False, **more: Any) -> list[tuple[str, str, str]]:
    found = read(report(*(blocks or (SENTENCE,)), **more), bare(text), FACTS, has_marks=has_marks)
    return [(one.aspect, one.expected, one.found) for one in found]


RIGHT = [("numerator", "7.661", "7.661"), ("denominator", "9.083", "9.083"), ("value", "84,34%", "84,34%")]


@pytest.mark.parametrize(
    "text",
    [
        "Trước. Có 7.661/9.083 giáo viên, đạt tỉ lệ 84,34%, tăng 5,12 điểm. Sau.",
        "Có 7.661/9.083\ngiáo  viên,\u00a0đạt tỉ\nlệ 84,34%, tăng 5,12 điểm.",
        "Co\u0301 7.661/9.083 gia\u0301o viên, đạt tỉ lệ 84,34%, tăng 5,12 điểm.",
    ],
)
def test_a_number_is_found_however_lines_break_and_letters_are_composed(text: str) -> None:
    assert told(text) == RIGHT


def test_the_number_of_a_footnote_is_no_part_of_a_figure() -> None:
    assert told("Có 7.6611/9.083 giáo viên, đạt tỉ lệ 84,34%, tăng 5,12 điểm.", has_marks=True) == RIGHT


def test_what_stands_in_the_text_is_read_and_not_what_should() -> None:
    text = "Có 7.662/9.083 giáo viên, đạt tỉ lệ 84,35%, tăng 5,12 điểm."
    assert [one for one in told(text) if one[1] != one[2]] == [
        ("numerator", "7.661", "7.662"),
        ("value", "84,34%", "84,35%"),
    ]


def test_a_number_among_the_words_of_a_figure_is_read_too() -> None:
    text = "Có 7.661/9.083 giáo viên, đạt tỉ lệ 84,34%, tăng 5,21 điểm."
    assert told(text) == [*RIGHT, ("words", "5,12", "5,21")]


def test_a_sentence_that_is_not_there_is_told_of_every_figure_in_it() -> None:
    assert told("Không có câu nào.") == [(aspect, text, NOT_FOUND) for aspect, text, _found in RIGHT]


def test_a_report_that_says_another_number_than_the_facts_is_found_out_by_them() -> None:
    wrong = Paragraph((Text("Đạt "), number("84,43%", "value"), Text(".")))
    assert told("Đạt 84,43%.", wrong) == [("value", "84,34%", "84,43%")]


def test_the_same_words_twice_are_read_in_their_order() -> None:
    def line(code: str) -> Paragraph:
        return Paragraph((Text("Đạt "), number("5%", "gap", code), Text(".")))

    assert told("Đạt 5%. Đạt 6%.", line("A"), line("B")) == [("gap", "5%", "5%"), ("gap", "5%", "6%")]


def test_cells_of_a_table_that_touch_do_not_mix_their_numbers() -> None:
    row = (Cell("3"), Cell("12 nền tảng"), Cell("84,34%", code="A1.1"), Cell("+5,54"))
    assert told("3 12 nền tảng 84,34% +5,54", Table("Bảng", ("a",), (row,))) == [RIGHT[2]]
    assert told("3 12 nền tảng 84,3% +5,54", Table("Bảng", ("a",), (row,))) == [("value", "84,34%", "84,3%")]


def test_the_appendix_is_read_by_its_lines() -> None:
    appendix = by_hand.appendix(by_hand.figure(), by_hand.not_applicable())
    text = (
        "1 Nhà giáo được trang bị máy tính Tổng số giáo viên có máy tính: 7.661, đạt tỉ lệ: 84,30%"
        "4 Cung cấp các chương trình đào tạo từ xa Không áp dụng (tỉnh không có cơ sở giáo dục đại học)"
    )
    said = "Khôngápdụng(tỉnhkhôngcócơsởgiáodụcđạihọc)"
    assert told(text, Paragraph((Text("Mở đầu"),)), appendix=appendix) == [
        ("numerator", "7.661", "7.661"),
        ("value", "84,34%", "84,30%"),
        ("result", said, said),
    ]


def test_words_without_a_figure_are_nobodys_concern() -> None:
    found: Sequence[Told] = read(report(Paragraph((Text("Có 370 trường."),))), "", FACTS, has_marks=False)
    assert found == []
    assert next(one.spans for one in passages(report(SENTENCE)))[0].code == "A1.1"
