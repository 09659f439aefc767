"""What the explorer's script adds: a search among the indicators."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.province import build_province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def explorer(live_server, context):
    """The explorer as the leader has it."""
    client = Client()
    client.force_login(build_province().person("leader"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/explore/?indicator=T1")
    return page


def test_indicators_are_searched_without_diacritics_and_chosen(explorer):
    explorer.get_by_text("Đang chọn 1 trong 5 chỉ số").click()
    search = explorer.get_by_label("Tìm chỉ số theo mã hoặc tên")
    search.fill("tiet day")
    expect(explorer.get_by_label("T2 Tiết dạy trực tuyến")).to_be_visible()
    expect(explorer.get_by_label("T1 Giáo viên có máy tính")).to_be_hidden()
    search.fill("không có")
    expect(explorer.get_by_text("Không có chỉ số nào khớp.")).to_be_visible()
    search.fill("t2")
    explorer.get_by_label("T2 Tiết dạy trực tuyến").check()
    explorer.get_by_role("button", name="Xem bảng").click()
    expect(explorer.locator(".pivot thead th")).to_have_text(
        ["Đơn vị", "Giáo viên có máy tính", "Tiết dạy trực tuyến"]
    )
