"""The page of a unit's charts: what stands in its tables, who sees it, what it costs, its files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from html import unescape

import pytest
from django.db import transaction
from django.test import Client

from bench.charts import named_scripts, script_bytes, with_imports
from collection import actions
from collection.actions import Entry
from collection.models import DataValue
from collection.workflow import Basis
from indicators.actions import mark_changed
from indicators.models import Indicator
from reporting.charts import gallery as galleries
from reporting.charts.composition import read_composition
from reporting.charts.gallery import Gallery, read_gallery
from reporting.models import Totals
from reporting.selection import read_selection
from schools.actions import transfer_unit
from schools.models import OrgUnit, SchoolProfile
from tests.province import Province, build_province, enter
from tests.reporting.growing import grow
from tests.reporting.test_dashboard_pages import statements, with_targets
from tests.workbooks import opened

STATEMENTS_AT_MOST = 11
MORE_SCHOOLS = 6
MOVED_ON = dt.date(2024, 3, 1)
KEYS = ["trend", "distribution", "units", "targets", "levels", "services"]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[Province]:
    """Everybody was approved in both years, each with figures of their own; built once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield answered(with_targets(with_levels(build_province(more_schools=MORE_SCHOOLS))))
        transaction.set_rollback(True)


@pytest.fixture
def province(built, db, monkeypatch) -> Province:
    """The same, with something for every chart; what a test does to it is undone."""
    compose(monkeypatch)
    return built


def with_levels(province: Province) -> Province:
    """An indicator for each level of maturity."""
    sample = Indicator.objects.get(code="T3")
    for level in (1, 2, 3):
        sample.pk, sample.code, sample.position = None, f"L{level}", 60 + level
        sample.name = sample.short_name = f"Cơ sở ở mức độ {level}"
        sample.numerator = f"maturity={level}"
        sample.save()
    mark_changed()
    return province


def answered(province: Province) -> Province:
    officer, reviewer = province.person("officer"), province.person("officer_2")
    for year, period in enumerate((province.earlier, province.period)):
        for number, row in enumerate(province.submissions(period)):
            enter(row, by=officer, teachers=30, teachers_with_computer=(7 * number + 3 * year) % 31)
            if DataValue.objects.filter(submission=row, element__code="maturity").exists():
                level = [Entry("maturity", choices=[str(1 + number % 3)])]
                actions.save_values(submission=row, entries=level, by=officer, source="form")
            actions.submit(submissions=[row], by=officer)
            actions.approve(submissions=[row], by=reviewer)
    return province


def compose(monkeypatch) -> None:
    """Pretend that the small set has a composition: teachers with and without a computer."""
    part = {"indicator": "T1", "name": "Có máy tính", "name_en": "With a computer"}
    rest = {"name": "Chưa có", "name_en": "Without"}
    bar = {"name": "Giáo viên", "name_en": "Teachers", "parts": [part], "rest": rest}
    found = read_composition({"name": "Thiết bị", "name_en": "Equipment", "bars": [bar]})
    monkeypatch.setattr(galleries, "load_composition", lambda code: found)


@pytest.fixture
def open_page(province) -> Callable[..., str]:
    def opened_by(person: str, path: str, status: int = 200) -> str:
        client = Client()
        client.force_login(province.person(person))
        answer = client.get(path)
        assert answer.status_code == status
        return answer.content.decode()

    return opened_by


def gallery(province: Province, person: str, code: str, **chosen: str) -> Gallery:
    return read_gallery(province.person(person), code, read_selection({"period": "2023"}), **chosen)


