"""The charts of a dashboard: rows in, `dxreport.lib.charts.Chart` out.

The drawing is a plain plotly dictionary, {"data", "layout"}: plotly.py's figure objects would
cost a request twenty times as much, so only the tests build them. Numbers go out as exact decimal
text, which plotly.js reads on a linear axis; colours are tokens of the stylesheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dxreport.lib.charts import Chart, Figure, wrapped

MET, MISSED, PLAIN, INK = "var(--c1)", "var(--c2)", "var(--c6)", "var(--ink)"
# Pixels, but for the label: letters on a line, so that a telephone has room for the bars.
ROW_HEIGHT, FRAME_HEIGHT, VALUE_WIDTH, LABEL_LETTERS = 34, 70, 60, 20


@dataclass(frozen=True)
class ChartRow:
    """One bar: its label, value and target with their texts, and whether the target is met.

    `word` says the last in words.
    """

    label: str
    value: Decimal | None
    display: str
    target: Decimal | None = None
    target_display: str = ""
    is_met: bool | None = None
    word: str = ""


@dataclass(frozen=True)
class Setting:
    """What stands around a drawing: its finding, in what it is measured, of when, and from where."""

    title: str
    unit: str
    period: str
    source: str


def against_targets(rows: Sequence[ChartRow], setting: Setting) -> Chart:
    """Indicators as horizontal bars in percent, each with a mark at its own target."""
    marked = [row for row in rows if row.target is not None]
    goals = {
        "type": "scatter",
        "mode": "markers",
        "name": _("Mục tiêu"),
        "x": [str(row.target) for row in marked],
        "y": [wrapped(row.label, LABEL_LETTERS) for row in marked],
        "customdata": [row.target_display for row in marked],
        "hovertemplate": "%{customdata}<extra>" + _("Mục tiêu") + "</extra>",
        "marker": {"symbol": "line-ns-open", "size": 20, "color": INK, "line": {"width": 2, "color": INK}},
    }
    figure = {"data": [_bars(rows), goals], "layout": _layout(rows)}
    return _chart("targets", _("Chỉ số"), rows, figure, setting)


def units_compared(rows: Sequence[ChartRow], setting: Setting, *, target: Decimal | None) -> Chart:
    """One indicator of several units as horizontal bars in percent, with a line at their target."""
    layout = _layout(rows)
    if target is not None:
        line = {"color": INK, "width": 2, "dash": "dot"}
        ends = {"x0": str(target), "x1": str(target), "yref": "paper", "y0": 0, "y1": 1}
        layout["shapes"] = [{"type": "line", **ends, "line": line}]
    figure = {"data": [_bars(rows)], "layout": layout}
    return _chart("units", _("Đơn vị"), rows, figure, setting)


def _chart(key: str, heading: str, rows: Sequence[ChartRow], figure: Figure, setting: Setting) -> Chart:
    return Chart(
        key=key,
        title=setting.title,
        unit=setting.unit,
        period=setting.period,
        source=setting.source,
        figure=figure,
        alternative=_("Biểu đồ thanh ngang. %(finding)s. Bảng số liệu ở ngay bên dưới.")
        % {"finding": setting.title},
        columns=(heading, _("Kết quả"), _("Mục tiêu"), _("Tình trạng")),
        rows=tuple((row.label, row.display, row.target_display, row.word) for row in rows),
    )


def _bars(rows: Sequence[ChartRow]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": _("Kết quả"),
        "x": [None if row.value is None else str(row.value) for row in rows],
        "y": [wrapped(row.label, LABEL_LETTERS) for row in rows],
        "customdata": [f"{row.display} ({row.word})" if row.word else row.display for row in rows],
        "hovertemplate": "%{y}: %{customdata}<extra></extra>",
        "marker": {"color": [_colour(row) for row in rows]},
    }


def _values(rows: Sequence[ChartRow]) -> list[dict[str, Any]]:
    """The values in a column right of the drawing, where no bar and no target mark runs into them."""
    place = {"xref": "paper", "x": 1, "xanchor": "right", "xshift": VALUE_WIDTH, "yref": "y"}
    return [
        {
            **place,
            "y": wrapped(row.label, LABEL_LETTERS),
            "text": row.display,
            "showarrow": False,
            "font": {"color": INK},
        }
        for row in rows
    ]


def _colour(row: ChartRow) -> str:
    if row.is_met is None:
        return PLAIN
    return MET if row.is_met else MISSED


def _layout(rows: Sequence[ChartRow]) -> dict[str, Any]:
    return {
        "height": FRAME_HEIGHT + ROW_HEIGHT * len(rows),
        "showlegend": False,
        "margin": {"r": VALUE_WIDTH + 4},
        "annotations": _values(rows),
        "xaxis": {"type": "linear", "rangemode": "tozero", "ticksuffix": "%", "tickangle": 0, "nticks": 4},
        # The first row stands on top, as in the table.
        "yaxis": {"type": "category", "autorange": "reversed"},
    }
