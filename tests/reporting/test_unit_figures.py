"""All figures of a unit: the page, its tabs, and the same rows as files."""

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
from tests.reporting.growing import grow

PAGE = "/units/DN/figures/?period=2023"


@pytest.fixture
def province(db) -> Province:
    province = build_province()
    indicator = Indicator.objects.get(code="T1")
    Target.objects.create(indicator=indicator, year=2025, value=60, document="Văn bản thử")
    for period, number in ((province.earlier, 9), (province.period, 10)):
        approved(
            province.submission("DN-101", period),
            by=province.person("officer"),
            reviewer=province.person("officer_2"),
            teachers=30,
            teachers_with_computer=number,
        )
    return province


@pytest.fixture
def get(province) -> Callable[..., bytes]:
    """`get("/units/DN/figures/")`: what the address gives, as the leader gets it."""

    def got(path: str, person: str = "leader", status: int = 200) -> bytes:
        client = Client()
        client.force_login(province.person(person))
        answer = client.get(path)
        assert answer.status_code == status
        return answer.content

    return got


def rows(page: str) -> list[list[str]]:
    """The cells of every row of the table, as text."""
    table = page.partition('<table class="all-figures">')[2].partition("</table>")[0]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", table)]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in found]


def test_every_indicator_has_a_row_with_what_it_is_made_of(get):
    page = get(PAGE).decode()
    [_head, *body] = rows(page)
    assert len(body) == Indicator.objects.count()
    [row] = [one for one in body if one[0].startswith("T1 ")]
    assert row[1:] == ["33,33%", "≥ 60%", "Chưa đạt", "+3,33 điểm", "10", "30", "1/4 đơn vị"]
    assert "<h1>5 chỉ số: 0 đạt mục tiêu, 1 chưa đạt</h1>" in page
    assert 'href="/units/DN/indicators/T1/?period=2023' in page


def test_a_missing_figure_is_a_dash_and_never_zero(get):
    page = get("/units/DN/figures/?period=2022").decode()
    assert [row[4] for row in rows(page)[1:]] == ["–"] * Indicator.objects.count()  # nothing before 2022
    assert ">0%<" not in page


def test_the_pages_of_a_unit_lead_to_each_other_and_keep_the_selection(get):
    for path in (
        "/units/DN-1/?period=2023&basis=provisional",
        "/units/DN-1/figures/?period=2023&basis=provisional",
    ):
        page = get(path).decode()
        tabs = page.partition('<nav class="tabs unit-tabs"')[2].partition("</nav>")[0]
        links = re.findall(r'href="([^"]+)"', tabs)
        assert [link.partition("?")[0] for link in links] == [
            f"/units/DN-1/{page}" for page in ("", "charts/", "figures/", "beside/")
        ]
        assert all("basis=provisional" in link for link in links)
        assert tabs.count('aria-current="page"') == 1


def test_the_files_hold_what_the_table_shows(get):
    shown = [[row[0].split()[0], *row[1:]] for row in rows(get(PAGE).decode())[1:]]
    sent = get("/units/DN/figures.csv?period=2023").decode("utf-8-sig")
    in_csv = list(csv.reader(io.StringIO(sent, newline="")))
    assert in_csv[0][:4] == ["Mã", "Chỉ số", "Đơn vị tính", "Kết quả"]
    assert [row[0] for row in in_csv[1:]] == [row[0] for row in shown]
    [row] = [row for row in in_csv if row[0] == "T1"]
    assert row[2:] == ["%", "33.33", "60.00", "Chưa đạt", "3.33", "10", "30", "1", "4"]
    sheet = load_workbook(io.BytesIO(get("/units/DN/figures.xlsx?period=2023"))).worksheets[0]
    in_workbook = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert in_workbook[0][0] == "Tất cả chỉ số của Sở Giáo dục và Đào tạo"
    assert [10, 30, 1, 4] in [row[7:] for row in in_workbook]
    assert len(in_workbook) - len(in_csv) == 3  # title, one remark, an empty line


def test_another_kind_of_file_does_not_exist(get):
    get("/units/DN/figures.pdf", status=404)


def test_a_school_beside_ones_own_does_not_exist(get):
    get("/units/DN-101/figures/", person="clerk_101")
    get("/units/DN-102/figures/", person="clerk_101", status=404)
    get("/units/DN-1/figures.csv", person="clerk_101", status=404)


def test_the_page_costs_the_same_at_any_size(province):
    client = Client()
    client.force_login(province.person("leader"))

    def statements() -> int:
        client.get(PAGE)  # the catalogue is read once
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    small = statements()
    grow(province)
    assert statements() == small
