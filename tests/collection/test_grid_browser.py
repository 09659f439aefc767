"""The grid of many schools in a browser: as in a spreadsheet, and nothing typed is lost."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from collection.entries import Content
from collection.models import DataValue, ValueChange, Violation
from indicators.actions import mark_changed
from indicators.models import DataElement
from tests.province import PASSWORD, Province, build_province, enter, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GRID = "/grid/2023/TRUONG/"
TEACHING = ["lessons", "lessons_online", "online_plan", "maturity", "platforms"]
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def province() -> Province:
    """DN-1 with five primary schools and a preschool; the columns of the first section are
    teachers, teachers_with_computer and, of primary schools, computers_primary."""
    return build_province(more_schools=4)


@pytest.fixture
def open_grid(live_server, new_context, province) -> Callable[..., Page]:
    """The grid as one of the province's people sees it, in a context of its own."""

    def sign_in(name: str = "reviewer_1", path: str = GRID, **options) -> Page:
        client = Client()
        client.force_login(province.person(name))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = new_context(base_url=live_server.url, permissions=CLIPBOARD, **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(path)
        if options.get("java_script_enabled", True):
            expect(page.locator("#grid .tabulator-cell.active")).to_be_visible()
            page.locator("#grid").focus()
        return page

    return sign_in


def cell(page: Page, unit: str, code: str):
    return page.locator(f"[id='cell-{unit}-{code}']")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def put_on_clipboard(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)


def on_clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-part='all-saved']")).to_be_visible()


def numbers(unit: str) -> dict[str, int | None]:
    rows = DataValue.objects.filter(org_unit__code=unit, period__code="2023")
    return dict(rows.values_list("element__code", "number"))


def test_one_walks_types_and_restores_as_in_a_spreadsheet(open_grid):
    page = open_grid()
    page.keyboard.type("30")
    press(page, "Tab")
    page.keyboard.type("12")
    press(page, "ArrowDown")  # an arrow leaves a cell that typing began
    expect(cell(page, "DN-102", "teachers_with_computer")).to_have_class(re.compile("active"))
    press(page, "ArrowLeft")
    page.keyboard.type("8")
    press(page, "Enter", "Shift+Enter", "F2", "ArrowLeft")  # now the arrow moves in the text
    page.keyboard.type("1")
    press(page, "Enter")
    expect_saved(page)
    assert numbers("DN-101") == {"teachers": 30, "teachers_with_computer": 12}
    assert numbers("DN-102") == {"teachers": 18}

    press(page, "ArrowUp")
    page.keyboard.type("99")
    press(page, "Escape")
    expect(cell(page, "DN-102", "teachers")).to_contain_text("18")
    press(page, "Delete")
    expect(page.locator("[data-part='notice']")).to_have_text("Số ô đã xóa: 1.")
    expect_saved(page)
    assert numbers("DN-102") == {"teachers": None}


def test_the_keyboard_leaves_the_table_again(open_grid):
    page = open_grid()
    press(page, "Tab")
    expect(page.locator("#grid")).to_be_focused()
    press(page, "Escape")
    expect(page.locator("[data-part='notice']")).to_have_text("Bấm Tab để rời bảng.")
    press(page, "Tab")
    expect(page.locator("#grid")).not_to_be_focused()
    page.locator("#grid").focus()
    press(page, "Control+End", "Tab")
    expect(page.locator("#grid")).not_to_be_focused()


def test_a_block_goes_to_a_spreadsheet_and_comes_from_one(open_grid, province):
    enter(province.submission("DN-101"), by=province.person("clerk_101"), teachers=7661)
    page = open_grid()
    press(page, "Shift+ArrowRight", "Shift+ArrowDown", "Control+c")
    assert on_clipboard(page) == "7.661\t10\n\t"

    put_on_clipboard(page, "40\t30\r\n1.250\t7,661\r\n50\t\r\n")
    press(page, "Control+v")
    expect(page.locator("[data-part='wrong']")).to_have_text("Cần xem lại 1 ô")
    assert numbers("DN-101") | {"teachers": 40, "teachers_with_computer": 30} == numbers("DN-101")
    assert numbers("DN-102") == {"teachers": 1250}
    press(page, "ArrowDown", "ArrowRight")
    expect(page.locator("[data-part='sentence']")).to_contain_text("“7,661” có dấu phẩy")
    expect(cell(page, "DN-102", "teachers_with_computer")).to_have_attribute("aria-invalid", "true")
    press(page, "Escape")
    expect_saved(page)
    change = ValueChange.objects.get(value__org_unit__code="DN-9000")
    assert (change.source, change.changed_by) == ("grid", province.person("reviewer_1"))


