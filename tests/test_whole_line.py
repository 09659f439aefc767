"""The whole line in a browser: form, submission, return, approval, the dashboard's figure, the audit.

Everything is done as people do it, each at a browser of their own; `new_context` fails the test
on any breach of the policy, error in the console, missing file or failure of the server.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, expect

from collection.models import Submission
from tests.collection.conftest import address
from tests.province import PASSWORD, approved, build_province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCHOOL = "Trường tiểu học số 1"
REASON = "Có 39 máy đã thanh lý, đề nghị kiểm tra lại sổ tài sản"
SHOWN = ("Kết quả", "Tử số", "Mẫu số")
HAPPENED = [
    ("clerk_101", "Nộp phiếu"),
    ("reviewer_1", "Trả lại phiếu"),
    ("clerk_101", "Nộp phiếu"),
    ("reviewer_1", "Duyệt phiếu"),
]
# Cells saved one by one leave no audit event: the page of the submission tells them from their history.
SAVED = ("clerk_101", "Lưu số liệu")
TOLD = [SAVED, *HAPPENED[:2], SAVED, *HAPPENED[2:]]
Desk = Callable[[str], Page]


@pytest.fixture
def province():
    """The small province, where one school of the other district has been approved: 10 of 20 teachers."""
    province = build_province()
    clerk, reviewer = province.person("clerk_201"), province.person("reviewer_2")
    approved(province.submission("DN-201"), by=clerk, reviewer=reviewer)
    return province


@pytest.fixture
def at_desk(live_server, new_context, province) -> Desk:
    """A browser of one's own for each person, signed in through the form."""

    def sign_in(name: str) -> Page:
        page = new_context(base_url=live_server.url).new_page()
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(name)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page

    return sign_in


def follow(page: Page, link: Locator) -> None:
    """Click a link and wait until its page is the one that shows."""
    address = link.get_attribute("href")
    assert address is not None
    link.click()
    page.wait_for_url(urljoin(page.url, address))


def go_to(page: Page, entry: str) -> None:
    """Choose an entry of the menu."""
    follow(page, page.get_by_role("navigation", name="Menu chính").get_by_role("link", name=entry))


def tasks(page: Page, words: str) -> Locator:
    """The links with `words` in the school's row of "Việc của tôi"."""
    go_to(page, "Việc của tôi")
    return page.get_by_role("row").filter(has_text=SCHOOL).locator("a", has_text=words)


def said(page: Page, words: str) -> None:
    expect(page.locator(".message.success")).to_contain_text(words)


def figure_of(page: Page, basis: str = "Chính thức") -> tuple[str, ...]:
    """Teachers with a computer as the unit's table of figures has them: value, numerator, denominator."""
    go_to(page, "Tổng quan")
    follow(page, page.locator(".page-head").get_by_role("link", name=basis))
    follow(page, page.get_by_role("link", name="Tất cả chỉ số", exact=True))
    table = page.get_by_role("table", name="Tất cả chỉ số của kỳ")
    expect(table).to_be_visible()
    columns = table.get_by_role("columnheader").all_inner_texts()
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="T1 Giáo viên có máy tính"))
    cells = dict(zip(columns[1:], row.get_by_role("cell").all_inner_texts(), strict=True))
    return tuple(cells[name] for name in SHOWN)


def events(page: Page, columns: tuple[str, ...], newest: int) -> list[tuple[str, ...]]:
    """The newest lines of the trail on the page, the oldest of them first."""
    table = page.locator("main table").first
    names = [name.strip() for name in table.get_by_role("columnheader").all_inner_texts()]
    places = [names.index(column) for column in columns]
    rows = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()[:newest]]
    return [tuple(row[place].strip() for place in places) for row in reversed(rows)]


def hand_in(clerk: Page) -> None:
    """From the form over the submission page to the receipt."""
    clerk.get_by_role("button", name="Kiểm tra và nộp").click()
    clerk.get_by_role("button", name="Nộp phiếu").click()
    expect(clerk.get_by_role("heading", name="Biên nhận nộp phiếu")).to_be_visible()


def fill_in_and_submit(clerk: Page) -> None:
    follow(clerk, tasks(clerk, "Nhập"))
    numbers = {
        "Tổng số giáo viên": "7.661",
        "Giáo viên có máy tính": "6500",
        "Máy tính cấp tiểu học": "35",
        "Số tiết dạy": "1 200",
        "Số tiết dạy trực tuyến": "300",
    }
    for label, typed in numbers.items():
        if label == "Số tiết dạy":
            clerk.get_by_role("tab", name="Phần day-hoc").click()
        clerk.get_by_label(label, exact=True).press_sequentially(typed)
    clerk.locator("#c-online_plan").get_by_text("Có", exact=True).click()
    clerk.get_by_label("Mức độ chuyển đổi số", exact=True).select_option("2")
    clerk.get_by_label("Zalo").check()
    hand_in(clerk)
    follow(clerk, clerk.get_by_role("link", name="Xem phiếu đã nộp"))
    expect(clerk.locator("#v-teachers")).to_have_text("7.661")


