import datetime as dt

import pytest

from reporting.notes import full_date
from reporting.report.letterhead import compose
from schools.models import OrgUnit
from tests.reporting.by_hand import unit

DEPARTMENT = unit()
OFFICE = unit("Phòng Giáo dục và Đào tạo huyện Cư Jút", "district_office")
SCHOOL = unit("Trường Tiểu học Nguyễn Du", "school")
CENTRE = unit("Trung tâm GDNN-GDTX tỉnh", "school")
COMMUNE = unit("Ủy ban nhân dân xã Đắk Mil", "commune")
OTHER = unit("Viện Nghiên cứu", "institute")


@pytest.mark.parametrize(
    ("chain", "superior", "issuer", "symbol", "place", "post"),
    [
        ([DEPARTMENT], "UBND tỉnh Đắk Nông", "Sở Giáo dục và Đào tạo", "BC-SGDĐT", "Đắk Nông", "Giám đốc"),
        (
            [DEPARTMENT, OFFICE],
            "UBND huyện Cư Jút",
            "Phòng Giáo dục và\N{NO-BREAK SPACE}Đào\N{NO-BREAK SPACE}tạo",
            "BC-PGDĐT",
            "Cư Jút",
            "Trưởng phòng",
        ),
        ([DEPARTMENT, OFFICE, SCHOOL], OFFICE.name, SCHOOL.name, "BC-…", "Cư Jút", "Hiệu trưởng"),
        ([DEPARTMENT, SCHOOL], DEPARTMENT.name, SCHOOL.name, "BC-…", "Đắk Nông", "Hiệu trưởng"),
        ([DEPARTMENT, CENTRE], DEPARTMENT.name, CENTRE.name, "BC-TT", "Đắk Nông", "Giám đốc"),
        ([DEPARTMENT, COMMUNE], "", COMMUNE.name, "BC-UBND", "Đắk Mil", "Chủ tịch"),
        ([DEPARTMENT, OTHER], DEPARTMENT.name, OTHER.name, "BC-…", "Đắk Nông", "Thủ trưởng đơn vị"),
    ],
)
def test_each_kind_of_unit_writes_under_its_own_head(
    chain: list[OrgUnit], superior: str, issuer: str, symbol: str, place: str, post: str
) -> None:
    head = compose(chain)
    assert (head.superior, head.issuer, head.symbol) == (superior, issuer, symbol)
    assert (head.place, head.posts) == (place, (post,))


def test_a_department_reports_to_ministry_and_province_and_a_school_to_its_office() -> None:
    assert compose([DEPARTMENT]).addressees == (
        "Bộ Giáo dục và Đào tạo",
        "Ủy ban nhân dân tỉnh Đắk Nông",
    )
    assert compose([DEPARTMENT, OFFICE, SCHOOL]).addressees == (OFFICE.name,)


def test_a_unit_without_anybody_above_it_addresses_nobody_it_does_not_know() -> None:
    assert compose([SCHOOL]).addressees == ()
    assert compose([SCHOOL]).place == ""
    assert compose([SCHOOL]).place_and_date(dt.date(2024, 3, 5)).startswith("…")


def test_only_a_school_answers_for_itself_alone() -> None:
    assert [compose([one]).is_single for one in (DEPARTMENT, OFFICE, SCHOOL, CENTRE)] == [
        False,
        False,
        True,
        True,
    ]


def test_no_school_or_office_speaks_of_the_province() -> None:
    for chain in ([DEPARTMENT, OFFICE], [DEPARTMENT, OFFICE, SCHOOL], [DEPARTMENT, COMMUNE]):
        words = compose(chain).words
        assert "tỉnh" not in f"{words['who']} {words['opening']} {words['superiors']}".lower()


def test_short_names_of_offices_are_understood() -> None:
    head = compose([unit("Phòng GDĐT thị xã Một", "district_office")])
    assert (head.superior, head.place) == ("UBND thị xã Một", "Một")


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(2024, 3, 5), "ngày 05 tháng 3 năm 2024"),
        (dt.date(2024, 2, 10), "ngày 10 tháng 02 năm 2024"),
        (dt.date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
        (dt.date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
    ],
)
def test_dates_have_leading_zeros_where_the_decree_wants_them(day: dt.date, text: str) -> None:
    assert full_date(day) == text
    assert compose([DEPARTMENT]).place_and_date(day) == f"Đắk Nông, {text}"
