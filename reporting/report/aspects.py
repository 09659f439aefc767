"""What a report may say of a figure: its aspects, each with the words that authors know it by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dxreport.lib.numbers import format_number
from indicators.models import Indicator
from reporting.figures import Figure
from reporting.notes import LANGUAGE, count, figure_notes, listed
from reporting.report.comparison import Earlier, change_clause, short_by, target_clause
from reporting.sentences import inside_sentence

# A text and the exact value behind it, blank for words; None where there is nothing to say.
Said = tuple[str, str] | None


@dataclass(frozen=True)
class Told:
    """A figure with what it is compared with."""

    figure: Figure
    earlier: Earlier | None = None


@dataclass(frozen=True)
class Kind:
    """One aspect. Where an `optional` one has nothing to say, the sentence around it is said all the same."""

    words: str
    say: Callable[[Told], Said]
    optional: bool = False


def _number(value: int | None) -> Said:
    return None if value is None else (count(value), str(value))


def _value(told: Told) -> Said:
    figure = told.figure
    return None if figure.value is None else (figure.display_in(LANGUAGE), str(figure.value))


def _rest(told: Told) -> Said:
    figure = told.figure
    if figure.numerator is None or figure.denominator is None:
        return None
    return _number(figure.denominator - figure.numerator)


def _asked(number: int) -> Said:
    return _number(number) if number else None


def _target(told: Told) -> Said:
    figure = told.figure
    if figure.target is None:
        return None
    sign = "%" if figure.is_ratio else ""
    return f"{format_number(figure.target.value, language=LANGUAGE)}{sign}", str(figure.target.value)


def _words(text: str) -> Said:
    return (text, "") if text else None


def _course(told: Told) -> Said:
    """As ", tăng 8,44 điểm so với năm 2022; đạt mục tiêu đến năm 2025 (từ 50% trở lên)"."""
    # After a list of names a comma would join them.
    mark = ";" if told.figure.indicator.kind == Indicator.Kind.DISTINCT else ","
    change, target = change_clause(told.figure, told.earlier), target_clause(told.figure)
    return _words((f"{mark} {change}" if change else "") + (f"; {target}" if target else ""))


ASPECTS: dict[str, Kind] = {
    "value": Kind("kết quả", _value),
    "numerator": Kind("tử số", lambda told: _number(told.figure.numerator)),
    "denominator": Kind("mẫu số", lambda told: _number(told.figure.denominator)),
    "rest": Kind("phần còn lại", _rest),
    "course": Kind("thay đổi và mục tiêu", _course, optional=True),
    "target": Kind("mục tiêu", _target),
    "gap": Kind("còn thiếu", lambda told: _number(told.figure.gap)),
    "shortfall": Kind(
        "mục tiêu và phần còn thiếu", lambda told: _words(short_by(told.figure)), optional=True
    ),
    "counted": Kind("số đơn vị có số liệu", lambda told: _asked(told.figure.units_counted)),
    "expected": Kind("số đơn vị được hỏi", lambda told: _asked(told.figure.units_expected)),
    "names": Kind("các mục", lambda told: _words(listed(told.figure.names))),
    "name": Kind("tên chỉ số", lambda told: _words(inside_sentence(told.figure.indicator.name))),
    "measure": Kind("đơn vị tính", lambda told: _words(told.figure.indicator.unit_of_measure)),
    "reason": Kind(
        "lý do",
        lambda told: _words(inside_sentence(told.figure.indicator.not_applicable_reason).rstrip(".")),
    ),
    "notes": Kind("chú thích", lambda told: _words(" ".join(figure_notes(told.figure))), optional=True),
}
# The token of footnotes stands for marks, not for words.
NOTES = "notes"
# What a figure says of units asked, and not of what they answered.
WITHOUT_VALUE = frozenset({"counted", "expected", "target", "name", "measure", "reason"})
# What is said after a number and is not the number itself.
AFTER = frozenset({"course", "shortfall", NOTES})