def find_nothing(stranger: Page, submission: Submission) -> None:
    expect(tasks(stranger, "Duyệt")).to_have_count(0)
    for page in ("", "review/", "history/"):
        answer = stranger.goto(address(submission, page))
        assert answer is not None
        assert answer.status == 404
        assert SCHOOL not in stranger.content()


def send_back(reviewer: Page) -> None:
    follow(reviewer, tasks(reviewer, "Duyệt"))
    cell = reviewer.locator("#c-teachers_with_computer")
    expect(cell).to_contain_text("6.500")
    reviewer.locator("details.fold", has=cell).locator("> summary").click()
    cell.locator("summary").click()
    expect(cell.get_by_label("Trả lại ô này")).to_be_checked()
    expect(cell.get_by_label("Lý do")).to_be_focused()
    reviewer.keyboard.type(REASON)
    reviewer.get_by_role("button", name="Trả lại các ô đã chọn (1)").click()
    said(reviewer, "Đã trả lại 1 ô")


def correct_and_submit_again(clerk: Page) -> None:
    follow(clerk, tasks(clerk, "Sửa ô bị trả lại"))
    expect(clerk.get_by_role("region", name="Người duyệt trả lại 1 ô")).to_contain_text(REASON)
    assert clerk.locator("[data-count]").count() == 1, "only the cell that was returned is open"
    cell = clerk.get_by_label("Giáo viên có máy tính", exact=True)
    expect(cell).to_have_value("6.500")
    cell.click(click_count=3)
    cell.press_sequentially("6461")
    hand_in(clerk)


def approve(reviewer: Page) -> None:
    follow(reviewer, tasks(reviewer, "Duyệt"))
    expect(reviewer.locator("#c-teachers_with_computer")).to_contain_text("6.461")
    reviewer.get_by_role("button", name="Duyệt phiếu").click()
    said(reviewer, "Đã duyệt phiếu")


def read_the_trail(clerk: Page, auditor: Page) -> None:
    """Of the submission, of the cell, and of the province: all of it, in order, with who."""
    follow(clerk, tasks(clerk, "Xem"))
    follow(clerk, clerk.locator(".page-head").get_by_role("link", name="Nhật ký"))
    assert events(clerk, ("Người làm", "Việc"), 99) == TOLD
    expect(clerk.get_by_role("row").filter(has_text="Trả lại phiếu")).to_contain_text(REASON)
    follow(clerk, clerk.get_by_role("link", name="Giáo viên có máy tính"))
    expect(clerk.get_by_role("row").filter(has_text="6.500").filter(has_text="6.461")).to_have_count(1)

    go_to(auditor, "Nhật ký")
    subject = f"Phiếu TRUONG kỳ 2023 của {SCHOOL}"
    found = events(auditor, ("Người làm", "Việc", "Đối tượng"), len(HAPPENED))
    assert found == [(*event, subject) for event in HAPPENED]


def test_a_figure_travels_from_the_form_to_the_dashboard(at_desk, province):
    leader, clerk, reviewer = at_desk("leader"), at_desk("clerk_101"), at_desk("reviewer_1")
    before = ("50%", "10", "20")
    assert figure_of(leader) == before

    fill_in_and_submit(clerk)
    assert figure_of(leader) == before, "what waits for approval is not official"
    assert figure_of(leader, "Tạm tính") == ("84,75%", "6.510", "7.681")
    find_nothing(at_desk("reviewer_2"), province.submission("DN-101"))

    send_back(reviewer)
    assert figure_of(leader, "Tạm tính") == before, "what was returned does not count"

    correct_and_submit_again(clerk)
    approve(reviewer)
    # 10 + 6,461 of 20 + 7,661 teachers.
    assert figure_of(leader) == ("84,25%", "6.471", "7.681")
    read_the_trail(clerk, at_desk("auditor"))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached with the Tab key")


def test_a_form_is_filled_in_and_submitted_with_the_keyboard_alone(at_desk, province):
    clerk = at_desk("clerk_101")
    keyboard = clerk.keyboard
    clerk.goto(address(province.submission("DN-101")))
    keyboard.press("Tab")
    expect(clerk.locator(".skip")).to_be_focused()
    keyboard.press("Enter")
    tab_to(clerk, "#v-teachers")
    # Enter goes on to the next cell, across sections; each is saved on leaving it.
    for typed in ("7661", "6461", "35", "1200", "300"):
        keyboard.type(typed)
        keyboard.press("Enter")
    expect(clerk.locator("#v-teachers")).to_have_value("7.661")
    keyboard.press("Space")
    keyboard.press("Enter")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    keyboard.press("Space")
    expect(clerk.locator("#answered")).to_have_text("đã trả lời 8/9 mục")
    tab_to(clerk, "button[value=submit]")
    keyboard.press("Enter")
    expect(clerk.get_by_text("Phiếu đã đủ, nộp được")).to_be_visible()
    tab_to(clerk, "button[value=submit]")
    keyboard.press("Enter")
    expect(clerk.get_by_text("8/9 mục")).to_be_visible()
    tab_to(clerk, "main .btn.ghost")
    keyboard.press("Enter")
    expect(clerk.locator("#v-platforms")).to_have_text("Azota")
