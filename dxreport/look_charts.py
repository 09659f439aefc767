"""The style page's charts, in the shape that `partials/chart.html` frames."""

from decimal import Decimal

from dxreport.lib.charts import Cell, Chart, Row
from dxreport.lib.numbers import format_percent

DISTRICTS = (
    ("TP Gia Nghĩa", 41, 1104, "84.01"),
    ("Huyện Cư Jút", 52, 1322, "92.37"),
    ("Huyện Đắk Glong", 47, 1015, "65.48"),
    ("Huyện Đắk Mil", 58, 1490, "89.55"),
    ("Huyện Đắk R’lấp", 55, 1287, "91.46"),
    ("Huyện Đắk Song", 44, 1001, "81.71"),
    ("Huyện Krông Nô", 46, 1122, "92.15"),
    ("Huyện Tuy Đức", 27, 861, None),
)
GOAL = Decimal(80)


def district_chart() -> Chart:
    """Bars of one indicator by district, against its target."""
    known = [(unit, Decimal(share)) for unit, _schools, _teachers, share in DISTRICTS if share]
    known.sort(key=lambda row: -row[1])
    return Chart(
        key="districts",
        kind="bars",
        title="Đắk Glong còn cách các huyện khác về máy tính của giáo viên",
        unit="Tỉ lệ phần trăm; vạch đứng là mục tiêu",
        period="kỳ 2023",
        source="phiếu của các trường, đã duyệt.",
        note="Tuy Đức chưa có số liệu.",
        alternative="Biểu đồ thanh: từ 65,48% ở Đắk Glong đến 92,37% ở Cư Jút; mục tiêu 80%.",
        columns=("Đơn vị", "Kết quả", "Mục tiêu", "Tình trạng"),
        rows=tuple(_district(unit, share) for unit, share in known),
    )


def _district(unit: str, share: Decimal) -> Row:
    is_met = share >= GOAL
    cells = (_percent(share), Cell(f"≥ {format_percent(GOAL)}"), Cell("đạt" if is_met else "chưa đạt"))
    return Row(unit, cells, url="#district", state="met" if is_met else "missed")


TREND = (("2020", "28.1", "30"), ("2021", "33.6", "40"), ("2022", "36.42", "50"), ("2023", "42.82", "50"))


def trend_chart() -> Chart:
    """One indicator over the years, and the path of its targets."""
    return Chart(
        key="trend",
        kind="trend",
        title="Học sinh có máy tính tăng đều, nhưng chậm hơn mục tiêu từ năm 2021",
        unit="Tỉ lệ phần trăm",
        period="2020 đến 2023",
        source="số liệu minh họa.",
        alternative="Biểu đồ đường: tỉ lệ tăng từ 28,1% năm 2020 đến 42,82% năm 2023.",
        columns=("Kỳ", "Kết quả", "Mục tiêu"),
        rows=tuple(
            Row(year, (_percent(Decimal(value)), Cell(f"≥ {format_percent(Decimal(goal))}")))
            for year, value, goal in TREND
        ),
    )


def _percent(value: Decimal) -> Cell:
    return Cell(format_percent(value), value)
