"""The explorer's table as a chart: of nothing but what its cells say, and fetched when it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from bench.charts import named_scripts, with_imports
from tests.entering import enter
from tests.province import Province, build_province
from tests.reporting.test_explorer import approve

OVER_PERIODS = "/explore/?below=district_office&indicator=T1&indicator=T5&period=2022&period=2023"
OF_ONE_PERIOD = "/explore/?below=school&indicator=T1&indicator=T5&period=2023"
TOO_MANY = "/explore/?below=school&indicator=T1&indicator=T2&indicator=T3&period=2022&period=2023"
FIGURES = """[...document.querySelectorAll(".js-plotly-plot")].map((one) => JSON.parse(JSON.stringify({
    data: one.data, layout: one.layout, says: one.getAttribute("aria-label"),
})))"""
CELLS = "rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent.trim()))"


def test_no_page_names_plotly_in_a_script_and_no_other_page_names_it_at_all():
    templates = Path(settings.BASE_DIR, "templates")
    naming = {path.name for path in templates.rglob("*.html") if "plotly" in path.read_text()}
    assert naming == {"explorer.html", "explorer_chart.html"}


@pytest.mark.django_db
def test_the_explorer_is_opened_without_what_draws():
    client = Client()
    client.force_login(build_province().person("leader"))
    page = client.get(OVER_PERIODS).content.decode()

    assert named_scripts(page).count("js/explorer.js") == 1
    assert not [name for name in named_scripts(page) if "plotly" in name or "pivot" in name]
    assert "js/pivot/draw.js" in with_imports(named_scripts(page))
    assert page.count("plotly-basic.min.js") == 1
    assert 'data-plotly="/static/vendor/plotly/plotly-basic.min.js"' in page


@pytest.fixture
def province(transactional_db) -> Province:
    """DN-1 has numbers in both years, DN-2 in the later one only, where nobody has a computer."""
    province = build_province()
    approve(province, "DN-101", province.earlier, teachers=20, teachers_with_computer=5, computers_primary=1)
    approve(province, "DN-101", teachers=20, teachers_with_computer=10, computers_primary=1234)
    approve(province, "DN-201", teachers=30, teachers_with_computer=0)
    return province


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_picture_says_what_the_table_says(page: Page, live_server, province, axe):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "plotly" in request.url else None)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    enter(page.context, province.person("leader"), live_server.url)

    page.goto(live_server.url + OVER_PERIODS)
    assert asked == []
    shares, numbers = drawn(page, 2)
    assert len(asked) == 1
    table = cells(page)
    assert [trace["y"] for trace in shares["data"]] == [row[:2] for row in table]
    # A sum would dwarf its parts.
    assert [trace["y"] for trace in numbers["data"]] == [row[2:] for row in table[:-1]]
    assert shares["data"][1]["y"] == [None, 0]  # a gap, and a zero
    assert numbers["data"][0]["customdata"][1][0] == "Năm 2023<br>Huyện Một: 1.234"
    assert [trace["name"] for trace in shares["data"]] == ["Huyện Một", "Huyện Hai", "Sở Giáo dục và Đào tạo"]
    assert shares["says"] == (
        "Biểu đồ đường theo kỳ báo cáo: Tỷ lệ (%) · Giáo viên có máy tính: "
        "Huyện Một, Huyện Hai, Sở Giáo dục và Đào tạo. Các số liệu có ở bảng phía trên."
    )
    assert axe(page) == []

    in_the_light = shares["data"][0]["line"]["color"]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "light => document.querySelector('.js-plotly-plot').data[0].line.color !== light", arg=in_the_light
    )
    assert axe(page, "color-contrast") == []
    first = page.locator(".drawing figure").first
    with page.expect_download() as saved:
        first.get_by_role("button", name="SVG").click()
    picture = saved.value.path().read_text()
    assert "Tỷ lệ (%) · Giáo viên có máy tính" in picture
    assert "Huyện Hai" in picture
    first.get_by_role("checkbox", name="Huyện Hai").uncheck()
    page.wait_for_function("document.querySelector('.js-plotly-plot').data.length === 2")
    enlarge(page)
    first.get_by_role("button", name="Xem lại toàn bộ").click()
    expect(first.get_by_role("button", name="Xem lại toàn bộ")).to_be_hidden()
    assert page.evaluate(FIGURES)[0]["layout"]["xaxis"]["range"] == shares["layout"]["xaxis"]["range"]

    page.goto(live_server.url + OF_ONE_PERIOD)
    shares, numbers = drawn(page, 2)
    table = cells(page)
    assert shares["data"][0]["x"] == [row[0] for row in table]
    assert numbers["data"][0]["x"] == [row[1] for row in table[:-1]]
    assert None in shares["data"][0]["x"]
    assert shares["data"][0]["orientation"] == "h"
    bar = page.locator(".drawing .barlayer .point").first
    bar.scroll_into_view_if_needed()
    bar.hover(force=True)  # plotly lays what it listens to over its bars
    expect(page.locator(".drawing .hovertext").first).to_contain_text("Tiểu học số 1")
    bar.click(force=True)
    page.wait_for_url("**/units/DN-101/indicators/T1/?period=2023")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_table_of_too_many_series_says_so_and_fetches_nothing(page: Page, live_server, province):
    page.route("**/plotly-basic.min.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    enter(page.context, province.person("leader"), live_server.url)
    page.goto(live_server.url + TOO_MANY)
    page.get_by_role("button", name="Vẽ biểu đồ").click()
    expect(page.get_by_text("Biểu đồ vẽ nhiều nhất 12 dãy số liệu")).to_be_visible()
    expect(page.get_by_role("button", name="Vẽ biểu đồ")).to_be_focused()

    page.goto(live_server.url + OVER_PERIODS)
    page.get_by_role("button", name="Vẽ biểu đồ").click()
    expect(page.get_by_text("Không vẽ được biểu đồ.")).to_be_visible()


def drawn(page: Page, pictures: int) -> list[dict[str, Any]]:
    """The figures that the button draws, each one that plotly knows every word of."""
    page.get_by_role("button", name="Vẽ biểu đồ").click()
    expect(page.locator(".drawing .is-drawn .main-svg:first-child")).to_have_count(pictures)
    figures: list[dict[str, Any]] = page.evaluate(FIGURES)
    for one in figures:
        go.Figure(data=one["data"], layout=one["layout"])  # raises on what plotly does not know
    return figures


def enlarge(page: Page) -> None:
    """Drag over the middle of the first picture."""
    plot = page.locator(".drawing .nsewdrag").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    left, top = box["x"] + box["width"] / 4, box["y"] + box["height"] / 4
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + box["width"] / 4, top + box["height"] / 4, steps=4)
    page.mouse.up()


def cells(page: Page) -> list[list[float | None]]:
    """The numbers of the table, the total's row last."""
    texts = page.locator(".pivot tbody tr, .pivot tfoot tr").evaluate_all(CELLS)
    return [[number(text) for text in row] for row in texts]


def number(text: str) -> float | None:
    return None if text == "–" else float(text.rstrip("%").replace(".", "").replace(",", "."))
