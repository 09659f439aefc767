"""What a figure says beside its number: its change, and where it stands against its target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import override

from dxreport.lib.numbers import DASH, format_change, format_number
from indicators.models import Target
from indicators.targets import Status
from reporting.figures import Figure
from reporting.notes import LANGUAGE
from reporting.sentences import gap_text, is_unverified, target_value

ASSESSMENTS = {Status.MET: "Đạt", Status.NOT_MET: "Chưa đạt", Status.NO_VALUE: "Chưa có số liệu"}


@dataclass(frozen=True)
class Earlier:
    """The same indicator in the period that it is compared with, and the words for that period."""

    figure: Figure
    when: str

    def change(self, figure: Figure) -> Decimal | None:
        """The difference of the two values as they are printed, so that a reader can check it."""
        if figure.value is None or self.figure.value is None:
            return None
        return figure.value - self.figure.value


def change_clause(figure: Figure, earlier: Earlier | None) -> str:
    """As "tăng 5,12 điểm phần trăm so với năm 2022"; nothing where one of the two values is missing."""
    change = earlier.change(figure) if earlier else None
    if earlier is None or change is None:
        return ""
    if not change:
        return f"không đổi so với {earlier.when}"
    verb = "tăng" if change > 0 else "giảm"
    return f"{verb} {change_amount(figure, abs(change))} so với {earlier.when}"


def change_cell(figure: Figure, earlier: Earlier | None) -> str:
    """The change for a table: "+5,12", "−3", "0" or a dash."""
    return format_change(earlier.change(figure) if earlier else None, language=LANGUAGE)


def change_amount(figure: Figure, amount: Decimal) -> str:
    """As "8,44 điểm phần trăm" for a ratio, "665 máy" for a count."""
    measure = "điểm phần trăm" if figure.is_ratio else figure.indicator.unit_of_measure
    return f"{format_number(amount, language=LANGUAGE)} {measure}".strip()


def target_words(figure: Figure) -> str:
    """The target with its comparison: "từ 50% trở lên", "trên 50%", "100%"; "" without one."""
    target = figure.target
    if target is None:
        return ""
    with override(LANGUAGE):
        value = target_value(figure, target)
    if target.comparison == Target.Comparison.MORE_THAN:
        return f"trên {value}"
    if target.comparison == Target.Comparison.AT_MOST:
        return f"không quá {value}"
    return value if figure.is_ratio and target.value == 100 else f"từ {value} trở lên"


def target_clause(figure: Figure) -> str:
    """As "chưa đạt mục tiêu đến năm 2025 (từ 50% trở lên)"; "" where there is nothing to compare."""
    if figure.target is None or figure.status not in (Status.MET, Status.NOT_MET):
        return ""
    verdict = "đạt" if figure.status == Status.MET else "chưa đạt"
    doubt = ", mức chưa đối chiếu với văn bản gốc" if is_unverified(figure) else ""
    return f"{verdict} mục tiêu đến năm {figure.target.year} ({target_words(figure)}{doubt})"


def missing_words(figure: Figure) -> str:
    """As "còn thiếu 10.813 học sinh"; "" where the target is met, or nobody can be counted."""
    # The people of a survey are not the people that an estimate speaks for.
    if figure.status != Status.NOT_MET or figure.indicator.is_estimate:
        return ""
    with override(LANGUAGE):
        return gap_text(figure)


def short_by(figure: Figure) -> str:
    """As ", mục tiêu từ 50% trở lên; còn thiếu 10.813 học sinh"; "" without a target."""
    if figure.target is None:
        return ""
    missing = missing_words(figure)
    return f", mục tiêu {target_words(figure)}" + (f"; {missing}" if missing else "")


def assessment(figure: Figure) -> str:
    """The verdict for a table."""
    return ASSESSMENTS.get(figure.status, DASH)
