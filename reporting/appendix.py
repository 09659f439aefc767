"""The ministry's appendix (Công văn 604/BGDĐT-CNTT): rows of the table "STT | Nội dung | Kết quả".

Wording comes from the catalogue, numbers from the figures; the page, the workbook and the
reports all show these rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.utils import timezone
from django.utils.translation import override

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.models import Indicator
from reporting.figures import Figure, figures, with_footnotes
from reporting.notes import (
    LANGUAGE,
    MISSING,
    NOT_ASKED,
    basis_sentence,
    count,
    figure_notes,
    is_asked,
    labels,
    listed,
)
from reporting.sentences import inside_sentence
from schools.models import OrgUnit

COLUMNS = ("STT", "Nội dung triển khai", "Kết quả (số liệu)")
TITLE = "Biểu số liệu ứng dụng công nghệ thông tin và chuyển đổi số trong giáo dục và đào tạo"
ESTIMATE = "(ước tính)"


class Piece(StrEnum):
    """A part of a printed result that can stand in a cell of its own."""

    NUMBER = "number"
    SHARE = "share"
    NAMES = "names"


@dataclass(frozen=True)
class AppendixLine:
    """One figure of a row, as text."""

    figure: Figure
    label: str
    result: str

    @property
    def text(self) -> str:
        """The line as it is printed."""
        return f"{self.label}{self.result}"

    @property
    def code(self) -> str:
        """Code of the indicator."""
        return self.figure.code


@dataclass(frozen=True)
class AppendixRow:
    """One of the ministry's rows with its official subject."""

    number: int
    subject: str
    lines: tuple[AppendixLine, ...]

    @property
    def mark(self) -> str:
        """What every line begins with: a dash where there are several."""
        return "- " if len(self.lines) > 1 else ""

    @property
    def texts(self) -> list[str]:
        """The lines as they are printed."""
        return [f"{self.mark}{line.text}" for line in self.lines]

    @property
    def result(self) -> str:
        """The cell "Kết quả (số liệu)", a line for each figure."""
        return "\n".join(self.texts)


@dataclass(frozen=True)
class Appendix:
    """The whole appendix of one unit, period and basis, as made on a day."""

    unit: OrgUnit
    period: ReportingPeriod
    basis: Basis
    made_on: dt.date
    figures: tuple[Figure, ...]
    rows: tuple[AppendixRow, ...]

    @property
    def labels(self) -> list[str]:
        """What must be read before the table, the basis always among it."""
        return list(dict.fromkeys([*labels(self.period, self.basis), basis_sentence(self.basis)]))

    @property
    def notes(self) -> list[str]:
        """What must be said beneath the table."""
        return notes(line.figure for row in self.rows for line in row.lines)


def appendix(
    *, unit: OrgUnit, period: ReportingPeriod, basis: Basis = Basis.OFFICIAL, made_on: dt.date | None = None
) -> Appendix:
    """The appendix of `unit` and all below it, made today unless `made_on` says otherwise."""
    with override(LANGUAGE):
        found = figures(unit=unit, period=period, basis=basis)
        found = with_footnotes(found, unit=unit, period=period, basis=basis)
    return compose(found, unit=unit, period=period, basis=basis, made_on=made_on or timezone.localdate())


def compose(
    found: Sequence[Figure], *, unit: OrgUnit, period: ReportingPeriod, basis: Basis, made_on: dt.date
) -> Appendix:
    """The appendix over figures that are already there."""
    return Appendix(
        unit=unit,
        period=period,
        basis=basis,
        made_on=made_on,
        figures=tuple(found),
        rows=appendix_rows(found),
    )


def appendix_rows(found: Iterable[Figure]) -> tuple[AppendixRow, ...]:
    """Rows in the ministry's order; figures that stand in no row are left out."""
    listed = [(figure.indicator.appendix_row, figure) for figure in found]
    placed = sorted(((row, figure) for row, figure in listed if row is not None), key=lambda pair: pair[0])
    return tuple(
        _row(number, [figure for _number, figure in several])
        for number, several in groupby(placed, key=lambda pair: pair[0])
    )


def _row(number: int, found: Sequence[Figure]) -> AppendixRow:
    subject = next((one.indicator.appendix_subject for one in found if one.indicator.appendix_subject), "")
    return AppendixRow(number, subject, tuple(map(line_of, found)))


def line_of(figure: Figure) -> AppendixLine:
    """A figure as the form has it: "Tổng số giáo viên có máy tính: 7.661, đạt tỉ lệ: 84,34%".

    A figure without value says "chưa có số liệu", never 0.
    """
    result = _result(figure)
    measure = figure.indicator.appendix_measure
    if not measure:  # a row that is its own measure, as row 4
        return AppendixLine(figure, "", result[:1].upper() + result[1:])
    return AppendixLine(figure, f"{measure}: ", result)


def pieces_of(indicator: Indicator) -> tuple[Piece, ...]:
    """What the printed result of an indicator is made of; nothing for what has no number by nature.

    The form wants a number where it says "Số…" or "Tổng số…", else the share alone (row 5). An estimate
    is a share too: the people in a survey are not the people it speaks for.
    """
    if indicator.kind == Indicator.Kind.NOT_APPLICABLE:
        return ()
    if indicator.kind == Indicator.Kind.DISTINCT:
        return (Piece.NUMBER, Piece.NAMES)
    if indicator.kind != Indicator.Kind.RATIO:
        return (Piece.NUMBER,)
    if indicator.is_estimate or not indicator.appendix_measure.startswith(("Số", "Tổng số")):
        return (Piece.SHARE,)
    return (Piece.NUMBER, Piece.SHARE)


def without_number(figure: Figure) -> str | None:
    """What is said where there is no number to say; None where there is one."""
    indicator = figure.indicator
    if indicator.kind == Indicator.Kind.NOT_APPLICABLE:
        return f"không áp dụng ({inside_sentence(indicator.not_applicable_reason).rstrip('.')})"
    if not is_asked(figure):
        return NOT_ASKED
    return MISSING if figure.value is None or figure.numerator is None else None


def estimate_mark(indicator: Indicator) -> str:
    """What follows the number of an estimate whose measure does not say that it is one."""
    return f" {ESTIMATE}" if indicator.is_estimate and ESTIMATE not in indicator.appendix_measure else ""


def _result(figure: Figure) -> str:
    unsaid = without_number(figure)
    return unsaid if unsaid is not None else f"{_number(figure)}{estimate_mark(figure.indicator)}"


def _number(figure: Figure) -> str:
    match pieces_of(figure.indicator):
        case (Piece.NUMBER, Piece.NAMES):
            return f"{count(figure.numerator)}{_names(figure)}"
        case (Piece.NUMBER, Piece.SHARE):
            return f"{count(figure.numerator)}, đạt tỉ lệ: {figure.display_in(LANGUAGE)}"
    return figure.display_in(LANGUAGE)


def _names(figure: Figure) -> str:
    return f", gồm: {listed(figure.names)}" if figure.names else ""


def notes(found: Iterable[Figure]) -> list[str]:
    """Coverage and rule violations of the figures, each opened by the code it speaks of."""
    return [f"{figure.code}: {note}" for figure in found for note in figure_notes(figure)]
