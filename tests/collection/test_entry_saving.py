"""The entry form saves itself cell by cell, and says of each how it stands."""

import pytest
from playwright.sync_api import expect

from collection.actions import return_cells
from collection.entries import State
from collection.models import DataValue
from tests.collection.conftest import address
from tests.collection.entry_pages import (
    INVALID,
    SAVED,
    cell,
    expect_state,
    headline,
    open_form,
    row,
    stored,
    type_in,
)
from tests.province import enter, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def page(open_as, submission):
    return open_form(open_as("clerk_101"), submission)


def test_a_cell_is_saved_on_leaving_it_with_progress_and_indicators(page, submission):
    type_in(page, "teachers", "7661")
    expect_state(page, "teachers", SAVED)
    expect(cell(page, "teachers")).to_have_value("7.661")
    expect(page.locator("#t-quy-mo .num")).to_have_text("1/3")
    type_in(page, "teachers_with_computer", "6461")
    expect_state(page, "teachers_with_computer", SAVED)
    live = page.locator("#l-quy-mo").get_by_role("row", name="Giáo viên có máy tính")
    expect(live).to_contain_text("6.461 / 7.661")
    expect(live).to_contain_text("84,34%")
    expect(headline(page)).to_contain_text("Mọi số trên phiếu đã lưu")
    type_in(page, "computers_primary", "35")
    expect(page.locator("#t-quy-mo .done")).to_contain_text("đủ")
    expect(page.locator("#answered")).to_have_text("đã trả lời 3/9 mục")
    assert stored(submission) == {"teachers": 7661, "teachers_with_computer": 6461, "computers_primary": 35}


def test_a_returned_form_opens_where_its_first_returned_cell_is(open_as, submission, province):
    submitted(submission, by=province.person("clerk_101"))
    return_cells(submission=submission, reasons={"lessons": "chưa khớp sổ"}, by=province.person("reviewer_1"))
    page = open_form(open_as("clerk_101"), submission)
    expect(page.get_by_role("tab", selected=True)).to_contain_text("Phần day-hoc")
    expect(cell(page, "lessons")).to_be_editable()


def test_every_kind_of_cell_is_saved_as_soon_as_it_is_chosen(page, submission):
    page.get_by_role("tab", name="Phần day-hoc").click()
    row(page, "online_plan").get_by_text("Có", exact=True).click()
    expect_state(page, "online_plan", SAVED)
    cell(page, "maturity").select_option("2")
    expect_state(page, "maturity", SAVED)
    row(page, "platforms").get_by_label("Zalo").check()
    row(page, "platforms").get_by_label("Azota").check()
    expect_state(page, "platforms", SAVED)
    page.get_by_role("tab", name="Phần khac").click()
    cell(page, "remark").fill("Ghi chú\nhai dòng")
    page.locator("#v-remark").press("Tab")
    expect_state(page, "remark", SAVED)
    values = {one.element.code: one for one in DataValue.objects.select_related("element")}
    assert values["online_plan"].number == 1
    assert values["maturity"].choices == ["2"]
    assert values["platforms"].choices == ["azota", "zalo"]
    assert values["remark"].text == "Ghi chú\nhai dòng"


def test_what_cannot_be_read_stays_says_why_and_escape_brings_back_what_is_saved(page, submission):
    type_in(page, "teachers", "30")
    expect_state(page, "teachers", SAVED)
    type_in(page, "teachers", "7,661")
    expect_state(page, "teachers", INVALID)
    expect(page.locator("#error-teachers")).to_contain_text("dấu phẩy")
    expect(cell(page, "teachers")).to_have_value("7,661")
    expect(cell(page, "teachers")).to_have_attribute("aria-invalid", "true")
    expect(headline(page)).to_contain_text("1 ô chưa lưu được, cần sửa")
    page.reload()
    expect_state(page, "teachers", INVALID)
    expect(cell(page, "teachers")).to_have_value("7,661")
    cell(page, "teachers").press("Escape")
    expect(cell(page, "teachers")).to_have_value("30")
    expect_state(page, "teachers", SAVED)
    expect(headline(page)).to_contain_text("Mọi số trên phiếu đã lưu")
    assert stored(submission) == {"teachers": 30}


