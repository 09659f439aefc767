"""Named cells filled in place: what changes, and that nothing else does."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.workbook.defined_name import DefinedName

from dxreport.lib.filling import Filled, Filling, fill
from dxreport.lib.naming import read_named_cells
from tests.workbooks import saved

DAY = dt.date(2024, 3, 5)
PICTURE = b"a picture that no library of ours knows"


def form(change: Callable[[Any], object] = lambda sheet: None) -> bytes:
    """A form of two sheets with everything that a library might lose."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Biểu mẫu"
    sheet["A1"] = "Tổng số"
    sheet.merge_cells("B1:D1")
    sheet["B1"].font = Font(name="Times New Roman", size=14, bold=True)
    sheet["B1"].number_format = "#,##0"
    sheet["B1"].comment = Comment("Số của cả tỉnh", "Bộ")
    sheet["B2"].alignment = Alignment(wrap_text=True)
    sheet["E1"] = "=B1*2"
    sheet.column_dimensions["B"].width = 12
    sheet.row_dimensions[2].height = 15
    sheet.print_title_rows = "1:1"
    for row in (4, 5, 6):
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True)
    book.create_sheet("Khác")["A1"] = "để yên"
    for name, place in {"SO": "$B$1:$D$1", "CHU": "$B$2", "DONG": "$A$4:$A$6", "XA": "$H$40"}.items():
        book.defined_names[name] = DefinedName(name, attr_text=f"'Biểu mẫu'!{place}")
    change(sheet)
    found = parts(saved(book))
    # As an office program leaves it: with what the formula gave last, and no wish to reckon it again.
    sheet1 = re.sub(rb"(<f>B1\*2</f>)<v ?/?>(</v>)?", rb"\1<v>999</v>", found["xl/worksheets/sheet1.xml"])
    assert b"999" in sheet1
    workbook = re.sub(rb"<calcPr[^>]*>", b"", found["xl/workbook.xml"])
    more = {"xl/worksheets/sheet1.xml": sheet1, "xl/workbook.xml": workbook}
    return with_parts(saved(book), {**more, "xl/media/image1.png": PICTURE})


def with_parts(data: bytes, more: dict[str, bytes]) -> bytes:
    """The archive with other parts, or further ones."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in {**parts(data), **more}.items():
            archive.writestr(name, content)
    return packed.getvalue()


def filled(data: bytes, **fillings: Filling) -> bytes:
    return fill(data, fillings.get, title="Biểu đã điền", made_on=DAY)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def first(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).worksheets[0]


def test_only_what_is_filled_changes_and_the_rest_stays_byte_for_byte() -> None:
    before = form()
    after = filled(before, SO=Filled(7661, "#,##0"))
    old, new = parts(before), parts(after)
    changed = {name for name in old if old[name] != new[name]}
    # The sheet, the note that formulas are to be reckoned again, and the description of the file.
    assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/core.xml"}
    assert list(new) == list(old)
    assert new["xl/media/image1.png"] == PICTURE


def test_merged_cells_notes_styles_widths_and_print_setup_are_kept() -> None:
    sheet = first(filled(form(), SO=Filled(7661, "#,##0"), CHU=Filled("chữ")))
    assert [str(one) for one in sheet.merged_cells.ranges] == ["B1:D1"]
    assert sheet["B1"].value == 7661
    assert (sheet["B1"].font.name, sheet["B1"].font.size, sheet["B1"].font.bold) == (
        "Times New Roman",
        14,
        True,
    )
    assert sheet["B1"].comment.text == "Số của cả tỉnh"
    assert sheet.column_dimensions["B"].width == 12
    assert sheet.print_title_rows == "$1:$1"


def test_a_number_stays_a_number_in_the_format_that_shows_it() -> None:
    after = filled(form(), SO=Filled(Decimal("84.34"), '#,##0.00"%"'))
    cell = first(after)["B1"]
    assert (cell.value, cell.data_type, cell.number_format) == (84.34, "n", '#,##0.00"%"')
    assert cell.font.bold  # only the format is another one
    [area] = read_named_cells(after, "SO")
    assert [one.shown for one in area.cells] == ["84,34%"]


def test_a_format_of_the_forms_own_that_shows_the_same_is_kept() -> None:
    def with_format(sheet: Any) -> None:
        sheet["B1"].number_format = "0"

    cell = first(filled(form(with_format), SO=Filled(766, "#,##0")))["B1"]
    assert cell.number_format == "0"
    cell = first(filled(form(with_format), SO=Filled(7661, "#,##0")))["B1"]
    assert cell.number_format == "#,##0"


def test_formulas_elsewhere_stay_and_are_reckoned_again() -> None:
    after = parts(filled(form(), SO=Filled(5, "#,##0")))
    assert b"<f>B1*2</f>" in after["xl/worksheets/sheet1.xml"]
    assert b"999" not in after["xl/worksheets/sheet1.xml"]
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@x", "\t=1", "＝1"])
def test_text_that_begins_like_a_formula_stays_text_also_when_it_is_edited(text: str) -> None:
    cell = first(filled(form(), CHU=Filled(text)))["B2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix
    assert cell.alignment.wrap_text


def test_a_row_is_raised_until_its_text_fits_and_never_lowered() -> None:
    assert first(filled(form(), CHU=Filled("ngắn"))).row_dimensions[2].height >= 15
    assert first(filled(form(), CHU=Filled("dài " * 60))).row_dimensions[2].height > 200

    def tall(sheet: Any) -> None:
        sheet.row_dimensions[2].height = 300

    assert first(filled(form(tall), CHU=Filled("ngắn"))).row_dimensions[2].height == 300


def test_a_list_takes_a_row_for_each_text_and_hides_the_rows_that_are_left() -> None:
    sheet = first(filled(form(), DONG=["một", "hai"]))
    assert [sheet.cell(row, 1).value for row in (4, 5, 6)] == ["một", "hai", None]
    assert [bool(sheet.row_dimensions[row].hidden) for row in (4, 5, 6)] == [False, False, True]
    sheet = first(filled(form(), DONG=["một", "hai", "ba", "bốn"]))
    assert [sheet.cell(row, 1).value for row in (4, 5, 6)] == ["một", "hai", "ba\nbốn"]
    sheet = first(filled(form(), CHU=["một", "hai"]))
    assert sheet["B2"].value == "một\nhai"


def test_nothing_empties_the_cell_and_a_cell_that_is_not_there_is_made() -> None:
    def with_sample(sheet: Any) -> None:
        sheet["B1"] = 1234

    sheet = first(filled(form(with_sample), SO=Filled(None), XA=Filled("xa")))
    assert (sheet["B1"].value, sheet["H40"].value) == (None, "xa")


def test_a_whole_number_that_a_spreadsheet_would_round_is_written_as_text() -> None:
    cell = first(filled(form(), SO=Filled(2**53 + 1, "#,##0")))["B1"]
    assert cell.value == "9007199254740993"


def test_the_same_content_is_the_same_file_and_says_when_it_was_made() -> None:
    one, again = (filled(form(), SO=Filled(1, "#,##0")) for _time in range(2))
    assert parts(one).keys() == parts(again).keys()
    book = load_workbook(io.BytesIO(one))
    assert book.properties.title == "Biểu đã điền"
    assert book.properties.modified is not None
    assert book.properties.modified.date() == DAY
    before = form()
    assert filled(before, SO=Filled(1)) == filled(before, SO=Filled(1))
