"""The style page's two charts, in the shape that `partials/chart.html` frames."""

from decimal import Decimal

from dxreport.lib.charts import Chart
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


def district_chart() -> Chart:
    """Bars of one indicator by district, against its target."""
    known = [(unit, Decimal(share)) for unit, _schools, _teachers, share in DISTRICTS if share]
    known.sort(key=lambda row: row[1])
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": [str(share) for _unit, share in known],
        "y": [unit for unit, _share in known],
        "marker": {"color": ["var(--c2)" if share < 80 else "var(--c1)" for _unit, share in known]},
        "text": [format_percent(share) for _unit, share in known],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    goal = {"type": "line", "x0": 50, "x1": 50, "y0": 0, "y1": 1, "yref": "paper"}
    goal["line"] = {"color": "var(--ink)", "width": 2, "dash": "dot"}
    axis = {"type": "linear", "range": [0, 112], "ticksuffix": "%"}
    return Chart(
        key="districts",
        title="Đắk Glong còn cách các huyện khác về máy tính của giáo viên",
        unit="Tỉ lệ phần trăm; vạch đứng là mục tiêu",
        period="kỳ 2023",
        source="phiếu của các trường, đã duyệt.",
        note="Tuy Đức chưa có số liệu.",
        alternative="Biểu đồ thanh: từ 65,48% ở Đắk Glong đến 92,37% ở Cư Jút; mục tiêu 50%.",
        figure={"data": [bar], "layout": {"shapes": [goal], "xaxis": axis, "yaxis": {"type": "category"}}},
        columns=("Đơn vị", "Giáo viên có máy tính"),
        rows=tuple((unit, format_percent(share)) for unit, share in reversed(known)),
    )


TREND = {
    "Giáo viên có máy tính": ("71.2", "76.4", "79.22", "84.34"),
    "Học sinh có máy tính": ("28.1", "33.6", "36.42", "42.82"),
    "Học sinh có Internet": ("39.5", "42.1", "44.45", "48.2"),
    "Học sinh dùng nền tảng": ("31", "52.7", "57.19", "66.22"),
}
YEARS = ("2020", "2021", "2022", "2023")
# Colour is never alone: a dash and a mark tell the lines apart as well.
STROKES = (("solid", "circle"), ("dash", "square"), ("dot", "diamond"), ("dashdot", "triangle-up"))


def trend_chart() -> Chart:
    """Lines of four groups over the years."""
    lines = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": list(YEARS),
            "y": list(values),
            "line": {"dash": dash, "width": 2.5},
            "marker": {"symbol": mark, "size": 9},
            "hovertemplate": "%{y:.2f}%<extra>%{fullData.name}</extra>",
        }
        for (name, values), (dash, mark) in zip(TREND.items(), STROKES, strict=True)
    ]
    axes = {"yaxis": {"type": "linear", "range": [0, 100], "ticksuffix": "%"}, "xaxis": {"type": "category"}}
    return Chart(
        key="trend",
        title="Học sinh dùng nền tảng trực tuyến tăng nhanh nhất, gấp đôi sau ba năm",
        unit="Tỉ lệ phần trăm",
        period="2020 đến 2023",
        source="số liệu minh họa.",
        alternative="Biểu đồ đường: bốn tỉ lệ đều tăng từ 2020 đến 2023.",
        figure={"data": lines, "layout": axes},
        columns=("Chỉ số", *YEARS),
        rows=tuple((name, *map(_percent, values)) for name, values in TREND.items()),
    )


def _percent(text: str) -> str:
    return format_percent(Decimal(text))
