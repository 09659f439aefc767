"""What a chart needs on a page: the figure, and everything that must stand beside it.

A function of `reporting` takes rows and returns a `Chart`; `partials/chart.html` frames it and
`static/js/charts.js` draws it. The figure is a plain plotly dictionary, `{"data": [...],
"layout": {...}}`, because building plotly's own objects costs twenty times the page.

Colours in a figure are tokens of static/css/tokens.css as a stylesheet writes them, "var(--c1)"
... "var(--c6)", "var(--ink)": plotly's own checks accept that, and the browser puts in the colour
of the reader's theme. Fonts, grid, margins, separators and hover labels come from charts.js; a
figure says only what is its own.
"""

import textwrap
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """One chart. Texts are in the reader's language; the cells of `rows` are ready to show.

    `key` is a slug unique on the page; `title` says what the chart shows as a finding;
    `alternative` is one sentence for those who do not see it. `columns` and `rows` repeat the
    same figures as a table, whose first column heads its rows.
    """

    key: str
    title: str
    unit: str
    source: str
    period: str
    figure: Figure
    alternative: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def figure_id(self) -> str:
        """The id of the script element that carries the figure."""
        return f"figure-{self.key}"


def wrapped(text: str, width: int = 26) -> str:
    """A long label of an axis on several lines, as plotly breaks them."""
    return "<br>".join(textwrap.wrap(text, width, break_long_words=False)) or text
