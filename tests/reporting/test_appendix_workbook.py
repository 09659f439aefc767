import io
from functools import cache
from typing import Any

from django.utils.translation import override
from openpyxl import load_workbook

from indicators.models import Indicator
from reporting.appendix import Appendix
from reporting.appendix_template import FORM_SHEET, LAST, MEASURE, NUMBER_COLUMNS, NUMBERS_SHEET
from reporting.appendix_workbook import appendix_workbook
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


@cache
def usual() -> bytes:
    """The workbook of FIGURES, which many tests look at."""
    return appendix_workbook(by_hand.appendix(*FIGURES), by_hand.letterhead())


def book(appendix: Appendix | None = None) -> Any:
    data = appendix_workbook(appendix, by_hand.letterhead()) if appendix else usual()
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


def results(sheet: Any) -> list[list[Any]]:
    """The four cells of each result of the form, from the header down."""
    rows = list(sheet.iter_rows(min_col=1, max_col=LAST))
    start = next(number for number, row in enumerate(rows) if row[0].value == "STT")
    cells = [row[MEASURE - 1 :] for row in rows[start + 1 :]]
    shown = [[cell.value for cell in row] for row in cells]
    return [row for row in shown if any(value is not None for value in row)]


def test_the_form_has_the_ministrys_columns_and_a_row_for_each_of_its_numbers() -> None:
    sheet = book()[FORM_SHEET]
    rows = table(sheet, "STT")
    assert list(rows[0])[:3] == ["STT", "Nội dung triển khai", "Kết quả (số liệu)"]
    assert [row["STT"] for row in rows] == [1, 4, 9]


def test_a_result_is_its_measure_and_its_numbers_as_numbers_each_in_a_cell() -> None:
    sheet = book()[FORM_SHEET]
    assert results(sheet) == [
        ["Tổng số giáo viên có máy tính:", 7661, "đạt tỉ lệ", 84.34],
        ["Không áp dụng (tỉnh không có cơ sở giáo dục đại học)", None, None, None],
        ["Tổng số giáo viên có máy tính:", 27, "đạt tỉ lệ", 32.14],
        ["Tổng số giáo viên có máy tính:", 732, "đạt tỉ lệ", 97.73],
    ]
    row = next(row for row in sheet.iter_rows() if row[3].value == 7661)
    assert [cell.number_format for cell in row[3:6]] == ["#,##0", "General", '#,##0.00"%"']


def test_a_list_names_its_entries_in_a_line_of_their_own() -> None:
    of = indicator("A3.1", kind="distinct", denominator="", appendix_measure="Số nền tảng")
    found = results(book(by_hand.appendix(figure(of, 2, names=("Azota", "Zalo"))))[FORM_SHEET])
    assert found == [["Số nền tảng:", 2, None, None], ["gồm:", "Azota, Zalo", None, None]]


def test_what_has_no_number_says_so_in_words_and_never_0() -> None:
    missing = figure(None, None, None, counted=0)
    [row] = results(book(by_hand.appendix(missing))[FORM_SHEET])
    assert row == ["Tổng số giáo viên có máy tính:", "chưa có số liệu", "đạt tỉ lệ", "–"]
    share = indicator(appendix_measure="Bậc tiểu học")
    [row] = results(book(by_hand.appendix(figure(share, None, None, counted=0)))[FORM_SHEET])
    assert row == ["Bậc tiểu học:", "chưa có số liệu", None, None]


def test_an_estimate_is_a_number_that_says_that_it_is_one() -> None:
    of = indicator(is_estimate=True, appendix_measure="Phụ huynh hài lòng")
    sheet = book(by_hand.appendix(figure(of, 95, 100)))[FORM_SHEET]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 95)
    assert cell.number_format == '#,##0"% (ước tính)"'


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


def test_rows_of_remarks_that_are_not_needed_are_hidden() -> None:
    sheet = book()[FORM_SHEET]
    row = next(cell.row for cell in sheet["A"] if cell.value == "Ghi chú:")
    said = [cell for cell in sheet["A"][row:] if cell.value]
    assert [cell.value.partition(" ")[0] for cell in said] == ["1.", "2."]
    below = [bool(sheet.row_dimensions[one].hidden) for one in range(row + 1, sheet.max_row + 1)]
    assert below == [False, False, *[True] * (len(below) - 2)]


def test_the_numbers_are_numbers_with_their_denominator_and_coverage() -> None:
    row = table(book()[NUMBERS_SHEET], "Mã")[0]
    assert list(row) == [heading for heading, _width, _aspect in NUMBER_COLUMNS]
    assert (row["Mã"], row["Tử số"], row["Mẫu số"], row["Tỉ lệ"]) == ("A1.1", 7661, 9083, 84.34)
    assert (row["Số đơn vị có số liệu"], row["Số đơn vị được hỏi"]) == (366, 370)
    assert row["Độ bao phủ"] == 98.92
    assert (row["Mục tiêu"], row["Đến năm"], row["Đánh giá"]) == (50, 2025, "đạt")


def test_percentages_are_shown_as_they_are_printed_and_counts_in_groups() -> None:
    sheet = book()[NUMBERS_SHEET]
    row = next(cell.row for cell in sheet["A"] if cell.value == "A1.1")
    assert sheet.cell(row, 7).number_format == '#,##0.00"%"'
    assert sheet.cell(row, 4).number_format == "#,##0"
    assert sheet.cell(row, 12).number_format == "0"


def test_a_figure_without_value_is_an_empty_cell_and_not_zero() -> None:
    row = table(book()[NUMBERS_SHEET], "Mã")[-1]
    assert row["Mã"] == "B5.1"
    assert (row["Tử số"], row["Mẫu số"], row["Giá trị"], row["Tỉ lệ"]) == (None, None, None, None)
    assert row["Đánh giá"] == "chưa có số liệu"


def test_a_list_is_a_number_with_its_names_beside() -> None:
    row = table(book()[NUMBERS_SHEET], "Mã")[4]
    assert (row["Giá trị"], row["Tỉ lệ"], row["Ghi chú"]) == (2, None, "Gồm: Azota, Zalo.")


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
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_the_same_appendix_is_the_same_file_in_every_language() -> None:
    first = appendix_workbook(by_hand.appendix(*FIGURES), by_hand.letterhead())
    with override("en"):
        assert appendix_workbook(by_hand.appendix(*FIGURES), by_hand.letterhead()) == first
