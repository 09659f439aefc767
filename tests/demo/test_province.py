from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.demo.province import FEWEST_SCHOOLS, PLACES, build


def having(province, *traits):
    return len(province.having(*traits))


def test_the_published_province_has_the_published_units():
    province = build()
    assert len(province.schools) == 370
    assert having(province, "preschool") == 139
    assert having(province, "general_education") == 231
    assert having(province, "upper_secondary") == 34
    assert having(province, "managed_by_department") == 35
    assert having(province, "managed_by_district_office") == 335
    assert [office.code for office in province.offices] == [f"DN-{place.code}" for place in PLACES]


def test_all_schools_with_an_upper_secondary_level_and_one_boarding_school_stand_under_the_department():
    province = build()
    directly = [province.schools[i] for i in province.having("managed_by_department")]
    others = [school for school in directly if "upper_secondary" not in school.levels]
    assert having(province, "upper_secondary") == len(directly) - 1
    assert [(one.levels, "nội trú" in one.name) for one in others] == [(("lower_secondary",), True)]


def test_every_place_has_preschools_primary_and_lower_secondary_schools():
    province = build()
    for office in province.offices:
        below = [school.levels for school in province.schools if school.parent == office.code]
        assert {("preschool",), ("primary",), ("lower_secondary",)} <= set(below)


def test_some_schools_are_private_and_some_belong_to_a_community():
    owners = Counter(school.ownership for school in build().schools)
    assert owners["public"] > 330
    assert owners["private"] > 10
    assert owners["community"] > 0


def test_codes_stay_the_same():
    schools = {school.code: school.name for school in build().schools}
    assert schools["DN-DM-TH12"] == "Trường Tiểu học số 12 Đắk Mil"
    assert schools["DN-GN-THPT01"] == "Trường Trung học phổ thông số 1 Gia Nghĩa"


@given(st.integers(FEWEST_SCHOOLS, 3_000))
@settings(deadline=None, max_examples=60)
def test_any_number_of_schools_keeps_the_shape(number):
    province = build(number)
    schools = province.schools
    codes = [
        province.department.code,
        *(one.code for one in province.offices),
        *(one.code for one in schools),
    ]
    assert len(schools) == number
    assert len(set(codes)) == len(codes)
    assert max(map(len, codes)) <= 20
    assert {school.parent for school in schools} <= set(codes)
    assert having(province, "preschool") + having(province, "general_education") == number
    assert abs(having(province, "general_education") - 231 * number / 370) <= 1
    assert abs(having(province, "upper_secondary") - 34 * number / 370) <= 1
    assert having(province, "primary") > 0
    sizes = Counter(school.parent for school in schools)
    if number >= 370:
        assert all(25 <= sizes[office.code] <= 60 for office in province.offices)


def test_a_large_province_has_more_offices_of_the_usual_size():
    province = build(53_000)
    assert len(province.offices) == 1_152
    assert len({office.code for office in province.offices}) == 1_152


def test_too_few_schools_are_refused():
    with pytest.raises(ValueError, match="at least 10"):
        build(FEWEST_SCHOOLS - 1)
