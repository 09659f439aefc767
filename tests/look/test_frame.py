"""The frame of every page: menu, theme, language, and the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from schools.models import User
from tests.province import build_province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1440, "height": 900}
LIGHT, DARK = "rgb(243, 245, 248)", "rgb(15, 23, 32)"


@pytest.fixture(autouse=True)
def province():
    return build_province()


@pytest.fixture
def desk(page, live_server, sign_in) -> Page:
    """The catalogue of indicators, as an officer reads it at a desk."""
    page.set_viewport_size(DESK)
    sign_in(page, "officer")
    page.goto(f"{live_server.url}/indicators/")
    return page


@pytest.fixture
def phone(desk) -> Page:
    desk.set_viewport_size(PHONE)
    return desk


def ground(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_a_chosen_theme_holds_on_every_page_and_from_the_first_paint(desk, live_server):
    assert ground(desk) == LIGHT
    desk.locator(".user > summary").click()
    desk.get_by_text("Tối", exact=True).click()
    assert ground(desk) == DARK

    # What the page looks like when its body first has something to show, before any other script.
    desk.add_init_script(
        "new MutationObserver((_changes, observer) => { if (!document.body) return;"
        " window.first = document.documentElement.dataset.theme; observer.disconnect(); })"
        ".observe(document, {childList: true, subtree: true})"
    )
    desk.goto(f"{live_server.url}/accounts/2fa/")
    assert desk.evaluate("window.first") == "dark"
    assert ground(desk) == DARK

    desk.locator(".user > summary").click()
    desk.get_by_text("Tự động", exact=True).click()
    assert ground(desk) == LIGHT
    desk.emulate_media(color_scheme="dark")
    assert ground(desk) == DARK


def test_paper_is_light_whatever_the_theme(desk):
    desk.locator(".user > summary").click()
    desk.get_by_text("Tối", exact=True).click()
    desk.emulate_media(media="print")

    assert desk.evaluate("getComputedStyle(document.body).color") == "rgb(22, 32, 46)"
    expect(desk.locator(".masthead")).to_be_hidden()


def test_the_language_changes_and_stays_on_the_page(desk, live_server):
    desk.locator(".user > summary").click()
    desk.get_by_role("button", name="EN – English").click()

    expect(desk.locator("html")).to_have_attribute("lang", "en")
    expect(desk).to_have_url(f"{live_server.url}/indicators/")
    desk.locator(".user > summary").click()
    desk.get_by_role("button", name="VI – Tiếng Việt").click()
    expect(desk.locator("html")).to_have_attribute("lang", "vi")


def test_the_menu_says_which_page_is_open(desk, live_server):
    desk.goto(f"{live_server.url}/teachers/")
    group = desk.locator(".mainnav summary[aria-current]")
    expect(group).to_have_text("Danh sách")
    expect(desk.locator(".mainnav .menu-panel")).to_have_count(4)

    group.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".mainnav [aria-current=page]")).to_have_text("Nhà giáo")
    expect(desk.locator(".mainnav [aria-current=page]")).to_be_visible()


def test_groups_of_the_menu_work_by_keyboard_one_at_a_time(desk):
    groups = desk.locator(".mainnav summary")
    groups.first.focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Tab")
    expect(desk.locator(".mainnav a:focus")).to_have_text("Theo dõi phiếu")
    expect(desk.locator(".mainnav details[open]")).to_have_count(1)

    desk.keyboard.press("Escape")
    expect(groups.first).to_be_focused()
    expect(desk.locator(".mainnav details[open]")).to_have_count(0)

    groups.first.click()
    groups.last.click()
    expect(desk.locator(".mainnav details[open] > summary")).to_have_text(["Danh sách"])


def test_on_a_phone_the_menu_is_behind_one_button(phone):
    expect(phone.locator(".mainnav")).to_be_hidden()
    panel = phone.locator(".nav-narrow nav")
    expect(panel).to_be_hidden()

    phone.locator(".nav-narrow > summary").click()
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]

    phone.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(phone.locator(".nav-narrow > summary")).to_be_focused()


def test_one_menu_closes_when_the_other_opens(phone):
    phone.locator(".nav-narrow > summary").click()
    phone.locator(".user > summary").click()

    expect(phone.locator(".nav-narrow nav")).to_be_hidden()
    expect(phone.locator(".user .menu-panel")).to_be_visible()


def test_everything_in_the_menu_is_reached_by_keyboard(phone):
    phone.locator(".nav-narrow > summary").focus()
    phone.keyboard.press("Enter")
    labels = phone.locator(".nav-narrow nav a").all_inner_texts()
    reached = []
    for _label in labels:
        phone.keyboard.press("Tab")
        reached.append(phone.evaluate("document.activeElement.innerText"))

    assert reached == labels
    assert labels[0] == "Tổng quan"


def test_the_first_key_skips_the_menu(desk):
    desk.keyboard.press("Tab")
    expect(desk.locator(".skip")).to_be_focused()
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "content"


def test_menus_work_without_scripts(new_context, live_server, desk):
    context = new_context(
        java_script_enabled=False, storage_state=desk.context.storage_state(), viewport=DESK
    )
    tab = context.new_page()
    tab.goto(f"{live_server.url}/indicators/")
    tab.locator(".mainnav summary").last.click()
    tab.locator(".mainnav").get_by_role("link", name="Người học").click()
    expect(tab).to_have_url(f"{live_server.url}/students/")

    tab.set_viewport_size(PHONE)
    tab.locator(".nav-narrow > summary").click()
    expect(tab.locator(".nav-narrow nav")).to_be_visible()
    expect(tab.locator("[data-theme-switch]")).to_be_hidden()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_a_long_name_can_be_read_and_does_not_push_the_page_apart(desk, screen):
    name = "Nguyễn Thị " + " ".join(["Hoàng Phương Thảo"] * 6)
    User.objects.filter(username="officer").update(display_name=name)
    desk.set_viewport_size(screen)
    desk.reload()

    assert desk.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    desk.locator(".user > summary").click()
    full = desk.locator(".user-who strong")
    expect(full).to_have_text(name)
    assert full.evaluate("words => words.scrollWidth <= words.clientWidth || words.clientWidth === 0")
    assert desk.evaluate("document.documentElement.scrollWidth") <= screen["width"]
