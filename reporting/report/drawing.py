"""A picture as a few shapes, written as SVG for pages and PDF, and as PNG for Word.

Lengths are in millimetres, letters in points, the origin is the upper left corner. The typeface is the one
that documents bring along, so that a text is as wide in print as it is measured here. The same shapes give
the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from reporting.report.typeface import FONT_FOLDER

MM_PER_POINT = 25.4 / 72
INK, PAPER = "#16202e", "#ffffff"
_FAMILY = "Tinos, 'Times New Roman', 'Liberation Serif', serif"
_FILES = {False: "400Regular/Tinos_400Regular.ttf", True: "700Bold/Tinos_700Bold.ttf"}
# Dots a millimetre of the PNG (220 to the inch, what Word itself keeps), and how many times finer it is
# drawn to smooth the edges.
DOTS, FINER = 220 / 25.4, 2
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

    def png(self) -> bytes:
        """The same in 220 dots to the inch. Raises OSError where the typeface is not installed."""
        # Letters are smoothed by themselves, and an upright edge needs no smoothing.
        finer = FINER if any(map(_is_slanted, self.shapes)) else 1
        scale = DOTS * finer
        size = (round(self.width * DOTS) * finer, round(self.height * DOTS) * finer)
        image = Image.new("RGB", size, PAPER)
        pen = ImageDraw.Draw(image)
        for shape in self.shapes:
            _paint(pen, shape, scale)
        file = io.BytesIO()
        image.reduce(finer).save(file, "PNG", compress_level=1, dpi=(DOTS * 25.4, DOTS * 25.4))
        return file.getvalue()


def _is_slanted(shape: Shape) -> bool:
    return isinstance(shape, Dot) or (isinstance(shape, Line) and len(shape.points) > 2)


def can_paint() -> bool:
    """Whether this machine has the typeface that pictures are set in."""
    return all((FONT_FOLDER / name).is_file() for name in _FILES.values())


def width_of(text: str, size: float = 11, *, is_bold: bool = False) -> float:
    """How wide a text is, in mm."""
    if not can_paint():
        return len(text) * size * 0.47 * MM_PER_POINT  # a page can do with a guess
    return _face(is_bold, _MEASURED_AT).getlength(text) / _MEASURED_AT * size * MM_PER_POINT


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
def _face(is_bold: bool, pixels: int) -> ImageFont.FreeTypeFont:
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


def _paint(pen: ImageDraw.ImageDraw, shape: Shape, scale: float) -> None:
    if isinstance(shape, Words):
        face = _face(shape.is_bold, round(shape.size * MM_PER_POINT * scale))
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.align]
        pen.text((shape.x * scale, shape.y * scale), shape.text, fill=INK, font=face, anchor=anchor)
    elif isinstance(shape, Box):
        left, top = shape.x * scale, shape.y * scale
        right, bottom = left + shape.width * scale, top + shape.height * scale
        pen.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), fill=shape.fill)
    elif isinstance(shape, Dot):
        x, y, radius = shape.x * scale, shape.y * scale, shape.radius * scale
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shape.fill)
    else:
        points = [(x * scale, y * scale) for x, y in shape.points]
        for piece in _dashes(points, scale) if shape.is_dashed else [points]:
            pen.line(piece, fill=shape.stroke, width=max(1, round(shape.width * scale)), joint="curve")


def _dashes(points: list[tuple[float, float]], scale: float) -> Iterable[list[tuple[float, float]]]:
    """A straight line in pieces of 1,2 mm with 1 mm between them."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = max(1e-6, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    at = 0.0
    while at < length:
        end = min(at + 1.2 * scale, length)
        yield [(x0 + (x1 - x0) * part / length, y0 + (y1 - y0) * part / length) for part in (at, end)]
        at += 2.2 * scale
