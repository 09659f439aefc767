"""The tables that a text may name."""

from __future__ import annotations

from reporting.figures import Figure
from reporting.notes import LANGUAGE
from reporting.report.comparison import assessment, change_cell
from reporting.report.content import Cell, Table
from reporting.report.source import Source, target_year
from reporting.sentences import is_unverified, target_text

TARGETS_CAPTION = "Bảng 1. Kết quả so với mục tiêu"
UNVERIFIED = "(*) Mức mục tiêu chưa được đối chiếu với văn bản gốc."


def targets_table(source: Source) -> Table:
    """All figures that have a target, with the change since the period they are compared with."""
    known = [source.earlier[one.code] for one in source.with_target if one.code in source.earlier]
    when = next((one.when for one in known if one.figure.value is not None), "kỳ trước")
    return Table(
        caption=TARGETS_CAPTION,
        header=("STT", "Chỉ số", "Kết quả", f"So với {when}", f"Mục tiêu {target_year(source)}", "Đánh giá"),
        rows=tuple(
            _targets_row(number, one, source) for number, one in enumerate(source.with_target, start=1)
        ),
        note=UNVERIFIED if any(map(is_unverified, source.with_target)) else "",
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
