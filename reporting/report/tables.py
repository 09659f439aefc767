"""The tables that a text may name. Captions have no number yet: they are counted where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from reporting.figures import Figure
from reporting.notes import LANGUAGE, count
from reporting.report.comparison import assessment, change_cell
from reporting.report.content import Cell, Table
from reporting.report.source import Source, target_year
from reporting.sentences import inside_sentence, is_unverified, target_text

UNVERIFIED = "(*) Mức mục tiêu chưa được đối chiếu với văn bản gốc."
MISSING_LISTED = 400


def targets_table(source: Source) -> Table | None:
    """All figures that have a target, with the change since the period they are compared with."""
    goals = source.with_target
    if not goals:
        return None
    return Table(
        caption="Kết quả so với mục tiêu",
        header=("STT", "Chỉ số", "Kết quả", f"So với {_when(source, goals)}", _goal(source), "Đánh giá"),
        rows=tuple(_targets_row(number, one, source) for number, one in enumerate(goals, start=1)),
        note=UNVERIFIED if any(map(is_unverified, goals)) else "",
    )


def change_table(source: Source) -> Table | None:
    """All figures that have a value now and in the period that they are compared with."""
    both = [
        one
        for one in source.asked
        if one.value is not None
        and one.code in source.earlier
        and source.earlier[one.code].figure.value is not None
    ]
    if not both:
        return None
    when = _when(source, both)
    return Table(
        caption=f"Thay đổi so với {when}",
        header=("STT", "Chỉ số", "Đơn vị tính", when[:1].upper() + when[1:], "Kỳ báo cáo", "Thay đổi"),
        rows=tuple(
            (
                Cell(str(number), centred=True),
                Cell(one.indicator.short_name),
                Cell("%" if one.is_ratio else one.indicator.unit_of_measure, centred=True),
                Cell(source.earlier[one.code].figure.display_in(LANGUAGE), centred=True),
                Cell(one.display_in(LANGUAGE), centred=True, code=one.code),
                Cell(change_cell(one, source.earlier[one.code]), centred=True),
            )
            for number, one in enumerate(both, start=1)
        ),
    )


def units_table(source: Source, figure: Figure) -> Table | None:
    """The units below, the best first, on one indicator."""
    units = source.below.units(figure.code)
    if not units:
        return None
    sums = ("Tử số", "Mẫu số") if figure.is_ratio else ()
    rows = []
    for number, one in enumerate(units, start=1):
        parts = (one.figure.numerator, one.figure.denominator) if figure.is_ratio else ()
        rows.append(
            (
                Cell(str(number), centred=True),
                Cell(one.name),
                *(Cell(count(part), centred=True) for part in parts),
                Cell(one.figure.display_in(LANGUAGE), centred=True),
                Cell(f"{count(one.figure.units_counted)}/{count(one.figure.units_expected)}", centred=True),
            )
        )
    return Table(
        caption=f"Kết quả theo đơn vị: {inside_sentence(figure.indicator.short_name)}",
        header=("STT", "Đơn vị", *sums, "Kết quả", "Số đơn vị có số liệu"),
        rows=tuple(rows),
    )


def missing_table(source: Source, figure: Figure) -> Table | None:
    """The units that were asked for a figure and do not count in it."""
    missing = source.below.missing(figure.code)
    if not missing:
        return None
    more = len(missing) - MISSING_LISTED
    return Table(
        caption=f"Đơn vị chưa có số liệu: {inside_sentence(figure.indicator.short_name)}",
        header=("STT", "Mã đơn vị", "Tên đơn vị"),
        rows=tuple(
            (Cell(str(number), centred=True), Cell(one.code, centred=True), Cell(one.name))
            for number, one in enumerate(missing[:MISSING_LISTED], start=1)
        ),
        note=f"Và {count(more)} đơn vị khác." if more > 0 else "",
    )


def _targets_row(number: int, figure: Figure, source: Source) -> tuple[Cell, ...]:
    doubt = " (*)" if is_unverified(figure) else ""
    return (
        Cell(str(number), centred=True),
        Cell(figure.indicator.short_name),
        Cell(figure.display_in(LANGUAGE), centred=True, code=figure.code),
        Cell(change_cell(figure, source.earlier.get(figure.code)), centred=True),
        Cell(f"{target_text(figure)}{doubt}", centred=True),
        Cell(assessment(figure), centred=True),
    )


def _goal(source: Source) -> str:
    return f"Mục tiêu {target_year(source)}"


def _when(source: Source, figures: Sequence[Figure]) -> str:
    """What the period is called that these are compared with."""
    known = [source.earlier[one.code] for one in figures if one.code in source.earlier]
    return next((one.when for one in known if one.figure.value is not None), "kỳ trước")
