"""A prepared statement answers as the queryset that it was built from, whatever it is given."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from collection.models import Submission
from dxreport.lib.prepared import Prepared, PreparedUpdate
from schools.models import OrgUnit
from tests.province import build_province

TODAY = dt.date(2024, 6, 1)


def below(roots, today, code):
    return OrgUnit.objects.below(roots, on=today).filter(code=code).select_related("kind")


@pytest.fixture
def province(db):
    return build_province()


@pytest.fixture
def units(province):
    return {unit.code: unit for unit in OrgUnit.objects.all()}


def test_it_finds_what_its_queryset_finds(units):
    prepared = Prepared(below)
    for roots in ([units["DN-101"].pk], [units["DN-201"].pk], sorted(unit.pk for unit in units.values())):
        for today in (TODAY, dt.date(1900, 1, 1)):
            for code in ("DN-101", "DN-201", "100%", "mark 7000000003000000"):
                found = list(prepared(roots=roots, today=today, code=code))
                assert found == list(below(roots, today, code))
    assert list(prepared(roots=[units["DN"].pk], today=TODAY, code="DN-101")) == [units["DN-101"]]


def test_its_rows_come_with_what_was_joined_in_one_statement(units, django_assert_num_queries):
    prepared = Prepared(below)
    with django_assert_num_queries(1):
        [unit] = prepared(roots=[units["DN-101"].pk], today=TODAY, code="DN-101")
        assert unit.kind.code == "school"


def test_its_sql_is_built_once_for_each_number_of_units(units):
    built = []

    def building(roots, today, code):
        built.append(roots)
        return below(roots, today, code)

    prepared = Prepared(building)
    for roots in ([units["DN-101"].pk], [units["DN-102"].pk], [1, 2], [3, 4]):
        list(prepared(roots=roots, today=TODAY, code="DN"))
    assert [len(roots) for roots in built] == [1, 2]


def test_in_no_units_there_is_nothing(units):
    assert not list(Prepared(below)(roots=[], today=TODAY, code="DN"))


def test_a_value_that_would_reach_the_database_changed_is_refused(db):
    prepared = Prepared(lambda code: OrgUnit.objects.filter(code__startswith=code))
    with pytest.raises(ValueError, match="as it is given"):
        prepared(code="DN")


def test_an_update_changes_the_rows_of_its_queryset_alone(province):
    def of(unit):
        return Submission.objects.filter(org_unit__code=unit)

    update = PreparedUpdate(of, version=F("version") + 1)
    updated = [update(unit=code) for code in ("DN-101", "DN-101", "DN-102", "DN-none")]
    assert updated == [2, 2, 2, 0]  # each unit has a submission in two periods
    versions = {row.org_unit.code: row.version for row in province.submissions()}
    assert (versions["DN-101"], versions["DN-102"], versions["DN-201"]) == (2, 1, 0)


def test_an_update_is_one_statement_and_none_without_units(province, units):
    update = PreparedUpdate(
        lambda roots, today: Submission.objects.below(roots, on=today), version=F("version") + 1
    )
    with CaptureQueriesContext(connection) as captured:
        assert update(roots=[], today=TODAY) == 0
        assert update(roots=[units["DN-101"].pk], today=TODAY) == 2
    assert len(captured) == 1
