import io
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from indicators.models import Indicator
from reporting.appendix import Appendix
from reporting.appendix_workbook import FORM_SHEET, NUMBER_COLUMNS, NUMBERS_SHEET, appendix_workbook
from tests.reporting import by_hand
from tests.reporting.by_hand import figure, indicator, target, violation

FIGURES = (
    figure(counted=366, held_to=target()),
    by_hand.not_applicable(),
    figure(indicator("A9.1", appendix_row=9), 27, 84, held_to=target("80", is_verified=False)),
    figure(indicator("A9.2", appendix_row=9), 732, 749, findings=(violation(),)),
    figure(
        indicator("B3.1", kind=Indicator.Kind.DISTINCT, denominator="", appendix_row=None),
        2,
        names=("Azota", "Zalo"),
    ),
    figure(indicator("B5.1", appendix_row=None), None, None, counted=0),
)


def book(appendix: Appendix | None = None) -> Any:
    data = appendix_workbook(appendix or by_hand.appendix(*FIGURES), by_hand.letterhead())
    return load_workbook(io.BytesIO(data))


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def table(sheet: Any, first: str) -> list[dict[str, Any]]:
    """The rows beneath the header row that begins with `first`, by column."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(number for number, row in enumerate(rows) if row[0] == first)
    header, *body = rows[start:]
    filled = (row for row in body if isinstance(row[1], str))
    return [dict(zip(header, row, strict=True)) for row in filled]


def test_the_form_has_the_ministrys_columns_and_a_row_for_each_of_its_numbers() -> None:
    rows = table(book()[FORM_SHEET], "STT")
    assert list(rows[0]) == ["STT", "Nội dung triển khai", "Kết quả (số liệu)"]
    assert [row["STT"] for row in rows] == [1, 4, 9]
    assert rows[0]["Kết quả (số liệu)"] == "Tổng số giáo viên có máy tính: 7.661, đạt tỉ lệ: 84,34%"
    assert rows[1]["Kết quả (số liệu)"] == "Không áp dụng (tỉnh không có cơ sở giáo dục đại học)"
    assert len(rows[2]["Kết quả (số liệu)"].split("\n")) == 2


def test_the_head_is_that_of_an_official_document() -> None:
    found = texts(book()[FORM_SHEET])
    assert found[:4] == [
        "UBND TỈNH ĐẮK NÔNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert "Đơn vị báo cáo: Sở Giáo dục và Đào tạo Đắk Nông. Ngày lập: 05/03/2024." in found


def test_the_form_prints_on_a4_with_its_header_on_every_page() -> None:
    sheet = book()[FORM_SHEET]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    header = next(cell.row for cell in sheet["A"] if cell.value == "STT")
    assert sheet.print_title_rows == f"${header}:${header}"
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {"Times New Roman"}


def test_every_row_of_the_form_is_high_enough_for_its_longest_cell() -> None:
    sheet = book()[FORM_SHEET]
    rows = [cell.row for cell in sheet["A"] if isinstance(cell.value, int)]
    heights = [sheet.row_dimensions[row].height for row in rows]
    assert all(heights)
    assert heights[2] > heights[0]  # two figures, each longer than a line


def test_the_numbers_are_numbers_with_their_denominator_and_coverage() -> None:
    row = table(book()[NUMBERS_SHEET], "Mã")[0]
    assert tuple(row) == NUMBER_COLUMNS
    assert (row["Mã"], row["Tử số"], row["Mẫu số"]) == ("A1.1", 7661, 9083)
    assert row["Tỉ lệ (%)"] == pytest.approx(100 * 7661 / 9083, abs=1e-10)
    assert (row["Số đơn vị có số liệu"], row["Số đơn vị được hỏi"]) == (366, 370)
    assert row["Độ bao phủ (%)"] == pytest.approx(100 * 366 / 370, abs=1e-10)
    assert (row["Mục tiêu"], row["Đến năm"], row["Đánh giá"]) == (50, 2025, "đạt")


def test_percentages_are_shown_with_two_decimals_and_counts_in_groups() -> None:
    sheet = book()[NUMBERS_SHEET]
    row = next(cell.row for cell in sheet["A"] if cell.value == "A1.1")
    assert sheet.cell(row, 7).number_format == "0.00"
    assert sheet.cell(row, 4).number_format == "#,##0"


def test_a_figure_without_value_is_an_empty_cell_and_not_zero() -> None:
    row = table(book()[NUMBERS_SHEET], "Mã")[-1]
    assert row["Mã"] == "B5.1"
    assert (row["Tử số"], row["Mẫu số"], row["Giá trị"], row["Tỉ lệ (%)"]) == (None, None, None, None)
    assert row["Đánh giá"] == "chưa có số liệu"


def test_a_list_is_a_number_with_its_names_beside() -> None:
    row = table(book()[NUMBERS_SHEET], "Mã")[4]
    assert (row["Giá trị"], row["Tỉ lệ (%)"], row["Ghi chú"]) == (2, None, "Gồm: Azota, Zalo.")


def test_the_remarks_tell_coverage_broken_rules_and_unverified_targets() -> None:
    remarks = {row["Mã"]: row["Ghi chú"] for row in table(book()[NUMBERS_SHEET], "Mã")}
    assert remarks["A1.1"].startswith("Tính trên 366/370 đơn vị")
    assert "chưa được đối chiếu với văn bản gốc" in remarks["A9.1"]
    assert "(732) lớn hơn số hồ sơ nộp trực tuyến (655)" in remarks["A9.2"]


def test_both_sheets_say_period_basis_and_what_is_illustrative() -> None:
    found = book(by_hand.appendix(is_illustrative=True))
    for sheet in (FORM_SHEET, NUMBERS_SHEET):
        said = "\n".join(texts(found[sheet]))
        assert "từ ngày 01/01/2023 đến ngày 31/12/2023" in said
        assert "Số liệu minh họa" in said
        assert "Số liệu chính thức" in said
        assert "05/03/2024" in said


def test_a_name_that_looks_like_a_formula_stays_text_everywhere() -> None:
    hostile = '=HYPERLINK("http://x")'
    of = by_hand.unit(hostile, "district_office")
    listed = indicator(
        "A1.1", name=hostile, appendix_subject=hostile, appendix_measure="", kind="distinct", denominator=""
    )
    data = appendix_workbook(
        by_hand.appendix(figure(listed, 1, names=("=1+1",)), of=of),
        by_hand.letterhead(hostile, "district_office"),
    )
    for sheet in load_workbook(io.BytesIO(data)):
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_same_appendix_is_the_same_file_in_every_language() -> None:
    first = appendix_workbook(by_hand.appendix(*FIGURES), by_hand.letterhead())
    with override("en"):
        assert appendix_workbook(by_hand.appendix(*FIGURES), by_hand.letterhead()) == first
