import datetime as dt
import io
import unicodedata
from typing import Any

import openpyxl
import pytest

from dxreport.lib import reading
from dxreport.lib.limited import MIB
from dxreport.lib.reading import Cell, Kind, WorkbookRefused, read_workbook, reference
from dxreport.lib.refusals import SENTENCES
from tests.hostile.packing import MAIN, packed, parts_of, relations, shared, sheet, workbook


def cells(data: bytes, sheet_number: int = 0) -> dict[str, Cell]:
    """Reference -> cell of one sheet."""
    return {
        reference(row.number, column): cell
        for row in read_workbook(data).sheets[sheet_number].rows
        for column, cell in row.cells.items()
    }


def texts(rows: str, **options: str) -> dict[str, str]:
    return {name: cell.text for name, cell in cells(workbook(rows, **options)).items()}


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_of_openpyxl_is_read_cell_by_cell():
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "Số liệu"
    page.append(["Mã", 12, 12.5, True, dt.date(2024, 3, 5), None, "=1+1"])
    page["C4"] = "  cách  "
    hidden = book.create_sheet("Ẩn")
    hidden.sheet_state = "veryHidden"
    hidden["AB3"] = "x"
    read = read_workbook(saved(book))
    assert [(page.name, page.is_hidden) for page in read.sheets] == [("Số liệu", False), ("Ẩn", True)]
    assert cells(saved(book)) == {
        "A1": (Kind.TEXT, "Mã", False),
        "B1": (Kind.NUMBER, "12", False),
        "C1": (Kind.NUMBER, "12.5", False),
        "D1": (Kind.BOOL, "1", False),
        "E1": (Kind.DATE, "2024-03-05", False),
        "G1": (Kind.EMPTY, "", True),
        "C4": (Kind.TEXT, "  cách  ", False),
    }
    assert list(cells(saved(book), 1)) == ["AB3"]


def test_a_workbook_is_read_from_a_file_too(tmp_path):
    path = tmp_path / "so-lieu.xlsx"
    path.write_bytes(workbook('<row r="1"><c r="A1"><v>7</v></c></row>'))
    assert read_workbook(path).sheets[0].rows[0].cells[1].text == "7"


@pytest.mark.parametrize(
    "digits", ["12", "12.0", "0.1", "1.2E+3", "30000000000000000001", "-5", "0.30000000000000004"]
)
def test_a_number_keeps_the_digits_of_the_file(digits):
    assert texts(f'<row r="1"><c r="A1"><v> {digits} </v></c></row>') == {"A1": digits}


@pytest.mark.parametrize("digits", ["NaN", "1e400", "-1e400", "INF", "1_000", "1,5", "0x10", "１２", "1 2"])
def test_what_no_spreadsheet_writes_as_a_number_is_refused_with_its_cell(digits):
    with pytest.raises(
        WorkbookRefused, match=r"Trang tính “Trang 1”, ô C7: “.*” không phải là một số"
    ) as caught:
        read_workbook(workbook(f'<row r="7"><c r="C7"><v>{digits}</v></c></row>'))
    assert (caught.value.code, caught.value.sheet, caught.value.cell) == ("number", "Trang 1", "C7")


def test_texts_are_shared_or_inline_plain_or_rich_and_never_phonetic():
    strings = shared(
        "<si><t>chung</t></si>",
        '<si><r><t>đậm </t></r><r><rPr/><t xml:space="preserve">và nghiêng</t></r><rPh><t>ĐỌC</t></rPh></si>',
        "<si><t>xuống_x000A_dòng, _x0000_</t></si>",
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
        '<c r="D1" t="inlineStr"><is><r><t>trong </t></r><r><t>ô</t></r><rPh><t>ĐỌC</t></rPh></is></c>'
        '<c r="E1" t="str"><f>A1</f><v>chung</v></c></row>'
    )
    assert texts(rows, texts=strings) == {
        "A1": "chung",
        "B1": "đậm và nghiêng",
        "C1": "xuống\ndòng, _x0000_",
        "D1": "trong ô",
        "E1": "chung",
    }


