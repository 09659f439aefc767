"""A picture as a few shapes, written as SVG for pages and PDF; `reporting.report.painting` makes a PNG of it.

Lengths are in millimetres, letters in points, the origin is the upper left corner. The typeface is the one
that documents bring along, so that a text is as wide in print as it is measured here. The same shapes give
the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Literal

from PIL import ImageFont

from reporting.report.typeface import FONT_FOLDER

MM_PER_POINT = 25.4 / 72
INK, PAPER = "#16202e", "#ffffff"
_FAMILY = "Tinos, 'Times New Roman', 'Liberation Serif', serif"
_FILES = {False: "400Regular/Tinos_400Regular.ttf", True: "700Bold/Tinos_700Bold.ttf"}
_MEASURED_AT = 1000

Align = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    """A filled rectangle; `role` is what a page may colour in its own way."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    role: str = ""


@dataclass(frozen=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    stroke: str
    width: float
    role: str = ""
    is_dashed: bool = False


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str
    role: str = ""


@dataclass(frozen=True)
class Words:
    """A line of text that is written on the height `y`."""

    x: float
    y: float
    text: str
    size: float = 11
    is_bold: bool = False
    align: Align = "start"


Shape = Box | Line | Dot | Words


@dataclass(frozen=True)
class Drawing:
    """Shapes on a sheet of `width` by `height` mm, in the order in which they are laid down."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    def svg(self, *, title: str) -> str:
        """An <svg> element to stand in a page; `title` says in words what is to be seen."""
        inside = "".join(map(_svg, self.shapes))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img" width="{_n(self.width)}mm"'
            f' height="{_n(self.height)}mm" viewBox="0 0 {_n(self.width)} {_n(self.height)}">'
            f"<title>{escape(title)}</title>{inside}</svg>"
        )


def can_paint() -> bool:
    """Whether this machine has the typeface that pictures are set in."""
    return all((FONT_FOLDER / name).is_file() for name in _FILES.values())


def width_of(text: str, size: float = 11, *, is_bold: bool = False) -> float:
    """How wide a text is, in mm."""
    if not can_paint():
        return len(text) * size * 0.47 * MM_PER_POINT  # a page can do with a guess
    return face(is_bold, _MEASURED_AT).getlength(text) / _MEASURED_AT * size * MM_PER_POINT


def wrapped(text: str, width: float, size: float = 11) -> list[str]:
    """The text in lines no wider than `width` mm, as far as its words can be parted."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=16)
def face(is_bold: bool, pixels: int) -> ImageFont.FreeTypeFont:
    """The typeface so many dots high. Raises OSError where it is not installed."""
    # The basic layout: the other one depends on what else the machine has installed.
    path = str(FONT_FOLDER / _FILES[is_bold])
    return ImageFont.truetype(path, pixels, layout_engine=ImageFont.Layout.BASIC)


def _svg(shape: Shape) -> str:
    if isinstance(shape, Words):
        bold = ' font-weight="700"' if shape.is_bold else ""
        return (
            f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" font-family="{_FAMILY}"'
            f' font-size="{_n(shape.size * MM_PER_POINT)}"{bold} text-anchor="{shape.align}" fill="{INK}">'
            f"{escape(shape.text)}</text>"
        )
    role = f' class="{shape.role}"' if shape.role else ""
    if isinstance(shape, Box):
        return (
            f'<rect{role} x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}"'
            f' height="{_n(shape.height)}" fill="{shape.fill}"/>'
        )
    if isinstance(shape, Dot):
        x, y, radius = map(_n, (shape.x, shape.y, shape.radius))
        return f'<circle{role} cx="{x}" cy="{y}" r="{radius}" fill="{shape.fill}"/>'
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
    dashes = ' stroke-dasharray="1.2 1"' if shape.is_dashed else ""
    return (
        f'<polyline{role} points="{points}" fill="none" stroke="{shape.stroke}"'
        f' stroke-width="{_n(shape.width)}"{dashes}/>'
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
