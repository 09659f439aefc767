"""The dashboard in a browser: three clicks to a school, and the page alone for a meeting room."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.province import build_province
from tests.reporting.test_behind import with_exception

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def board(live_server, context) -> Page:
    """The department's dashboard as the leader has it."""
    client = Client()
    client.force_login(with_exception(build_province()).person("leader"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page: Page = context.new_page()
    page.goto(f"{live_server.url}/?period=2023")
    return page


def test_from_an_exception_to_the_school_that_explains_it_are_three_clicks(board):
    card = board.locator(".alert", has_text="Giáo viên có máy tính: 62,5%, mục tiêu 70%")
    card.get_by_role("link", name="Xem đơn vị còn thiếu").click()
    expect(board.get_by_role("heading", level=1)).to_contain_text("2 trong 4 đơn vị chưa đạt ≥ 70%")
    board.locator("tbody a").first.click()
    expect(board.locator(".crumbs [aria-current]")).to_have_text("Trường tiểu học số 1")
    board.locator("a.fig", has_text="25%").click()
    expect(board).to_have_url(re.compile(r"/units/DN-101/indicators/T1/"))


def test_the_page_fills_the_screen_without_its_menu_and_comes_back(board):
    button = board.get_by_role("button", name="Toàn màn hình")
    button.focus()
    board.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(board.locator(".masthead")).to_be_hidden()
    expect(board.locator(".seg").first).to_be_hidden()
    expect(board.get_by_role("heading", level=1)).to_be_visible()
    board.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(board.locator(".masthead")).to_be_visible()


def test_on_paper_the_board_takes_two_sheets_across(board):
    sheets = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", board.pdf(prefer_css_page_size=True))
    assert len(sheets) == 2
    left, bottom, right, top = (float(number) for number in sheets[0].split())
    assert right - left > top - bottom
