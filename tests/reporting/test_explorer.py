"""The explorer: its tables say what the cells say, whatever is chosen, on the page and as files."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.models import Indicator
from reporting.explorer import reading
from reporting.explorer.layout import Layout, Measure
from reporting.figures import FigureSet
from reporting.slices import Slice
from schools.actions import create_user
from tests.province import Province, approved, build_province
from tests.reporting.explored import as_written, csv_of, plain, table_of
from tests.small_catalogue import create_small_catalogue

pytestmark = pytest.mark.django_db
SCHOOLS = ("DN-101", "DN-102", "DN-201", "DN-301")


@pytest.fixture
def province() -> Province:
    return build_province()


@pytest.fixture
def get(province) -> Callable[..., HttpResponse]:
    """`get("/explore/", "leader")`: a page as that person gets it."""

    def asked(address: str, person: str = "leader") -> HttpResponse:
        client = Client()
        client.force_login(province.person(person))
        return client.get(address)  # type: ignore[return-value]

    return asked


def approve(province: Province, unit: str, period: ReportingPeriod | None = None, **numbers) -> None:
    approved(
        province.submission(unit, period),
        by=province.person("officer"),
        reviewer=province.person("officer_2"),
        **numbers,
    )


# --- what a table holds ---------------------------------------------------------------------


def test_the_last_row_is_the_unit_above_and_no_average(province, get):
    approve(province, "DN-101", teachers=30, teachers_with_computer=30)
    approve(province, "DN-201", teachers=90, teachers_with_computer=30)
    heads, rows = table_of(get("/explore/?below=children&indicator=T1&period=2023"))
    assert heads == [["Đơn vị", "Giáo viên có máy tính"]]
    assert rows == [
        ["Huyện Một", "100%"],
        ["Huyện Hai", "33,33%"],
        ["Trường THPT số 4", "–"],
        ["Sở Giáo dục và Đào tạo", "50%"],
    ]


def test_distinct_choices_are_united_in_the_last_row(province, get):
    approve(province, "DN-101")
    approve(province, "DN-201")
    _heads, rows = table_of(get("/explore/?below=district_office&indicator=T4&period=2023"))
    # Only the school with general education is asked; two schools that use the same two make two.
    assert [row[1] for row in rows] == ["2", "2", "2"]


def test_numbers_stand_beside_the_value(province, get):
    approve(province, "DN-101", teachers=30, teachers_with_computer=10)
    show = "".join(f"&show={one.value}" for one in Measure)
    heads, rows = table_of(get(f"/explore/?unit=DN-1&below=school&indicator=T1&period=2023{show}"))
    assert heads == [
        ["Đơn vị", "Giáo viên có máy tính"],
        ["Kết quả", "Tử số", "Mẫu số", "Số đơn vị có số liệu", "Số đơn vị được hỏi"],
    ]
    assert rows == [
        ["Tiểu học số 1", "33,33%", "10", "30", "1", "1"],
        ["Mầm non số 2", "–", "–", "–", "0", "1"],
        ["Phòng GDĐT huyện Một", "33,33%", "10", "30", "1", "2"],
    ]


def test_periods_stand_side_by_side_below_each_indicator(province, get):
    approve(province, "DN-101", province.earlier, teachers=20, teachers_with_computer=5)
    approve(province, "DN-101", teachers=20, teachers_with_computer=10)
    heads, rows = table_of(get("/explore/?unit=DN-101&indicator=T1&indicator=T5&period=2023&period=2022"))
    assert heads == [
        ["Đơn vị", "Giáo viên có máy tính", "Máy tính cấp tiểu học"],
        ["Năm 2022", "Năm 2023", "Năm 2022", "Năm 2023"],
    ]
    assert rows == [["Trường tiểu học số 1", "25%", "50%", "20", "20"]]


LAYOUTS = [
    ("unit", ["Huyện Một", "Huyện Hai", "Sở Giáo dục và Đào tạo"]),
    ("unit-period", ["Huyện Một Năm 2022", "Huyện Một Năm 2023", "Huyện Hai Năm 2022"]),
    ("unit-indicator", ["Huyện Một Giáo viên có máy tính", "Huyện Một Tiết dạy trực tuyến"]),
    ("indicator", ["Giáo viên có máy tính", "Tiết dạy trực tuyến"]),
    ("indicator-period", ["Giáo viên có máy tính Năm 2022", "Giáo viên có máy tính Năm 2023"]),
    ("period", ["Năm 2022", "Năm 2023"]),
]


@pytest.mark.parametrize(("rows", "heads"), LAYOUTS)
def test_what_is_a_row_is_chosen(get, rows, heads):
    address = "/explore/?below=district_office&indicator=T1&indicator=T2&period=2022&period=2023"
    _head, body = table_of(get(f"{address}&rows={rows}"))
    assert [row[0] for row in body][: len(heads)] == heads
    assert len({len(row) for row in body}) == 1


def test_only_schools_of_a_slice_are_listed(get):
    page = get("/explore/?below=school&indicator=T1&level=primary")
    assert [row[0] for row in table_of(page)[1]] == [
        "Tiểu học số 1",
        "TH-THCS số 3",
        "Sở Giáo dục và Đào tạo",
    ]
    assert "Chỉ gồm các trường: primary." in page.content.decode()
    links = re.findall(r'<td><a href="([^"]+)">', page.content.decode())
    assert all("level=primary" in link for link in links)
    assert get("/explore/?level=x").status_code == 404


def test_named_units_stand_beside_each_other(get):
    _heads, rows = table_of(get("/explore/?units=DN-301&units=DN-1&indicator=T1"))
    assert [row[0] for row in rows] == ["Phòng GDĐT huyện Một", "Trường THPT số 4", "Sở Giáo dục và Đào tạo"]


def test_units_are_found_without_diacritics_to_be_chosen(get):
    page = plain(get("/explore/?find=truong+MAM+non").content.decode())
    assert "DN-102 Trường mầm non số 2" in page
    assert "DN-301" not in page
    assert "Không tìm thấy đơn vị nào khác." in plain(get("/explore/?find=khong+co").content.decode())


def test_a_first_look_shows_something_to_everybody(get):
    assert [row[0] for row in table_of(get("/explore/"))[1]] == [
        "Huyện Một",
        "Huyện Hai",
        "Sở Giáo dục và Đào tạo",
    ]
    assert [row[0] for row in table_of(get("/explore/", "clerk_101"))[1]] == ["Trường tiểu học số 1"]


def test_every_number_leads_to_the_page_that_says_why(province, get):
    approve(province, "DN-101")
    page = get("/explore/?below=school&rows=indicator&period=2022&period=2023&basis=provisional")
    links = re.findall(r'<td><a href="([^"]+)">', page.content.decode())
    assert len(links) == 5 * 2 * 5
    for link in random.Random(4).sample(links, 5):
        assert get(unescape(link)).status_code == 200
    assert "/units/DN-101/indicators/T1/?period=2022&amp;basis=provisional" in links


def test_a_reader_of_english_reads_english_numbers(province, get):
    approve(province, "DN-101", teachers=3000, teachers_with_computer=1001)
    client = Client()
    client.force_login(province.person("leader"))
    client.cookies["django_language"] = "en"
    page = client.get("/explore/?unit=DN-101&indicator=T1&period=2023&show=value&show=denominator")
    assert table_of(page)[1][0][1:] == ["33.37%", "3,000"]


# --- files ----------------------------------------------------------------------------------

CHOSEN = "below=school&indicator=T1&indicator=T5&period=2022&period=2023&show=value&show=numerator"


@pytest.mark.parametrize("rows", Layout.values)
def test_the_files_hold_what_the_page_shows(province, get, rows):
    approve(province, "DN-101", teachers=30, teachers_with_computer=10, computers_primary=1234)
    query = f"{CHOSEN}&rows={rows}"
    shown = [row[1:] for row in table_of(get(f"/explore/?{query}"))[1]]
    width = len(shown[0])
    as_csv = csv_of(get(f"/explore/table.csv?{query}"))
    assert [row[-width:] for row in as_csv[1:]] == [[as_written(text) for text in row] for row in shown]
    sheet = load_workbook(io.BytesIO(get(f"/explore/table.xlsx?{query}").content)).worksheets[0]
    lines = [list(row) for row in sheet.iter_rows(min_row=3)]
    assert [cell.value for cell in lines[0]] == as_csv[0]
    for row, line in zip(shown, lines[1:], strict=True):
        for text, cell in zip(row, line[-width:], strict=True):
            assert cell.value == (None if text == "–" else pytest.approx(float(as_written(text))))
            assert text == "–" or ("%" in text) == ("%" in cell.number_format)


def test_a_file_holds_all_pages(monkeypatch, db):
    monkeypatch.setattr(reading, "ROWS_ON_PAGE", 4)
    monkeypatch.setattr(reading, "UNITS_AT_ONCE", 3)
    province = build_province(more_schools=5)
    client = Client()
    client.force_login(province.person("leader"))
    pages = [table_of(client.get(f"/explore/?{CHOSEN}&page={page}"))[1] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [5, 5, 2]
    rows = csv_of(client.get(f"/explore/table.csv?{CHOSEN}"))
    assert [row[0] for row in rows[1:]] == [*SCHOOLS, *(f"DN-900{n}" for n in range(5)), "DN"]
    beyond = client.get(f"/explore/?{CHOSEN}&page=99")
    assert table_of(beyond)[1] == pages[2]
    assert 'rel="next"' not in beyond.content.decode()


# --- bounds and scope -----------------------------------------------------------------------


def test_a_table_with_too_many_columns_is_refused_with_the_next_step(monkeypatch, get):
    monkeypatch.setattr(reading, "COLUMNS_AT_MOST", 5)
    page = get("/explore/?below=school&rows=indicator&indicator=T1&period=2022&period=2023")
    assert page.status_code == 422
    assert "Bảng này sẽ có 10 cột, nhiều hơn mức 5 cột đọc được." in page.content.decode()
    refused = get("/explore/table.csv?below=school&rows=indicator&indicator=T1&period=2022&period=2023")
    assert refused.status_code == 422


def test_what_is_too_large_for_the_screen_may_still_be_a_file(monkeypatch, get):
    monkeypatch.setattr(reading, "CELLS_ON_SCREEN", 3)
    page = get("/explore/?below=school&indicator=T1")
    assert page.status_code == 422
    assert "Cả bảng vẫn tải về được" in page.content.decode()
    assert get("/explore/table.csv?below=school&indicator=T1").status_code == 200
    monkeypatch.setattr(reading, "CELLS_IN_FILE", 3)
    assert "vẫn tải về" not in get("/explore/?below=school&indicator=T1").content.decode()
    for kind in ("csv", "long.csv", "xlsx"):
        refused = get(f"/explore/table.{kind}?below=school&indicator=T1")
        assert refused.status_code == 422
        assert "Hãy chọn ít chỉ số" in refused.content.decode()


@pytest.mark.parametrize(
    "query", ["unit=DN-201", "units=DN-101&units=DN-201", "unit=DN", "unit=%00", "units=%00"]
)
def test_units_outside_the_scope_do_not_exist(get, query):
    for address in ("/explore/", "/explore/table.csv", "/explore/table.long.csv", "/explore/table.xlsx"):
        assert get(f"{address}?{query}", "reviewer_1").status_code == 404


def test_a_search_finds_units_of_the_scope_only(get):
    page = plain(get("/explore/?find=DN", "reviewer_1").content.decode())
    assert "DN-102" in page
    assert "DN-201" not in page


NONSENSE = ["period=1999", "period=2023&period=x", "basis=x", "indicator=A99", "rows=x", "show=x"]


@pytest.mark.parametrize("query", NONSENSE)
def test_what_does_not_exist_is_said_with_a_way_on(get, query):
    page = get(f"/explore/?{query}")
    assert page.status_code == 404
    assert "Hãy chọn" in page.content.decode()


def test_periods_of_two_sets_are_not_mixed(province, get):
    ReportingPeriod.objects.filter(code="2022").update(indicator_set=create_small_catalogue("KHAC"))
    page = get("/explore/?period=2022&period=2023")
    assert page.status_code == 404
    assert "bộ chỉ số khác nhau" in page.content.decode()


def test_other_kinds_of_file_do_not_exist(get):
    assert get("/explore/table.pdf").status_code == 404


@pytest.mark.parametrize("below", ["commune", "x", "%00"])
def test_a_kind_that_does_not_stand_below_leaves_a_calm_page(get, below):
    page = get(f"/explore/?unit=DN-1&below={below}&find=%00")
    assert page.status_code == 200
    assert "Không có đơn vị nào để lập bảng" in page.content.decode()


def test_somebody_without_a_unit_is_told_whom_to_ask(province):
    client = Client()
    client.force_login(create_user(username="nobody", password=None, by=None))
    assert "chưa được phân quyền" in client.get("/explore/").content.decode()
    assert client.get("/explore/table.csv").status_code == 404


@pytest.mark.parametrize("rows", ["unit", "indicator"])
def test_the_number_of_statements_does_not_grow_with_the_units(db, rows):
    counts = []
    province = build_province(more_schools=2)
    client = Client()
    client.force_login(province.person("leader"))
    client.get("/explore/")  # what is kept for a minute is read here
    for address in ("unit=DN-2", "unit=DN"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            query = f"{address}&below=school&rows={rows}&period=2022&period=2023&find=so"
            assert client.get(f"/explore/?{query}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 16


@pytest.mark.parametrize("only", [Slice(), Slice("primary")], ids=["stored", "summed"])
def test_no_figures_are_read_but_those_of_the_table(province, only):
    approve(province, "DN-101", teachers=30, teachers_with_computer=10)
    whole = figures_read(province, only)
    shown = [one for one in whole.indicators if one.code in ("T1", "T4")]
    part = figures_read(province, only, shown)
    unit, period = province.unit("DN"), province.period
    for indicator in whole.indicators:
        figure = part.figure(unit, period, indicator)
        if indicator in shown:
            assert figure == whole.figure(unit, period, indicator)
        else:
            assert figure.units_expected == 0


def figures_read(province: Province, only: Slice, indicators: list[Indicator] | None = None) -> FigureSet:
    return FigureSet.load(
        units=[province.unit("DN")],
        periods=[province.period],
        basis=Basis.OFFICIAL,
        only=only,
        indicators=indicators,
    )
