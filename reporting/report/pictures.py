"""The picture of a chart in a document: bars against their targets, lines over periods.

Nothing but print: black on white, and what is reached or not is a word beside its bar. Numbers are printed as
the report has them; the axes only say where they lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dxreport.lib.numbers import format_number
from indicators.targets import Status
from reporting.notes import LANGUAGE
from reporting.report.comparison import ASSESSMENTS
from reporting.report.content import ChartBlock, ChartRow
from reporting.report.drawing import (
    INK,
    MM_PER_POINT,
    PAPER,
    Box,
    Dot,
    Drawing,
    Line,
    Shape,
    Words,
    width_of,
    wrapped,
)

WIDTH = 160.0  # mm, within the text of a page of Decree 30
SIZE = 11.0  # points
SMALL = 10.0
LINE_HEIGHT = SIZE * MM_PER_POINT * 1.2
GREY, REACHED, SHORT, PALE = "#9aa4b2", "#14507a", "#8fb3cc", "#dfe5ec"
# Told apart in grey too: by darkness, and each by its name at the end of the line.
NOT_REACHED = ASSESSMENTS[Status.NOT_MET]
LINES = ("#14507a", "#ad5505", "#1a7f85", "#5f0f32", "#66707a", "#39465a")
LABEL_SHARE = 0.40
GAP, EDGE = 2.0, 0.5
BAR = 4.2
PLOT_HEIGHT = 62.0
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_INTERVALS = 4


def picture_of(block: ChartBlock) -> Drawing:
    """The drawing of a block, as high as it needs to be."""
    return _lines(block) if block.shape == "lines" else _bars(block)


def svg_of(block: ChartBlock) -> str:
    """The <svg> element of a block, with its words for those who do not see it."""
    return picture_of(block).svg(title=block.alt)


# --- Bars ---------------------------------------------------------------------------------


def _bars(block: ChartBlock) -> Drawing:
    labels = [wrapped(row.label, WIDTH * LABEL_SHARE, SIZE) for row in block.rows]
    said = [_said(row) for row in block.rows]
    left = EDGE + _widest(line for lines in labels for line in lines) + GAP
    right = WIDTH - EDGE - _widest(said) - GAP
    values = [one.value for row in block.rows for one in (*row.points, row.target) if one is not None]
    top = _nice_top(values, block.measure)
    shapes: list[Shape] = []
    y = LINE_HEIGHT * 0.6
    for row, lines, text in zip(block.rows, labels, said, strict=True):
        height = max(len(lines) * LINE_HEIGHT, BAR) + 1.6
        middle = y + height / 2
        shapes += _label(lines, left - GAP, middle)
        shapes += _bar(row, left, right - left, middle, top)
        shapes.append(Words(right + GAP, middle + SIZE * MM_PER_POINT * 0.35, text, SIZE))
        y += height
    shapes = [*_axis(left, right - left, top, y, block.measure), *shapes]
    if any(row.target for row in block.rows):
        shapes += _key(left, y + LINE_HEIGHT * 2.3)
        y += LINE_HEIGHT * 1.4
    return Drawing(WIDTH, round(y + LINE_HEIGHT * 1.6, 2), tuple(shapes))


def _widest(texts: Iterable[str]) -> float:
    return max((width_of(text, SIZE) for text in texts), default=0)


def _said(row: ChartRow) -> str:
    value = row.points[-1].text if row.points else ""
    return f"{value} · {row.verdict}" if row.verdict else value


def _label(lines: Sequence[str], right: float, middle: float) -> Iterable[Words]:
    first = middle - (len(lines) - 1) * LINE_HEIGHT / 2 + SIZE * MM_PER_POINT * 0.35
    return [Words(right, first + n * LINE_HEIGHT, line, SIZE, align="end") for n, line in enumerate(lines)]


def _bar(row: ChartRow, left: float, width: float, middle: float, top: Decimal) -> Iterable[Shape]:
    value = row.points[-1].value if row.points else None
    target = row.target.value if row.target else None
    if value is not None:
        # A target may be a ceiling: whether it is reached is for the figure to say.
        fill, role = (SHORT, "short") if row.verdict == NOT_REACHED else (REACHED, "reached")
        length = _along(value, width, top)
        yield Box(left, middle - BAR / 2, length, BAR, fill, role)
    if target is not None:
        at = left + _along(target, width, top)
        tick = ((at, middle - BAR * 0.75), (at, middle + BAR * 0.75))
        yield Line(tick, PAPER, 1.6, "paper")  # so that it is seen on a dark bar
        yield Line(tick, INK, 0.6, "ink")


def _axis(left: float, width: float, top: Decimal, bottom: float, measure: str) -> Iterable[Shape]:
    for step in range(_INTERVALS + 1):
        value = top * step / _INTERVALS
        at = left + _along(value, width, top)
        yield Line(((at, 1), (at, bottom)), INK if step == 0 else PALE, 0.25, "ink" if step == 0 else "grid")
        yield Words(at, bottom + LINE_HEIGHT * 0.95, _scale_text(value, measure), SMALL, align="middle")


def _key(left: float, y: float) -> Iterable[Shape]:
    """What the tick and the tones of the bars mean."""
    base = y + SMALL * MM_PER_POINT * 0.35
    yield Line(((left, y - 1.8), (left, y + 1.8)), INK, 0.6, "ink")
    yield Words(left + 1.5, base, "mục tiêu", SMALL)
    at = left + 1.5 + width_of("mục tiêu", SMALL) + 5
    for fill, role, text in ((REACHED, "reached", "đạt"), (SHORT, "short", "chưa đạt")):
        yield Box(at, y - 1.3, 5, 2.6, fill, role)
        yield Words(at + 6.2, base, text, SMALL)
        at += 6.2 + width_of(text, SMALL) + 5


# --- Lines --------------------------------------------------------------------------------


def _lines(block: ChartBlock) -> Drawing:
    top = _nice_top((point.value for row in block.rows for point in row.points), block.measure)
    left = EDGE + width_of(_scale_text(top, block.measure), SMALL) + GAP
    names = WIDTH * 0.36
    plot = _Plot(left, WIDTH - names, top)
    across = [plot.across(n, len(block.columns)) for n in range(len(block.columns))]
    shapes = list(_grid(plot, block.measure))
    for x, column in zip(across, block.columns, strict=True):
        shapes.append(Words(x, PLOT_HEIGHT + LINE_HEIGHT, column, SMALL, align="middle"))
    ends: list[tuple[float, int]] = []
    for number, row in enumerate(block.rows):
        shapes += _line(row, number, across, plot)
        last = next((one.value for one in reversed(row.points) if one.value is not None), Decimal(0))
        ends.append((plot.up(last), number))
    height, words = _named(block, ends, plot.right, names)
    return Drawing(WIDTH, round(max(height, PLOT_HEIGHT + LINE_HEIGHT * 1.6), 2), (*shapes, *words))


@dataclass(frozen=True)
class _Plot:
    """Where the lines lie: from `left` to `right`, and `top` is the value at the upper edge."""

    left: float
    right: float
    top: Decimal

    def across(self, number: int, count: int) -> float:
        return self.left + (self.right - self.left) * (number + 0.5) / count

    def up(self, value: Decimal) -> float:
        return PLOT_HEIGHT - _along(value, PLOT_HEIGHT - 4, self.top)


def _grid(plot: _Plot, measure: str) -> Iterable[Shape]:
    for step in range(_INTERVALS + 1):
        value = plot.top * step / _INTERVALS
        y = plot.up(value)
        colour, role = (PALE, "grid") if step else (INK, "ink")
        yield Line(((plot.left, y), (plot.right, y)), colour, 0.25, role)
        base = y + SMALL * MM_PER_POINT * 0.35
        yield Words(plot.left - 1, base, _scale_text(value, measure), SMALL, align="end")


def _line(row: ChartRow, number: int, across: Sequence[float], plot: _Plot) -> Iterable[Shape]:
    colour, role = _tone(number)
    known = [
        (x, plot.up(point.value))
        for x, point in zip(across, row.points, strict=False)
        if point.value is not None
    ]
    if len(known) > 1:
        yield Line(tuple(known), colour, 0.7, role)
    for x, y in known:
        yield Dot(x, y, 1.1, colour, role)


def _tone(number: int) -> tuple[str, str]:
    place = number % len(LINES)
    return LINES[place], f"line-{place + 1}"


def _named(
    block: ChartBlock, ends: Sequence[tuple[float, int]], right: float, width: float
) -> tuple[float, list[Shape]]:
    """The name and last number of each line beside its end, from the top down, none over another."""
    shapes: list[Shape] = []
    free = LINE_HEIGHT
    for y, number in sorted(ends):
        row = block.rows[number]
        last = row.points[-1].text if row.points else ""
        lines = wrapped(f"{row.label}: {last}", width - 7.5 - EDGE, SMALL)
        start = max(free, y - (len(lines) - 1) * LINE_HEIGHT / 2)
        colour, role = _tone(number)
        shapes.append(Line(((right + 1, start - 1), (right + 5, start - 1)), colour, 0.9, role))
        shapes += [Words(right + 6.5, start + n * LINE_HEIGHT, line, SMALL) for n, line in enumerate(lines)]
        free = start + len(lines) * LINE_HEIGHT + 1
    return free, shapes


# --- Scales -------------------------------------------------------------------------------


def _along(value: Decimal, length: float, top: Decimal) -> float:
    """How far along an axis a value lies; what is beyond its end ends there."""
    share = float(value / top) if top else 0.0
    return length * min(1.0, max(0.0, share))


def _nice_top(values: Iterable[Decimal | None], measure: str) -> Decimal:
    """The end of the axis: 100 for shares, else the next number that four steps divide well."""
    highest = max((one for one in values if one is not None), default=Decimal(0))
    if measure == "%" and highest <= 100:
        return Decimal(100)
    if highest <= 0:
        return Decimal(_INTERVALS)
    magnitude = Decimal(1).scaleb(highest.adjusted() - 1)
    steps = (step * scale for scale in (magnitude, magnitude * 10, magnitude * 100) for step in _STEPS)
    return next(step * _INTERVALS for step in steps if step * _INTERVALS >= highest)


def _scale_text(value: Decimal, measure: str) -> str:
    text = format_number(value, language=LANGUAGE)
    return f"{text}%" if measure == "%" else text
