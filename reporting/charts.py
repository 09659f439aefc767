"""The charts of a dashboard: rows in, a card for `partials/chart.html` out.

The chart itself is a plain plotly dictionary, {"data", "layout"}: plotly.py's figure objects would
cost a request twenty times as much, so only the tests build them. Numbers go out as exact decimal
text, which plotly.js reads on a linear axis; colours are tokens of the stylesheet.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

Chart = dict[str, Any]

MET, MISSED, PLAIN, INK = "var(--c1)", "var(--c2)", "var(--c6)", "var(--ink)"
ROW_HEIGHT, FRAME_HEIGHT = 34, 70
TITLE_WIDTH, NOTE_WIDTH, LABEL_WIDTH = 70, 100, 26


@dataclass(frozen=True)
class ChartRow:
    """One bar: its label, value and target with their texts, and whether the target is met.

    `word` says the last in words; `url` leads to the explanation of the figure.
    """

    label: str
    value: Decimal | None
    display: str
    target: Decimal | None = None
    target_display: str = ""
    is_met: bool | None = None
    word: str = ""
    url: str = ""


@dataclass(frozen=True)
class ChartCard:
    """A chart with its finding, the note on unit, period and source, and the rows of its table."""

    id: str
    title: str
    note: str
    chart: Chart
    heading: str
    rows: tuple[ChartRow, ...]
    table: str = "reporting/partials/chart_rows.html"

    @property
    def alternative(self) -> str:
        """The chart in a sentence, for those who do not see it."""
        return _("Biểu đồ thanh ngang. %(finding)s. Bảng số liệu ở ngay bên dưới.") % {"finding": self.title}


def against_targets(rows: Sequence[ChartRow], *, title: str, note: str) -> ChartCard:
    """Indicators as horizontal bars in percent, each with a mark at its own target."""
    marked = [row for row in rows if row.target is not None]
    goals = {
        "type": "scatter",
        "mode": "markers",
        "name": _("Mục tiêu"),
        "x": [str(row.target) for row in marked],
        "y": [_broken(row.label, LABEL_WIDTH) for row in marked],
        "customdata": [row.target_display for row in marked],
        "hovertemplate": "%{customdata}<extra>" + _("Mục tiêu") + "</extra>",
        "marker": {"symbol": "line-ns-open", "size": 20, "color": INK, "line": {"width": 2, "color": INK}},
    }
    chart = {"data": [_bars(rows), goals], "layout": _layout(rows, title, note)}
    return ChartCard("chart-targets", title, note, chart, _("Chỉ số"), tuple(rows))


def units_compared(rows: Sequence[ChartRow], *, title: str, note: str, target: Decimal | None) -> ChartCard:
    """One indicator of several units as horizontal bars in percent, with a line at their target."""
    layout = _layout(rows, title, note)
    if target is not None:
        line = {"color": INK, "width": 2, "dash": "dot"}
        ends = {"x0": str(target), "x1": str(target), "yref": "paper", "y0": 0, "y1": 1}
        layout["shapes"] = [{"type": "line", **ends, "line": line}]
    chart = {"data": [_bars(rows)], "layout": layout}
    return ChartCard("chart-units", title, note, chart, _("Đơn vị"), tuple(rows))


def _bars(rows: Sequence[ChartRow]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": _("Kết quả"),
        "x": [None if row.value is None else str(row.value) for row in rows],
        "y": [_broken(row.label, LABEL_WIDTH) for row in rows],
        "text": [row.display for row in rows],
        "textposition": "auto",
        "insidetextanchor": "start",
        "customdata": [f"{row.display} ({row.word})" if row.word else row.display for row in rows],
        "hovertemplate": "%{y}: %{customdata}<extra></extra>",
        "marker": {"color": [_colour(row) for row in rows]},
    }


def _colour(row: ChartRow) -> str:
    if row.is_met is None:
        return PLAIN
    return MET if row.is_met else MISSED


def _layout(rows: Sequence[ChartRow], title: str, note: str) -> dict[str, Any]:
    """Title and note belong to the figure: a saved picture carries them (the page has its own)."""
    subtitle = {"text": _broken(note, NOTE_WIDTH)}
    return {
        "title": {"text": _broken(title, TITLE_WIDTH), "subtitle": subtitle},
        "height": FRAME_HEIGHT + ROW_HEIGHT * len(rows),
        "showlegend": False,
        "xaxis": {"type": "linear", "rangemode": "tozero", "ticksuffix": "%"},
        # The first row stands on top, as in the table.
        "yaxis": {"type": "category", "autorange": "reversed"},
    }


def _broken(text: str, width: int) -> str:
    """`text` on several lines, as plotly breaks them."""
    return "<br>".join(textwrap.wrap(text, width, break_long_words=False))
