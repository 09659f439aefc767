"""The schools like one school: whom they are, what they give together, and when nothing is said."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reporting.peers import FEWEST, Peers, read_peers
from reporting.selection import read_selection
from schools.models import SchoolProfile
from tests.province import Province, approved, build_province

# Teachers by school, the largest whole that a school of the small catalogue reports of a stock.
ALIKE = {"DN-101": 40, "DN-9000": 20, "DN-9001": 80, "DN-9002": 41, "DN-9003": 60}
TOO_SMALL, TOO_LARGE = {"DN-9004": 19}, {"DN-9005": 81}


@pytest.fixture
def province(db) -> Province:
    return build_province(more_schools=7)


def report(province: Province, teachers: dict[str, int]) -> None:
    for code, number in teachers.items():
        approved(
            province.submission(code),
            by=province.person("officer"),
            reviewer=province.person("officer_2"),
            teachers=number,
            teachers_with_computer=number // 4,
        )


def peers(province: Province, code: str = "DN-101", **asked: str) -> Peers | None:
    return read_peers(province.units[code], read_selection({"period": "2023", **asked}))


def test_peers_teach_the_same_levels_and_are_of_half_to_twice_the_size(province):
    report(province, {**ALIKE, **TOO_SMALL, **TOO_LARGE, "DN-201": 40, "DN-102": 40})
    found = peers(province)
    assert found is not None
    assert found.schools == len(ALIKE)
    by_code = {one.code: one for one in found.figures}
    assert by_code["T1"].numerator == sum(number // 4 for number in ALIKE.values())
    assert by_code["T1"].denominator == sum(ALIKE.values())
    assert by_code["T1"].units_counted == len(ALIKE)
    assert set(by_code["T4"].names) == {"Azota", "Zalo"}


def test_with_fewer_than_five_nothing_is_said_for_each_could_be_worked_out(province):
    report(province, dict(list(ALIKE.items())[: FEWEST - 1]))
    assert peers(province) is None


def test_a_school_that_has_not_reported_has_no_size_and_an_office_no_peers(province):
    report(province, {code: number for code, number in ALIKE.items() if code != "DN-101"})
    assert peers(province) is None
    assert peers(province, "DN-1") is None


def test_peers_are_all_schools_as_reported_whatever_the_slice(province):
    report(province, ALIKE)
    SchoolProfile.objects.filter(unit__code="DN-9000").update(ownership="private")
    assert peers(province, ownership="private", hierarchy="now") == peers(province)


def test_a_clerk_sees_them_beside_the_own_school_as_one_without_a_name_or_page(province):
    report(province, ALIKE)
    client = Client()
    client.force_login(province.person("clerk_101"))
    page = client.get("/units/DN-101/beside/?period=2023").content.decode()
    assert "5 trường cùng cấp học, quy mô tương đương" in page
    assert not re.search(r"DN-9|Trường số", page.partition("<main")[2])


def test_the_number_of_statements_does_not_grow_with_schools(province):
    counts = []
    for numbers in (ALIKE, {"DN-9006": 40}):
        report(province, numbers)
        peers(province)  # the catalogue is read once
        with CaptureQueriesContext(connection) as captured:
            peers(province)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6
