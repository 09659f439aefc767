"""Two people in one form at the same time."""

import pytest
from playwright.sync_api import expect

from tests.collection.entry_pages import (
    SAVED,
    cell,
    expect_state,
    headline,
    open_form,
    row,
    stored,
    type_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def both(open_as, submission):
    """The form before two clerks of the school."""
    return [open_form(open_as(name), submission) for name in ("clerk_101", "clerk_101b")]


def test_different_cells_merge_without_a_word(both, submission):
    mine, theirs = both
    type_in(theirs, "teachers_with_computer", "20")
    expect_state(theirs, "teachers_with_computer", SAVED)
    type_in(mine, "teachers", "31")
    expect_state(mine, "teachers", SAVED)
    expect(cell(mine, "teachers_with_computer")).to_have_value("20")
    expect_state(mine, "teachers_with_computer", SAVED)
    expect(mine.locator("#t-quy-mo .num")).to_have_text("2/3")
    expect(mine.locator(".conflict")).to_have_count(0)
    assert stored(submission) == {"teachers": 31, "teachers_with_computer": 20}


@pytest.mark.parametrize(
    ("button", "number"), [("Giữ số của tôi", 31), ("Lấy số của họ", 7661)], ids=["mine", "theirs"]
)
def test_on_the_same_cell_the_second_sees_both_and_chooses(both, submission, button, number):
    mine, theirs = both
    type_in(theirs, "teachers", "7661")
    expect_state(theirs, "teachers", SAVED)
    type_in(mine, "teachers", "31")
    expect_state(mine, "teachers", "người khác vừa sửa")
    panel = row(mine, "teachers").get_by_role("group", name="Hai người sửa ô Tổng số giáo viên")
    expect(panel).to_contain_text("clerk_101b đã lưu “7.661” lúc")
    expect(panel).to_contain_text("Bạn nhập “31”")
    expect(headline(mine)).to_contain_text("1 ô người khác vừa sửa")
    assert stored(submission) == {"teachers": 7661}
    mine.reload()
    expect_state(mine, "teachers", "người khác vừa sửa")
    panel.get_by_role("button", name=button).click()
    expect_state(mine, "teachers", SAVED)
    expect(panel).to_have_count(0)
    assert stored(submission) == {"teachers": number}


def test_a_conflict_is_accessible_on_a_telephone(open_as, submission, axe):
    mine = open_form(open_as("clerk_101", viewport={"width": 360, "height": 780}), submission)
    theirs = open_form(open_as("clerk_101b"), submission)
    type_in(theirs, "teachers", "7661")
    expect_state(theirs, "teachers", SAVED)
    type_in(mine, "teachers", "31")
    expect(mine.locator(".conflict")).to_be_visible()
    assert axe(mine) == []
    assert mine.evaluate("document.documentElement.scrollWidth <= innerWidth")
