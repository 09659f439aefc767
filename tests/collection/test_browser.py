"""The entry form in a browser: with a script and without, on a phone and on a desk."""

import pytest
from playwright.sync_api import expect

from collection import actions
from collection.models import DataValue
from collection.workflow import State
from tests.collection.conftest import address
from tests.province import enter, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


SIZES = [{"width": 360, "height": 780}, {"width": 1440, "height": 900}]


@pytest.mark.parametrize("viewport", SIZES, ids=["phone", "desk"])
def test_every_state_of_the_form_is_accessible_and_fits(open_as, province, submission, axe, viewport):
    clerk = province.person("clerk_101")
    page = open_as("clerk_101", viewport=viewport)

    def look():
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(address(submission))
    look()
    submission.refresh_from_db()
    enter(submission, by=clerk, teachers_with_computer=99, lessons_online=99)
    page.goto(address(submission))
    page.click("button[value=submit]")
    expect(page.get_by_role("heading", name="phải sửa trước khi nộp")).to_be_visible()
    look()
    enter(submission, by=clerk)
    actions.submit(submissions=[submission], by=clerk)
    actions.return_cells(
        submission=submission, reasons={"teachers": "thiếu hợp đồng"}, by=province.person("reviewer_1")
    )
    page.goto(address(submission))
    expect(page.locator("#returned-title")).to_be_visible()
    look()


def test_a_whole_form_is_filled_in_without_a_script(open_as, province, submission):
    page = open_as("clerk_101", java_script_enabled=False)
    page.goto(address(submission))
    for label, typed in {
        "Tổng số giáo viên": "1.250",
        "Giáo viên có máy tính": "900",
        "Máy tính cấp tiểu học": "35",
        "Số tiết dạy": "1 200",
    }.items():
        page.get_by_label(label, exact=True).fill(typed)
    page.locator("#c-lessons_online summary").last.click()
    page.locator("[name=s-lessons_online]").select_option("not_available")
    page.locator("[name=r-lessons_online]").fill("chưa thống kê")
    page.locator("#c-online_plan").get_by_text("Có", exact=True).click()
    page.locator("#v-maturity").select_option("2")
    page.locator("#c-platforms").get_by_label("Zalo").check()
    page.locator("#c-platforms").get_by_label("Azota").check()
    page.get_by_role("button", name="Kiểm tra và nộp").click()
    page.get_by_role("button", name="Nộp phiếu").click()
    expect(page.get_by_role("heading", name="Biên nhận nộp phiếu")).to_be_visible()
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert DataValue.objects.get(element__code="lessons").number == 1200
    assert DataValue.objects.get(element__code="platforms").choices == ["azota", "zalo"]


def test_the_reviewer_returns_a_cell_on_a_phone(open_as, province, submission, axe):
    submitted(submission, by=province.person("clerk_101"))
    page = open_as("reviewer_1", viewport=SIZES[0])
    page.goto(address(submission, "review/"))
    cell = page.locator("#c-teachers")
    page.locator("details.fold", has=cell).locator("> summary").click()
    cell.locator("summary").click()
    expect(cell.get_by_label("Trả lại ô này")).to_be_checked()
    assert axe(page) == []
    page.get_by_role("button", name="Trả lại các ô đã chọn").click()
    expect(page.locator("#error-teachers")).to_be_visible()
    assert axe(page) == []
    page.locator("#r-teachers").fill("thiếu hợp đồng")
    page.get_by_role("button", name="Trả lại các ô đã chọn").click()
    expect(page.locator(".message.success")).to_contain_text("Đã trả lại 1 ô")
