"""Slices and today's hierarchy, against a second calculation from the values and chains written by hand."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.models import DataValue, ReportingPeriod
from collection.workflow import COUNTED, Basis
from indicators.models import Indicator, IndicatorSet
from reporting.figures import FigureSet
from reporting.holding import held_below, holders_of_ended
from reporting.selection import read_selection
from reporting.slices import EVERYTHING, Hierarchy, Slice
from reporting.totals import rebuild
from schools.actions import (
    NewUnit,
    close_unit,
    create_units,
    merge_units,
    transfer_unit,
)
from schools.models import OrgUnit, SchoolProfile
from tests.province import Province, approved, build_province
from tests.reporting.wandering import wander

DAY = dt.date(2025, 7, 1)
# unit -> whom its report is counted for, written by hand
REPORTED = {
    "DN": ["DN"],
    "DN-1": ["DN-1", "DN"],
    "DN-2": ["DN-2", "DN"],
    "DN-101": ["DN-101", "DN-1", "DN"],
    "DN-102": ["DN-102", "DN-1", "DN"],
    "DN-201": ["DN-201", "DN-2", "DN"],
    "DN-301": ["DN-301", "DN"],
}
REORGANISED = {
    "DN": ["DN"],
    "DN-1": ["XA-1", "DN"],  # merged into the commune
    "DN-2": ["DN"],  # closed: the department answers for it
    "DN-101": ["DN-101", "XA-1", "DN"],
    "DN-102": ["DN-101", "XA-1", "DN"],  # merged into DN-101
    "DN-201": ["DN-201", "XA-2", "DN"],
    "DN-301": ["DN-301", "DN"],
}
LEVELS = {
    "DN-101": ["primary"],
    "DN-102": ["preschool"],
    "DN-201": ["primary", "lower_secondary"],
    "DN-301": ["upper_secondary"],
}
PRIVATE = {"DN-201", "DN-102"}
SLICES = [
    EVERYTHING,
    Slice("primary"),
    Slice("lower_secondary"),
    Slice("", "private"),
    Slice("primary", "public"),
    Slice("upper_secondary", "private"),
]
# indicator -> numerator, denominator, whether it is a flow
FORMULAS = {
    "T1": ("teachers_with_computer", "teachers", False),
    "T2": ("lessons_online", "lessons", True),
    "T5": ("computers_primary", None, False),
    "T6": ("dossiers_digital", "dossiers", True),
}


def build(seed: int) -> Province:
    """The province with an indicator that offices feed by themselves, and values of two years."""
    province = build_province()
    add_indicator_of_offices(province.indicator_set)
    SchoolProfile.objects.filter(unit__code__in=PRIVATE).update(ownership="private")
    actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))
    wander(province, random.Random(seed), steps=60)
    return province


def add_indicator_of_offices(indicator_set: IndicatorSet) -> None:
    usual = Indicator.objects.get(indicator_set=indicator_set, code="T2")
    Indicator.objects.create(
        indicator_set=indicator_set,
        section=usual.section,
        code="T6",
        name="Hồ sơ điện tử",
        kind="ratio",
        numerator="dossiers_digital",
        denominator="dossiers",
        period_rule="sum",
        position=60,
    )


def reorganise(province: Province) -> None:
    """The summer of 2025: districts end, communes begin, two schools become one."""
    officer = province.person("officer")
    rows = [NewUnit(code, f"Xã {code}", "commune", DAY, parent="DN") for code in ("XA-1", "XA-2")]
    first, second = create_units(rows=rows, by=officer)
    transfer_unit(unit=province.unit("DN-201"), to=second, effective_on=DAY, by=officer)
    close_unit(unit=province.unit("DN-2"), effective_on=DAY, by=officer)
    merge_units(units=[province.unit("DN-102")], into=province.unit("DN-101"), effective_on=DAY, by=officer)
    merge_units(units=[province.unit("DN-1")], into=first, effective_on=DAY, by=officer)


def in_slice(unit: str, only: Slice) -> bool:
    if not only:
        return True
    ownership = "private" if unit in PRIVATE else "public"
    return (
        unit in LEVELS
        and (not only.level or only.level in LEVELS[unit])
        and (not only.ownership or only.ownership == ownership)
    )


Cells = Mapping[tuple[str, str], Mapping[str, int | None]]


def cells_of(basis: Basis) -> Cells:
    cells: dict[tuple[str, str], dict[str, int | None]] = defaultdict(dict)
    rows = DataValue.objects.filter(submission__state__in=COUNTED[basis])
    for unit, period, element, number in rows.values_list(
        "org_unit__code", "period__code", "element__code", "number"
    ):
        cells[unit, period][element] = number
    return cells


def second_calculation(
    cells: Cells, chains: Mapping[str, Sequence[str]], codes: Sequence[str], indicator: str, only: Slice
) -> dict[str, tuple[int, int]]:
    """Numerator and denominator by unit code: what each unit reported goes to those in its chain."""
    numerator, denominator, is_flow = FORMULAS[indicator]
    sums: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for (unit, period), answer in cells.items():
        if period not in (codes if is_flow else codes[-1:]) or not in_slice(unit, only):
            continue
        part, whole = answer.get(numerator), (answer.get(denominator) if denominator else 0)
        if part is not None and whole is not None:
            for top in chains[unit]:
                sums[top] = (sums[top][0] + part, sums[top][1] + whole)
    return sums


def platforms(
    basis: Basis, chains: Mapping[str, Sequence[str]], period: str, only: Slice
) -> dict[str, set[str]]:
    used: dict[str, set[str]] = defaultdict(set)
    rows = DataValue.objects.filter(
        submission__state__in=COUNTED[basis], period__code=period, element__code="platforms"
    )
    for unit, choices in rows.values_list("org_unit__code", "choices"):
        if in_slice(unit, only):
            for top in chains[unit]:
                used[top] |= set(choices or ())
    return used


def compare(chains: Mapping[str, Sequence[str]], basis: Basis, hierarchy: Hierarchy, only: Slice) -> int:
    """Every figure of every unit and period against the second calculation; how many had a value."""
    units = list(OrgUnit.objects.order_by("code"))
    periods = list(ReportingPeriod.objects.for_selector())
    found = FigureSet.load(units=units, periods=periods, basis=basis, hierarchy=hierarchy, only=only)
    cells, seen = cells_of(basis), 0
    for period in periods:
        codes = ["2022", "2023"] if period.is_span else [period.code]
        used = platforms(basis, chains, codes[-1], only)
        for one in found.indicators:
            if one.code in FORMULAS:
                sums = second_calculation(cells, chains, codes, one.code, only)
            for unit in units:
                figure = found.figure(unit, period, one)
                where = (unit.code, period.code, one.code, basis, hierarchy, only)
                seen += figure.value is not None
                if one.code in FORMULAS:
                    wanted = sums.get(unit.code, (0, 0))
                    assert (figure.numerator or 0, figure.denominator or 0) == wanted, where
                elif one.code == "T4":
                    assert {name.lower() for name in figure.names} == used.get(unit.code, set()), where
    return seen


@pytest.fixture
def province(db) -> Province:
    return build(seed=5)


@pytest.mark.parametrize("seed", [1, 2])
def test_slices_as_reported_agree_with_a_second_calculation(db, seed):
    build(seed)
    seen = {
        only: sum(compare(REPORTED, basis, Hierarchy.REPORTED, only) for basis in Basis) for only in SLICES
    }
    assert seen[EVERYTHING] > seen[Slice("primary")] > 0


@pytest.mark.parametrize("seed", [3, 4])
def test_after_mergers_and_the_end_of_districts_every_figure_as_now_agrees_too(db, seed):
    reorganise(build(seed))
    for basis in Basis:
        for only in SLICES:
            compare(REPORTED, basis, Hierarchy.REPORTED, only)
            compare(REORGANISED, basis, Hierarchy.NOW, only)


def test_before_anything_has_moved_as_now_is_as_reported(province):
    for basis in Basis:
        assert compare(REPORTED, basis, Hierarchy.NOW, EVERYTHING) > 0


def test_a_school_that_moves_between_two_periods_counts_in_a_span_where_it_stood_last(province):
    officer = province.person("officer")
    transfer_unit(
        unit=province.unit("DN-101"),
        to=province.unit("DN-2"),
        effective_on=dt.date(2023, 3, 1),
        by=officer,
    )
    rebuild(ReportingPeriod.objects.for_selector())
    moved = {**REPORTED, "DN-101": ["DN-101", "DN-2", "DN"]}
    units, both = list(province.units.values()), ReportingPeriod.objects.get(first__isnull=False)
    for only in SLICES:
        found = FigureSet.load(units=units, periods=[both], basis=Basis.PROVISIONAL, only=only)
        sums = second_calculation(cells_of(Basis.PROVISIONAL), moved, ["2022", "2023"], "T2", only)
        flow = next(one for one in found.indicators if one.code == "T2")
        for unit in units:
            figure = found.figure(unit, both, flow)
            assert (figure.numerator or 0, figure.denominator or 0) == sums.get(unit.code, (0, 0))


def test_nothing_of_the_province_is_lost_when_only_its_middle_level_changes(province):
    periods = list(ReportingPeriod.objects.for_selector())
    reorganise(province)
    top = province.unit("DN")
    for basis in Basis:
        then, now = (
            FigureSet.load(units=[top], periods=periods, basis=basis, hierarchy=one) for one in Hierarchy
        )
        for period in periods:
            assert then.of(top, period) == now.of(top, period)


def test_a_unit_of_today_shows_what_its_schools_reported_before_it_existed(province):
    reorganise(province)
    commune = OrgUnit.objects.get(code="XA-2")
    selection = read_selection({"period": "2023", "hierarchy": "now", "basis": "provisional"})
    [figure] = [
        one for one in selection.figure_set([commune]).of(commune, province.period) if one.code == "T1"
    ]
    assert figure.units_expected == 1
    then = selection.plain.figure_set([commune]).of(commune, province.period)
    assert all(one.units_expected == 0 for one in then)


def test_the_coverage_of_a_slice_counts_its_schools_alone(province):
    top = province.unit("DN")
    for only, expected in ((EVERYTHING, 4), (Slice("primary"), 2), (Slice("", "private"), 2)):
        found = FigureSet.load(units=[top], periods=[province.period], basis=Basis.OFFICIAL, only=only)
        [figure] = [one for one in found.of(top, province.period) if one.code == "T1"]
        assert figure.units_expected == expected
        assert figure.units_counted <= expected


def test_the_units_below_are_those_whose_reports_a_figure_sums(province):
    reorganise(province)
    commune = OrgUnit.objects.get(code="XA-1")

    def below(unit: OrgUnit, **asked: str) -> set[str]:
        rows = read_selection({"period": "2023", **asked}).units_below(unit)
        return set(rows.values_list("code", flat=True))

    assert below(commune, hierarchy="now") == {"XA-1", "DN-1", "DN-101", "DN-102"}
    assert below(commune, hierarchy="now", level="preschool") == {"DN-102"}
    assert below(province.unit("DN-1")) == {"DN-1", "DN-101", "DN-102"}
    assert below(province.unit("DN"), ownership="private") == {"DN-102", "DN-201"}
    assert set(held_below(province.unit("DN"), on=DAY)) == set(OrgUnit.objects.all())


def test_the_unit_above_answers_for_what_was_closed_without_a_successor(province):
    officer = province.person("officer")
    close_unit(unit=province.unit("DN-201"), effective_on=dt.date(2024, 5, 1), by=officer)
    close_unit(unit=province.unit("DN-2"), effective_on=DAY, by=officer)
    top = province.unit("DN").pk
    held = {province.unit("DN-2").pk: top, province.unit("DN-201").pk: top}
    assert holders_of_ended(DAY) == held
    before = dt.date(2024, 6, 1)
    assert holders_of_ended(before) == {province.unit("DN-201").pk: province.unit("DN-2").pk}


def statements(units: Sequence[OrgUnit], period: ReportingPeriod, only: Slice, hierarchy: Hierarchy) -> int:
    with CaptureQueriesContext(connection) as captured:
        FigureSet.load(units=units, periods=[period], basis=Basis.PROVISIONAL, hierarchy=hierarchy, only=only)
    return len(captured)


@pytest.mark.parametrize("hierarchy", list(Hierarchy))
@pytest.mark.parametrize("only", [EVERYTHING, Slice("primary")])
def test_the_number_of_statements_does_not_grow_with_units(db, hierarchy, only):
    province = build_province(more_schools=12)
    for code in ("DN-101", "DN-301"):
        approved(
            province.submission(code),
            by=province.person("officer"),
            reviewer=province.person("officer_2"),
        )
    reorganise(province)
    statements([province.unit("DN")], province.period, only, hierarchy)  # the catalogue is read once
    few = statements([province.unit("DN")], province.period, only, hierarchy)
    many = statements(list(OrgUnit.objects.all()), province.period, only, hierarchy)
    assert few == many
