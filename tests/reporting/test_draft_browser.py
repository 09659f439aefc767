"""The editor of a section in a browser: it saves itself, offers figures, and loses nobody's words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from reporting.models import Draft, SectionVersion
from tests.entering import enter
from tests.province import Province, build_province
from tests.reporting.drafting import TEXT, begun, section_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def province() -> Province:
    return build_province()


@pytest.fixture
def draft(province: Province) -> Draft:
    return begun(province)


@pytest.fixture
def open_as(live_server, new_context, province, draft) -> Callable[[str], Page]:
    """The editor of a section as one of the province's people has it, in a browser of their own."""

    def open_page(name: str) -> Page:
        context = new_context(base_url=live_server.url)
        enter(context, province.person(name), live_server.url)
        return opened(context.new_page(), draft)

    return open_page


def opened(page: Page, draft: Draft) -> Page:
    page.goto(f"/report/draft/{draft.pk}/general/")
    expect(page.locator("#writing[data-ready]")).to_have_count(1)
    return page


def source(page: Page) -> Locator:
    return page.locator("#source")


def expect_saved(page: Page) -> None:
    """Whether it was saved just now or by itself a moment before, nothing is unsaved any more."""
    expect(page.locator("#state.ok")).to_contain_text("lưu")


def test_what_is_typed_saves_itself_and_is_read_beside(open_as, draft, axe):
    page = open_as("officer")
    source(page).press("Control+End")
    source(page).press_sequentially("\nCâu mới.")
    expect(page.locator("#sheet")).to_contain_text("Câu mới.")
    expect(page.locator("#state")).to_contain_text("Đã lưu lúc")
    assert section_of(draft).text == f"{TEXT}\nCâu mới."
    # A figure is found without diacritics and put where the caret is; what is faulty is said and selected.
    page.keyboard.press("Control+k")
    page.get_by_label("Tìm theo tên hoặc mã chỉ số").fill("giao vien co may")
    offered = page.locator("#picker-found").get_by_role("button", name="tên chỉ số")
    expect(offered).to_be_visible()
    assert axe(page) == []
    offered.press("Enter")
    expect(source(page)).to_have_value(f"{TEXT}\nCâu mới.{{T1.name}}")
    source(page).press_sequentially(" {T1")
    page.locator("#findings").get_by_role("button").first.click()
    selected = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert "{T1" in source(page).evaluate(selected)
    page.keyboard.press("Control+s")
    expect_saved(page)


def test_two_editors_merge_and_what_touches_is_decided_by_people(open_as, draft):
    one, other = open_as("officer"), open_as("officer_2")
    source(one).fill(TEXT.replace("năm.", "năm 2023."))
    one.keyboard.press("Control+s")
    expect_saved(one)
    source(other).fill(TEXT.replace("máy tính", "phòng học"))
    other.keyboard.press("Control+s")
    merged = TEXT.replace("năm.", "năm 2023.").replace("máy tính", "phòng học")
    expect(source(other)).to_have_value(merged)
    expect(other.locator("#news")).to_contain_text("officer vừa sửa phần này")
    # The first learns of it when the window comes to the front again.
    one.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(source(one)).to_have_value(merged)
    expect(one.locator("#news")).to_contain_text("officer_2 vừa sửa phần này")

    source(one).fill(merged.replace("đủ", "chưa đủ"))
    one.keyboard.press("Control+s")
    expect_saved(one)
    source(other).fill(merged.replace("đủ", "gần đủ"))
    other.keyboard.press("Control+s")
    panel = other.get_by_role("alert")
    expect(panel).to_contain_text("officer đã lưu lúc")
    expect(panel.locator("ins")).to_contain_text("gần")
    panel.get_by_role("button", name="Giữ cả hai để tự sửa").click()
    expect_saved(other)
    text = section_of(draft).text
    assert "chưa đủ" in text
    assert "gần đủ" in text
    assert SectionVersion.objects.filter(text=merged.replace("đủ", "gần đủ")).exists()


def test_without_a_line_what_is_typed_waits_in_the_browser(open_as, draft):
    page = open_as("officer")
    page.context.route("**/save/", lambda route: route.abort("internetdisconnected"))
    source(page).fill(f"{TEXT}\nGõ khi mất mạng.")
    page.keyboard.press("Control+s")
    expect(page.locator("#state")).to_contain_text("được giữ trên máy này")
    page = opened(page, draft)
    expect(source(page)).to_have_value(f"{TEXT}\nGõ khi mất mạng.")
    assert section_of(draft).text == TEXT
    page.context.unroute("**/save/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect_saved(page)
    assert section_of(draft).text == f"{TEXT}\nGõ khi mất mạng."