def tables(page: str) -> dict[str, list[list[str]]]:
    """The cells of each chart's table by its key, headings first, as they stand on the page."""
    found = {}
    for key, figure in re.findall(
        r'<figure class="chart card" data-chart="(\w+)"(.*?)</figure>', page, re.DOTALL
    ):
        rows = re.findall(r"<tr[ >].*?</tr>", figure, re.DOTALL)
        found[key] = [
            [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
            for row in rows
        ]
    return found


# --- What stands there ------------------------------------------------------------------


def test_a_department_has_every_chart(open_page):
    assert list(tables(open_page("leader", "/units/DN/charts/?period=2023"))) == KEYS


def test_every_chart_has_its_words_its_table_and_its_files(open_page):
    page = open_page("leader", "/units/DN/charts/?period=2023")
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    for figure in figures:
        assert re.search(r"<h3>[^<]{10,}</h3>", figure)
        assert re.search(r'role="img" aria-label="[^"]{20,}"', figure)
        assert "Nguồn: phiếu báo cáo" in figure
        assert "Sở Giáo dục và Đào tạo, kỳ năm 2023" in figure
        assert re.findall(r"charts/\w+\.(csv|xlsx)\?", figure) == ["csv", "xlsx"]
        assert re.findall(r'data-picture="(\w+)"', figure) == ["png", "svg"]
    assert len(figures) == len(KEYS)


def test_the_page_carries_no_figure_twice(open_page):
    page = open_page("leader", "/units/DN/charts/?period=2023")
    assert "application/json" not in page
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)", page)


def test_another_indicator_can_be_chosen_and_the_files_follow(open_page):
    page = open_page("leader", "/units/DN/charts/?period=2023&indicator=T2")
    assert "Theo một chỉ số: Tiết dạy trực tuyến" in page
    assert re.search(r"charts/trend\.csv\?[^\"]*indicator=T2", page)
    assert '<option value="T2" selected>' in page


def test_a_count_has_a_trend_and_its_units_which_add_up_and_nothing_that_needs_a_share(open_page):
    page = open_page("leader", "/units/DN/charts/?period=2023&indicator=T5")
    found = tables(page)
    assert [key for key in found if key in ("units", "trend", "distribution")] == ["trend", "units"]
    own = next(row for row in found["trend"] if row[0] == "Năm 2023")
    parts = [number(row[1]) for row in found["units"][1:]]
    assert len(parts) > 1
    assert sum(parts) == number(own[1]) > 0
    assert re.search(r"<h3>[^<]+: nhiều nhất là huyện \w+, [\d.]+", page)
    assert "Số lượng · " in page


def number(cell: str) -> int:
    """A count as the page writes it; a dash is nothing."""
    return int(cell.replace(".", "")) if cell[0].isdigit() else 0


def test_bars_lead_to_the_same_page_of_a_unit_with_the_same_selection(open_page):
    page = open_page("leader", "/units/DN/charts/?period=2023")
    link = re.search(r'<th scope="row"><a href="([^"]*)">Huyện Một</a>', page)
    assert link
    assert unescape(link[1]) == read_selection({"period": "2023"}).unit_url("DN-1")


def test_levels_add_up_and_stand_by_district(open_page):
    heads, *rows = tables(open_page("leader", "/units/DN/charts/?period=2023"))["levels"]
    assert heads == ["Đơn vị", "1", "Tỉ lệ", "2", "Tỉ lệ", "3", "Tỉ lệ", "Tổng số"]
    counts = {row[0]: [int(row[at]) for at in (1, 3, 5, 7)] for row in rows}
    assert all(sum(row[:3]) == row[3] for row in counts.values())
    *parts, total = counts.values()
    said = DataValue.objects.filter(element__code="maturity", period__code="2023")
    answers = Counter(code for choices in said.values_list("choices", flat=True) for code in choices or [])
    assert total[:3] == [answers[level] for level in ("1", "2", "3")]
    assert sum(row[3] for row in parts) <= total[3]


def test_an_office_shows_its_schools_levels_over_the_years(open_page):
    heads, *rows = tables(open_page("leader", "/units/DN-1/charts/?period=2023"))["levels"]
    assert heads[0] == "Kỳ"
    assert [row[0] for row in rows] == ["Năm 2022", "Năm 2023"]


def test_before_any_figure_the_page_says_what_to_do(province, open_page):
    actions.create_period(
        indicator_set=province.indicator_set,
        code="2024",
        name="Năm 2024",
        starts_on=dt.date(2024, 1, 1),
        ends_on=dt.date(2024, 12, 31),
        due_on=dt.date(2025, 1, 31),
        by=province.person("officer"),
    )
    page = open_page("leader", "/units/DN/charts/?period=2024")
    assert "Kỳ này chưa có số liệu" in page
    assert tables(page) == {}


