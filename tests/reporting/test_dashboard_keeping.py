"""A kept page is shown again only while nothing that it shows has changed."""

import re

import pytest
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.models import ReportingPeriod
from indicators.actions import mark_changed
from indicators.models import Indicator, Target
from reporting import keeping
from reporting.keeping import kept, state_of, with_state
from reporting.models import Revision
from reporting.selection import read_periods
from reporting.totals import rebuild
from schools.actions import NewUnit, create_units
from tests.province import SINCE, Province, approved, build_province, submitted

IN_MEMORY = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATEMENTS_OF_A_KEPT_PAGE = 3  # session, user with memberships, periods with the state
MOST_STATEMENTS = 8


@pytest.fixture
def province(db) -> Province:
    return build_province()


@pytest.fixture(autouse=True)
def _pages_are_kept():
    with override_settings(CACHES=IN_MEMORY):
        caches["pages"].clear()
        yield
        caches["pages"].clear()


def client_of(province: Province, person: str) -> Client:
    client = Client()
    client.force_login(province.person(person))
    return client


def statements(client: Client, path: str = "/?period=2023") -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def state() -> str:
    return state_of(read_periods(with_state(ReportingPeriod.objects.all())))


def test_the_second_reading_costs_what_any_signed_in_page_costs(province):
    leader = client_of(province, "leader")
    assert statements(leader) > STATEMENTS_OF_A_KEPT_PAGE
    assert statements(leader) == STATEMENTS_OF_A_KEPT_PAGE


def test_a_kept_page_is_the_page_that_was_built(province):
    approved(
        province.submission("DN-101"), by=province.person("officer"), reviewer=province.person("officer_2")
    )
    leader = client_of(province, "leader")
    first, second = (leader.get("/?period=2023").content.decode() for _ in range(2))
    assert without_token(first) == without_token(second)


def test_a_colleague_with_the_same_scope_gets_the_kept_page_under_their_own_name(province):
    client_of(province, "leader").get("/?period=2023")
    auditor = client_of(province, "auditor")
    assert statements(auditor) == STATEMENTS_OF_A_KEPT_PAGE
    page = auditor.get("/?period=2023").content.decode()
    assert "auditor" in page
    assert "leader" not in page


def test_another_scope_never_gets_it(province):
    client_of(province, "leader").get("/units/DN-2/?period=2023")
    reviewer = client_of(province, "reviewer_1")
    assert reviewer.get("/units/DN-2/?period=2023").status_code == 404
    client_of(province, "leader").get("/units/DN-101/?period=2023")
    crumbs = reviewer.get("/units/DN-101/?period=2023").content.decode()
    assert 'href="/units/DN/' not in crumbs


@pytest.mark.parametrize("query", ["period=2022", "basis=provisional", "indicator=T1", "kind=school"])
def test_another_selection_is_another_page(province, query):
    leader = client_of(province, "leader")
    leader.get("/")
    assert statements(leader, f"/?{query}") > STATEMENTS_OF_A_KEPT_PAGE


def test_another_language_is_another_page(province):
    leader = client_of(province, "leader")
    leader.get("/?period=2023")
    leader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Official" in leader.get("/?period=2023").content.decode()


def approve_one(province: Province) -> None:
    actions.approve(submissions=[province.submission("DN-101")], by=province.person("officer_2"))


CHANGES = {
    "an approval": approve_one,
    "a hand-in": lambda province: submitted(
        province.submission("DN-102"), by=province.person("officer"), teachers=31
    ),
    "a unit": lambda province: create_units(
        rows=[NewUnit("DN-8", "Trường mới", "school", SINCE, parent="DN-1")], by=province.person("officer")
    ),
    "a period": lambda province: actions.close_period(period=province.period, by=province.person("officer")),
    "a catalogue file": lambda province: mark_changed(),
    "the administration": lambda province: LogEntry.objects.create(
        user=province.person("administrator"), action_flag=CHANGE, object_repr="T1"
    ),
    "a rebuild of totals": lambda province: rebuild([province.period]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_the_page_is_built_anew(province, change):
    submitted(province.submission("DN-101"), by=province.person("officer"))
    leader = client_of(province, "leader")
    leader.get("/?period=2023")
    before = state()
    change(province)
    assert state() != before
    assert statements(leader) > STATEMENTS_OF_A_KEPT_PAGE


def test_a_decision_in_one_period_says_so_for_every_period_that_shows_it(province):
    both = actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))
    before = dict(Revision.objects.values_list("period", "value"))
    submitted(province.submission("DN-101"), by=province.person("officer"))
    after = dict(Revision.objects.values_list("period", "value"))
    changed = {pk for pk, value in after.items() if value != before[pk]}
    assert changed == {province.period.pk, both.pk}


def test_a_page_built_after_a_change_takes_at_most_eight_statements(province):
    actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))
    leader = client_of(province, "leader")
    for path in ("/?period=2023", "/?period=2022..2023", "/?period=2023&basis=provisional"):
        leader.get(path)
    submitted(province.submission("DN-101"), by=province.person("officer"), lessons=10, lessons_online=20)
    for path in ("/?period=2023", "/?period=2022..2023", "/?period=2023&basis=provisional"):
        assert statements(leader, path) <= MOST_STATEMENTS


def test_the_shown_figure_follows_an_approval_at_once(province):
    indicator = Indicator.objects.get(code="T1")
    indicator.on_dashboard = True
    indicator.save()
    Target.objects.create(indicator=indicator, year=2025, value=60, document="Văn bản thử")
    submitted(
        province.submission("DN-101"), by=province.person("officer"), teachers=30, teachers_with_computer=10
    )
    leader = client_of(province, "leader")
    assert "33,33%" not in leader.get("/?period=2023").content.decode()
    approve_one(province)
    assert "33,33%" in leader.get("/?period=2023").content.decode()


def test_what_the_state_cannot_see_shows_when_the_time_is_up(province, monkeypatch):
    built: list[str] = []

    def build() -> str:
        built.append("once more")
        return "page"

    leader = province.person("leader")
    monkeypatch.setattr(keeping, "KEPT_SECONDS", 0)
    for _ in range(2):
        kept("state", leader, "/", build)
    assert len(built) == 2
    monkeypatch.setattr(keeping, "KEPT_SECONDS", 60)
    for _ in range(2):
        kept("state", leader, "/", build)
    assert len(built) == 3


def test_a_page_that_could_not_be_built_is_not_kept(province):
    leader = client_of(province, "leader")
    for _ in range(2):
        assert leader.get("/units/KHONG-CO/").status_code == 404
    create_units(
        rows=[NewUnit("KHONG-CO", "Trường", "school", SINCE, parent="DN")], by=province.person("officer")
    )
    assert leader.get("/units/KHONG-CO/").status_code == 200
