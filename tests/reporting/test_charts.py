"""Charts are plain dictionaries that plotly accepts, exact to the last digit."""

import json
from collections.abc import Callable
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from dxreport.lib.charts import Chart
from reporting.charts import ChartRow, Setting, against_targets, units_compared
from reporting.dashboard import summarise
from tests.reporting import boards
from tests.reporting.test_dashboard_comparison import TOTALS

SETTING = Setting("2 trong 3 đạt", "Tỉ lệ phần trăm", "Sở, kỳ năm 2023", "phiếu báo cáo")
ROWS = (
    ChartRow("Giáo viên có máy tính", Decimal("84.34"), "84,34%", Decimal(50), "≥ 50%", True, "đạt"),
    ChartRow("Học sinh có máy tính", Decimal("42.82"), "42,82%", Decimal(50), "≥ 50%", False, "chưa đạt"),
    ChartRow("Cơ sở được tập huấn", Decimal(100), "100%", word="chưa có mục tiêu"),
    ChartRow("Đơn vị chưa báo cáo", None, "–", Decimal(50), "≥ 50%", None, "chưa có số liệu"),
)
CHARTS: dict[str, Callable[[], Chart | None]] = {
    "against targets": lambda: against_targets(ROWS, SETTING),
    "units compared": lambda: units_compared(ROWS, SETTING, target=Decimal(50)),
    "units without target": lambda: units_compared(ROWS, SETTING, target=None),
    "one row": lambda: units_compared(ROWS[:1], SETTING, target=Decimal(50)),
    "a dashboard's targets": lambda: summarise(boards.board(TOTALS)).targets_chart,
    "a dashboard's units": lambda: summarise(boards.board(TOTALS)).units_chart,
}


@pytest.fixture(params=list(CHARTS))
def chart(request) -> Chart:
    return boards.there(CHARTS[request.param]())


def test_plotly_accepts_the_figure_as_it_is(chart):
    go.Figure(chart.figure)  # raises on any property or value that plotly does not know


def test_plotly_would_refuse_a_slip():
    figure = against_targets(ROWS, SETTING).figure
    with pytest.raises(ValueError, match="Invalid"):
        go.Figure({**figure, "layout": {**figure["layout"], "showlegend": "có lẽ"}})


def test_no_number_passes_through_a_float(chart):
    assert "float" not in {type(one).__name__ for one in leaves(chart.figure)}
    assert json.dumps(chart.figure, cls=DjangoJSONEncoder) == json.dumps(chart.figure)


def leaves(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one)
    else:
        yield value


def test_title_unit_period_source_and_alternative_stand_with_the_figure(chart):
    assert all((chart.title, chart.unit, chart.period, chart.source))
    assert chart.title in chart.alternative


def test_the_table_repeats_every_bar_of_the_chart(chart):
    bars = chart.figure["data"][0]
    assert [row[0] for row in chart.rows] == [label.replace("<br>", " ") for label in bars["y"]]
    assert [row[1] for row in chart.rows] == [one["text"] for one in chart.figure["layout"]["annotations"]]
    assert all(len(row) == len(chart.columns) for row in chart.rows)


def test_bars_carry_exact_values_and_leave_a_gap_where_there_is_none():
    assert against_targets(ROWS, SETTING).figure["data"][0]["x"] == ["84.34", "42.82", "100", None]


def test_targets_are_marked_only_where_there_are_any():
    goals = against_targets(ROWS, SETTING).figure["data"][1]
    assert goals["x"] == ["50", "50", "50"]
    assert "Cơ sở được tập huấn" not in [label.replace("<br>", " ") for label in goals["y"]]


def test_what_is_met_missed_and_unjudged_differ_in_colour_and_in_words():
    bars = against_targets(ROWS, SETTING).figure["data"][0]
    assert len(set(bars["marker"]["color"][:3])) == 3
    assert bars["customdata"][:2] == ["84,34% (đạt)", "42,82% (chưa đạt)"]


def test_units_have_one_line_at_their_common_target():
    [line] = units_compared(ROWS, SETTING, target=Decimal("99.5")).figure["layout"]["shapes"]
    assert (line["x0"], line["x1"]) == ("99.5", "99.5")
    assert "shapes" not in units_compared(ROWS, SETTING, target=None).figure["layout"]


def test_a_chart_grows_with_its_rows():
    heights = [units_compared(ROWS[:n], SETTING, target=None).figure["layout"]["height"] for n in (1, 4)]
    assert heights[1] > heights[0]


def test_charts_speak_the_readers_language():
    with translation.override("en"):
        chart = against_targets(ROWS, SETTING)
    assert chart.columns[1:] != against_targets(ROWS, SETTING).columns[1:]
