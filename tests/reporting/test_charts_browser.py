"""The charts of a unit in a browser: drawn from their tables when the reader comes near."""

import plotly.graph_objects as go
import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.province import Province, build_province
from tests.reporting.test_charts_page import answered, compose, with_levels
from tests.reporting.test_dashboard_pages import with_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/units/DN/charts/?period=2023"
FIGURES = """[...document.querySelectorAll(".js-plotly-plot")].map((one) => JSON.parse(JSON.stringify({
    key: one.closest("figure").dataset.chart, data: one.data, layout: one.layout,
})))"""


@pytest.fixture
def province(transactional_db, monkeypatch) -> Province:
    compose(monkeypatch)
    return answered(with_targets(with_levels(build_province())))


def test_every_chart_is_drawn_as_its_table_says_and_only_when_it_is_near(page, live_server, province):
    client = Client()
    client.force_login(province.person("leader"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto(live_server.url + ADDRESS)
    last = page.locator("figure[data-chart]").last
    expect(last.locator(".main-svg")).to_have_count(0)
    for chart in page.locator("figure[data-chart]").all():
        chart.scroll_into_view_if_needed()
        chart.locator(".main-svg").first.wait_for()

    figures = {one["key"]: one for one in page.evaluate(FIGURES)}
    assert list(figures) == ["trend", "distribution", "units", "targets", "levels", "services"]
    for one in figures.values():
        go.Figure(data=one["data"], layout=one["layout"])  # raises on what plotly does not know
    for key in ("targets", "units"):
        texts = page.locator(f"[data-chart={key}] tbody td:nth-child(2)").all_text_contents()
        assert figures[key]["data"][0]["x"] == [float(text.rstrip("%").replace(",", ".")) for text in texts]
    schools = page.locator("[data-chart=distribution] tbody td:nth-child(2)").all_text_contents()
    assert figures["distribution"]["data"][0]["y"] == [int(text) for text in schools]
