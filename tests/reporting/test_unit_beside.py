"""A unit beside another: who is shown to whom, what the table says, and the same rows as files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from indicators.models import Indicator, Target
from tests.province import Province, approved, build_province
from tests.reporting.asking import asking
from tests.reporting.growing import grow

# Teachers with a computer, of 20, by school.
COMPUTERS = {"DN-101": 5, "DN-102": 10, "DN-201": 15, "DN-301": 20}


@pytest.fixture
def province(db) -> Province:
    province = build_province()
    for code, number in COMPUTERS.items():
        approved(
            province.submission(code),
            by=province.person("officer"),
            reviewer=province.person("officer_2"),
            teachers=20,
            teachers_with_computer=number,
        )
    return province


@pytest.fixture
def get(province) -> Callable[..., bytes]:
    """`get("leader", "/units/DN-101/beside/")`: what the address gives to somebody."""
    return asking(province)


def table(page: str) -> dict[str, list[str]]:
    """The cells of the table by the first word of their row: code, or "Chỉ" for the headings."""
    inside = page.partition('<table class="all-figures beside">')[2].partition("</table>")[0]
    rows = [
        [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", inside)
    ]
    return {row[0][0]: [" ".join(cell) for cell in row[1:]] for row in rows}


def test_two_units_are_set_beside_each_other_with_the_difference_in_points(get):
    page = get("leader", "/units/DN-101/beside/?period=2023&with=DN-301").decode()
    rows = table(page)
    assert rows["Chỉ"] == ["Trường tiểu học số 1", "Trường THPT số 4"]
    assert rows["T1"] == ["25%", "100% −75 điểm"]
    assert "Trường tiểu học số 1 và Trường THPT số 4: cao hơn ở 0, thấp hơn ở 1" in page


def test_counts_stand_beside_each_other_without_a_difference(get):
    rows = table(get("leader", "/units/DN-1/beside/?period=2023&with=DN-2").decode())
    assert "điểm" not in rows["T5"][1]


def test_a_school_stands_beside_its_district_and_the_province_unless_told_otherwise(get):
    page = get("leader", "/units/DN-101/beside/?period=2023").decode()
    rows = table(page)
    assert rows["Chỉ"][:3] == ["Trường tiểu học số 1", "Phòng GDĐT huyện Một", "Sở Giáo dục và Đào tạo"]
    assert rows["T1"][:3] == ["25%", "37,5% −12,5 điểm", "62,5% −37,5 điểm"]
    assert 'href="/units/DN/indicators/T1/?period=2023"' in page


def test_a_clerk_sees_what_lies_above_as_sums_without_a_page(get):
    page = get("clerk_101", "/units/DN-101/beside/?period=2023").decode()
    assert table(page)["T1"][0] == "25%"
    assert table(page)["T1"][2] == "62,5% −37,5 điểm"  # all four schools together
    assert "/units/DN/" not in page
    assert "/units/DN-1/" not in page
    for hidden in ("Trường mầm non số 2", "Trường TH-THCS số 3", "Trường THPT số 4"):
        assert hidden not in page


def test_a_sum_of_so_few_that_one_could_be_worked_out_is_not_shown(get):
    """DN-1 has two schools: half of what is known of both would be the other's."""
    assert table(get("clerk_101", "/units/DN-101/beside/?period=2023").decode())["T1"][1] == "–"
    alone = get("clerk_101", "/units/DN-101/beside/?period=2023&with=DN-1").decode()
    assert table(alone)["T1"] == ["25%", "–"]
    sent = get("clerk_101", "/units/DN-101/beside.csv?period=2023&with=DN-1").decode()
    assert "37.5" not in sent


@pytest.mark.parametrize(
    ("person", "unit", "other", "status"),
    [
        ("leader", "DN-101", "DN-301", 200),
        ("leader", "DN", "DN-1", 200),
        ("reviewer_1", "DN-101", "DN-102", 200),
        ("reviewer_1", "DN-1", "DN", 200),  # above: a sum
        ("reviewer_1", "DN-1", "DN-2", 404),  # beside
        ("reviewer_1", "DN-101", "DN-201", 404),
        ("clerk_101", "DN-101", "DN", 200),
        ("clerk_101", "DN-101", "DN-1", 200),
        ("clerk_101", "DN-101", "DN-102", 404),  # its neighbour
        ("clerk_101", "DN-101", "DN-301", 404),
        ("clerk_101", "DN-101", "DN-2", 404),
        ("clerk_101", "DN-102", "DN-101", 404),
        ("leader", "DN-101", "KHONG-CO", 404),
        ("leader", "DN-101", "%00", 404),
    ],
)
def test_whoever_lies_outside_the_scope_and_not_above_does_not_exist(get, person, unit, other, status):
    get(person, f"/units/{unit}/beside/?period=2023&with={other}", status)
    get(person, f"/units/{unit}/beside.csv?period=2023&with={other}", status)


def test_a_unit_is_found_without_diacritics_and_only_within_the_scope(get):
    found = get("leader", "/units/DN-101/beside/?q=thpt+SO+4").decode()
    assert re.findall(r'with=([^"&]+)">', found) == ["DN-301"]
    nothing = get("clerk_101", "/units/DN-101/beside/?q=thpt+so+4").decode()
    assert "Không có đơn vị nào khớp với “thpt so 4” trong phạm vi của bạn." in nothing


def test_the_department_is_first_asked_whom_to_stand_beside(get):
    page = get("leader", "/units/DN/beside/?period=2023").decode()
    assert "Chưa chọn đơn vị đặt cạnh" in page
    assert 'with=DN-1"' in page


def test_the_files_hold_what_the_table_shows(get):
    address = "/units/DN-101/beside.{}?period=2023&with=DN-301"
    sent = get("leader", address.format("csv")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sent, newline="")))
    assert rows[0] == [
        "Mã",
        "Chỉ số",
        "Đơn vị tính",
        "Trường tiểu học số 1",
        "Trường THPT số 4",
        "Chênh với Trường THPT số 4 (điểm)",
    ]
    [row] = [one for one in rows if one[0] == "T1"]
    assert row[2:] == ["%", "25.00", "100.00", "-75.00"]
    shown = table(get("leader", "/units/DN-101/beside/?period=2023&with=DN-301").decode())
    assert [one[0] for one in rows[1:]] == [code for code in shown if code != "Chỉ"]
    sheet = load_workbook(io.BytesIO(get("leader", address.format("xlsx")))).worksheets[0]
    in_workbook = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [25, 100, -75] in [row[3:] for row in in_workbook]


def test_the_page_costs_the_same_at_any_size(province):
    def statements(person: str, path: str) -> int:
        client = Client()
        client.force_login(province.person(person))
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    asked = [
        ("leader", "/units/DN-101/beside/"),
        ("clerk_101", "/units/DN-101/beside/"),
        ("leader", "/units/DN/beside/?with=DN-1"),
    ]
    indicator = Indicator.objects.get(code="T1")
    Target.objects.create(indicator=indicator, year=2025, scope="unit", scope_code="DN", value=50)
    small = [statements(*one) for one in asked]
    grow(province)
    assert [statements(*one) for one in asked] == small
    assert max(small) <= 15
