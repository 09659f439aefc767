"""A sample appendix: what a form is filled with on trial before it is kept. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.arithmetic import percentage
from indicators.models import Indicator
from indicators.targets import Status
from reporting.appendix import Appendix, compose
from reporting.figures import Figure
from reporting.report.letterhead import Letterhead
from schools.models import OrgUnit

# Long enough that a cell must wrap them.
NAMES = ("Nền tảng thứ nhất", "Nền tảng thứ hai", "Nền tảng thứ ba", "Nền tảng thứ tư")
UNIT = "Sở Giáo dục và Đào tạo"
COUNTED, EXPECTED = 366, 370


def sample_appendix(indicators: Sequence[Indicator]) -> Appendix:
    """An appendix over these indicators, every one with a number that needs both separators."""
    return compose(
        [_figure(one, 7_661 + number, 9_083) for number, one in enumerate(indicators)],
        unit=OrgUnit(code="MAU", name=UNIT),
        period=ReportingPeriod(
            code="2023", name="Năm 2023", starts_on=dt.date(2023, 1, 1), ends_on=dt.date(2023, 12, 31)
        ),
        basis=Basis.OFFICIAL,
        made_on=dt.date(2024, 3, 5),
    )


def sample_letterhead() -> Letterhead:
    """Who writes it."""
    return Letterhead(
        name=UNIT,
        superior="Ủy ban nhân dân tỉnh",
        issuer=UNIT,
        symbol="",
        place="",
        posts=(),
        addressees=(),
        recipients=(),
        is_single=False,
        words={},
    )


def _figure(indicator: Indicator, numerator: int, denominator: int) -> Figure:
    has_number = indicator.kind != Indicator.Kind.NOT_APPLICABLE
    is_ratio = indicator.kind == Indicator.Kind.RATIO
    is_list = indicator.kind == Indicator.Kind.DISTINCT
    number = len(NAMES) if is_list else numerator
    value = percentage(number, denominator) if is_ratio else Decimal(number)
    return Figure(
        indicator=indicator,
        numerator=number if has_number else None,
        denominator=denominator if is_ratio else None,
        value=value if has_number else None,
        units_counted=COUNTED if has_number else 0,
        units_expected=EXPECTED if has_number else 0,
        target=None,
        status=Status.NO_TARGET if has_number else Status.NOT_APPLICABLE,
        gap=None,
        names=NAMES if is_list else (),
    )