def test_answers_of_every_kind_are_copied_from_school_to_school(open_grid, province):
    enter(province.submission("DN-101"), by=province.person("clerk_101"), lessons_online=None)
    page = open_grid("officer", f"{GRID}?section=day-hoc")
    press(page, "Shift+End", "Control+c", "ArrowDown", "ArrowDown", "Control+v")
    expect_saved(page)

    def contents(unit: str) -> list[Content]:
        rows = DataValue.objects.filter(org_unit__code=unit, element__code__in=TEACHING)
        return [Content.of(value) for value in rows.order_by("element__code")]

    assert len(contents("DN-201")) == len(TEACHING)
    assert contents("DN-201") == contents("DN-101")


def test_the_clipboards_quotation_marks_are_a_spreadsheets(open_grid):
    page = open_grid()
    rows = [['say "a"', "two\nlines"], ["tab\there", '"'], ["", "7.661"]]
    there_and_back = """rows => import("/static/js/grid/text.js").then(
        ({ fromTable, toTable }) => fromTable(toTable(rows) + "\\r\\n"))"""
    assert page.evaluate(there_and_back, rows) == rows


def test_a_block_is_chosen_with_the_mouse(open_grid, province):
    enter(province.submission("DN-101"), by=province.person("clerk_101"))
    page = open_grid()
    cell(page, "DN-101", "teachers").hover()
    page.mouse.down()
    cell(page, "DN-102", "teachers_with_computer").hover()
    page.mouse.up()
    expect(page.locator(".tabulator-cell.selected")).to_have_count(4)
    cell(page, "DN-9000", "teachers").click(modifiers=["Shift"])
    expect(page.locator(".tabulator-cell.selected")).to_have_count(3)
    cell(page, "DN-102", "teachers").dblclick()
    page.keyboard.type("15")
    press(page, "Enter")
    expect_saved(page)
    assert numbers("DN-102") == {"teachers": 15}


def test_what_is_pasted_over_the_edge_is_left_out_and_said(open_grid):
    page = open_grid()
    press(page, "Control+End")
    put_on_clipboard(page, "1\t2\n3\t4")
    press(page, "Control+v")
    expect(page.locator("[data-part='notice']")).to_have_text(
        "Số ô đã dán: 1. Số ô bị bỏ vì vượt ra ngoài bảng: 3."
    )
    expect_saved(page)
    assert numbers("DN-9003") == {"computers_primary": 1}


