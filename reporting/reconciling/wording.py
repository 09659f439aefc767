"""Finding the figures of a report in the bare text of a file: words are anchors, numbers are read.

A file carries no marks beside its numbers, and should carry none. But the words around a number are known, so
a sentence is looked for by its words with every number left open; what stands there is what the file says.
All white space is taken out first, for no two formats break lines alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from reporting.appendix import AppendixRow, Piece, estimate_mark, pieces_of, without_number
from reporting.reconciling.facts import Facts, Told
from reporting.report.content import FigureText, Mark, Paragraph, Report, Table

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*", re.ASCII)
_MARK = "\ue000"  # the place of a footnote; a letter that no text has
NOT_FOUND = "(không tìm thấy)"
_NO_VALUE = (NOT_FOUND, NOT_FOUND)
EXCERPT = 60


def bare(text: str) -> str:
    """`text` in composed letters and without white space or characters that take no room."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one for one in composed if not one.isspace() and unicodedata.category(one) != "Cf")


@dataclass(frozen=True)
class Span:
    """Where a figure stands in the bare text of a passage."""

    start: int
    end: int
    code: str
    aspect: str


@dataclass
class Passage:
    """A sentence, a row of a table or of the appendix: its bare text, and where its figures stand."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)

    def add(self, text: str, code: str = "", aspect: str = "") -> None:
        """More words; with a code they are a figure."""
        start = len(self.text)
        self.text += bare(text)
        if code:
            self.spans.append(Span(start, len(self.text), code, aspect))

    def mark(self, number: int) -> None:
        """The place of a footnote."""
        self.marks.append(number)
        self.text += _MARK

    @property
    def place(self) -> str:
        """The beginning of its words, for whoever looks for it."""
        plain = self.text.replace(_MARK, "")
        return plain if len(plain) <= EXCERPT else f"{plain[:EXCERPT]}…"


def passages(report: Report) -> Iterator[Passage]:
    """Everything of a report that tells of a figure, in its order."""
    for block in report.blocks:
        if isinstance(block, Paragraph):
            yield _of_paragraph(block)
        elif isinstance(block, Table):
            yield from _of_table(block)
    yield from map(_of_row, report.appendix.rows)


def _of_paragraph(block: Paragraph) -> Passage:
    passage = Passage()
    for one in block.inlines:
        if isinstance(one, Mark):
            passage.mark(one.note.number)
        elif isinstance(one, FigureText):
            passage.add(one.text, one.code, one.aspect)
        else:
            passage.add(one.text)
    return passage


def _of_table(block: Table) -> Iterator[Passage]:
    for row in block.rows:
        passage = Passage()
        for cell in row:
            passage.add(cell.text, cell.code, "value")
        yield passage


def _of_row(row: AppendixRow) -> Passage:
    passage = Passage()
    passage.add(f"{row.number}{row.subject}")
    for line in row.lines:
        figure, pieces = line.figure, pieces_of(line.figure.indicator)
        passage.add(f"{row.mark}{line.label}")
        if without_number(figure) is not None or pieces == (Piece.NUMBER, Piece.NAMES):
            passage.add(line.result, line.code, "result")
            continue
        number, joint, share = line.result.partition(", đạt tỉ lệ: ")
        mark = estimate_mark(figure.indicator)
        if joint:
            passage.add(number, line.code, "numerator")
            passage.add(joint)
            number = share
        passage.add(number.removesuffix(mark), line.code, "value")
        passage.add(mark)
    return passage


def read(report: Report, text: str, facts: Facts, *, has_marks: bool) -> list[Told]:
    """What the bare `text` of a file says of the figures of `report`.

    `has_marks` says whether the numbers of footnotes stand in the text where they are called.
    """
    told: list[Told] = []
    position = 0
    for passage in passages(report):
        if not passage.spans:
            continue
        pattern = re.compile(_pattern(passage, has_marks=has_marks))
        found = pattern.search(text, position) or pattern.search(text)
        told += _told(passage, found, facts)
        position = found.end() if found else position
    return told


def read_values(report: Report, values: Sequence[tuple[str, str]]) -> list[Told]:
    """The exact values that a page keeps beside its figures, in the order of its sentences."""
    paragraphs = (block for block in report.blocks if isinstance(block, Paragraph))
    figures = [one for block in paragraphs for one in block.inlines if isinstance(one, FigureText)]
    return [
        Told(one.code, one.aspect, f"<data> {one.text}", one.exact or one.text, value)
        for one, (value, _text) in zip_longest(figures, values, fillvalue=_NO_VALUE)
        if isinstance(one, FigureText)
    ]


def _pattern(passage: Passage, *, has_marks: bool) -> str:
    marks = iter(passage.marks)
    parts, end = [], 0

    def words(text: str) -> str:
        split = text.split(_MARK)
        escaped = [re.escape(split[0])]
        for one in split[1:]:
            number = next(marks)
            escaped += [str(number) if has_marks else "", re.escape(one)]
        return "".join(escaped)

    for run in _NUMBER.finditer(passage.text):
        parts += [words(passage.text[end : run.start()]), f"({_NUMBER.pattern})"]
        end = run.end()
    return "".join([*parts, words(passage.text[end:])])


def _told(passage: Passage, found: re.Match[str] | None, facts: Facts) -> Iterator[Told]:
    runs = list(_NUMBER.finditer(passage.text))
    read = found.groups() if found else ()
    spoken: set[int] = set()
    for span in passage.spans:
        inside = [n for n, run in enumerate(runs) if run.start() < span.end and run.end() > span.start]
        spoken.update(inside)
        said = _replaced(passage.text, span, runs, inside, read) if found else NOT_FOUND
        expected = facts.get(span.code, {}).get(span.aspect)
        text = passage.text[span.start : span.end]
        yield Told(span.code, span.aspect, passage.place, bare(expected) if expected else text, said)
    if found:
        # Numbers among the words, such as a change: they speak of the figure before them.
        for n, run in enumerate(runs):
            if n not in spoken and read[n] != run[0]:
                yield Told(_nearest(passage.spans, run.start()), "words", passage.place, run[0], read[n])


def _replaced(
    text: str, span: Span, runs: Sequence[re.Match[str]], inside: Sequence[int], read: Sequence[str]
) -> str:
    """The figure with the numbers that the file has in the places of its own."""
    said, end = "", span.start
    for n in inside:
        said += text[end : runs[n].start()] + read[n]
        end = runs[n].end()
    return said + text[end : span.end]


def _nearest(spans: Sequence[Span], position: int) -> str:
    before = [span for span in spans if span.start <= position]
    return (before[-1] if before else spans[0]).code