def test_not_available_is_sent_once_it_has_a_reason(page, submission):
    type_in(page, "teachers", "30")
    expect_state(page, "teachers", SAVED)
    row(page, "teachers").locator(".gap summary").click()
    page.get_by_label("Vì sao trống").first.select_option("not_available")
    expect(page.locator("[name=r-teachers]")).to_be_focused()
    expect_state(page, "teachers", "cần lý do")
    expect(cell(page, "teachers")).to_have_value("")
    assert stored(submission) == {"teachers": 30}
    page.locator("[name=r-teachers]").fill("mất sổ")
    page.locator("[name=r-teachers]").press("Enter")
    expect_state(page, "teachers", SAVED)
    value = DataValue.objects.get(element__code="teachers")
    assert (value.state, value.reason) == (State.NOT_AVAILABLE, "mất sổ")
    cell(page, "teachers").fill("31")
    expect(page.locator("[name=s-teachers]")).to_have_value("")
    cell(page, "teachers").press("Tab")
    expect_state(page, "teachers", SAVED)
    assert stored(submission) == {"teachers": 31}


def test_a_broken_rule_shows_in_both_cells_and_goes_when_it_is_mended(page, province, submission):
    type_in(page, "teachers", "20")
    type_in(page, "teachers_with_computer", "21")
    for code in ("teachers", "teachers_with_computer"):
        expect_state(page, code, "sai quy tắc")
    expect(page.locator("#rules")).to_contain_text("phải sửa trước khi nộp")
    type_in(page, "teachers_with_computer", "19")
    for code in ("teachers", "teachers_with_computer"):
        expect_state(page, code, SAVED)
    expect(page.locator("#rules")).to_be_hidden()


def test_an_explanation_is_asked_for_in_the_row_and_answers_the_rule(page, submission):
    page.get_by_role("tab", name="Phần day-hoc").click()
    type_in(page, "lessons", "10")
    type_in(page, "lessons_online", "12")
    expect_state(page, "lessons_online", "cần giải trình")
    expect(row(page, "lessons_online").locator(".notes")).to_contain_text("12 so với 10")
    page.locator("[name=e-lessons_online]").fill("tính cả tiết ôn")
    page.locator("[name=e-lessons_online]").press("Enter")
    for code in ("lessons", "lessons_online"):
        expect_state(page, code, SAVED)
    expect(page.locator("#x-R-02")).to_have_value("tính cả tiết ôn")
    assert submission.violations.get().explanation == "tính cả tiết ôn"
    page.locator("#x-R-02").fill("tính cả tiết ôn tập")
    with page.expect_response("**/cells/"):
        page.locator("#x-R-02").press("Tab")
    assert submission.violations.get().explanation == "tính cả tiết ôn tập"


def test_check_and_submit_goes_on_only_when_everything_is_saved(page, province, submission):
    type_in(page, "teachers", "abc")
    page.get_by_role("button", name="Kiểm tra và nộp").click()
    expect(cell(page, "teachers")).to_be_focused()
    assert page.url.endswith(address(submission))
    cell(page, "teachers").fill("31")
    page.get_by_role("button", name="Kiểm tra và nộp").click()
    page.wait_for_url("**/check/")
    assert stored(submission) == {"teachers": 31}


def test_a_link_to_a_cell_opens_its_tab_and_a_tab_has_an_address(page, submission):
    page.get_by_role("tab", name="Phần day-hoc").click()
    assert page.url.endswith("#p-day-hoc")
    page.keyboard.press("ArrowLeft")
    expect(cell(page, "teachers")).to_be_visible()
    page.goto(address(submission) + "#v-lessons")
    expect(cell(page, "lessons")).to_be_focused()
    page.goto("/submissions/")
    page.goto(address(submission) + "#p-khac")
    expect(cell(page, "remark")).to_be_visible()
    expect(cell(page, "teachers")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1440])
def test_every_state_of_a_row_is_accessible_and_fits(open_as, province, submission, axe, width):
    enter(province.submission("DN-101", province.earlier), by=province.person("clerk_101"))
    page = open_form(open_as("clerk_101", viewport={"width": width, "height": 800}), submission)
    type_in(page, "teachers", "20")
    type_in(page, "teachers_with_computer", "21")
    type_in(page, "computers_primary", "abc")
    expect_state(page, "computers_primary", INVALID)
    expect_state(page, "teachers", "sai quy tắc")
    row(page, "teachers").locator(".gap summary").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width > 640:
        page.get_by_role("button", name="Phím tắt").click()
        assert axe(page) == []
