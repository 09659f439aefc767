"""Charts in the browser: drawn, in the theme's colours, with a picture to keep and a table to read."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.look.urls"),
]

DISTRICTS = "figure[data-chart=districts]"
BARS = f"[...document.querySelectorAll('{DISTRICTS} .bars path')].map(bar => bar.style.fill)"
ORANGE_IN_THE_DARK = f"{DISTRICTS} .bars path[style*='rgb(236, 128, 64)']"


@pytest.fixture
def look(page, live_server) -> Page:
    page.goto(f"{live_server.url}/_look/")
    come_near(page)
    return page


def come_near(page: Page) -> None:
    """Scroll to the charts, which are drawn only then."""
    page.locator(DISTRICTS).scroll_into_view_if_needed()
    page.locator(f"{DISTRICTS} .main-svg, {DISTRICTS} .chart-failed:visible").first.wait_for()


def colours_of_bars(page: Page) -> list[str]:
    return page.evaluate(BARS)


def test_bars_take_the_colours_of_the_theme_and_follow_it(look):
    light = colours_of_bars(look)
    assert set(light) == {"rgb(20, 80, 122)", "rgb(173, 85, 5)"}

    look.get_by_text("Tối", exact=True).click()
    expect(look.locator(ORANGE_IN_THE_DARK).first).to_be_attached()
    assert set(colours_of_bars(look)) == {"rgb(111, 179, 224)", "rgb(236, 128, 64)"}


def test_paper_gets_the_light_colours(look):
    look.get_by_text("Tối", exact=True).click()
    expect(look.locator(ORANGE_IN_THE_DARK).first).to_be_attached()
    look.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert set(colours_of_bars(look)) == {"rgb(20, 80, 122)", "rgb(173, 85, 5)"}
    assert look.evaluate("document.documentElement.dataset.theme") == "dark"


def test_on_paper_a_picture_is_no_wider_than_a_page_and_can_shrink_with_its_column(look):
    look.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    layer = look.locator(f"{DISTRICTS} .main-svg").first
    assert float(layer.get_attribute("width") or 0) <= 640
    expect(layer).to_have_attribute("viewBox", re.compile(r"^0 0 \d+ \d+$"))

    look.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(layer).not_to_have_attribute("viewBox", re.compile(""))


def test_axes_speak_vietnamese(look):
    ticks = look.locator(f"{DISTRICTS} .xtick text").all_text_contents()
    labels = look.locator(f"{DISTRICTS} .annotation-text").all_text_contents()

    assert "50%" in ticks
    assert "92,37%" in labels


def test_pictures_are_light_and_carry_title_and_source(look):
    look.get_by_text("Tối", exact=True).click()
    chart = look.locator(DISTRICTS)
    with look.expect_download() as png:
        chart.get_by_role("button", name="PNG").click()
    with look.expect_download() as svg:
        chart.get_by_role("button", name="SVG").click()

    assert png.value.suggested_filename == "districts.png"
    assert png.value.path().read_bytes().startswith(b"\x89PNG")
    drawing = svg.value.path().read_text()
    texts = " ".join(re.findall(r"<t(?:ext|span)[^>]*>([^<]+)<", drawing))
    assert "Đắk Glong còn cách các huyện khác về máy tính của giáo viên" in texts
    assert "Nguồn: phiếu của các trường, đã duyệt." in texts
    assert "rgb(255, 255, 255)" in drawing


def test_a_bar_leads_where_its_row_leads(look):
    look.locator(f"{DISTRICTS} .chart-canvas").evaluate(
        """(canvas) => canvas.emit("plotly_click", {points: [{customdata: canvas.data[0].customdata[0]}]})"""
    )
    look.wait_for_url("**/_look/#district")


def test_printing_by_the_keys_draws_what_was_not_reached(page, live_server):
    page.goto(f"{live_server.url}/_look/")
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    drawn = "document.querySelectorAll('.plot-container').length"
    page.evaluate(f"window.print = () => {{ document.body.dataset.drawn = {drawn} }}")
    page.keyboard.press("Control+p")
    expect(page.locator("body")).to_have_attribute("data-drawn", "2")


def test_the_same_figures_stand_in_a_table(look):
    chart = look.locator(DISTRICTS)
    picture = chart.locator("[role=img]")
    expect(picture).to_have_accessible_name(re.compile("từ 65,48% ở Đắk Glong đến 92,37% ở Cư Jút"))
    chart.get_by_text("Xem số liệu của biểu đồ").click()

    expect(chart.get_by_role("row", name="Huyện Đắk Glong 65,48%")).to_be_visible()


def test_nothing_offers_to_send_the_figures_elsewhere(look):
    expect(look.locator(".modebar-btn")).to_have_count(0)
    assert look.evaluate("document.querySelector('.js-plotly-plot')._context.plotlyServerURL") == ""
    assert look.evaluate("document.querySelector('.js-plotly-plot')._context.showSendToCloud") is False


def test_without_plotly_the_table_takes_its_place(page, live_server):
    page.route("**/plotly-basic.min.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{live_server.url}/_look/")
    come_near(page)
    chart = page.locator(DISTRICTS)

    expect(chart.get_by_text("Không vẽ được biểu đồ.")).to_be_visible()
    expect(chart.get_by_role("row", name="Huyện Đắk Glong 65,48%")).to_be_visible()