def test_decomposed_vietnamese_is_composed():
    decomposed = unicodedata.normalize("NFD", "Tổng số trường")
    assert decomposed != "Tổng số trường"
    assert texts(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{decomposed}</t></is></c></row>') == {
        "A1": "Tổng số trường"
    }


def test_cells_and_rows_without_references_follow_one_another():
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>'
    assert texts(rows) == {"A1": "1", "B1": "2", "C5": "3", "D5": "4"}


def test_a_formula_says_so_with_its_value_and_without():
    found = cells(workbook('<row r="1"><c r="A1"><f>B1*2</f><v>8</v></c><c r="B1"><f>C1</f></c></row>'))
    assert found == {"A1": (Kind.NUMBER, "8", True), "B1": (Kind.EMPTY, "", True)}


def test_errors_and_booleans_are_told_from_text():
    rows = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="b"><v>false</v></c></row>'
    assert list(cells(workbook(rows)).values()) == [(Kind.ERROR, "#REF!", False), (Kind.BOOL, "0", False)]


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/>'
    '<numFmt numFmtId="165" formatCode="[Red]#,##0&quot; học sinh&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs>'
    "</styleSheet>"
)


@pytest.mark.parametrize(
    ("book", "first", "second"),
    [
        ("", "2024-03-05", "2024-03-05T12:00:00"),
        ('<workbookPr date1904="1"/>', "2028-03-06", "2028-03-06T12:00:00"),
    ],
    ids=["since 1900", "since 1904"],
)
def test_a_number_shown_as_a_date_is_a_date(book, first, second):
    rows = "".join(
        f'<c s="{style}"><v>{days}</v></c>' for style, days in ((0, 5), (1, 45356), (2, 7), (3, 45356.5))
    )
    found = cells(workbook(f"<row>{rows}</row>", styles=STYLES, book=book))
    assert list(found.values()) == [
        (Kind.NUMBER, "5", False),
        (Kind.DATE, first, False),
        (Kind.NUMBER, "7", False),
        (Kind.DATE, second, False),
    ]


def test_both_editions_of_the_standard_and_prefixed_names_are_read():
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    part = (
        f'<x:worksheet xmlns:x="{strict}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    assert {name: cell.text for name, cell in cells(packed(parts_of(part))).items()} == {"B2": "5"}


def test_a_merge_over_the_whole_sheet_is_not_spread_out():
    merged = sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    read = read_workbook(packed(parts_of(merged)))
    assert [len(row.cells) for row in read.sheets[0].rows] == [1]
    assert read.peak_memory < 64 * MIB


def test_custom_properties_are_read():
    parts = parts_of(sheet("<row><c><v>1</v></c></row>"))
    parts["_rels/.rels"] = relations(
        ("officeDocument", "xl/workbook.xml"), ("custom-properties", "docProps/custom.xml")
    )
    parts["docProps/custom.xml"] = (
        '<Properties xmlns="urn:p" xmlns:v="urn:v">'
        '<property name="dxreport" pid="2"><v:lpwstr>mẫu 2</v:lpwstr></property>'
        '<property name="năm" pid="3"><v:i4>2024</v:i4></property></Properties>'
    )
    assert read_workbook(packed(parts)).properties == {"dxreport": "mẫu 2", "năm": "2024"}


def test_a_refusal_outside_of_cells_names_the_part():
    parts = parts_of(sheet("<row/>"))
    del parts["xl/worksheets/sheet1.xml"]
    with pytest.raises(WorkbookRefused, match=r"thiếu phần “xl/worksheets/sheet1\.xml”"):
        read_workbook(packed(parts))


def test_every_code_of_a_refusal_has_its_sentence():
    named = dict.fromkeys(("part", "found", "most"), "7")
    for code, sentence in SENTENCES.items():
        assert "Hãy" in str(sentence), code
        assert "%" not in str(reading.refused(code, named)), code
