"""The charts of a unit in a browser: every picture is as long and as high as its table says."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.entering import enter
from tests.province import Province, build_province
from tests.reporting.test_charts_page import answered, compose, with_levels
from tests.reporting.test_dashboard_pages import with_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/units/DN/charts/?period=2023"
KEYS = ["trend", "distribution", "units", "targets", "levels", "services"]


@pytest.fixture
def province(transactional_db, monkeypatch) -> Province:
    compose(monkeypatch)
    return answered(with_targets(with_levels(build_province())))


def test_every_picture_says_what_its_table_says(page, live_server, province):
    enter(page.context, province.person("leader"), live_server.url)
    page.goto(live_server.url + ADDRESS)
    charts = page.locator("figure[data-chart]")
    expect(charts.locator(".is-drawn > svg")).to_have_count(len(KEYS))
    assert [one.get_attribute("data-chart") for one in charts.all()] == KEYS

    for key, side in (("targets", "width"), ("units", "width"), ("distribution", "height")):
        numbers = [row[0] for row in numbers_of(page, key)]
        assert sum(numbers) > 0
        assert parts_of(sizes(page, key, ".bar", side)) == pytest.approx(parts_of(numbers), abs=0.002), key

    # A bar of parts is as long as any other; a part of nothing is not drawn.
    levels = [row[0:6:2] for row in numbers_of(page, "levels") if row[-1]]
    services = [[row[-2] for row in numbers_of(page, "services")]]
    for key, wholes in (("levels", levels), ("services", services)):
        shares = [share for whole in wholes for share in parts_of(whole) if share]
        bars = parts_of(sizes(page, key, ".bar", "width"))
        assert bars == pytest.approx([share / len(wholes) for share in shares], abs=0.002), key

    values = [row[0] for row in numbers_of(page, "trend") if row[0]]
    depths = sizes(page, "trend", ".point", "cy")
    assert len(set(values)) == len(depths) == 2
    assert (depths[0] > depths[1]) is (values[0] < values[1])


def chart(page: Page, key: str) -> Locator:
    return page.locator(f"figure[data-chart={key}]")


def sizes(page: Page, key: str, mark: str, side: str) -> list[float]:
    """An attribute of the shapes of a picture that are marked so, in pixels."""
    found = chart(page, key).locator(f"svg [data-says] {mark}")
    texts = found.evaluate_all(f"marks => marks.map(mark => mark.getAttribute('{side}'))")
    return [float(text) for text in texts]


def numbers_of(page: Page, key: str) -> list[list[float]]:
    """The rows of a chart's table, without their labels; what is no number is 0."""
    rows = chart(page, key).locator("tbody tr")
    texts = [row.locator("td").all_text_contents() for row in rows.all()]
    return [[number(text) for text in row] for row in texts]


def number(text: str) -> float:
    digits = text.rstrip("%").replace(".", "").replace(",", ".")
    return float(digits) if digits.replace(".", "").isdigit() else 0


def parts_of(numbers: list[float]) -> list[float]:
    """Each number as a part of their sum."""
    return [number / sum(numbers) for number in numbers]
