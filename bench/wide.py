"""A form of 100 counts that all 370 schools of the demo province answer, this year and the year before.

Made once for the rows that need it. It is a set of its own, so the pages of the province stay as they are.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from django.utils import timezone

from collection import actions
from collection.models import DataValue, ReportingPeriod, Submission
from indicators.models import (
    DataElement,
    Form,
    FormElement,
    FormSection,
    Indicator,
    IndicatorSet,
    Rule,
    Section,
)
from reporting.demo.accounts import OFFICER
from schools.models import User

COUNTS, SECTIONS = 100, 5
FORM, BEFORE, NOW = "RONG", "B2022", "B2023"
PAIRS = 10  # indicators and rules: each second count of the first twenty is a part of the one before


def officer() -> User:
    """Who may enter for every school of the province."""
    return User.objects.get(username=OFFICER)


@cache
def wide_form() -> None:
    """Make the form, with both periods open and last year's figures in place."""
    indicator_set = IndicatorSet.objects.create(
        code="BENCH", name="Bộ chỉ số rộng", legal_basis="Để đo", valid_from=dt.date(2020, 1, 1)
    )
    elements = [_element(indicator_set, number) for number in range(COUNTS)]
    form = Form.objects.create(
        indicator_set=indicator_set, code=FORM, name="Biểu rộng", asked_of=["school"], position=1
    )
    for position in range(SECTIONS):
        section = FormSection.objects.create(
            form=form, code=f"phan-{position}", name=f"Phần {position + 1}", position=position
        )
        FormElement.objects.bulk_create(
            FormElement(section=section, element=element, position=place)
            for place, element in enumerate(elements[position * 20 : position * 20 + 20])
        )
    _pair(indicator_set, elements)
    for code in (BEFORE, NOW):
        _open(indicator_set, code)
    _last_year(elements)


def _element(indicator_set: IndicatorSet, number: int) -> DataElement:
    element: DataElement = DataElement.objects.create(
        indicator_set=indicator_set,
        code=f"count_{number:03}",
        name=f"Số lượng thứ {number} theo sổ theo dõi của đơn vị",
        type=DataElement.Type.COUNT,
        definition=f"Tổng số mục thứ {number} có mặt tại đơn vị vào ngày cuối của kỳ báo cáo.",
        change_limit=30,
    )
    return element


def _pair(indicator_set: IndicatorSet, elements: list[DataElement]) -> None:
    """A rule and an indicator over each pair: a form without any would be lighter than real ones."""
    section = Section.objects.create(indicator_set=indicator_set, code="do", name="Để đo", position=1)
    for number in range(PAIRS):
        whole, part = elements[2 * number], elements[2 * number + 1]
        Rule.objects.create(
            indicator_set=indicator_set, code=f"R-{number:02}", kind=Rule.Kind.PART_OF_WHOLE,
            severity=Rule.Severity.HARD, left=part.code, right=whole.code,
            message="Phần không được lớn hơn tổng",
        )  # fmt: skip
        Indicator.objects.create(
            indicator_set=indicator_set, section=section, code=f"B{number}", name=f"Tỷ lệ {number}",
            short_name=f"Tỷ lệ {number}", kind=Indicator.Kind.RATIO, numerator=part.code,
            denominator=whole.code, period_rule=DataElement.PeriodRule.LAST, position=number,
        )  # fmt: skip


def _open(indicator_set: IndicatorSet, code: str) -> ReportingPeriod:
    year = int(code[1:])
    period = actions.create_period(
        indicator_set=indicator_set,
        code=code,
        name=f"Năm {year}",
        starts_on=dt.date(year, 1, 1),
        ends_on=dt.date(year, 12, 31),
        due_on=dt.date(2099, 1, 31),
        by=officer(),
    )
    actions.open_period(period=period, by=officer())
    return period


def _last_year(elements: list[DataElement]) -> None:
    """Written straight into the table: only that the figures stand there matters here."""
    by, now = officer(), timezone.now()
    DataValue.objects.bulk_create(
        DataValue(
            period_id=one.period_id, org_unit_id=one.org_unit_id, submission=one, element=element,
            number=count_of(place, one.org_unit_id), updated_at=now, updated_by=by,
        )
        for one in submissions(BEFORE)
        for place, element in enumerate(elements)
    )  # fmt: skip


def count_of(place: int, unit: int, *, more: int = 0) -> int:
    """A count that differs from unit to unit; a part is never above its whole."""
    return 400 - 10 * (place % 2) + unit % 97 + more


def submissions(period: str) -> list[Submission]:
    """Those of all schools, by unit, as a view would read them."""
    rows = Submission.objects.with_context().filter(period__code=period, form__code=FORM)
    return list(rows.order_by("org_unit__code"))
