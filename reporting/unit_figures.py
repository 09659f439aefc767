"""All figures of one unit in one table, as the page shows them and as a file has them. No database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dxreport.lib.numbers import DASH, format_number, rounded
from dxreport.lib.plain_tables import Heading, PlainTable
from dxreport.lib.workbooks import Value
from indicators.targets import Status
from reporting import sentences
from reporting.dashboard import Board, is_illustrative
from reporting.figures import Figure
from reporting.selection import period_text
from reporting.tiles import CHIPS, compared_period, earlier_figure


@dataclass(frozen=True)
class FigureRow:
    """One indicator: ready texts."""

    code: str
    name: str
    url: str
    value: str
    target: str
    chip: str
    word: str
    change: str
    numerator: str
    denominator: str
    coverage: str
    absent_url: str  # who is not counted; "" where everybody is


@dataclass(frozen=True)
class FigureGroup:
    """The rows under one heading of the indicator set."""

    code: str
    name: str
    rows: tuple[FigureRow, ...]


def figure_groups(board: Board) -> list[FigureGroup]:
    """The unit's figures by section, in catalogue order."""
    sections = {one.indicator.section_id: one.indicator.section for one in board.figures}
    return [
        FigureGroup(
            section.code,
            section.label,
            tuple(_row(one, board) for one in board.figures if one.indicator.section_id == pk),
        )
        for pk, section in sorted(sections.items(), key=lambda item: item[1].position)
    ]


def _row(figure: Figure, board: Board) -> FigureRow:
    change = _change(figure, board)
    selection, unit = board.selection, board.place.unit
    return FigureRow(
        code=figure.code,
        name=figure.indicator.label,
        url=selection.figure_url(unit.code, figure.code),
        value=figure.display,
        target=sentences.target_text(figure) or DASH,
        chip=CHIPS[figure.status],
        word=sentences.status_word(figure),
        change=DASH if change is None else sentences.signed_text(figure, change),
        numerator=format_number(figure.numerator),
        denominator=format_number(figure.denominator),
        coverage=sentences.coverage_text(figure) or DASH,
        absent_url=""
        if figure.is_complete
        else board.selection.absent_url(board.place.unit.code, figure.code),
    )


def _change(figure: Figure, board: Board) -> Decimal | None:
    """By how much the value moved, in points or in its own unit."""
    before, _when = earlier_figure(board.figure_set, board.place.unit, board.selection, figure.indicator)
    if before is None or before.value is None or figure.value is None:
        return None
    return figure.value - before.value


def heading(board: Board) -> str:
    """How many figures there are, and how many of their targets are met."""
    judged = sentences.judged(board.figures)
    met = sum(one.status == Status.MET for one in judged)
    words = {"all": format_number(len(board.figures))}
    if not judged:
        return ngettext("%(all)s chỉ số", "%(all)s chỉ số", len(board.figures)) % words
    return ngettext(
        "%(all)s chỉ số: %(met)s đạt mục tiêu, %(missed)s chưa đạt",
        "%(all)s chỉ số: %(met)s đạt mục tiêu, %(missed)s chưa đạt",
        len(board.figures),
    ) % {**words, "met": format_number(met), "missed": format_number(len(judged) - met)}


def change_heading(board: Board) -> str:
    """What the column of changes is called; says since when, if there is an earlier period."""
    since = compared_period(board.selection)
    return _("So với %(period)s") % {"period": since.code} if since else _("Thay đổi")


def figures_table(board: Board) -> PlainTable:
    """The same as a file: numbers as numbers."""
    return PlainTable(
        title=_("Tất cả chỉ số của %(unit)s") % {"unit": board.place.unit.name},
        remarks=remarks(board),
        headings=(
            Heading(_("Mã"), 8),
            Heading(_("Chỉ số"), 52),
            Heading(_("Đơn vị tính"), 12),
            Heading(_("Kết quả"), 12),
            Heading(_("Mục tiêu"), 12),
            Heading(_("Tình trạng"), 16),
            Heading(change_heading(board), 14),
            Heading(_("Tử số"), 14),
            Heading(_("Mẫu số"), 14),
            Heading(_("Số đơn vị đã tính"), 12),
            Heading(_("Số đơn vị được hỏi"), 12),
        ),
        rows=list(_cells(board)),
    )


def _cells(board: Board) -> Iterator[list[Value]]:
    for figure in board.figures:
        yield [
            figure.code,
            figure.indicator.label,
            "%" if figure.is_ratio else figure.indicator.measure,
            plain(figure, figure.value),
            plain(figure, figure.target.value if figure.target else None),
            sentences.status_word(figure),
            plain(figure, _change(figure, board)),
            figure.numerator,
            figure.denominator,
            figure.units_counted,
            figure.units_expected,
        ]


def plain(figure: Figure, value: Decimal | None) -> Decimal | int | None:
    """A number of this indicator in a file: whole where it counts, as rounded where it is a ratio."""
    if value is None:
        return None
    if figure.is_ratio:
        return rounded(value)
    return int(value) if value == int(value) else value


def remarks(board: Board) -> tuple[str, ...]:
    """Of when and how good the figures are: what stands under the title of a file."""
    lede = sentences.lede(board.selection.basis, period_text(board.selection.period), board.progress)
    if not is_illustrative(board.place, board.selection):
        return (lede,)
    return (lede, _("Số liệu minh họa: một phần do chương trình sinh ra để dùng thử."))
