import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dxreport.lib import workbooks
from dxreport.lib.workbooks import height_for, put_across, put_at, put_row, set_up_page, to_bytes

DAY = dt.date(2024, 3, 5)


@pytest.fixture
def sheet() -> Worksheet:
    found = Workbook().active
    assert isinstance(found, Worksheet)
    return found


def saved(sheet: Worksheet, *, made_on: dt.date = DAY) -> bytes:
    assert sheet.parent is not None
    return to_bytes(sheet.parent, title="Thử", made_on=made_on)


def read_again(sheet: Worksheet) -> Any:
    return load_workbook(io.BytesIO(saved(sheet))).active


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x","bấm")',
        "=1+1",
        "+84 28",
        "-5",
        "@SUM(A1)",
        "\tcmd",
        "\ncmd",
        "＝1+1",
        "=",
        "=='1'!A1",
    ],
)
def test_text_that_looks_like_a_formula_stays_text(sheet: Worksheet, text: str) -> None:
    put_at(sheet, 1, 1, text)
    cell = read_again(sheet).cell(1, 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_no_formula_is_written_for_it_into_the_file(sheet: Worksheet) -> None:
    import zipfile

    put_at(sheet, 1, 1, "=1+1")
    with zipfile.ZipFile(io.BytesIO(saved(sheet))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_plain_text_is_not_marked(sheet: Worksheet) -> None:
    put_at(sheet, 1, 1, "Tổng số: 7.661")
    assert read_again(sheet).cell(1, 1).quotePrefix is None or not read_again(sheet).cell(1, 1).quotePrefix


def test_characters_that_a_workbook_cannot_hold_are_left_out(sheet: Worksheet) -> None:
    put_at(sheet, 1, 1, "Trường\x00 số\x0b 1\ud800\uffff")
    assert read_again(sheet).cell(1, 1).value == "Trường số 1"


def test_text_is_cut_to_what_a_cell_holds(sheet: Worksheet) -> None:
    put_at(sheet, 1, 1, "ệ" * 40_000)
    assert len(read_again(sheet).cell(1, 1).value) == 32_767


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (7661, 7661),
        (Decimal("84.34"), 84.34),
        (0, 0),
        (2**53, 2**53),
        (2**53 + 1, str(2**53 + 1)),
        (None, None),
    ],
)
def test_numbers_stay_numbers_as_long_as_a_spreadsheet_keeps_them_exact(
    sheet: Worksheet, value: int | Decimal | None, read: Any
) -> None:
    put_at(sheet, 1, 1, value)
    assert read_again(sheet).cell(1, 1).value == read


def test_a_date_is_shown_as_it_is_written_here(sheet: Worksheet) -> None:
    put_at(sheet, 1, 1, DAY)
    assert read_again(sheet).cell(1, 1).number_format == "dd/mm/yyyy"


def test_a_row_begins_at_column_a(sheet: Worksheet) -> None:
    put_row(sheet, 3, ("a", 1, None, "=b"))
    assert [cell.value for cell in read_again(sheet)[3]] == ["a", 1, None, "=b"]


def test_text_across_columns_is_merged_and_safe(sheet: Worksheet) -> None:
    put_across(sheet, 2, (1, 3), "=x")
    again = read_again(sheet)
    assert [str(one) for one in again.merged_cells.ranges] == ["A2:C2"]
    assert again.cell(2, 1).data_type == "s"


def test_a_page_is_a4_as_wide_as_the_paper_and_repeats_its_header(sheet: Worksheet) -> None:
    set_up_page(sheet, landscape=True, title_rows="9:9", footer="Sở A & B")
    again = read_again(sheet)
    assert (again.page_setup.paperSize, again.page_setup.orientation) == (9, "landscape")
    assert (again.page_setup.fitToWidth, again.page_setup.fitToHeight) == (1, 0)
    assert again.sheet_properties.pageSetUpPr.fitToPage
    assert again.print_title_rows == "$9:$9"
    # The doubled sign is how a footer writes "&"; a single one would open a code.
    assert "A && B" in saved_footer(sheet)


def saved_footer(sheet: Worksheet) -> str:
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.left is not None
    return str(sheet.oddFooter.left.text)


def test_the_same_content_gives_the_same_bytes_at_any_time(
    sheet: Worksheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_at(sheet, 1, 1, "một")
    first = saved(sheet)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *seconds: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert saved(sheet) == first


def test_another_day_is_another_file(sheet: Worksheet) -> None:
    assert saved(sheet) != saved(sheet, made_on=dt.date(2024, 3, 6))


def test_the_file_says_what_it_is(sheet: Worksheet) -> None:
    properties = load_workbook(io.BytesIO(saved(sheet))).properties
    assert (properties.title, properties.language) == ("Thử", "vi")
    assert properties.created == properties.modified == dt.datetime(2024, 3, 5)  # noqa: DTZ001


def test_a_row_is_as_high_as_its_longest_text() -> None:
    one_line = height_for(("ngắn", 40))
    assert height_for(("ngắn", 40), ("dòng một\ndòng hai\ndòng ba", 40)) > 2 * one_line
    assert height_for(("một câu dài " * 20, 40)) > 4 * one_line
    assert height_for(("", 40)) == one_line


def test_a_title_is_cleaned_too(sheet: Worksheet) -> None:
    data = to_bytes(sheet.parent, title="a\x00b", made_on=DAY)  # type: ignore[arg-type]
    assert load_workbook(io.BytesIO(data)).properties.title == "ab"
    assert workbooks.clean("a\x00b") == "ab"
