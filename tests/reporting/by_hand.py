"""Figures written by hand, for tests of what documents say about them. No database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.arithmetic import percentage, ratio
from indicators.models import Indicator, IndicatorSet, Section, Target
from indicators.targets import gap, status
from reporting.appendix import Appendix, compose
from reporting.figures import Figure
from reporting.report.letterhead import Letterhead
from reporting.report.letterhead import compose as letterhead_of
from reporting.violations import ViolationNote
from schools.models import OrgUnit, UnitKind

MADE_ON = dt.date(2024, 3, 5)
SECTION = Section(code="III.1", name="Điều kiện bảo đảm", position=1)


def indicator(code: str = "A1.1", **fields: Any) -> Indicator:
    """An indicator; a ratio of teachers in row 1 of the appendix unless told otherwise."""
    usual = {
        "name": "Giáo viên có máy tính",
        "short_name": "Giáo viên có máy tính",
        "kind": Indicator.Kind.RATIO,
        "numerator": "teachers_with_computer",
        "denominator": "teachers",
        "unit_of_measure": "giáo viên",
        "appendix_row": 1,
        "appendix_subject": "Nhà giáo được trang bị máy tính",
        "appendix_measure": "Tổng số giáo viên có máy tính",
    }
    return Indicator(section=SECTION, code=code, **{**usual, **fields})


def target(value: str = "50", comparison: str = "at_least", *, is_verified: bool = True) -> Target:
    """A national target for 2025."""
    document = "Quyết định 131/QĐ-TTg ngày 25/01/2022"
    return Target(
        year=2025, comparison=comparison, value=Decimal(value), document=document, is_verified=is_verified
    )


def figure(
    of: Indicator | None = None,
    numerator: int | None = 7661,
    denominator: int | None = 9083,
    *,
    counted: int = 370,
    expected: int = 370,
    held_to: Target | None = None,
    names: tuple[str, ...] = (),
    findings: tuple[ViolationNote, ...] = (),
) -> Figure:
    """A figure whose value, status and gap follow from its numbers."""
    of = of or indicator()
    value: Decimal | None
    if of.kind == Indicator.Kind.RATIO:
        value, exact = percentage(numerator, denominator), ratio(numerator, denominator)
    else:
        denominator = None
        value = exact = None if numerator is None else Decimal(numerator)
    return Figure(
        indicator=of,
        numerator=numerator,
        denominator=denominator,
        value=value,
        units_counted=counted,
        units_expected=expected,
        target=held_to,
        status=status(of.kind, exact, held_to),
        gap=gap(of.kind, numerator, denominator, held_to),
        names=names,
        findings=findings,
    )


def not_applicable() -> Figure:
    """Row 4 of the appendix in a province without a university."""
    of = indicator(
        "A4",
        name="Chương trình đào tạo cấp bằng từ xa",
        kind=Indicator.Kind.NOT_APPLICABLE,
        numerator="",
        denominator="",
        not_applicable_reason="Tỉnh không có cơ sở giáo dục đại học.",
        appendix_row=4,
        appendix_subject="Cung cấp các chương trình đào tạo từ xa",
        appendix_measure="",
    )
    return figure(of, None, None, counted=0, expected=0)


def violation(unit_name: str = "Trường số 1", **fields: Any) -> ViolationNote:
    """More dossiers resolved online than filed online."""
    usual: dict[str, Any] = {
        "rule_code": "R-17",
        "message": "Số hồ sơ giải quyết trực tuyến lớn hơn số hồ sơ nộp trực tuyến. Hãy kiểm tra lại.",
        "message_en": "",
        "unit_code": "X",
        "unit_name": unit_name,
        "period_code": "2023",
        "left": 732,
        "right": 655,
    }
    return ViolationNote(**{**usual, **fields})


def unit(name: str = "Sở Giáo dục và Đào tạo Đắk Nông", kind: str = "department") -> OrgUnit:
    """A unit that is nowhere stored."""
    return OrgUnit(code="DN", name=name, kind=UnitKind(code=kind, name=kind))


def letterhead(name: str = "Sở Giáo dục và Đào tạo Đắk Nông", kind: str = "department") -> Letterhead:
    """The letterhead of such a unit."""
    return letterhead_of([unit(name, kind)])


def period(*, is_illustrative: bool = False, indicator_set: str = "QD131") -> ReportingPeriod:
    """The year 2023."""
    return ReportingPeriod(
        code="2023",
        name="Năm 2023",
        starts_on=dt.date(2023, 1, 1),
        ends_on=dt.date(2023, 12, 31),
        is_illustrative=is_illustrative,
        indicator_set=IndicatorSet(code=indicator_set, name="Bộ chỉ số", legal_basis="Văn bản thử."),
    )


def appendix(
    *found: Figure, basis: Basis = Basis.OFFICIAL, of: OrgUnit | None = None, is_illustrative: bool = False
) -> Appendix:
    """An appendix over such figures."""
    return compose(
        found or (figure(),),
        unit=of or unit(),
        period=period(is_illustrative=is_illustrative),
        basis=basis,
        made_on=MADE_ON,
    )
