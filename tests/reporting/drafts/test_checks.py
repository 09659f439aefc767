"""What the checker says of an author's text, over figures written by hand."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.test import override_settings

from collection.workflow import Basis
from indicators.models import Indicator
from reporting.drafts.checks import ERROR, RULES, WARNING, Finding, check
from reporting.figures import Figure
from reporting.progress import Progress
from reporting.report.default_text import default_sections
from reporting.report.source import Source
from tests.reporting import by_hand
from tests.reporting.by_hand import figure, indicator, target, violation

TEACHERS = indicator("A1.1", name="Giáo viên có máy tính", short_name="Giáo viên có máy tính")
PUPILS = indicator(
    "A2.1", name="Học sinh có máy tính", short_name="Học sinh có máy tính", unit_of_measure="học sinh"
)
MACHINES = indicator(
    "B1.8",
    kind=Indicator.Kind.COUNT,
    denominator="",
    name="Máy tính dạy Tin học",
    short_name="Máy tính dạy Tin học",
    unit_of_measure="máy",
)
PLAIN = "Không có gì thêm."


def source(*found: Figure) -> Source:
    """A department of these figures, on a set that has no outline of its own."""
    usual = (figure(TEACHERS, held_to=target("90")), figure(PUPILS, 64_450, 150_525), figure(MACHINES, 5325))
    return Source(
        unit=by_hand.unit(),
        period=by_hand.period(indicator_set="KHAC"),
        basis=Basis.OFFICIAL,
        made_on=by_hand.MADE_ON,
        letterhead=by_hand.letterhead(),
        figures=found or usual,
        progress=Progress(expected=2, submitted=2, approved=1, last_change=None),
    )


def texts(of: Source, text: str) -> dict[str, str]:
    """A text in the first section and nothing to say in the others."""
    return {**{one.key: PLAIN for one in default_sections(of)}, "general": text}


def found(text: str, of: Source | None = None) -> list[Finding]:
    of = of or source()
    return check(of, texts(of, text))


def told(text: str, of: Source | None = None) -> list[tuple[str, str, str]]:
    """Rule, words and offer of each finding."""
    return [(one.rule, one.words, one.offer) for one in found(text, of)]


def test_a_text_without_fault_has_no_finding() -> None:
    text = (
        "Có {A1.1.numerator}/{A1.1.denominator} giáo viên có máy tính, đạt tỉ lệ {A1.1.value}{A1.1.course}."
    )
    assert found(text) == []


def test_every_finding_points_at_its_words() -> None:
    text = "Một.\nCó {A1.1.valu} và 7.661 giáo viên. {A2.1 đạt: Có 42,82%.}\n[Bổ sung.]\n{Z9.value}"
    findings = found(text)
    assert len(findings) == 5
    assert [text[one.start : one.end] for one in findings] == [one.words for one in findings]
    assert {one.section for one in findings} == {"general"}
    assert {one.rule for one in findings} <= set(RULES)


@pytest.mark.parametrize(
    ("text", "rule", "words", "offer"),
    [
        ("Có {A1.1.valu}.", "unknown", "{A1.1.valu}", "{A1.1.value}"),
        ("Có {A1.11.value}.", "unknown", "{A1.11.value}", "{A1.1.value}"),
        ("Của {unit.nam}.", "unknown", "{unit.nam}", "{unit.name}"),
        ("{Z9 đạt: Có.}", "unknown", "{Z9 đạt: Có.}", ""),
        ("Có {A1.1} máy.", "markup", "{A1.1}", "{A1.1.value}"),
        ("Có {a1.1.Numerator} máy.", "markup", "{a1.1.Numerator}", "{A1.1.numerator}"),
        ("Có {gì đó} máy.", "markup", "{gì đó}", ""),
        ("{bảng goals}", "unknown", "{bảng goals}", ""),
        ("[Bổ sung văn bản.]", "prompt", "[Bổ sung văn bản.]", ""),
    ],
)
def test_what_stands_for_nothing_is_an_error_with_the_nearest_offered(
    text: str, rule: str, words: str, offer: str
) -> None:
    assert told(text) == [(rule, words, offer)]
    assert found(text)[0].severity == ERROR


def test_a_section_left_empty_is_an_error() -> None:
    (finding,) = found("  \n ")
    assert (finding.rule, finding.severity, finding.words) == ("empty", ERROR, "")
    assert "I. Thông tin chung" in finding.message


def test_a_section_whose_delivered_text_is_empty_may_stay_so() -> None:
    of = source()
    alone = replace(of, letterhead=replace(of.letterhead, addressees=()))
    assert check(alone, {**texts(alone, PLAIN), "addressees": ""}) == []


@pytest.mark.parametrize(
    ("text", "words", "offer"),
    [
        ("Có 7.661/9.083 người.", "7.661/9.083", "{A1.1.numerator}/{A1.1.denominator}"),
        ("Đạt tỉ lệ 84,34%.", "84,34%", "{A1.1.value}"),
        ("Giáo viên có máy tính đạt 84,3%.", "84,3%", "{A1.1.value}"),
        ("Toàn ngành có 5.325 máy.", "5.325", "{B1.8.numerator}"),
        ("Có {A1.1.numerator}/9.083 giáo viên có máy tính.", "9.083", "{A1.1.denominator}"),
        ("Cần thêm 514 giáo viên có máy tính.", "514", "{A1.1.gap}"),
        ("{A1.1 chưa đạt: Mới đạt 84,34%.}", "84,34%", "{A1.1.value}"),
        ("Một.^[Tính trên 64.450 em.]", "64.450", "{A2.1.numerator}"),
    ],
)
def test_a_number_typed_by_hand_that_equals_a_figure_is_doubted_and_its_token_offered(
    text: str, words: str, offer: str
) -> None:
    assert told(text) == [("typed", words, offer)]
    assert found(text)[0].severity == WARNING


@pytest.mark.parametrize(
    ("text", "words", "offer"),
    [
        ("Tỉ lệ giáo viên có máy tính là 86,5%.", "86,5%", "{A1.1.value}"),
        (
            "Có 7.600/9.083 giáo viên có máy tính.",
            "7.600/9.083",
            "{A1.1.numerator}/{A1.1.denominator}",
        ),
        ("Có 64.540 học sinh có máy tính.", "64.540", "{A2.1.numerator}"),
        ("Có 5.326 máy tính dạy Tin học.", "5.326", "{B1.8.value}"),
    ],
)
def test_a_number_that_differs_from_the_figure_its_words_name_is_an_error(
    text: str, words: str, offer: str
) -> None:
    assert told(text) == [("contradiction", words, offer)]
    assert found(text)[0].severity == ERROR


def test_where_the_name_is_told_only_in_part_a_difference_is_a_doubt() -> None:
    name = "Giáo viên có máy tính riêng"
    of = source(figure(indicator("A1.1", name=name, short_name=name)))
    (finding,) = found("Tỉ lệ giáo viên máy tính riêng là 86,5%.", of)
    assert finding.severity == ERROR
    (finding,) = found("Tỉ lệ giáo viên máy tính là 86,5%.", of)
    assert (finding.rule, finding.severity) == ("contradiction", WARNING)


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Quyết định số 131/QĐ-TTg ngày 25 tháng 01 năm 2022, Công văn số 604/BGDĐT-CNTT.",
        "Giai đoạn 2022 - 2025, định hướng đến năm 2030, mức độ 4, lớp 10, Điều 5, điện thoại 0261 3544 123.",
        "Phấn đấu đạt mục tiêu 95% giáo viên có máy tính.",
        "Giáo viên có máy tính tăng 12% so với năm trước.",
        "Khoảng 80% giáo viên có máy tính.",
        "Đã tổ chức 3 hội nghị, 12 lớp tập huấn cho 450 giáo viên với kinh phí 1.275 triệu đồng.",
        "Có 100% học sinh tham gia.",
        "Mục tiêu là 90% giáo viên có máy tính.",
        "Huyện Tuy Đức có 26,35% học sinh có máy tính.",
        "Bình quân cả nước, 65% học sinh có máy tính.",
        "Đến hết năm 2024, 60% học sinh có máy tính.",
    ],
)
def test_numbers_of_other_things_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_words_far_away_in_a_line_without_an_end_do_not_belong_to_a_number() -> None:
    """Or a long line would be read whole again for each of its numbers."""
    name = "Tỷ lệ giáo viên có máy tính"
    assert [rule for rule, *_rest in told(f"{name} là 12,3%")] == ["contradiction"]
    assert told(f"{name} {'và ' * 400}là 12,3%") == []


def test_a_figure_that_is_not_whole_needs_a_footnote() -> None:
    of = source(figure(TEACHERS, counted=300))
    text = "Có {A1.1.numerator} giáo viên, đạt {A1.1.value}."
    assert told(text, of) == [("coverage", "{A1.1.numerator}", "{A1.1.numerator}{A1.1.notes}")]
    assert found(text, of)[0].severity == WARNING
    assert "300/370" in found(text, of)[0].message
    assert found(f"{text}{{A1.1.notes}}", of) == []
    assert found(f"{text}^[Bốn đơn vị chưa nộp.]", of) == []
    assert found("Hỏi {A1.1.expected} đơn vị.", of) == []
    with override_settings(REPORT_COVERAGE_NOTED_BELOW=80):
        assert found(text, of) == []


def test_rules_without_an_explanation_are_told_once_where_their_figure_is_given() -> None:
    notes = (violation(), violation("Trường số 2"), violation(rule_code="R-2", explanation="Đã rà soát."))
    of = source(figure(TEACHERS, findings=notes))
    findings = found("Có {A1.1.value}. Lại có {A1.1.value}.", of)
    assert [(one.rule, one.severity, one.start) for one in findings] == [("violation", WARNING, 3)]
    assert "R-17" in findings[0].message
    assert "2 đơn vị" in findings[0].message
    assert found("Có {A1.1.name}.", of) == []


def test_faults_of_wording_are_found_in_what_will_be_printed() -> None:
    findings = found("Có 45/90 trường (chiếm 40%) tham gia.")
    assert [(one.rule, one.severity, one.words) for one in findings] == [("wording", WARNING, "40%")]
    assert "50%" in findings[0].message


def test_a_fault_that_a_token_prints_points_at_its_paragraph() -> None:
    text = "Một.\nCó {A1.1.numerator}/{A1.1.denominator} giáo viên (chiếm {A2.1.value})."
    (finding,) = found(text)
    assert (finding.rule, finding.words) == ("wording", text.split("\n")[1])


def test_prompts_and_faults_of_other_sections_are_left_out_where_one_is_asked_for() -> None:
    of = source()
    written: Mapping[str, str] = {**texts(of, "Có {A1.1.valu}."), "proposals": "[Bổ sung.]"}
    assert {one.section for one in check(of, written)} == {"general", "proposals"}
    assert {one.section for one in check(of, written, only="proposals")} == {"proposals"}


def test_the_delivered_text_leaves_only_prompts() -> None:
    of = source(
        replace(figure(TEACHERS, counted=3, held_to=target("90")), footnotes=("Một trường ước tính.",))
    )
    assert {one.rule for one in check(of, {})} == {"prompt"}
