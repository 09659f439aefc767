"""Paints a drawing in dots, for Word: few colours, each in a few tones between itself and the paper.

A dot is a number from a palette, which takes a third of the memory of three colours and of the time to
compress it. Letters are kept once they were drawn: hinting them costs more than all the rest.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw

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
    face,
    width_of,
)

# Dots a millimetre of the PNG (220 to the inch, what Word itself keeps), and how many times finer what is
# slanted is drawn to smooth its edges.
DOTS, FINER = 220 / 25.4, 2
# A palette holds 256: so many colours beside the paper, each in so many tones from pale to full.
_COLOURS, _TONES = 15, 16
_STEP = 256 // _TONES


def png(drawing: Drawing) -> bytes:
    """The drawing in 220 dots to the inch. Raises OSError where the typeface is not installed.

    Raises ValueError for a drawing of more than 15 colours.
    """
    sheet = _Sheet(drawing)
    for shape in drawing.shapes:
        sheet.paint(shape)
    return sheet.png()


class _Sheet:
    """The picture so far. Letters have a sheet of their own, which is laid over the rest at the end."""

    def __init__(self, drawing: Drawing) -> None:
        self._size = (round(drawing.width * DOTS), round(drawing.height * DOTS))
        self._image = Image.new("L", self._size, 0)
        self._pen = ImageDraw.Draw(self._image)
        self._letters = Image.new("L", self._size, 0)
        self._places = {PAPER: 0}

    def paint(self, shape: Shape) -> None:
        if isinstance(shape, Words):
            self._write(shape)
        elif isinstance(shape, Box):
            left, top = shape.x * DOTS, shape.y * DOTS
            right, bottom = left + shape.width * DOTS, top + shape.height * DOTS
            corners = (left, top, max(left, right - 1), max(top, bottom - 1))
            self._pen.rectangle(corners, fill=self._full(shape.fill))
        elif isinstance(shape, Dot):
            self._smooth(shape, [(shape.x, shape.y)], shape.radius, shape.fill)
        elif len(shape.points) > 2 or not _is_upright(shape):
            self._smooth(shape, shape.points, shape.width, shape.stroke)
        else:
            _draw(self._pen, shape, DOTS, fill=self._full(shape.stroke))

    def png(self) -> bytes:
        self._lay(self._letters, (0, 0), INK)
        palette: list[int] = []
        for colour in self._places:
            palette += _tones(colour)
        self._image.putpalette(palette)
        file = io.BytesIO()
        self._image.save(file, "PNG", compress_level=1, dpi=(DOTS * 25.4, DOTS * 25.4))
        return file.getvalue()

    def _full(self, colour: str) -> int:
        """The number of a colour at its fullest."""
        return self._place(colour) * _TONES + _TONES - 1

    def _place(self, colour: str) -> int:
        place = self._places.setdefault(colour, len(self._places))
        if place > _COLOURS:
            raise ValueError(f"a drawing may have {_COLOURS} colours beside the paper")
        return place

    def _smooth(
        self, shape: Dot | Line, points: Iterable[tuple[float, float]], margin: float, colour: str
    ) -> None:
        """Drawn finer by itself, and laid where it belongs in as many tones as its edges take."""
        xs, ys = zip(*points, strict=True)
        left, top = (int((min(one) - margin) * DOTS) - 1 for one in (xs, ys))
        right, bottom = (int((max(one) + margin) * DOTS) + 2 for one in (xs, ys))
        mask = Image.new("L", ((right - left) * FINER, (bottom - top) * FINER), 0)
        _draw(ImageDraw.Draw(mask), shape, DOTS * FINER, fill=255, origin=(left * FINER, top * FINER))
        self._lay(mask.reduce(FINER), (left, top), colour)

    def _lay(self, mask: Image.Image, at: tuple[int, int], colour: str) -> None:
        """Lay a colour on, as full in each dot as the mask says; where it is empty, what is there stays."""
        first = self._place(colour) * _TONES
        toned = mask.point([first + fullness // _STEP for fullness in range(256)])
        self._image.paste(toned, at, mask.point([255 * (fullness >= _STEP) for fullness in range(256)]))

    def _write(self, words: Words) -> None:
        letters = [_letter(one, words.size, words.is_bold) for one in words.text]
        width = sum(one.width for one in letters)
        x = words.x * DOTS - width * {"start": 0, "middle": 0.5, "end": 1}[words.align]
        for one in letters:
            self._letters.paste(255, (round(x) + one.across, round(words.y * DOTS) + one.down), one.mask)
            x += one.width


def _is_upright(line: Line) -> bool:
    (x0, y0), (x1, y1) = line.points[0], line.points[-1]
    return x0 == x1 or y0 == y1


def _tones(colour: str) -> list[int]:
    """Red, green, blue of each tone, from the palest to the colour itself."""
    paper, full = ImageColor.getrgb(PAPER), ImageColor.getrgb(colour)
    shares = ((number + 1) / _TONES for number in range(_TONES))
    return [
        round(white + (dark - white) * share)
        for share in shares
        for white, dark in zip(paper, full, strict=False)
    ]


@dataclass(frozen=True)
class _Letter:
    """How full each dot is, where the upper left lies from where it is written, how wide it is; in dots."""

    mask: Image.Image
    across: int
    down: int
    width: float


@lru_cache(maxsize=1024)
def _letter(letter: str, size: float, is_bold: bool) -> _Letter:
    font = face(is_bold, round(size * MM_PER_POINT * DOTS))
    left, top, right, bottom = map(int, font.getbbox(letter, anchor="ls"))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)), 0)
    ImageDraw.Draw(mask).text((-left, -top), letter, fill=255, font=font, anchor="ls")
    return _Letter(mask, left, top, width_of(letter, size, is_bold=is_bold) * DOTS)


def _draw(
    pen: ImageDraw.ImageDraw, shape: Dot | Line, scale: float, *, fill: int, origin: tuple[int, int] = (0, 0)
) -> None:
    across, down = origin
    if isinstance(shape, Dot):
        x, y, radius = shape.x * scale - across, shape.y * scale - down, shape.radius * scale
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
        return
    points = [(x * scale - across, y * scale - down) for x, y in shape.points]
    for piece in _dashes(points, scale) if shape.is_dashed else [points]:
        pen.line(piece, fill=fill, width=max(1, round(shape.width * scale)), joint="curve")


def _dashes(points: list[tuple[float, float]], scale: float) -> Iterable[list[tuple[float, float]]]:
    """A straight line in pieces of 1,2 mm with 1 mm between them."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = max(1e-6, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    at = 0.0
    while at < length:
        end = min(at + 1.2 * scale, length)
        yield [(x0 + (x1 - x0) * part / length, y0 + (y1 - y0) * part / length) for part in (at, end)]
        at += 2.2 * scale
