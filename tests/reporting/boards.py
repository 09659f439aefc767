"""Dashboards put together by hand: a department, two offices, two schools directly below. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.arithmetic import Contribution
from indicators.models import Indicator, IndicatorSet, Section, Target
from reporting.dashboard import Board
from reporting.figures import FigureSet
from reporting.places import Place
from reporting.progress import Progress
from reporting.selection import Selection
from reporting.violations import ViolationNote
from schools.models import OrgUnit, UnitKind
from tests.reporting import by_hand

SET = IndicatorSet(pk=1, code="QD131", name="Bộ chỉ số")
SECTION = Section(pk=1, code="III.1", name="Điều kiện bảo đảm", position=1)
OTHER_SECTION = Section(pk=2, code="III.4", name="Dịch vụ", position=4)
DEPARTMENT, OFFICE, SCHOOL = (
    UnitKind(pk=pk, code=code, name=name, position=pk)
    for pk, code, name in (
        (1, "department", "Sở"),
        (2, "district_office", "Phòng GDĐT"),
        (4, "school", "Trường"),
    )
)


T = TypeVar("T")


def there(value: T | None) -> T:
    """`value`, which must be something."""
    assert value is not None
    return value


def unit(pk: int, code: str, name: str, kind: UnitKind) -> OrgUnit:
    return OrgUnit(pk=pk, code=code, name=name, kind=kind)


DN = unit(1, "DN", "Sở GDĐT Đắk Nông", DEPARTMENT)
OFFICES = (
    unit(2, "DN-1", "Phòng GDĐT huyện Một", OFFICE),
    unit(3, "DN-2", "Phòng GDĐT huyện Hai", OFFICE),
)
SCHOOLS = (unit(4, "DN-3", "Trường THPT số 3", SCHOOL), unit(5, "DN-4", "Trường THPT số 4", SCHOOL))
PLACE = Place(DN, children=(*OFFICES, *SCHOOLS), scopes=("DN",))


def year(number: int) -> ReportingPeriod:
    """A single period, closed."""
    return ReportingPeriod(
        pk=number,
        indicator_set=SET,
        code=str(number),
        name=f"Năm {number}",
        starts_on=dt.date(number, 1, 1),
        ends_on=dt.date(number, 12, 31),
        due_on=dt.date(number + 1, 1, 31),
        state=ReportingPeriod.State.CLOSED,
    )


def span(first: ReportingPeriod, last: ReportingPeriod) -> ReportingPeriod:
    return ReportingPeriod(
        pk=first.pk * 10_000 + last.pk,
        indicator_set=SET,
        code=f"{first.code}..{last.code}",
        name="Hai năm",
        starts_on=first.starts_on,
        ends_on=last.ends_on,
        first=first,
        last=last,
    )


Y2022, Y2023 = year(2022), year(2023)
BOTH = span(Y2022, Y2023)
PERIODS = (Y2022, Y2023, BOTH)


def selection(period: ReportingPeriod = Y2023, basis: Basis = Basis.OFFICIAL) -> Selection:
    return Selection(period, basis, PERIODS)


def indicator(pk: int, code: str, name: str, **fields: Any) -> Indicator:
    """A stock ratio of teachers on the dashboard, unless told otherwise."""
    usual = {
        "section": SECTION,
        "indicator_set": SET,
        "name": name,
        "short_name": name,
        "kind": Indicator.Kind.RATIO,
        "numerator": f"part_{pk}",
        "denominator": f"whole_{pk}",
        "unit_of_measure": "giáo viên",
        "on_dashboard": True,
        "position": pk,
    }
    return Indicator(pk=pk, code=code, **{**usual, **fields})


COMPUTERS = indicator(1, "A1", "Giáo viên có máy tính")
INTERNET = indicator(2, "A2", "Giáo viên có Internet")
LESSONS = indicator(3, "A5", "Tiết dạy trực tuyến", period_rule="sum", unit_of_measure="tiết")
SERVICES = indicator(4, "A9", "Thủ tục toàn trình", section=OTHER_SECTION, unit_of_measure="thủ tục")
TABLETS = indicator(5, "B1", "Máy tính bảng", kind="count", denominator="", unit_of_measure="máy")
INDICATORS = (COMPUTERS, INTERNET, LESSONS, SERVICES, TABLETS)

Sums = Mapping[tuple[OrgUnit, ReportingPeriod, Indicator], Contribution]


def sums(numerator: int, denominator: int = 100, counted: int = 10, expected: int = 10) -> Contribution:
    return Contribution(numerator, denominator, counted, expected)


def figure_set(
    totals: Sums,
    targets: Mapping[Indicator, Target] | None = None,
    indicators: Iterable[Indicator] = INDICATORS,
) -> FigureSet:
    """Figures over such totals; every target is one of 50 % unless given."""
    held_to = {one.pk: [by_hand.target()] for one in (COMPUTERS, INTERNET, LESSONS, SERVICES)}
    held_to |= {one.pk: [wanted] for one, wanted in (targets or {}).items()}
    rows = {(unit.pk, period.pk, one.pk): row for (unit, period, one), row in totals.items()}
    return FigureSet(list(indicators), rows, {}, held_to, {})


def board(
    totals: Sums,
    *,
    place: Place = PLACE,
    period: ReportingPeriod = Y2023,
    basis: Basis = Basis.OFFICIAL,
    targets: Mapping[Indicator, Target] | None = None,
    findings: Mapping[str, tuple[ViolationNote, ...]] | None = None,
    **more: Any,
) -> Board:
    """A board over such totals; `findings` by indicator code."""
    figures = figure_set(totals, targets)
    own = (
        replace(one, findings=(findings or {}).get(one.code, ())) for one in figures.of(place.unit, period)
    )
    return Board(
        place=place,
        selection=selection(period, basis),
        progress=Progress(10, 10, 10),
        figures=tuple(own),
        figure_set=figures,
        **more,
    )
