"""A bad line, a lost session, a closed tab: what was typed waits in the browser, and nobody else sees it."""

from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, expect

from collection import actions
from collection.models import ValueChange
from tests.collection.entry_pages import (
    SAVED,
    WAITING,
    at_work,
    cell,
    come_back,
    expect_state,
    failing,
    headline,
    open_form,
    stored,
    type_in,
)
from tests.province import PASSWORD, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def page(open_as, submission):
    return open_form(open_as("clerk_101"), submission)


KEPT = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("dxreport-entry");
  opening.onerror = reject;
  opening.onsuccess = () => {
    const all = opening.result.transaction("waiting").objectStore("waiting").getAll();
    all.onsuccess = () => {
      opening.result.close();
      resolve(Object.fromEntries(all.result.map((record) => [record.code, record.typed.value])));
    };
  };
})"""


def wait_until_kept(page, **typed):
    """The browser writes what is typed a moment later; a tab killed within that moment loses a letter."""
    for _ in range(60):
        if page.evaluate(KEPT) == typed:
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.evaluate(KEPT))


def another_tab(page, submission):
    """The tab is killed, without a word to the page, and the form opened anew in the same browser."""
    context = page.context
    with suppress(Error):
        page.goto("chrome://crash")
    page.close()
    return open_form(context.new_page(), submission)


def test_the_line_is_cut_while_typing_and_comes_back(page, submission):
    cell(page, "teachers").press_sequentially("76")
    page.context.set_offline(True)
    cell(page, "teachers").press_sequentially("61")
    cell(page, "teachers").press("Enter")
    expect_state(page, "teachers", WAITING)
    type_in(page, "teachers_with_computer", "6461")
    expect_state(page, "teachers_with_computer", WAITING)
    expect(headline(page)).to_contain_text("Mất kết nối: 2 ô chờ gửi")
    expect(page.locator("#l-quy-mo [data-uncounted]")).to_have_text("2 ô chưa lưu chưa được tính.")
    assert stored(submission) == {}
    page.context.set_offline(False)
    for code in ("teachers", "teachers_with_computer"):
        expect_state(page, code, SAVED)
    expect(headline(page)).to_contain_text("Mọi số trên phiếu đã lưu")
    assert stored(submission) == {"teachers": 7661, "teachers_with_computer": 6461}
    sent = ValueChange.objects.order_by("pk").values_list("value__element__code", flat=True)
    assert list(sent) == ["teachers", "teachers_with_computer"]


def test_a_failing_server_is_tried_again_by_itself(browser, live_server, signed_in_as, submission):
    # A context of its own: that the server fails here is no fault of the page.
    context = browser.new_context(base_url=live_server.url, locale="vi-VN")
    signed_in_as(context, "clerk_101", live_server.url)
    page = open_form(context.new_page(), submission)
    with failing(page, status=503):
        type_in(page, "teachers", "31")
        expect(headline(page)).to_contain_text("Máy chủ chưa trả lời: 1 ô chờ gửi")
        expect_state(page, "teachers", WAITING)
    expect_state(page, "teachers", SAVED)
    assert stored(submission) == {"teachers": 31}
    context.close()


def test_a_killed_tab_gives_back_what_was_typed_and_sends_it(page, submission):
    with failing(page):
        type_in(page, "teachers", "31")
        expect_state(page, "teachers", WAITING)
        cell(page, "teachers_with_computer").press_sequentially("12")
        expect_state(page, "teachers_with_computer", "đang gõ, chưa lưu")
        wait_until_kept(page, teachers="31", teachers_with_computer="12")
        page = another_tab(page, submission)
        expect_state(page, "teachers", WAITING)
        expect(cell(page, "teachers")).to_have_value("31")
        # What was being typed comes back where it was, and goes out when the cell is left.
        expect(cell(page, "teachers_with_computer")).to_have_value("12")
        expect(cell(page, "teachers_with_computer")).to_be_focused()
    page.keyboard.press("Enter")
    for code in ("teachers", "teachers_with_computer"):
        expect_state(page, code, SAVED)
    assert stored(submission) == {"teachers": 31, "teachers_with_computer": 12}
    page = another_tab(page, submission)
    expect(headline(page)).to_contain_text("Mọi số trên phiếu đã lưu")


def test_an_answer_lost_on_the_way_is_no_conflict_with_oneself(page, submission):
    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.context.route("**/cells/", lose_the_answer, times=1)
    type_in(page, "teachers", "31")
    expect_state(page, "teachers", WAITING)
    cell(page, "teachers").fill("32")
    cell(page, "teachers").press("Tab")
    expect_state(page, "teachers", SAVED)
    expect(page.locator(".conflict")).to_have_count(0)
    assert stored(submission) == {"teachers": 32}


def test_an_expired_session_keeps_what_is_typed_until_one_has_signed_in_again(page, submission):
    Session.objects.all().delete()
    type_in(page, "teachers", "31")
    expect(headline(page)).to_contain_text("Phiên làm việc đã hết: 1 ô chờ gửi")
    expect_state(page, "teachers", WAITING)
    headline(page).get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập").fill("clerk_101")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    at_work(page)
    expect_state(page, "teachers", SAVED)
    assert stored(submission) == {"teachers": 31}


def test_another_user_of_the_same_computer_sees_and_sends_nothing(
    page, signed_in_as, live_server, province, submission
):
    with failing(page):
        type_in(page, "teachers", "31")
        expect_state(page, "teachers", WAITING)
        # Somebody else signs in, in another tab, while the form of the first is still open.
        signed_in_as(page.context, "clerk_101b", live_server.url)
    come_back(page)
    expect(headline(page)).to_contain_text("Phiên làm việc đã hết")
    assert stored(submission) == {}
    other = another_tab(page, submission)
    expect(cell(other, "teachers")).to_have_value("")
    expect(headline(other)).to_contain_text("Mọi số trên phiếu đã lưu")
    assert stored(submission) == {}
    signed_in_as(other.context, "clerk_101", live_server.url)
    again = another_tab(other, submission)
    expect_state(again, "teachers", SAVED)
    assert stored(submission) == {"teachers": 31}


def test_signing_out_warns_of_what_is_not_sent_and_clears_it(page, signed_in_as, live_server, submission):
    with failing(page):
        type_in(page, "teachers", "31")
        expect_state(page, "teachers", WAITING)
        page.locator(".user > summary").click()
        page.get_by_role("button", name="Đăng xuất").click()
        dialog = page.get_by_role("dialog", name="Còn 1 mục chưa gửi")
        dialog.get_by_role("button", name="Ở lại").click()
        expect(cell(page, "teachers")).to_have_value("31")
        page.goto("/accounts/logout/")
        page.locator("main").get_by_role("button", name="Đăng xuất").click()
        dialog.get_by_role("button", name="Xóa và đăng xuất").click()
        page.wait_for_url("**/accounts/login/**")
    signed_in_as(page.context, "clerk_101", live_server.url)
    open_form(page, submission)
    expect(cell(page, "teachers")).to_have_value("")
    assert stored(submission) == {}


def test_signing_out_asks_nothing_when_everything_is_sent(page, submission):
    type_in(page, "teachers", "31")
    expect_state(page, "teachers", SAVED)
    page.locator(".user > summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/accounts/login/**")


def test_what_waits_for_a_form_that_was_handed_in_is_shown_and_not_dropped(page, province, submission):
    with failing(page):
        type_in(page, "teachers", "31")
        expect_state(page, "teachers", WAITING)
        submitted(submission, by=province.person("clerk_101b"))
        page.reload()
        left = page.get_by_role("region", name="1 ô bạn gõ lần trước chưa được lưu")
        expect(left).to_contain_text("Tổng số giáo viên: 31")
        left.get_by_role("button", name="Bỏ khỏi máy này").click()
        page.reload()
        expect(page.locator("#v-teachers")).to_be_visible()
        expect(left).to_have_count(0)


def test_a_period_closed_meanwhile_is_said_with_what_is_not_sent(page, province, submission):
    actions.close_period(period=province.period, by=province.person("officer"))
    type_in(page, "teachers", "31")
    expect(headline(page)).to_contain_text("1 ô chưa gửi được, vẫn giữ trên máy này")
    expect(headline(page)).to_contain_text("đã khóa")
    expect(cell(page, "teachers")).to_have_value("31")


def test_leaving_asks_only_when_the_browser_could_not_keep_what_was_typed(open_as, submission):
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept()

    for can_keep in (True, False):
        page = open_as("clerk_101")
        page.on("dialog", answer)
        if not can_keep:
            page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('private') }")
        open_form(page, submission)
        with failing(page):
            cell(page, "teachers").click()
            cell(page, "teachers").press_sequentially("31")
            page.goto("/submissions/")
        assert asked == ([] if can_keep else ["beforeunload"])
