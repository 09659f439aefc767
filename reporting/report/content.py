"""What a report says, before anybody decides how it looks: plain data for HTML, Word and PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from collection.models import ReportingPeriod
from collection.workflow import Basis
from dxreport.lib.numbers import DASH
from dxreport.lib.plain import Codec
from indicators.models import Indicator, IndicatorSet, Section, Target
from indicators.targets import Status
from reporting.appendix import Appendix, AppendixLine, AppendixRow
from reporting.figures import Figure
from reporting.report.letterhead import Letterhead
from reporting.violations import ViolationNote
from schools.models import OrgUnit, UnitKind

NUMBER_BLANK = "………"


@dataclass(frozen=True)
class Text:
    """Words."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class FigureText:
    """A number within a sentence, with the indicator it comes from, its exact value, and what of the
    indicator it is (an aspect of a token)."""

    text: str
    code: str
    exact: str
    aspect: str = field(default="", compare=False, kw_only=True)
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True)
class Mark:
    """The place of a footnote."""

    note: Note
    kind: Literal["mark"] = "mark"


Inline = Text | FigureText | Mark


@dataclass(frozen=True)
class Note:
    """A footnote; numbers follow the order of the text."""

    number: int
    text: str


@dataclass(frozen=True)
class Heading:
    """A heading of the outline: level 1 is "I. THÔNG TIN CHUNG", 2 is "1. …", 3 is "a) …"."""

    level: int
    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. An "item" opens with a dash; a "ground" names a document that the report rests on and
    ends with ";", the last one with "."; a "prompt" asks the author for what no figure says."""

    inlines: tuple[Inline, ...]
    style: Literal["body", "item", "ground", "prompt"] = "body"
    kind: Literal["paragraph"] = "paragraph"

    @property
    def text(self) -> str:
        """The paragraph without its footnotes."""
        return plain(self.inlines)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, whether it stands in the middle, and which indicator's figure it is."""

    text: str
    centred: bool = False
    code: str = ""


@dataclass(frozen=True)
class Table:
    """A small table with a caption above and, where there is one, a note beneath."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Point:
    """A value of a chart and how it is printed; `value` is None where there is none, and text a dash."""

    value: Decimal | None
    text: str


@dataclass(frozen=True)
class ChartRow:
    """One bar, or one line through several points; `code` is the indicator it shows.

    `target` is what the value is held to, `verdict` says in words whether it is reached.
    """

    label: str
    points: tuple[Point, ...]
    code: str = ""
    target: Point | None = None
    verdict: str = ""


@dataclass(frozen=True)
class ChartBlock:
    """A chart by name, as the numbers that it shows; whoever renders it draws the picture.

    "bars" have one point a row, "lines" one for each of `columns` (periods). `measure` is "%" or what is
    counted; `title` begins with its number in the document, `alt` says in words what is to be seen.
    """

    key: str
    title: str
    alt: str
    rows: tuple[ChartRow, ...]
    columns: tuple[str, ...]
    shape: Literal["bars", "lines"] = "bars"
    measure: str = "%"
    note: str = ""
    kind: Literal["chart"] = "chart"

    @property
    def as_table(self) -> Table:
        """The same numbers as a table, for whoever cannot see or draw the picture."""
        with_target = any(row.target for row in self.rows)
        heads = (*self.columns, *(["Mục tiêu"] if with_target else []))
        return Table(
            caption=self.title,
            header=("Chỉ số" if any(row.code for row in self.rows) else "Đơn vị", *heads),
            rows=tuple(self._cells(row, with_target) for row in self.rows),
            note=self.note,
        )

    def _cells(self, row: ChartRow, with_target: bool) -> tuple[Cell, ...]:
        values = [Cell(point.text, centred=True) for point in row.points]
        if row.code and values:
            values[-1] = Cell(values[-1].text, centred=True, code=row.code)
        target = [Cell(row.target.text if row.target else DASH, centred=True)] if with_target else []
        return (Cell(row.label), *values, *target)


Block = Heading | Paragraph | Table | ChartBlock


@dataclass(frozen=True)
class Report:
    """A whole report, ready for any renderer.

    `made_on` is the day that it bears; `number` is the one it was registered under, None until then.
    """

    letterhead: Letterhead
    subject: str
    made_on: dt.date
    labels: tuple[str, ...]
    blocks: tuple[Block, ...]
    appendix: Appendix
    appendix_title: str
    number: int | None = None

    @property
    def number_words(self) -> str:
        """As "05", or room for a hand to write in (Decree 30/2020: a zero before numbers below 10)."""
        return NUMBER_BLANK if self.number is None else f"{self.number:02}"

    @property
    def is_draft(self) -> bool:
        """Whether it still waits for its number; the files say so in their properties."""
        return self.number is None

    @property
    def title(self) -> str:
        """What the file calls itself."""
        return f"Báo cáo {self.subject[:1].lower()}{self.subject[1:]} – {self.letterhead.name}"

    @property
    def notes(self) -> list[Note]:
        """All footnotes in order."""
        paragraphs = (block for block in self.blocks if isinstance(block, Paragraph))
        return [one.note for block in paragraphs for one in block.inlines if isinstance(one, Mark)]

    @property
    def text(self) -> str:
        """Everything that the body says, as lines: for search and for tests."""
        return "\n".join(_lines(self.blocks))


def to_data(report: Report) -> dict[str, Any]:
    """The report as plain data, with the figures and records behind it: `from_data` makes it again.

    Numbers that are not whole are text; nothing of it is read from the database later.
    """
    return _CODEC.encode(report)


def from_data(data: Mapping[str, Any]) -> Report:
    """The report that `to_data` was given. Raises PlainError."""
    report = _CODEC.decode(data)
    assert isinstance(report, Report)
    return report


# Only what is named here can come out of stored data.
_CODEC = Codec(
    [
        *(Report, Letterhead, Heading, Paragraph, Text, FigureText, Mark, Table, Cell),
        *(ChartBlock, ChartRow, Point, Appendix, AppendixRow, AppendixLine, ViolationNote, Basis, Status),
        *(OrgUnit, UnitKind, ReportingPeriod, IndicatorSet, Indicator, Section, Target),
    ],
    shared=[Figure, Note],
)


def plain(inlines: Iterable[Inline]) -> str:
    """The words of a sentence without its footnotes."""
    return "".join(one.text for one in inlines if not isinstance(one, Mark))


def _lines(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, ChartBlock):
            yield block.title
            yield block.alt
        elif isinstance(block, Table):
            yield block.caption
            yield from (" | ".join(cell.text for cell in row) for row in block.rows)
        else:
            yield block.text
