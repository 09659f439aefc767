"""The entry form is used with the keyboard as a sheet is."""

import pytest
from playwright.sync_api import expect

from tests.collection.entry_pages import SAVED, cell, expect_state, open_form, row, stored, type_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def page(open_as, submission):
    return open_form(open_as("clerk_101"), submission)


def test_enter_and_the_arrows_go_from_cell_to_cell_and_on_into_the_next_section(page, submission):
    keys = page.keyboard
    cell(page, "teachers").focus()
    keys.type("31")
    keys.press("Enter")
    expect(cell(page, "teachers_with_computer")).to_be_focused()
    keys.type("12")
    keys.press("ArrowDown")
    expect(cell(page, "computers_primary")).to_be_focused()
    keys.press("ArrowUp")
    expect(cell(page, "teachers_with_computer")).to_be_focused()
    keys.press("ArrowDown")
    keys.type("5")
    keys.press("Enter")
    expect(cell(page, "lessons")).to_be_focused()
    expect(cell(page, "teachers")).to_be_hidden()
    keys.press("ArrowUp")
    expect(cell(page, "computers_primary")).to_be_focused()
    expect_state(page, "computers_primary", SAVED)
    assert stored(submission) == {"teachers": 31, "teachers_with_computer": 12, "computers_primary": 5}


def test_arrows_keep_their_meaning_in_lists_and_long_texts(page, submission):
    keys = page.keyboard
    page.get_by_role("tab", name="Phần day-hoc").click()
    cell(page, "lessons_online").focus()
    keys.press("Enter")
    expect(row(page, "online_plan").get_by_label("Có", exact=True)).to_be_focused()
    keys.press("ArrowRight")
    expect(row(page, "online_plan").get_by_label("Không", exact=True)).to_be_checked()
    keys.press("Enter")
    expect(cell(page, "maturity")).to_be_focused()
    keys.press("ArrowDown")
    expect(cell(page, "maturity")).to_have_value("1")
    keys.press("Enter")
    expect(row(page, "platforms").get_by_label("Azota")).to_be_focused()
    keys.press("Space")
    keys.press("Enter")
    expect(cell(page, "remark")).to_be_focused()
    keys.type("một")
    keys.press("Enter")
    keys.type("hai")
    expect(cell(page, "remark")).to_have_value("một\nhai")


def test_the_details_open_and_close_with_ctrl_enter(page, submission):
    keys = page.keyboard
    cell(page, "teachers").focus()
    keys.press("Control+Enter")
    expect(page.locator("[name=s-teachers]")).to_be_focused()
    keys.press("Control+Enter")
    expect(cell(page, "teachers")).to_be_focused()
    expect(page.locator("[name=s-teachers]")).to_be_hidden()


def test_escape_restores_and_undo_and_redo_go_step_by_step(page, submission):
    keys = page.keyboard
    type_in(page, "teachers", "31")
    type_in(page, "teachers_with_computer", "12")
    expect_state(page, "teachers_with_computer", SAVED)
    cell(page, "teachers").fill("99")
    keys.press("Escape")
    expect(cell(page, "teachers")).to_have_value("31")
    keys.press("Control+z")
    expect(cell(page, "teachers_with_computer")).to_have_value("")
    expect(cell(page, "teachers_with_computer")).to_be_focused()
    keys.press("Control+z")
    expect(cell(page, "teachers")).to_have_value("")
    keys.press("Control+Shift+z")
    expect(cell(page, "teachers")).to_have_value("31")
    keys.press("Control+y")
    expect(cell(page, "teachers_with_computer")).to_have_value("12")
    for code in ("teachers", "teachers_with_computer"):
        expect_state(page, code, SAVED)
    assert stored(submission) == {"teachers": 31, "teachers_with_computer": 12}


def test_the_keys_are_explained_in_a_dialog(page):
    page.get_by_role("button", name="Phím tắt").click()
    dialog = page.get_by_role("dialog", name="Phím tắt")
    expect(dialog).to_contain_text("Hoàn tác thay đổi vừa rồi")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
