"""Random tables of the explorer, computed a second time straight from the cells they rest on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from collection import actions
from collection.models import DataValue
from collection.workflow import COUNTED, Basis
from reporting.explorer.layout import Layout
from tests.province import Province, approved, build_province, enter, submitted
from tests.reporting.explored import as_written, csv_of, table_of

pytestmark = pytest.mark.django_db
# Who stands below whom, said here a second time.
BELOW = {
    "DN": ["DN", "DN-1", "DN-2", "DN-101", "DN-102", "DN-201", "DN-301"],
    "DN-1": ["DN-1", "DN-101", "DN-102"],
    "DN-2": ["DN-2", "DN-201"],
}
TEACH = {"primary": ["DN-101", "DN-201"], "upper_secondary": ["DN-301"]}
SCHOOLS = ("DN-101", "DN-102", "DN-201", "DN-301")


def fill_at_random(province: Province, dice: random.Random) -> None:
    """Every school of both years drafts, submits or is approved, with numbers of its own."""
    officer, reviewer = province.person("officer"), province.person("officer_2")
    for period in (province.earlier, province.period):
        for unit in SCHOOLS:
            submission = province.submission(unit, period)
            teachers, lessons = dice.randrange(2000), dice.randrange(2000)
            numbers: dict[str, Any] = {
                "teachers": teachers,
                "teachers_with_computer": dice.choice([None, dice.randrange(teachers + 1)]),
                "lessons": lessons,
                "lessons_online": dice.randrange(lessons + 1),
                "computers_primary": dice.choice([None, dice.randrange(2000)]),
            }
            match dice.choice(["draft", "submitted", "approved", "approved"]):
                case "draft":
                    enter(submission, by=officer, **numbers)
                case "submitted":
                    submitted(submission, by=officer, **numbers)
                case "approved":
                    approved(submission, by=officer, reviewer=reviewer, **numbers)


PARTS = {
    "T1": ("teachers_with_computer", "teachers", "last"),
    "T2": ("lessons_online", "lessons", "sum"),
    "T3": ("online_plan", "units", "last"),
    "T5": ("computers_primary", "", "last"),
}


def by_hand(unit: str, indicator: str, period: str, basis: str, level: str) -> tuple[int | None, int | None]:
    """Numerator and denominator straight from the cells, without formulas or totals."""
    years = period.split("..")
    cells: dict[tuple[str, str], dict[str, DataValue]] = {}
    for value in DataValue.objects.filter(
        org_unit__code__in=[one for one in BELOW.get(unit, [unit]) if not level or one in TEACH[level]],
        period__code__in=years,
        submission__state__in=COUNTED[Basis(basis)],
    ).select_related("element", "org_unit", "period"):
        cells.setdefault((value.org_unit.code, value.period.code), {})[value.element.code] = value
    if indicator == "T4":
        lists = [
            one["platforms"].choices
            for key, one in cells.items()
            if key[1] == years[-1] and "platforms" in one
        ]
        return (len({name for names in lists for name in names or ()}), None) if lists else (None, None)
    part, whole, rule = PARTS[indicator]
    given = []
    for (_unit, year), one in cells.items():
        if rule == "last" and year != years[-1]:
            continue
        top = one[part].number if part in one else None
        bottom = (one[whole].number if whole in one else None) if whole not in ("", "units") else 1
        if top is not None and bottom is not None:
            given.append((top, bottom))
    if not given:
        return None, None
    return sum(top for top, _ in given), sum(bottom for _, bottom in given) if whole else None


def as_value(numerator: int | None, denominator: int | None, indicator: str) -> Decimal | None:
    """Half-up to two decimals, in whole numbers."""
    if numerator is None or indicator in ("T4", "T5"):
        return None if numerator is None else Decimal(numerator)
    if not denominator:
        return None
    return Decimal(int(Fraction(numerator * 10_000, denominator) + Fraction(1, 2))) / 100


@pytest.fixture(scope="module")
def leader(django_db_setup, django_db_blocker) -> Iterator[Client]:
    """The leader of a province that was filled at random, once for all tables."""
    with django_db_blocker.unblock(), transaction.atomic():
        province = build_province()
        fill_at_random(province, random.Random(131))
        actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))
        client = Client()
        client.force_login(province.person("leader"))
        yield client
        transaction.set_rollback(True)


@pytest.mark.parametrize("seed", range(12))
def test_a_random_table_is_what_the_cells_say(leader, seed):
    dice = random.Random(seed)
    chosen = {
        "unit": ["DN"],
        "below": [dice.choice(["children", "school", "district_office"])],
        "indicator": dice.sample(["T1", "T2", "T3", "T4", "T5"], dice.randrange(1, 6)),
        "period": dice.sample(["2022", "2023", "2022..2023"], dice.randrange(1, 4)),
        "show": ["value", "numerator", "denominator"],
        "rows": [dice.choice(Layout.values)],
        "level": [dice.choice(["", "", *TEACH])],
        "basis": [dice.choice(["official", "provisional"])],
    }
    query = "&".join(f"{name}={value}" for name, values in chosen.items() for value in values)
    lines = csv_of(leader.get(f"/explore/table.long.csv?{query}"))
    figures = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    units = {one["unit_code"] for one in figures}
    assert len(figures) == len(units) * len(chosen["indicator"]) * len(chosen["period"])
    for one in figures:
        where = (one["unit_code"], one["indicator_code"], one["period"])
        top, bottom = by_hand(*where, chosen["basis"][0], chosen["level"][0])
        shown = [Decimal(one[name]) if one[name] else None for name in ("numerator", "denominator", "value")]
        assert shown == [top, bottom, as_value(top, bottom, where[1])], where
    on_page = [text for row in table_of(leader.get(f"/explore/?{query}"))[1] for text in row[1:]]
    assert len(on_page) == 3 * len(figures)
    numbers = sorted(one[name] for one in figures for name in ("numerator", "denominator", "value"))
    assert sorted(as_written(text) for text in on_page) == numbers