def test_one_number_fills_a_block_and_one_undo_takes_it_back(open_grid):
    page = open_grid()
    page.keyboard.type("20")
    press(page, "Enter", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    expect_saved(page)
    assert [numbers(unit)["teachers"] for unit in ("DN-101", "DN-102", "DN-9000")] == [20, 20, 20]
    press(page, "Control+z")
    expect_saved(page)
    expect(cell(page, "DN-9000", "teachers").locator(".text")).to_have_text("")
    assert [numbers(unit)["teachers"] for unit in ("DN-101", "DN-102", "DN-9000")] == [20, None, None]
    press(page, "Control+y")
    expect(cell(page, "DN-9000", "teachers")).to_contain_text("20")
    expect_saved(page)
    put_on_clipboard(page, "7")
    press(page, "Control+v")
    expect(page.locator("[data-part='notice']")).to_have_text("Số ô đã dán: 3.")


def test_an_empty_cell_gets_its_reason_and_a_rule_its_sentence(open_grid):
    page = open_grid()
    page.keyboard.type("10")
    press(page, "Tab")
    page.keyboard.type("11")
    press(page, "Tab")
    expect(cell(page, "DN-101", "teachers_with_computer")).to_have_attribute("data-state", "broken")
    expect(cell(page, "DN-101", "teachers")).to_have_attribute("data-state", "broken")
    press(page, "-")
    page.get_by_label("Vì sao trống").select_option("not_available")
    page.get_by_label("Lý do không có số liệu").fill("chưa kiểm kê")
    page.get_by_role("button", name="Ghi vào ô").click()
    expect_saved(page)
    expect(page.locator("#grid")).to_be_focused()
    expect(cell(page, "DN-101", "computers_primary")).to_contain_text("không có số liệu: chưa kiểm kê")
    assert DataValue.objects.get(element__code="computers_primary").reason == "chưa kiểm kê"


def test_a_great_change_asks_for_an_explanation(open_grid, province):
    DataElement.objects.filter(code="teachers").update(change_limit=30)
    mark_changed()
    enter(province.submission("DN-101", province.earlier), by=province.person("clerk_101"), teachers=100)
    page = open_grid()
    page.keyboard.type("400")
    press(page, "Enter", "ArrowUp")
    expect(page.locator("[data-part='state']")).to_have_text("cần giải trình")
    expect(page.locator("[data-part='before']")).to_contain_text("Kỳ trước: 100")
    press(page, "Control+Enter")
    page.get_by_label("Giải trình riêng ô này").fill("Sáp nhập hai trường")
    page.get_by_role("button", name="Ghi vào ô").click()
    expect(page.locator("[data-part='state']")).to_have_text("đã lưu")
    expect(page.locator("[data-part='sentence']")).to_have_text("Giải trình: Sáp nhập hai trường")
    assert DataValue.objects.get(period__code="2023", number=400).explanation == "Sáp nhập hai trường"


def test_a_soft_rule_is_explained_at_any_of_its_cells(open_grid, province):
    enter(province.submission("DN-101"), by=province.person("clerk_101"), lessons_online=99)
    page = open_grid(path=f"{GRID}?section=day-hoc")
    expect(cell(page, "DN-101", "lessons")).to_have_attribute("data-state", "ask")
    press(page, "Control+Enter")
    page.get_by_label("Số tiết trực tuyến thường không vượt").fill("Dạy bù trực tuyến")
    page.get_by_role("button", name="Ghi vào ô").click()
    expect_saved(page)
    expect(cell(page, "DN-101", "lessons")).not_to_have_attribute("data-state", "ask")
    expect(cell(page, "DN-101", "lessons_online")).not_to_have_attribute("data-state", "ask")
    assert Violation.objects.get().explanation == "Dạy bù trực tuyến"


def test_two_people_in_one_cell_see_both_values(open_grid, province):
    page, other = open_grid(), open_grid("officer", f"{GRID}?under=DN-1")
    for each, number in ((other, "31"), (page, "13")):
        each.keyboard.type(number)
        press(each, "Enter", "ArrowUp")
        expect(each.locator("[data-part='state']")).not_to_have_text("đang lưu")
    expect(page.locator("[data-part='state']")).to_have_text("người khác vừa sửa")
    press(page, "Control+Enter")
    expect(page.locator("[data-part='theirs']")).to_contain_text("officer đã lưu “31”")
    page.get_by_role("button", name="Giữ số của tôi").click()
    expect_saved(page)
    assert numbers("DN-101") == {"teachers": 13}

    other.keyboard.type("32")
    press(other, "Enter", "ArrowUp")
    expect(other.locator("[data-part='state']")).to_have_text("người khác vừa sửa")
    press(other, "Control+Enter")
    other.get_by_role("button", name="Lấy số của họ").click()
    expect(cell(other, "DN-101", "teachers")).to_contain_text("13")
    expect_saved(other)


def test_what_is_locked_or_not_asked_takes_nothing_and_says_why(open_grid, province):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    page = open_grid()
    press(page, "5", "F2")
    expect(page.locator(".editor")).to_have_count(0)
    expect(page.locator("[data-part='sentence']")).to_contain_text("Phiếu đã nộp và đang chờ duyệt")
    expect(cell(page, "DN-101", "teachers")).to_have_attribute("aria-readonly", "true")
    press(page, "ArrowDown", "End")
    expect(page.locator("[data-part='state']")).to_have_text("không hỏi")
    put_on_clipboard(page, "5")
    press(page, "Control+v")
    expect(page.locator("[data-part='notice']")).to_contain_text("không sửa được hoặc không hỏi: 1")


def test_a_cut_line_keeps_what_was_typed_until_it_is_back(open_grid):
    page = open_grid()
    page.context.set_offline(True)
    page.keyboard.type("30")
    press(page, "Enter")
    expect(page.locator("[data-part='going']")).to_have_text("Chờ gửi 1 ô")
    expect(page.locator("[data-part='why']")).to_contain_text("Mất kết nối")
    expect(cell(page, "DN-101", "teachers")).to_have_attribute("data-state", "waiting")
    page.context.set_offline(False)
    expect_saved(page)
    assert numbers("DN-101") == {"teachers": 30}


def test_what_waits_outlives_a_closed_tab(open_grid):
    page = open_grid()
    page.context.set_offline(True)
    page.keyboard.type("30")
    press(page, "Enter")
    expect(page.locator("[data-part='going']")).to_have_text("Chờ gửi 1 ô")
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(GRID)
    expect(page.locator("[data-part='notice']")).to_have_text("Số ô gõ lần trước chưa gửi, nay gửi tiếp: 1.")
    expect_saved(page)
    expect(cell(page, "DN-101", "teachers")).to_contain_text("30")
    assert numbers("DN-101") == {"teachers": 30}


def test_an_answer_lost_on_the_way_is_no_conflict_with_oneself(open_grid):
    page = open_grid()

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/cells/", lose)
    page.keyboard.type("30")
    press(page, "Enter")
    expect(page.locator("[data-part='going']")).to_have_text("Chờ gửi 1 ô")
    page.unroute("**/cells/")
    press(page, "ArrowUp")
    page.keyboard.type("31")
    press(page, "Enter")
    expect_saved(page)
    assert numbers("DN-101") == {"teachers": 31}


def test_an_ended_session_is_taken_up_again_after_signing_in(open_grid, live_server):
    page = open_grid()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.keyboard.type("30")
    press(page, "Enter")
    expect(page.locator("[data-part='why']")).to_contain_text("Phiên làm việc đã hết")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập lại").click()
    entrance = opened.value
    entrance.fill("[name=login]", "reviewer_1")
    entrance.fill("[name=password]", PASSWORD)
    entrance.press("[name=password]", "Enter")
    entrance.wait_for_url(f"{live_server.url}/")
    entrance.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect_saved(page)
    assert numbers("DN-101") == {"teachers": 30}


SIZES = [{"width": 360, "height": 780}, {"width": 1440, "height": 900}]


@pytest.mark.parametrize("viewport", SIZES, ids=["phone", "desk"])
def test_the_states_of_the_grid_are_accessible_and_fit(open_grid, axe, viewport):
    page = open_grid(viewport=viewport)

    def look():
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.keyboard.type("7,661")
    press(page, "Enter")
    page.keyboard.type("10")
    press(page, "Tab")
    page.keyboard.type("11")
    press(page, "Enter")
    expect(cell(page, "DN-102", "teachers_with_computer")).to_have_attribute("data-state", "broken")
    look()
    press(page, "F2")
    look()
    press(page, "Escape", "Control+Enter")
    look()


def test_without_a_script_the_table_is_there_to_read(open_grid, province):
    enter(province.submission("DN-101"), by=province.person("clerk_101"), teachers=7661)
    page = open_grid(java_script_enabled=False)
    expect(page.get_by_role("row", name="Trường tiểu học số 1")).to_contain_text("7.661")
    page.get_by_role("link", name="Trường tiểu học số 1").click()
    expect(page).to_have_url(re.compile("/submissions/2023/DN-101/TRUONG/"))
