"""Charts in the browser: drawn, in the theme's colours, with a picture to keep and a table to read."""

import re
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.look.urls"),
]

SVG = "{http://www.w3.org/2000/svg}"
DISTRICTS = "figure[data-chart=districts]"
BARS = f"[...document.querySelectorAll('{DISTRICTS} .bar')].map(bar => getComputedStyle(bar).fill)"
LIGHT = {"rgb(20, 80, 122)", "rgb(173, 85, 5)"}


@pytest.fixture
def look(page, live_server) -> Page:
    page.goto(f"{live_server.url}/_look/")
    page.locator(f"{DISTRICTS} .is-drawn > svg").wait_for()
    return page


def colours_of_bars(page: Page) -> set[str]:
    return set(page.evaluate(BARS))


def test_bars_take_the_colours_of_the_theme_and_paper_is_light(look):
    assert colours_of_bars(look) == LIGHT

    look.get_by_text("Tối", exact=True).click()
    assert colours_of_bars(look) == {"rgb(111, 179, 224)", "rgb(236, 128, 64)"}

    look.emulate_media(media="print")
    assert colours_of_bars(look) == LIGHT


def test_on_paper_a_picture_is_drawn_for_the_width_of_a_page_and_goes_back(look):
    picture = look.locator(f"{DISTRICTS} svg")
    look.set_viewport_size({"width": 800, "height": 800})
    expect(picture).to_have_attribute("width", re.compile(r"^7\d\d$"))
    before = picture.get_attribute("width") or ""
    look.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(picture).to_have_attribute("width", "640")

    look.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(picture).to_have_attribute("width", before)


def test_a_picture_follows_the_width_of_its_place(look):
    look.set_viewport_size({"width": 360, "height": 800})
    expect(look.locator(f"{DISTRICTS} svg")).to_have_attribute("width", re.compile(r"^(2|3)\d\d$"))
    texts = look.locator(f"{DISTRICTS} svg").text_content() or ""
    assert "Huyện Đắk R’lấp" in texts


def test_axes_speak_vietnamese(look):
    texts = look.locator(f"{DISTRICTS} svg text").all_text_contents()

    assert {"0%", "40%", "92,37%"} <= set(texts)


def test_pictures_are_light_and_carry_title_and_source(look):
    look.get_by_text("Tối", exact=True).click()
    chart = look.locator(DISTRICTS)
    with look.expect_download() as png:
        chart.get_by_role("button", name="PNG").click()
    with look.expect_download() as svg:
        chart.get_by_role("button", name="SVG").click()

    assert png.value.suggested_filename == "districts.png"
    with Image.open(png.value.path()) as image:
        colours = {colour for _count, colour in image.convert("RGB").getcolors(maxcolors=100_000) or []}
        assert image.width >= 2 * 760
    assert {(255, 255, 255), (20, 80, 122), (22, 32, 46)} <= colours  # paper, a bar, a letter
    drawing = ElementTree.fromstring(svg.value.path().read_bytes())
    texts = " ".join("".join(text.itertext()) for text in drawing.iter(f"{SVG}text"))
    assert "Đắk Glong còn cách các huyện khác về máy tính của giáo viên" in texts
    assert "Nguồn: phiếu của các trường, đã duyệt." in texts
    fills = {shape.get("fill") for shape in drawing.iter()}
    assert {"#ffffff", "#14507a", "#ad5505"} <= fills
    assert "var(" not in ElementTree.tostring(drawing, encoding="unicode")
    assert look.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_bar_says_what_it_stands_for_and_leads_where_its_row_leads(look):
    bar = look.locator(f"{DISTRICTS} .bar").first
    bar.hover()
    hint = look.locator(f"{DISTRICTS} .chart-hint")
    expect(hint).to_have_text("Huyện Cư Jút: 92,37% (đạt)\nMục tiêu: ≥ 80%")
    bar.click()
    look.wait_for_url("**/_look/#district")

    look.mouse.move(0, 0)
    expect(hint).to_be_hidden()


def test_the_same_figures_stand_in_a_table(look):
    chart = look.locator(DISTRICTS)
    picture = chart.locator("[role=img]")
    expect(picture).to_have_accessible_name(re.compile("từ 65,48% ở Đắk Glong đến 92,37% ở Cư Jút"))
    chart.get_by_text("Xem số liệu của biểu đồ").click()

    expect(chart.get_by_role("row", name="Huyện Đắk Glong 65,48%")).to_be_visible()


def test_what_cannot_be_drawn_leaves_its_place_to_the_table(page, live_server):
    broken = "export const bars = () => { throw new Error('no'); }; export const bullets = bars;"
    page.route("**/charts/bars.js", lambda route: route.fulfill(body=broken, content_type="text/javascript"))
    page.goto(f"{live_server.url}/_look/")
    chart = page.locator(DISTRICTS)

    expect(chart.get_by_text("Không vẽ được biểu đồ.")).to_be_visible()
    expect(chart.get_by_role("row", name="Huyện Đắk Glong 65,48%")).to_be_visible()
    expect(page.locator("figure[data-chart=trend] .is-drawn > svg")).to_be_visible()
