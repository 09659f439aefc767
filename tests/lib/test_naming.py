"""Named cells read back: what each shows, and which workbooks are refused."""

from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from dxreport.lib.naming import read_named_cells, shown
from dxreport.lib.reading import WorkbookRefused
from dxreport.lib.xlsx.names import Area, area_of
from tests.lib.test_filling import with_parts
from tests.workbooks import saved

EXTERNAL = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="http://x/y"'
    b' TargetMode="External"/></Relationships>'
)


def book(names: dict[str, str], **cells: Any) -> bytes:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Sở 'A'"
    sheet.merge_cells("B2:C2")
    for place, value in cells.items():
        sheet[place] = value
    for name, refers_to in names.items():
        made.defined_names[name] = DefinedName(name, attr_text=refers_to)
    return saved(made)


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("7661", "#,##0", "7.661"),
        ("1234567", "#,##0", "1.234.567"),
        ("999", "#,##0", "999"),
        ("0", "#,##0", "0"),
        ("-5", "#,##0", "-5"),
        ("84.34", '#,##0.00"%"', "84,34%"),
        ("14.7", '#,##0.0"%"', "14,7%"),
        ("0.05", "0.00", "0,05"),
        ("95", '#,##0"% (ước tính)"', "95% (ước tính)"),
        ("0.8434", "0.00%", "84,34%"),
        ("2025", "0", "2025"),
        ("84.345", "0.00", None),  # what is rounded on the way is not what it says
        ("7661", "General", None),
        ("7661", "0.0E+00", None),
    ],
)
def test_a_number_is_shown_as_a_vietnamese_spreadsheet_shows_it(
    number: str, code: str, text: str | None
) -> None:
    assert shown(Decimal(number), code) == text


@pytest.mark.parametrize(
    ("refers_to", "area"),
    [
        ("'Phụ lục'!$D$12", Area("Phụ lục", 12, 4, 12, 4)),
        ("Sheet1!$AA$3:$AB$4", Area("Sheet1", 3, 27, 4, 28)),
        ("'Sở ''A'''!$B$2", Area("Sở 'A'", 2, 2, 2, 2)),
        ("#REF!", None),
        ("Sheet1!#REF!", None),
        ("Sheet1!$A$1,Sheet1!$B$1", None),
        ("SUM(Sheet1!$A$1)", None),
        ("Sheet1!$A$3:$A$1", None),
        ("12", None),
    ],
)
def test_a_name_points_at_one_area_or_at_none(refers_to: str, area: Area | None) -> None:
    assert area_of(refers_to) == area


def test_names_are_read_with_the_content_of_their_cells() -> None:
    places = {"CS_x": "'Sở ''A'''!$B$2:$C$2", "CS_y": "'Sở ''A'''!$A$1:$A$2", "CS_z": "#REF!", "other": "1"}
    found = {one.name: one for one in read_named_cells(book(places, B2=5, A1="một", A2="=1+1"), "CS_")}
    assert list(found) == ["CS_x", "CS_y", "CS_z"]
    assert (found["CS_x"].place, found["CS_x"].is_one) == ("Sở 'A'!B2", True)
    assert [cell.text for cell in found["CS_x"].cells] == ["5"]
    assert not found["CS_y"].is_one
    assert found["CS_y"].has_formula
    assert found["CS_z"].area is None


@pytest.mark.parametrize(
    "formula", ['=WEBSERVICE("http://x")', "=[1]Sheet1!A1", "=cmd|'/c calc'!A0", '=IMAGE("http://x")']
)
def test_a_formula_that_reaches_outside_is_refused_in_a_cell_and_behind_a_name(formula: str) -> None:
    with pytest.raises(WorkbookRefused) as caught:
        read_named_cells(book({}, D4=formula), "CS_")
    assert caught.value.cell == "D4"
    with pytest.raises(WorkbookRefused, match="liên kết"):
        read_named_cells(book({"hidden": formula[1:]}), "CS_")


def test_a_formula_within_the_workbook_is_not_refused() -> None:
    within = '=IF(A1>0,"a|b [1] có!",SUM(A1:A2))'
    assert read_named_cells(book({"own": "SUM($A$1:$A$2)"}, A1=1, D4=within), "CS_") == []


def test_a_picture_from_the_network_is_refused_and_a_hyperlink_is_not() -> None:
    part = "xl/drawings/_rels/drawing1.xml.rels"
    with pytest.raises(WorkbookRefused, match="liên kết"):
        read_named_cells(with_parts(book({}, A1=1), {part: EXTERNAL % b"image"}), "CS_")
    assert read_named_cells(with_parts(book({}, A1=1), {part: EXTERNAL % b"hyperlink"}), "CS_") == []


def test_a_workbook_with_thousands_of_names_is_refused() -> None:
    with pytest.raises(WorkbookRefused, match="tên ô"):
        read_named_cells(book({f"CS_n{number}": "1" for number in range(5001)}, A1=1), "CS_")