# --- Distribution: counted again by other means -------------------------------------------


@pytest.mark.parametrize("unit", ["DN", "DN-1"])
@pytest.mark.parametrize("indicator", ["T1", "T2", "T3"])
def test_a_distribution_is_what_the_schools_own_figures_give(province, open_page, unit, indicator):
    page = open_page("leader", f"/units/{unit}/charts/?period=2023&indicator={indicator}")
    counts = [int(row[1]) for row in tables(page)["distribution"][1:12]]
    below = OrgUnit.objects.under(province.unit(unit), on=province.period.hierarchy_date)
    own = Totals.objects.filter(
        org_unit__in=below.filter(kind__code="school"),
        period=province.period,
        basis=Basis.OFFICIAL,
        indicator__code=indicator,
        denominator__gt=0,
    )
    shares = [Decimal(100 * one.numerator) / one.denominator for one in own]
    assert counts == [sum(min(share // 10, 10) == place for share in shares) for place in range(11)]
    if indicator == "T1":
        reached = sum(share >= 60 for share in shares)
        assert f"Giáo viên có máy tính: {reached} trong {len(shares)} trường đạt mức ≥ 60%" in unescape(page)


@pytest.mark.parametrize("asked", ["level=primary", "ownership=public", "level=upper_secondary"])
def test_a_slice_confines_every_chart_to_its_schools(province, open_page, asked):
    name, code = asked.split("=")
    field = {"level": "levels__code", "ownership": "ownership"}[name]
    page = open_page("leader", f"/units/DN/charts/?period=2023&indicator=T1&{asked}")
    schools = SchoolProfile.objects.filter(**{field: code}).values("unit")
    own = Totals.objects.filter(org_unit__in=schools, period=province.period, basis=Basis.OFFICIAL)
    counted = own.filter(indicator__code="T1", denominator__gt=0).count()
    found = tables(page)
    assert sum(int(row[1]) for row in found["distribution"][1:12]) == counted
    assert found["trend"][2][3] == f"{counted}/{counted} đơn vị"
    assert f"{asked}&amp;indicator=T1" in page


# --- As now -------------------------------------------------------------------------------


def test_as_now_every_chart_counts_a_school_where_it_stands_today(province, open_page):
    """Figures of a school that has moved since stand under its new office, in all charts alike."""
    asked = "charts/?period=2023&indicator=T1"
    before = {unit: tables(open_page("leader", f"/units/{unit}/{asked}")) for unit in ("DN-1", "DN-2", "DN")}
    school, office, officer = province.unit("DN-101"), province.unit("DN-2"), province.person("officer")
    transfer_unit(unit=school, to=office, effective_on=MOVED_ON, by=officer)
    reported = {unit: tables(open_page("leader", f"/units/{unit}/{asked}")) for unit in before}
    now = {unit: tables(open_page("leader", f"/units/{unit}/{asked}&hierarchy=now")) for unit in before}

    assert reported == before
    moved = {unit: schools(now[unit]) - schools(before[unit]) for unit in before}
    assert moved == {"DN-1": -1, "DN-2": 1, "DN": 0}
    # What a child's bar says above is what its own trend says, in each hierarchy.
    for found in (reported, now):
        bars = {row[0]: row[1] for row in found["DN"]["units"][1:]}
        assert bars["Huyện Một"] == latest(found["DN-1"])
        assert bars["Huyện Hai"] == latest(found["DN-2"])
    assert latest(now["DN-1"]) != latest(before["DN-1"])
    assert latest(now["DN"]) == latest(before["DN"])


def schools(found: dict[str, list[list[str]]]) -> int:
    """How many schools a distribution shows."""
    return sum(int(row[1]) for row in found["distribution"][1:12])


def latest(found: dict[str, list[list[str]]]) -> str:
    """The value of the last period that has one, as the trend writes it."""
    return next(row[1] for row in reversed(found["trend"]) if row[1][0].isdigit())


def test_a_school_sees_itself_among_all_schools_and_names_no_other(province, open_page):
    page = open_page("clerk_101", "/units/DN-101/charts/?period=2023&indicator=T1")
    rows = tables(page)["distribution"]
    assert sum(int(row[1]) for row in rows[1:12]) == 4 + MORE_SCHOOLS
    assert [row[0] for row in rows[12:]] == ["Trường tiểu học số 1", "Sở Giáo dục và Đào tạo"]
    assert len(re.findall(r'<tr data-is="own">', page)) == 1
    others = OrgUnit.objects.filter(kind__code="school").exclude(code="DN-101")
    assert [one.name for one in others if one.name in page] == []
    assert "/units/DN/" not in page


def test_few_schools_are_not_shown_to_one_of_them(province, monkeypatch):
    """Of four schools, three classes with one each would give the others away."""
    monkeypatch.setattr(galleries, "FEWEST", 5 + MORE_SCHOOLS)
    assert "distribution" not in gallery(province, "clerk_101", "DN-101", indicator="T1").charts()
    assert "distribution" in gallery(province, "leader", "DN-101", indicator="T1").charts()


# --- Who sees what ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "unit", "status"),
    [
        ("leader", "DN-201", 200),
        ("reviewer_1", "DN-1", 200),
        ("reviewer_1", "DN-2", 404),
        ("reviewer_1", "DN", 404),
        ("clerk_101", "DN-101", 200),
        ("clerk_101", "DN-102", 404),
    ],
)
def test_charts_and_their_files_exist_within_ones_own_units_only(open_page, person, unit, status):
    open_page(person, f"/units/{unit}/charts/?period=2023", status)
    open_page(person, f"/units/{unit}/charts/trend.csv?period=2023", status)


@pytest.mark.parametrize("file", ["nothing.csv", "trend.pdf", "units.xlsx"])
def test_a_file_that_does_not_exist_is_not_found(open_page, file):
    open_page("clerk_101", f"/units/DN-101/charts/{file}?period=2023", 404)


# --- What it costs ----------------------------------------------------------------------


def test_the_page_costs_the_same_at_any_size(province):
    paths = [f"/units/{unit}/charts/?period=2023" for unit in ("DN", "DN-1", "DN-101")]
    small = {path: statements(province, path) for path in paths}
    assert max(small.values()) <= STATEMENTS_AT_MOST, small
    grow(province)
    assert {path: statements(province, path) for path in paths} == small


def test_the_scripts_weigh_little(open_page):
    """With everything that they import, compressed."""
    page = open_page("leader", "/units/DN/charts/?period=2023")
    assert 5_000 < script_bytes(page) <= 25 * 1024


def test_the_page_asks_at_once_for_every_script_that_draws(open_page):
    """What only imports say is asked for late, import by import."""
    named = named_scripts(open_page("leader", "/units/DN/charts/?period=2023"))
    on_demand = {"js/charts/pictures.js", "js/charts/theme.js"}
    late = with_imports(named) - set(named)
    assert {name for name in late if name.startswith("js/charts/")} == on_demand


# --- Files ------------------------------------------------------------------------------


def test_every_file_has_exactly_the_rows_of_the_screen(province, open_page):
    page = open_page("leader", "/units/DN/charts/?period=2023")
    client = Client()
    client.force_login(province.person("leader"))
    links = re.findall(r'href="(/units/DN/charts/(\w+)\.(\w+)\?[^"]*)"', page)
    assert len(links) == 2 * len(KEYS)
    for link, key, file_format in links:
        answer = client.get(unescape(link))
        assert f"bieu-do_{key}_DN_2023.{file_format}" in answer["Content-Disposition"]
        read = csv_rows if file_format == "csv" else workbook_rows
        assert [[plain(cell) for cell in row] for row in read(answer.content)] == [
            [plain(cell) for cell in row] for row in tables(page)[key]
        ], link


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def workbook_rows(data: bytes) -> list[list[str]]:
    rows = opened(data).worksheets[0].iter_rows(min_row=5)
    return [["" if cell.value is None else str(cell.value) for cell in row] for row in rows]


def plain(cell: str) -> str:
    """A number without its notation: "84,34%", "84.34" and "84.340" are one; a dash is nothing."""
    text = cell.removesuffix(" (%)").strip("–")
    if not re.fullmatch(r"[\d.,]+%?", text):
        return text
    number = text.removesuffix("%").replace(",", ".")
    return str(Decimal(number).normalize())
