"""What must be said beside figures: what they cover, on what basis they stand, what speaks against them.

Documents are in Vietnamese whatever the reader's language, so nothing here is translated.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from collection.models import ReportingPeriod
from collection.workflow import Basis
from dxreport.lib.numbers import format_number
from indicators.models import Indicator
from reporting.figures import Figure
from reporting.violations import ViolationNote

LANGUAGE = "vi"
MISSING = "chưa có số liệu"
NOT_ASKED = "không áp dụng (không có đơn vị thuộc diện báo cáo)"
ILLUSTRATIVE = (
    "Số liệu minh họa: một phần số liệu của kỳ này được sinh ra để dùng thử, không phải số liệu được công bố."
)
UNITS_NAMED = 3  # in a note about many units; the others are counted
_GREATER = " lớn hơn "

_BASES = {
    Basis.OFFICIAL: "Số liệu chính thức, chỉ gồm các phiếu báo cáo đã được duyệt.",
    Basis.PROVISIONAL: (
        "Số liệu tạm tính, gồm cả các phiếu báo cáo đã nộp đang chờ duyệt; có thể thay đổi sau khi duyệt."
    ),
}


def count(number: int | None) -> str:
    """A whole number as documents write it: 7.661."""
    return format_number(number, language=LANGUAGE)


def full_date(day: dt.date) -> str:
    """As "ngày 05 tháng 3 năm 2024": zeros before days below 10 and months 1 and 2 (Decree 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def basis_sentence(basis: Basis) -> str:
    """Which submissions the figures count."""
    return _BASES[Basis(basis)]


def labels(period: ReportingPeriod, basis: Basis) -> list[str]:
    """What must be read before any figure: that some are illustrative, or may still change."""
    illustrative = [ILLUSTRATIVE] if period.is_illustrative else []
    return [*illustrative, *([basis_sentence(basis)] if basis == Basis.PROVISIONAL else [])]


def dates(period: ReportingPeriod) -> str:
    """As "từ ngày 01/01/2022 đến ngày 31/12/2023"."""
    return f"từ ngày {period.starts_on:%d/%m/%Y} đến ngày {period.ends_on:%d/%m/%Y}"


def listed(names: Iterable[str]) -> str:
    """Names in a row; with semicolons where a name has a comma of its own."""
    found = list(names)
    return ("; " if any("," in name for name in found) else ", ").join(found)


def is_asked(figure: Figure) -> bool:
    """Whether any unit is asked for this figure, or it does not apply by nature and says why."""
    return figure.units_expected > 0 or figure.indicator.kind == Indicator.Kind.NOT_APPLICABLE


def coverage_note(figure: Figure) -> str | None:
    """What an incomplete figure was computed on; None for a complete or missing one."""
    if figure.is_complete or not figure.units_counted:
        return None
    missing = figure.units_expected - figure.units_counted
    return (
        f"Tính trên {count(figure.units_counted)}/{count(figure.units_expected)} đơn vị có đủ số liệu; "
        f"{count(missing)} đơn vị chưa có số liệu."
    )


def target_note(figure: Figure) -> str | None:
    """A warning where the figure's target was never compared with its document."""
    if figure.target is None or figure.target.is_verified:
        return None
    return f"Mức mục tiêu chưa được đối chiếu với văn bản gốc ({figure.target.document})."


def finding_notes(findings: Iterable[ViolationNote]) -> list[str]:
    """Rule violations as sentences, one for each rule; the units of a frequent one are counted."""
    ordered = sorted(findings, key=lambda one: one.rule_code)
    return [_finding(list(several)) for _rule, several in groupby(ordered, key=lambda one: one.rule_code)]


def _finding(found: Sequence[ViolationNote]) -> str:
    # A rule's message goes on to tell the clerk what to do; a document keeps what is wrong.
    wrong = found[0].message.partition(". ")[0].rstrip(".")
    review = f"cần rà soát theo quy tắc {found[0].rule_code}"
    if len(found) == 1:
        return f"{_with_numbers(wrong, found[0])}; {review} ({found[0].unit_name}).{_explained(found[0])}"
    places = "; ".join(f"{one.unit_name}{_numbers(one)}" for one in found[:UNITS_NAMED])
    more = len(found) - UNITS_NAMED
    others = f" và {count(more)} trường hợp khác" if more > 0 else ""
    return f"{wrong}; {review}: {places}{others}."


def _with_numbers(wrong: str, one: ViolationNote) -> str:
    """The two numbers beside the words they belong to, where the sentence compares them."""
    part, compared, whole = wrong.partition(_GREATER)
    if compared and one.left is not None and one.right is not None:
        return f"{part} ({count(one.left)}){compared}{whole} ({count(one.right)})"
    return f"{wrong}{_numbers(one)}"


def _numbers(one: ViolationNote) -> str:
    known = one.left is not None and one.right is not None
    return f" ({count(one.left)} so với {count(one.right)})" if known else ""


def _explained(one: ViolationNote) -> str:
    return f" Đơn vị giải trình: {one.explanation.rstrip('.')}." if one.explanation else ""


def figure_notes(figure: Figure) -> list[str]:
    """What must be said beside a figure: what it covers, and what speaks against it."""
    coverage = coverage_note(figure)
    return [*([coverage] if coverage else []), *finding_notes(figure.findings), *figure.footnotes]
