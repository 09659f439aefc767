"""The course of an indicator: its figure in every period, on the indicator's page in the catalogue."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.models import ReportingPeriod
from indicators.models import Indicator, Target
from reporting.course import read_course
from schools.actions import create_user
from tests.province import Province, approved, build_province
from tests.small_catalogue import create_small_catalogue


@pytest.fixture
def province(db) -> Province:
    """Two years of one school: 25 % of its teachers, then 50 %."""
    province = build_province()
    for period, number in ((province.earlier, 5), (province.period, 10)):
        approved(
            province.submission("DN-101", period),
            by=province.person("officer"),
            reviewer=province.person("officer_2"),
            teachers=20,
            teachers_with_computer=number,
        )
    return province


def page(province: Province, person: str, code: str = "T1") -> str:
    client = Client()
    client.force_login(province.person(person))
    return client.get(f"/indicators/{code}/").content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_period_stands_in_the_table_with_target_and_coverage(province):
    Target.objects.create(
        indicator=Indicator.objects.get(code="T1"), year=2025, value=40, document="Kế hoạch"
    )
    actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))
    text = words(page(province, "clerk_101"))
    assert "Năm 2022 25% 5 20 1/1 đơn vị ≥ 40% Chưa đạt" in text
    assert "Năm 2023 50% 10 20 1/1 đơn vị ≥ 40% Đạt" in text
    assert "2022–2023 50% 10 20 1/1 đơn vị ≥ 40% Đạt" in text


def test_the_line_runs_through_single_periods(province):
    actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))
    assert 'aria-label="Năm 2022: 25%; Năm 2023: 50%"' in page(province, "leader")


def test_each_figure_leads_to_the_page_that_says_why(province):
    html = page(province, "reviewer_1")
    links = re.findall(r'href="(/units/DN-1/indicators/T1/[^"]+)"', html)
    assert len(links) == 2
    client = Client()
    client.force_login(province.person("reviewer_1"))
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_target_of_the_province_holds_for_its_schools_too(province):
    indicator = Indicator.objects.get(code="T1")
    Target.objects.create(
        indicator=indicator, year=2025, scope="unit", scope_code="DN", value=60, document="Kế hoạch tỉnh"
    )
    assert "Năm 2023 50% 10 20 1/1 đơn vị ≥ 60% Chưa đạt" in words(page(province, "clerk_101"))


def test_distinct_choices_have_a_course_too(province):
    approved(
        province.submission("DN-201"), by=province.person("officer"), reviewer=province.person("officer_2")
    )
    assert "Kết quả qua các kỳ: 2 (Năm 2023)" in words(page(province, "leader", "T4"))


def test_the_last_period_with_a_figure_is_the_heading(province):
    actions.reopen(submission=province.submission("DN-101"), reason="để sửa", by=province.person("officer"))
    assert "Kết quả qua các kỳ: 25% (Năm 2022)" in words(page(province, "leader"))


def test_without_a_unit_or_a_period_there_is_no_course(province):
    nobody = create_user(username="nobody", password=None, by=None)
    indicator = Indicator.objects.get(code="T1")
    assert read_course(nobody, indicator) is None
    other = create_small_catalogue("KHAC").indicators.get(code="T1")
    assert read_course(province.person("leader"), other) is None


def test_its_statements_do_not_grow_with_the_periods(province):
    indicator, leader = Indicator.objects.get(code="T4"), province.person("leader")
    assert leader.active_memberships  # read once a request, by the menu
    counts = []
    for code in ("2021", "2020"):
        with CaptureQueriesContext(connection) as asked:
            assert read_course(leader, indicator)
        counts.append(len(asked))
        earlier = ReportingPeriod.objects.get(code=str(int(code) + 1))
        earlier.pk, earlier.code = None, code
        earlier.save()
    assert counts == [5, 5]
