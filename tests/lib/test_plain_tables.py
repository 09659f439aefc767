import csv
import datetime as dt
import io
from decimal import Decimal

from openpyxl import load_workbook

from dxreport.lib.plain_tables import Heading, PlainTable, Share, Total, as_file

DAY = dt.date(2024, 3, 5)
TABLE = PlainTable(
    title="Chỉ số của Sở",
    remarks=("Năm 2023", "=Số liệu minh họa"),
    headings=(Heading("Mã"), Heading("Kết quả (%)", 20), Heading("Tử số")),
    rows=[["A1", Decimal("84.34"), 7661], ["=A2", None, None]],
)


def test_a_csv_file_holds_the_headings_and_the_rows():
    data, content_type = as_file(TABLE, "csv", made_on=DAY)
    assert content_type == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["Mã", "Kết quả (%)", "Tử số"], ["A1", "84.34", "7661"], ["'=A2", "", ""]]


def test_a_workbook_says_what_it_is_about_and_holds_numbers():
    data, _type = as_file(TABLE, "xlsx", made_on=DAY)
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["Chỉ số của Sở", None, None],
        ["Năm 2023", None, None],
        ["=Số liệu minh họa", None, None],
        [None, None, None],
        ["Mã", "Kết quả (%)", "Tử số"],
        ["A1", 84.34, 7661],
        ["=A2", None, None],
    ]
    assert [sheet["A3"].data_type, sheet["A7"].data_type] == ["s", "s"]
    assert [sheet["B6"].number_format, sheet["C6"].number_format] == ["0.00", "#,##0"]
    assert sheet.freeze_panes == "A6"


def test_the_same_table_on_the_same_day_is_the_same_file():
    assert as_file(TABLE, "xlsx", made_on=DAY) == as_file(TABLE, "xlsx", made_on=DAY)


def test_a_share_carries_its_sign_and_a_total_is_bold():
    table = PlainTable(
        title="Bảng",
        remarks=(),
        headings=(Heading("Mã"), Heading("Kết quả")),
        rows=[("A1", Share("84.34")), Total(["DN", 12])],
        heads=1,
    )
    data, _type = as_file(table, "xlsx", made_on=DAY)
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [(cell.value, cell.number_format, cell.font.b) for cell in (sheet["B4"], sheet["B5"])] == [
        (84.34, '0.00"%"', False),
        (12, "#,##0", True),
    ]
    assert sheet.freeze_panes == "B4"
