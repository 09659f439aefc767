"""The published two-year figures of one department as totals, for tests of what documents make of them.

Facts of a public report: numerator, denominator, units counted and asked. Shares of which only the
percentage is public (A5, A9.3, A9.4, B4.5, B4.6) are written with denominators that give it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.management import call_command
from django.utils import timezone

from collection.models import DataValue, ReportingPeriod, Submission, Violation
from collection.workflow import Basis
from indicators.models import DataElement, Form, Indicator, IndicatorSet, Rule
from reporting.models import ChoiceCount, Totals
from reporting.selection import Selection
from schools.actions import NewUnit, create_units, create_user
from schools.models import OrgUnit

SINCE = dt.date(2004, 1, 1)
MADE_ON = dt.date(2024, 3, 5)
# code: numerator, denominator (0: a count), units counted, units asked
FIGURES = {
    "A1.1": (7661, 9083, 366, 370),
    "A1.2": (8899, 9202, 370, 370),
    "A2.1": (64450, 150525, 231, 231),
    "A2.2": (72547, 150525, 231, 231),
    "A3.1": (0, 0, 231, 231),
    "A3.2": (0, 0, 231, 231),
    "A3.3": (99676, 150525, 231, 231),
    "A5.1": (147, 1000, 127, 127),
    "A5.2": (418, 1000, 123, 123),
    "A8.1": (370, 370, 370, 370),
    "A8.2": (145006, 150525, 231, 231),
    "A8.3": (10393, 11018, 370, 370),
    "A8.4": (370, 370, 370, 370),
    "A8.5": (5213, 5792, 1, 1),
    "A8.6": (9089, 10328, 8, 8),
    "A9.1": (27, 84, 1, 1),
    "A9.2": (732, 749, 1, 1),
    "A9.3": (95, 100, 370, 370),
    "A9.4": (600, 600, 1, 1),
    "B1.1": (370, 370, 370, 370),
    "B1.2": (302, 0, 370, 370),
    "B1.3": (13834, 0, 370, 370),
    "B1.4": (231, 231, 231, 231),
    "B1.5": (6, 231, 231, 231),
    "B1.6": (191, 231, 231, 231),
    "B1.7": (34, 231, 231, 231),
    "B1.8": (5325, 0, 231, 231),
    "B1.9": (1726, 3647, 127, 127),
    "B1.10": (2143, 4825, 101, 101),
    "B1.11": (1456, 3261, 34, 34),
    "B1.12": (1275, 0, 1, 1),
    "B1.13": (231, 231, 231, 231),
    "B2.1": (16404, 0, 1, 1),
    "B2.2": (200, 231, 231, 231),
    "B2.3": (87, 231, 231, 231),
    "B3.1": (0, 0, 1, 1),
    "B3.2": (187122, 0, 370, 370),
    "B3.3": (11018, 0, 370, 370),
    "B3.4": (35, 35, 35, 35),
    "B3.5": (231, 231, 231, 231),
    "B3.6": (188, 231, 231, 231),
    "B3.7": (206, 231, 231, 231),
    "B3.8": (34, 34, 34, 34),
    "B4.1": (84, 84, 1, 1),
    "B4.2": (57, 84, 1, 1),
    "B4.3": (655, 749, 1, 1),
    "B4.4": (732, 749, 1, 1),
    "B4.5": (558, 600, 1, 1),
    "B4.6": (42, 600, 1, 1),
    "B5.1": (6628, 6628, 231, 231),
    "B5.2": (4640, 6628, 231, 231),
    "B5.3": (7371, 7371, 231, 231),
    "B5.4": (7371, 7371, 231, 231),
    "B5.5": (92, 92, 42, 42),
}
NOT_APPLICABLE = ("A4", "A6", "A7")
LISTS = {"A3.1": 12, "A3.2": 7, "B3.1": 14}


def build() -> None:
    """Catalogue, department, a district office with two schools, the periods and their totals."""
    call_command("load_catalogue", verbosity=0)
    units = {unit.code: unit for unit in create_units(rows=_units(), by=None)}
    earlier, later, span = _periods(IndicatorSet.objects.get(code="QD131"))
    for period, share in ((earlier, "0.9"), (later, "1"), (span, "1")):
        _totals(units["DN"], period, Decimal(share))
    for period in (later, span):
        _school_totals(units["DN-CJ-1"], period)
    _violation(units["DN"], (earlier, 300, 280), (later, 432, 375))


def _units() -> list[NewUnit]:
    office = "Phòng Giáo dục và Đào tạo huyện Cư Jút"
    return [
        NewUnit("DN", "Sở Giáo dục và Đào tạo Đắk Nông", "department", SINCE),
        NewUnit("DN-CJ", office, "district_office", SINCE, parent="DN"),
        NewUnit("DN-CJ-1", "Trường Tiểu học Một", "school", SINCE, parent="DN-CJ", levels=["primary"]),
        NewUnit("DN-CJ-2", "Trường Tiểu học Hai", "school", SINCE, parent="DN-CJ", levels=["primary"]),
    ]


def _periods(indicator_set: IndicatorSet) -> list[ReportingPeriod]:
    def year(number: int) -> ReportingPeriod:
        return ReportingPeriod.objects.create(
            indicator_set=indicator_set,
            code=str(number),
            name=f"Năm {number}",
            starts_on=dt.date(number, 1, 1),
            ends_on=dt.date(number, 12, 31),
            due_on=dt.date(number + 1, 1, 31),
            state=ReportingPeriod.State.CLOSED,
        )

    first, last = year(2022), year(2023)
    span = ReportingPeriod.objects.create(
        indicator_set=indicator_set,
        code="2022..2023",
        name="Năm 2022 đến năm 2023",
        starts_on=first.starts_on,
        ends_on=last.ends_on,
        first=first,
        last=last,
    )
    return [first, last, span]


def _totals(unit: OrgUnit, period: ReportingPeriod, share: Decimal) -> None:
    indicators = {one.code: one for one in Indicator.objects.all()}
    Totals.objects.bulk_create(
        Totals(
            org_unit=unit,
            indicator=indicators[code],
            period=period,
            basis=Basis.OFFICIAL,
            numerator=int(numerator * share),
            denominator=denominator,
            counted=counted,
            expected=expected,
        )
        for code, (numerator, denominator, counted, expected) in FIGURES.items()
    )
    for element in DataElement.objects.filter(code__in=["platforms", "management_software"]):
        assert element.choice_list is not None
        ChoiceCount.objects.bulk_create(
            ChoiceCount(
                org_unit=unit, element=element, period=period, basis=Basis.OFFICIAL, choice=choice, units=1
            )
            for choice in element.choice_list.choices.all()
        )


def _school_totals(school: OrgUnit, period: ReportingPeriod) -> None:
    """One primary school: 12 of 20 teachers, Internet, no cashless fees; nothing on its pupils yet."""
    numbers = {
        "A1.1": (12, 20, 1),
        "B1.1": (1, 1, 1),
        "B3.7": (0, 1, 1),
        "A2.1": (0, 0, 0),
        "B1.6": (1, 1, 1),
    }
    indicators = {one.code: one for one in Indicator.objects.filter(code__in=numbers)}
    Totals.objects.bulk_create(
        Totals(
            org_unit=school,
            indicator=indicators[code],
            period=period,
            basis=Basis.OFFICIAL,
            numerator=numerator,
            denominator=denominator,
            counted=counted,
            expected=1,
        )
        for code, (numerator, denominator, counted) in numbers.items()
    )


def _violation(unit: OrgUnit, *years: tuple[ReportingPeriod, int, int]) -> None:
    """Each year more dossiers are resolved online than were filed online: 732 and 655 together."""
    people = [create_user(username=name, password=None, by=None) for name in ("nguoi-nop", "nguoi-duyet")]
    elements = {one.code: one for one in DataElement.objects.filter(code__startswith="dossiers_")}
    now = timezone.now()
    for period, resolved, filed in years:
        submission = Submission.objects.create(
            period=period,
            org_unit=unit,
            form=Form.objects.get(code="SO"),
            traits=["department"],
            state="approved",
            due_on=period.ends_on,
            submitted_at=now,
            submitted_by=people[0],
            decided_at=now,
            decided_by=people[1],
        )
        for code, number in (("dossiers_resolved_online", resolved), ("dossiers_filed_online", filed)):
            DataValue.objects.create(
                submission=submission,
                element=elements[code],
                period=period,
                org_unit=unit,
                number=number,
                updated_at=now,
                updated_by=people[0],
            )
        rule = Rule.objects.get(code="R-17")
        Violation.objects.create(submission=submission, rule=rule, left=resolved, right=filed)


def selection(code: str = "2022..2023", basis: Basis = Basis.OFFICIAL) -> Selection:
    """What a page or command would show of that period."""
    periods = tuple(ReportingPeriod.objects.for_selector())
    return Selection(next(one for one in periods if one.code == code), basis, periods)
