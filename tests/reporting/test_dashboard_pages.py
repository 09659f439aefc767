"""The dashboard as people open it: who sees what, what it says, and what it costs."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collection import actions
from collection.models import ReportingPeriod
from indicators.actions import mark_changed
from indicators.models import Indicator, Target
from schools.actions import NewUnit, create_units, create_user
from schools.roles import Role
from tests.province import Province, approved, build_province, enter, submitted
from tests.reporting.growing import grow

# One of them reads the education levels, which in life are kept for a minute.
STATEMENTS_AT_MOST = 13


@pytest.fixture
def province(db) -> Province:
    return with_targets(build_province())


def with_targets(province: Province) -> Province:
    """All ratios on the dashboard, held to 50 %; T1, which everybody answers with 50 %, to 60 %."""
    Indicator.objects.update(on_dashboard=True)
    for indicator in Indicator.objects.filter(kind="ratio"):
        value = Decimal(60 if indicator.code == "T1" else 50)
        Target.objects.create(indicator=indicator, year=2025, value=value, document="Văn bản thử")
    return province


@pytest.fixture
def open_page(province) -> Callable[..., str]:
    """`open_page("leader", "/units/DN/")` gives the HTML of a page, as somebody sees it."""

    def opened(person: str, path: str, status: int = 200) -> str:
        client = Client()
        client.force_login(province.person(person))
        answer = client.get(path)
        assert answer.status_code == status, answer.status_code
        return answer.content.decode()

    return opened


def heading(page: str) -> str:
    return between("<h1>", "</h1>", page)


def between(start: str, end: str, page: str) -> str:
    assert start in page
    return page.partition(start)[2].partition(end)[0]


def approve_all(province: Province, period: ReportingPeriod, **numbers) -> None:
    for submission in province.submissions(period):
        approved(
            submission,
            by=province.person("officer"),
            reviewer=province.person("officer_2"),
            **numbers,
        )


def test_the_addresses_are_those_that_others_rely_on():
    assert reverse("reporting:dashboard") == "/"
    assert reverse("reporting:unit", args=["DN-1"]) == "/units/DN-1/"
    assert reverse("reporting:figure", args=["DN-1", "A1.1"]) == "/units/DN-1/indicators/A1.1/"


# --- Who sees what ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "path", "status"),
    [
        ("leader", "/units/DN/", 200),
        ("leader", "/units/DN-1/", 200),
        ("leader", "/units/DN-101/", 200),
        ("auditor", "/units/DN-301/", 200),
        ("reviewer_1", "/units/DN-1/", 200),
        ("reviewer_1", "/units/DN-102/", 200),
        ("reviewer_1", "/units/DN/", 404),
        ("reviewer_1", "/units/DN-2/", 404),
        ("reviewer_1", "/units/DN-201/", 404),
        ("clerk_101", "/units/DN-101/", 200),
        ("clerk_101", "/units/DN-1/", 404),
        ("clerk_101", "/units/DN-102/", 404),
        ("leader", "/units/KHONG-CO/", 404),
        ("leader", "/units/DN%00/", 404),
        ("leader", "/units/DN/indicators/T1/", 200),
        ("clerk_101", "/units/DN-101/indicators/T1/", 200),
        ("clerk_101", "/units/DN-102/indicators/T1/", 404),
        ("reviewer_1", "/units/DN-2/indicators/T1/", 404),
        ("leader", "/units/DN/indicators/T99/", 404),
        ("leader", "/units/DN/indicators/T%00/", 404),
    ],
)
def test_each_reader_sees_their_subtree_and_nothing_else_exists(open_page, person, path, status):
    open_page(person, path, status)


@pytest.mark.parametrize("path", ["/", "/units/DN/", "/units/DN/indicators/T1/"])
def test_nobody_sees_figures_without_signing_in(province, path):
    answer = Client().get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")


def test_a_page_is_only_read(province):
    client = Client()
    client.force_login(province.person("leader"))
    assert client.post("/").status_code == 405


@pytest.mark.parametrize(
    ("person", "unit"),
    [
        ("leader", "Sở Giáo dục và Đào tạo"),
        ("reviewer_1", "Phòng GDĐT huyện Một"),
        ("clerk_101", "Trường tiểu học số 1"),
    ],
)
def test_the_first_page_is_that_of_ones_own_unit(open_page, person, unit):
    assert f'<li aria-current="page">{unit}</li>' in open_page(person, "/")


def test_of_several_memberships_the_highest_unit_counts(province):
    many = create_user(
        username="many",
        password="mat-khau-thu",
        display_name="Nhiều nơi",
        memberships=[(province.unit("DN-101"), Role.CLERK), (province.unit("DN-2"), Role.REVIEWER)],
        by=None,
    )
    client = Client()
    client.force_login(many)
    assert '<li aria-current="page">Phòng GDĐT huyện Hai</li>' in client.get("/").content.decode()


def test_a_reader_without_a_unit_learns_whom_to_ask(province):
    nobody = create_user(username="nobody", password="mat-khau-thu", display_name="", memberships=[], by=None)
    client = Client()
    client.force_login(nobody)
    page = client.get("/").content.decode()
    assert heading(page) == "Tài khoản của bạn chưa được phân quyền ở đơn vị nào"
    assert "đề nghị người quản trị của Sở" in page
    assert "<strong>nobody</strong>" in page


def test_crumbs_lead_up_to_ones_own_unit_and_no_further(open_page):
    assert re.findall(r'<li><a href="(/units/[^/]+/)', open_page("leader", "/units/DN-101/")) == [
        "/units/DN/",
        "/units/DN-1/",
    ]
    assert re.findall(r'<li><a href="(/units/[^/]+/)', open_page("reviewer_1", "/units/DN-101/")) == [
        "/units/DN-1/"
    ]


# --- Period and basis -------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/units/DN/", "/units/DN/indicators/T1/"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("period=1999", "Không có kỳ báo cáo “1999”. Hãy chọn một kỳ bên dưới."),
        ("period=%00", "Không có kỳ báo cáo “\x00”. Hãy chọn một kỳ bên dưới."),
        (
            "basis=guess",
            "Không có loại số liệu “guess”: chỉ có chính thức và tạm tính. Hãy chọn lại bên dưới.",
        ),
    ],
)
def test_an_unknown_period_or_basis_is_a_page_that_says_where_to_go(open_page, path, query, sentence):
    page = open_page("leader", f"{path}?{query}", 404)
    assert sentence in page
    assert f'<a href="{path}?period=2023">Năm 2023</a>' in page


def test_without_periods_the_page_says_who_opens_the_first(province):
    for submission in province.submissions(province.earlier) + province.submissions():
        submission.delete()
    ReportingPeriod.objects.all().delete()
    client = Client()
    client.force_login(province.person("leader"))
    answer = client.get("/")
    assert answer.status_code == 404
    assert "Chưa có kỳ báo cáo nào." in answer.content.decode()


def test_the_latest_opened_period_is_shown_and_a_span_that_ends_with_it_before_it(open_page, province):
    officer = province.person("officer")
    actions.create_period(
        indicator_set=province.indicator_set,
        code="2024",
        name="Năm 2024",
        starts_on=dt.date(2024, 1, 1),
        ends_on=dt.date(2024, 12, 31),
        due_on=dt.date(2025, 1, 31),
        by=officer,
    )
    current = re.compile(r'aria-current="true">([^<]*)</a>')
    assert current.findall(open_page("leader", "/"))[0] == "Năm 2023"  # 2024 is only planned
    actions.create_span(first=province.earlier, last=province.period, by=officer)
    assert current.findall(open_page("leader", "/"))[0] == "2022–2023"


def test_a_period_is_shown_first_only_when_its_figures_are_in(open_page, province):
    today = timezone.localdate()
    ReportingPeriod.objects.filter(code="2022").update(due_on=today)
    ReportingPeriod.objects.filter(code="2023").update(due_on=today + dt.timedelta(days=1))
    current = re.compile(r'aria-current="true">([^<]*)</a>')
    assert current.findall(open_page("leader", "/"))[0] == "Năm 2022"
    ReportingPeriod.objects.filter(code="2023").update(due_on=today)
    assert current.findall(open_page("leader", "/"))[0] == "Năm 2023"


def test_the_selection_is_carried_by_every_link(open_page, province):
    approve_all(province, province.period)
    page = open_page("leader", "/?period=2023&basis=provisional")
    links = re.findall(r'href="(/units/[^"]*)"', page)
    assert len(links) > 20
    assert [link for link in links if "period=2023&amp;basis=provisional" not in link] == []


# --- What it says -----------------------------------------------------------------------


def test_nothing_approved_is_nothing_shown_and_never_zero(open_page, province):
    for submission in province.submissions():
        submitted(submission, by=province.person("officer"))
    page = open_page("leader", "/?period=2023")
    assert heading(page) == "Chưa có số liệu để so với mục tiêu năm 2025"
    assert "đã duyệt 0/7 phiếu" in page
    assert "0%</a>" not in page
    assert heading(open_page("leader", "/?period=2023&basis=provisional")).startswith("2 trong 3 mục tiêu")


def test_a_figure_moves_by_exactly_what_was_approved(open_page, province):
    officer, reviewer = province.person("officer"), province.person("officer_2")
    first = province.submission("DN-101")
    approved(first, by=officer, reviewer=reviewer, teachers=30, teachers_with_computer=10)
    value = re.compile(r'<a class="fig[^"]*" href="/units/DN/indicators/T1/[^"]*">([^<]*)</a>')
    assert value.findall(open_page("leader", "/?period=2023")) == ["33,33%"]
    second = province.submission("DN-201")
    approved(second, by=officer, reviewer=reviewer, teachers=30, teachers_with_computer=30)
    assert value.findall(open_page("leader", "/?period=2023")) == ["66,67%"]  # 40 of 60
    actions.reopen(submission=province.submission("DN-101"), reason="Nhập nhầm.", by=officer)
    assert value.findall(open_page("leader", "/?period=2023")) == ["100%"]


def test_the_page_is_complete_without_a_script(open_page, province):
    approve_all(province, province.period)
    page = open_page("leader", "/?period=2023")
    for part in ("Cần chú ý", "Giáo viên có máy tính", "Đơn vị nào đang ở dưới mục tiêu", "Tất cả chỉ số"):
        assert part in page
    assert page.count('class="track"') >= 3 + 3  # a bar for each ratio, and for each unit compared
    assert "js/charts" not in page


def test_nothing_is_styled_or_scripted_inline(open_page, province):
    approve_all(province, province.period)
    for path in ("/?period=2023", "/units/DN-101/?period=2023", "/units/DN/indicators/T1/"):
        page = open_page("leader", path)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
        scripts = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page)
        assert [one for one in scripts if 'type="application/json"' not in one] == []


def test_a_school_has_no_units_to_compare(open_page, province):
    approve_all(province, province.period)
    assert 'class="matrix"' not in open_page("clerk_101", "/?period=2023")


def test_children_are_compared_and_lead_to_their_own_pages(open_page, province):
    approve_all(province, province.period)
    page = open_page("leader", "/?period=2023")
    table = between('<table class="matrix">', "</table>", page)
    assert re.findall(r'<th scope="row"><a href="(/units/[^/]+/)', table) == [
        "/units/DN-1/",
        "/units/DN-2/",
        "/units/DN/",
    ]
    schools = open_page("leader", "/?period=2023&kind=school")
    table = between('<table class="matrix">', "</table>", schools)
    assert 'href="/units/DN-301/' in table


def test_figures_made_for_trial_are_labelled(open_page, province):
    assert "Số liệu minh họa" not in open_page("leader", "/?period=2023")
    ReportingPeriod.objects.filter(code="2023").update(is_illustrative=True)
    for path in ("/?period=2023", "/units/DN-101/?period=2023", "/units/DN/indicators/T1/?period=2023"):
        assert "Số liệu minh họa" in open_page("leader", path)
    assert "Số liệu minh họa" not in open_page("leader", "/?period=2022")


def test_words_from_the_data_are_escaped(open_page, province):
    province.unit("DN-1").__class__.objects.filter(code="DN-1").update(name="<b>Phòng</b> & bạn")
    Indicator.objects.filter(code="T1").update(short_name="<i>Máy</i>")
    mark_changed()
    approve_all(province, province.period)
    for path in ("/?period=2023", "/units/DN-1/?period=2023", "/units/DN/indicators/T1/?period=2023"):
        page = open_page("leader", path)
        assert "<b>Phòng" not in page
        assert "<i>Máy" not in page


def test_a_unit_that_did_not_exist_in_the_period_has_a_calm_page(open_page, province):
    create_units(rows=[NewUnit("DN-5", "Trường mới", "school", dt.date(2024, 9, 1), parent="DN-1")], by=None)
    page = open_page("leader", "/units/DN-5/?period=2022")
    assert "Kỳ này chưa có số liệu" in page
    assert "đơn vị không có phiếu nào phải nộp" in page


def test_what_a_page_is_narrowed_to_is_said_and_led_back_from(open_page, province):
    whole = open_page("leader", "/?period=2023&kind=school")
    assert "Tất cả trường</summary>" in whole
    assert "view-note" not in whole
    page = open_page("leader", "/?period=2023&kind=school&level=primary&ownership=public&hierarchy=now")
    assert "công lập, theo hiện nay</summary>" in page
    note = between('<p class="notice view-note">', "</p>", page)
    assert "Chỉ gồm các trường: " in note
    assert "Đơn vị xếp theo hiện nay" in note
    assert 'href="/?period=2023&amp;kind=school"' in note


# --- What it costs ----------------------------------------------------------------------


def statements(province: Province, path: str, person: str = "leader") -> int:
    client = Client()
    client.force_login(province.person(person))
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


PATHS = (
    "/?period=2023",
    "/?period=2022..2023",
    "/units/DN-1/?period=2022..2023",
    "/units/DN-101/?period=2022..2023",
)


def broken_rule_everywhere(province: Province) -> None:
    """Values in both periods, with a violated rule, which a span answers with a statement more."""
    for period in (province.earlier, province.period):
        for submission in province.submissions(period):
            enter(submission, by=province.person("officer"), lessons=10, lessons_online=20)
            explanations = {"R-02": "Dạy bù."} if submission.form.code == "TRUONG" else {}
            actions.save_values(
                submission=submission,
                entries=[],
                by=province.person("officer"),
                source="form",
                explanations=explanations,
            )
            actions.submit(submissions=[submission], by=province.person("officer"))
            actions.approve(submissions=[submission], by=province.person("officer_2"))
    actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))


def test_the_dashboard_stays_within_its_statements_whatever_the_size(province):
    broken_rule_everywhere(province)
    small = {path: statements(province, path) for path in PATHS}
    assert max(small.values()) <= STATEMENTS_AT_MOST, small

    grow(province)
    assert {path: statements(province, path) for path in PATHS} == small


def test_the_page_of_a_figure_costs_the_same_at_any_size(province):
    broken_rule_everywhere(province)
    paths = [
        f"/units/{unit}/indicators/{code}/?period=2022..2023"
        for unit in ("DN", "DN-101")
        for code in ("T1", "T2", "T4")
    ]
    small = {path: statements(province, path) for path in paths}
    grow(province)
    assert {path: statements(province, path) for path in paths} == small
    assert max(small.values()) <= 25
