"""A zip on its way, as its sender watches it."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from collection.models import Batch
from tests.collection.background import work
from tests.collection.test_batches import good, teachers
from tests.province import build_province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officers_page(live_server, new_context, client):
    """A page signed in as the officer, with a zip of three workbooks to send."""

    def opened(**options):
        province = build_province()
        client.force_login(province.person("officer"))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = new_context(base_url=live_server.url, **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto("/workbooks/")
        archive = {"name": "phong.zip", "mimeType": "application/zip", "buffer": good(province)}
        page.get_by_label("Tệp .zip gồm các tệp .xlsx đã điền").set_input_files(archive)
        page.get_by_role("button", name="Kiểm tra các tệp").click()
        return page

    return opened


def test_progress_moves_by_itself_until_the_report_stands_there(officers_page, axe):
    page = officers_page()
    expect(page.get_by_text("Đã kiểm tra 0/3 tệp.")).to_be_visible()
    work(most=1)
    expect(page.get_by_text("Đã kiểm tra 1/3 tệp.")).to_be_visible()
    work()
    page.get_by_role("button", name="Lưu các tệp có thay đổi").click()
    work()
    expect(page.get_by_text("đã lưu", exact=True)).to_be_visible()
    assert axe(page) == []
    assert teachers() == {"DN-101": 31, "DN-201": 41, "DN-301": 51}


def test_without_scripts_a_link_shows_the_latest_progress(officers_page):
    page = officers_page(java_script_enabled=False)
    work(most=2)
    page.get_by_role("link", name="Xem tiến triển mới nhất").click()
    expect(page.get_by_text("Đã kiểm tra 2/3 tệp.")).to_be_visible()
    page.get_by_role("button", name="Dừng và bỏ").click()
    expect(page.get_by_text("Việc kiểm tra đã dừng.")).to_be_visible()
    assert Batch.objects.get().state == Batch.State.CANCELLED
