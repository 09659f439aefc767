"""The matrix as a reviewer uses it: tick, read what will be approved, approve; all by keyboard too."""

import pytest
from playwright.sync_api import expect

from collection.models import Submission
from tests.province import submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reviewer_ticks_all_and_approves_what_has_no_flag(open_as, province, axe):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    tab = open_as("reviewer_1")
    tab.goto("/submissions/matrix/")

    tab.get_by_label("Chọn tất cả đang hiện").focus()
    tab.keyboard.press("Space")
    expect(tab.get_by_text("Đã chọn: 2")).to_be_visible()
    tab.get_by_role("button", name="Duyệt phiếu đã chọn…").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("1 phiếu sẽ được duyệt")
    expect(tab.get_by_role("heading", name="1 phiếu để lại")).to_be_visible()
    assert axe(tab) == []
    tab.get_by_role("button", name="Duyệt 1 phiếu").click()
    expect(tab.get_by_text("Đã duyệt 1 phiếu.")).to_be_visible()
    assert Submission.objects.filter(state="approved").count() == 1
