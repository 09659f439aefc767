"""The rows of a chart to take away: what the table shows, numbers as numbers."""

from decimal import Decimal

from dxreport.lib.chart_files import chart_table
from dxreport.lib.charts import Cell, Chart, Row

CHART = Chart(
    key="classes",
    kind="classes",
    title="=Kết quả",
    unit="Số trường",
    source="phiếu báo cáo",
    period="Sở, năm 2023",
    alternative="Biểu đồ cột.",
    columns=("Khoảng", "Số trường", "Tỉ lệ"),
    rows=(
        Row("0–10%", (Cell("1.204", 1204), Cell("84,34%", Decimal("84.34")))),
        Row("=1+1", (Cell("–"), Cell("–"))),
    ),
    marks=(Row("Sở", (Cell("42,5%"), Cell(""))),),
)


def test_a_file_has_the_rows_of_the_table_and_of_its_foot():
    table = chart_table(CHART)
    assert [one.text for one in table.headings] == ["Khoảng", "Số trường", "Tỉ lệ (%)"]
    assert table.rows == [
        ["0–10%", 1204, Decimal("84.34")],
        ["=1+1", None, None],
        ["Sở", "42,5%", ""],
    ]


def test_a_file_says_what_its_rows_are_about():
    table = chart_table(CHART)
    assert table.title == "=Kết quả"
    assert table.remarks == ("Số trường · Sở, năm 2023", "phiếu báo cáo")
