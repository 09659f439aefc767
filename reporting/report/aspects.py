"""What a report may say of a figure: its aspects, each with the words that authors know it by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dxreport.lib.numbers import format_number
from indicators.models import Indicator
from reporting.figures import Figure
from reporting.notes import LANGUAGE, UNITS_NAMED, count, figure_notes, listed
from reporting.report.below import NOBODY, Below, UnitFigure
from reporting.report.comparison import Earlier, change_amount, change_clause, short_by, target_clause
from reporting.sentences import inside_sentence

MISSING_NAMED = 10  # the others are counted; a table names them all
# A text and the exact value behind it, blank for words; None where there is nothing to say.
Said = tuple[str, str] | None


@dataclass(frozen=True)
class Told:
    """A figure with what it is compared with."""

    figure: Figure
    earlier: Earlier | None = None
    below: Below = NOBODY


@dataclass(frozen=True)
class Kind:
    """One aspect. Where an `optional` one has nothing to say, the sentence around it is said all the same.

    A `clause` has words and numbers of its own, so that no one figure stands behind it.
    """

    words: str
    say: Callable[[Told], Said]
    optional: bool = False
    clause: bool = False


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


def _earlier(told: Told) -> Said:
    figure = told.earlier.figure if told.earlier else None
    return None if figure is None or figure.value is None else _words(figure.display_in(LANGUAGE))


def _direction(told: Told) -> Said:
    change = told.earlier.change(told.figure) if told.earlier else None
    if change is None:
        return None
    return _words("tăng" if change > 0 else "giảm" if change < 0 else "không đổi")


def _amount(told: Told) -> Said:
    change = told.earlier.change(told.figure) if told.earlier else None
    return _words(change_amount(told.figure, abs(change))) if change else None


def _coverage(told: Told) -> Said:
    figure = told.figure
    if not figure.units_expected:
        return None
    return _words(f"{count(figure.units_counted)}/{count(figure.units_expected)} đơn vị")


def _units(units: Sequence[UnitFigure]) -> Said:
    """As "Phòng Giáo dục và Đào tạo huyện Cư Jút (98,5%)"; of many alike only the number."""
    if not units:
        return None
    value = units[0].figure.display_in(LANGUAGE)
    if len(units) > UNITS_NAMED:
        return _words(f"{count(len(units))} đơn vị cùng đạt {value}")
    return _words(f"{listed(one.name for one in units)} ({value})")


def _missing_names(told: Told) -> Said:
    found = told.below.missing(told.figure.code)
    more = len(found) - MISSING_NAMED
    names = listed(one.name for one in found[:MISSING_NAMED])
    return _words(f"{names} và {count(more)} đơn vị khác" if more > 0 else names)


def _course(told: Told) -> Said:
    """As ", tăng 8,44 điểm phần trăm so với năm 2022; đạt mục tiêu đến năm 2025 (từ 50% trở lên)"."""
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
    "earlier": Kind("kết quả kỳ trước", _earlier, clause=True),
    "change": Kind(
        "thay đổi so với kỳ trước", lambda told: _words(change_clause(told.figure, told.earlier)), clause=True
    ),
    "direction": Kind("tăng hay giảm", _direction, clause=True),
    "amount": Kind("mức tăng, giảm", _amount, clause=True),
    "verdict": Kind("so với mục tiêu", lambda told: _words(target_clause(told.figure)), clause=True),
    "shortfall": Kind(
        "mục tiêu và phần còn thiếu", lambda told: _words(short_by(told.figure)), optional=True
    ),
    "best_unit": Kind("đơn vị cao nhất", lambda told: _units(told.below.best(told.figure.code)), clause=True),
    "worst_unit": Kind(
        "đơn vị thấp nhất", lambda told: _units(told.below.worst(told.figure.code)), clause=True
    ),
    "missing_count": Kind(
        "số đơn vị chưa có số liệu",
        lambda told: _asked(told.figure.units_expected - told.figure.units_counted),
    ),
    "missing_names": Kind("tên đơn vị chưa có số liệu", _missing_names, clause=True),
    "coverage": Kind("độ bao phủ", _coverage, clause=True),
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
WITHOUT_VALUE = frozenset(
    {"counted", "expected", "coverage", "missing_count", "missing_names"}
    | {"target", "name", "measure", "reason"}
)
# What is said after a number and is not the number itself.
AFTER = frozenset({"course", "shortfall", NOTES})
