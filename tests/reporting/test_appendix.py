import pytest
from django.utils.translation import override

from collection.workflow import Basis
from indicators.models import Indicator
from reporting.appendix import appendix_rows, line_of
from reporting.figures import Figure
from tests.reporting import by_hand
from tests.reporting.by_hand import figure, indicator, violation


def distinct(**fields: object) -> Indicator:
    usual = {
        "kind": Indicator.Kind.DISTINCT,
        "numerator": "platforms",
        "denominator": "",
        "appendix_row": 3,
        "appendix_measure": "Số nền tảng (tên các nền tảng)",
    }
    return indicator("A3.1", **{**usual, **fields})


def result_text(found: Figure) -> str:
    return line_of(found).text


def test_a_ratio_is_written_as_the_form_has_it() -> None:
    assert result_text(figure()) == "Tổng số giáo viên có máy tính: 7.661, đạt tỉ lệ: 84,34%"


def test_it_stays_vietnamese_for_a_reader_of_english() -> None:
    with override("en"):
        assert result_text(figure()) == "Tổng số giáo viên có máy tính: 7.661, đạt tỉ lệ: 84,34%"


def test_a_whole_share_has_no_decimals() -> None:
    assert result_text(figure(numerator=370, denominator=370)).endswith("370, đạt tỉ lệ: 100%")


def test_a_measure_that_asks_for_a_share_gets_the_share_alone() -> None:
    share = indicator("A5.1", appendix_measure="Bậc tiểu học")
    assert result_text(figure(share, 690_900, 4_700_000)) == "Bậc tiểu học: 14,7%"


def test_an_estimate_is_a_share_and_says_so_once() -> None:
    said = indicator("A9.3", is_estimate=True, appendix_measure="Số lượng (ước tính) người học hài lòng")
    silent = indicator("A9.3", is_estimate=True, appendix_measure="Số lượng người học hài lòng")
    assert result_text(figure(said, 95, 100)) == "Số lượng (ước tính) người học hài lòng: 95%"
    assert result_text(figure(silent, 95, 100)) == "Số lượng người học hài lòng: 95% (ước tính)"


def test_a_list_is_counted_and_named() -> None:
    text = result_text(figure(distinct(), 2, names=("Azota", "Zalo")))
    assert text == "Số nền tảng (tên các nền tảng): 2, gồm: Azota, Zalo"


def test_names_with_commas_are_parted_by_semicolons() -> None:
    text = result_text(figure(distinct(), 2, names=("Quản lý cán bộ, công chức", "Một cửa")))
    assert text.endswith("gồm: Quản lý cán bộ, công chức; Một cửa")


def test_a_count_is_written_alone() -> None:
    count = indicator("X", kind=Indicator.Kind.COUNT, denominator="", appendix_measure="Số máy tính")
    assert result_text(figure(count, 13_834)) == "Số máy tính: 13.834"


@pytest.mark.parametrize(("numerator", "denominator"), [(None, None), (0, 0), (5, 0)])
def test_what_has_no_value_is_never_zero(numerator: int | None, denominator: int | None) -> None:
    text = result_text(figure(None, numerator, denominator, counted=0))
    assert text == "Tổng số giáo viên có máy tính: chưa có số liệu"


def test_a_true_zero_is_a_zero() -> None:
    assert result_text(figure(None, 0, 9083)).endswith(": 0, đạt tỉ lệ: 0%")


def test_what_does_not_apply_says_why() -> None:
    text = result_text(by_hand.not_applicable())
    assert text == "Không áp dụng (tỉnh không có cơ sở giáo dục đại học)"


def test_what_nobody_is_asked_for_is_neither_zero_nor_missing() -> None:
    text = result_text(figure(None, None, None, counted=0, expected=0))
    assert text == "Tổng số giáo viên có máy tính: không áp dụng (không có đơn vị thuộc diện báo cáo)"


def test_rows_stand_in_the_order_of_the_form_with_their_figures_together() -> None:
    third = figure(distinct(appendix_subject="Triển khai nền tảng"), 1, names=("Zalo",))
    second = figure(indicator("A1.2", appendix_subject="", appendix_measure="Tổng số giáo viên có Internet"))
    outside = figure(indicator("B1.1", appendix_row=None))
    rows = appendix_rows([third, figure(), outside, second])
    assert [(row.number, row.subject) for row in rows] == [
        (1, "Nhà giáo được trang bị máy tính"),
        (3, "Triển khai nền tảng"),
    ]
    assert [line.code for line in rows[0].lines] == ["A1.1", "A1.2"]


def test_several_lines_begin_with_a_dash_and_one_alone_does_not() -> None:
    second = figure(indicator("A1.2", appendix_measure="Tổng số giáo viên có Internet"))
    several, alone = appendix_rows([figure(), second, by_hand.not_applicable()])
    assert several.result.split("\n") == [
        "- Tổng số giáo viên có máy tính: 7.661, đạt tỉ lệ: 84,34%",
        "- Tổng số giáo viên có Internet: 7.661, đạt tỉ lệ: 84,34%",
    ]
    assert alone.result == "Không áp dụng (tỉnh không có cơ sở giáo dục đại học)"


def test_the_notes_tell_what_a_figure_leaves_out() -> None:
    found = by_hand.appendix(figure(counted=366), by_hand.not_applicable())
    assert found.notes == ["A1.1: Tính trên 366/370 đơn vị có đủ số liệu; 4 đơn vị chưa có số liệu."]


def test_the_notes_tell_which_rule_a_figure_breaks_and_whose_numbers() -> None:
    found = by_hand.appendix(figure(findings=(violation("Sở Giáo dục"),)))
    assert found.notes == [
        "A1.1: Số hồ sơ giải quyết trực tuyến (732) lớn hơn số hồ sơ nộp trực tuyến (655); "
        "cần rà soát theo quy tắc R-17 (Sở Giáo dục)."
    ]


def test_an_explanation_given_by_the_unit_is_told_with_it() -> None:
    found = by_hand.appendix(figure(findings=(violation(explanation="Nhập sai kỳ trước."),)))
    assert found.notes[0].endswith("(Trường số 1). Đơn vị giải trình: Nhập sai kỳ trước.")


def test_a_rule_broken_by_many_units_names_three_and_counts_the_others() -> None:
    findings = tuple(violation(f"Trường số {number}", left=10 + number, right=9) for number in range(1, 6))
    (note,) = by_hand.appendix(figure(findings=findings)).notes
    assert "Trường số 1 (11 so với 9); Trường số 2 (12 so với 9); Trường số 3 (13 so với 9)" in note
    assert note.endswith("và 2 trường hợp khác.")


def test_a_rule_without_numbers_is_told_without_them() -> None:
    pair = violation(message="Phải có cả hai số hoặc không có số nào", left=10, right=None)
    (note,) = by_hand.appendix(figure(findings=(pair,))).notes
    assert (
        note == "A1.1: Phải có cả hai số hoặc không có số nào; cần rà soát theo quy tắc R-17 (Trường số 1)."
    )


def test_illustrative_and_provisional_figures_say_so_first() -> None:
    official = by_hand.appendix()
    illustrative = by_hand.appendix(is_illustrative=True, basis=Basis.PROVISIONAL)
    assert official.labels == ["Số liệu chính thức, chỉ gồm các phiếu báo cáo đã được duyệt."]
    assert illustrative.labels[0].startswith("Số liệu minh họa")
    assert illustrative.labels[1].startswith("Số liệu tạm tính")
    assert len(illustrative.labels) == 2
