"""A column copied from a spreadsheet is pasted over consecutive cells, after a look at it."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from collection import actions
from collection.models import DataValue, Submission
from indicators.models import DataElement, Form, FormElement, FormSection
from tests.collection.entry_pages import SAVED, cell, expect_state, headline, open_form, stored
from tests.province import build_province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = 44
CODES = [f"n{number:02}" for number in range(1, ROWS + 1)]
SECTIONS = {"mot": CODES[:20], "hai": CODES[20:]}


@pytest.fixture
def province():
    """The small province with a second form for schools: 44 counts in two sections."""
    province = build_province()
    form = Form.objects.create(
        indicator_set=province.indicator_set, code="BANG", name="Biểu BANG", asked_of=["school"], position=9
    )
    for position, (name, codes) in enumerate(SECTIONS.items(), start=1):
        section = FormSection.objects.create(form=form, code=name, name=f"Phần {name}", position=position)
        for place, code in enumerate(codes, start=1):
            element = DataElement.objects.create(
                indicator_set=province.indicator_set,
                code=code,
                name=f"Số {code}",
                type=DataElement.Type.COUNT,
            )
            FormElement.objects.create(section=section, element=element, position=place)
    return province


@pytest.fixture
def submission(province):
    period = actions.create_period(
        indicator_set=province.indicator_set,
        code="2024",
        name="Năm 2024",
        starts_on=dt.date(2024, 1, 1),
        ends_on=dt.date(2024, 12, 31),
        due_on=dt.date(2099, 1, 31),
        by=province.person("officer"),
    )
    actions.open_period(period=period, by=province.person("officer"))
    rows = Submission.objects.with_context()
    return rows.get(org_unit__code="DN-101", period=period, form__code="BANG")


@pytest.fixture
def page(open_as, submission):
    return open_form(open_as("clerk_101", permissions=["clipboard-read", "clipboard-write"]), submission)


def paste(page, code, text):
    """What Ctrl+V does after `text` was copied elsewhere."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    cell(page, code).focus()
    page.keyboard.press("Control+v")


def preview(page):
    return page.get_by_role("dialog", name="Xem trước khi dán")


def test_forty_rows_are_pasted_across_sections_and_taken_back_in_one_step(page, submission):
    numbers = {code: 1000 + place for place, code in enumerate(CODES[2:42])}
    paste(page, "n03", "\r\n".join(f"{number:,}".replace(",", ".") for number in numbers.values()) + "\r\n")
    expect(preview(page)).to_contain_text("Sẽ dán 40 ô.")
    expect(preview(page).get_by_role("row", name="Số n03")).to_contain_text("1.000: một nghìn")
    page.keyboard.press("Enter")
    expect(preview(page)).to_be_hidden()
    expect(cell(page, "n42")).to_be_focused()
    expect_state(page, "n42", SAVED)
    expect(headline(page)).to_contain_text("Mọi số trên phiếu đã lưu")
    assert stored(submission) == numbers
    page.keyboard.press("Control+z")
    expect(cell(page, "n03")).to_have_value("")
    expect_state(page, "n42", "chưa nhập")
    assert not DataValue.objects.filter(submission=submission, number__isnull=False).exists()


def test_what_cannot_be_read_is_marked_and_left_alone(page, submission):
    paste(page, "n01", "7.661\n7,661\n1.234,5\nabc\n-4\n\n12")
    dialog = preview(page)
    expect(dialog.get_by_role("row", name="Số n01")).to_contain_text("7.661: bảy nghìn sáu trăm sáu mươi mốt")
    for code, why in {
        "n02": "dấu phẩy",
        "n03": "dấu phẩy",
        "n04": "không phải là số",
        "n05": "không thể âm",
        "n06": "dòng trống",
    }.items():
        expect(dialog.get_by_role("row", name=f"Số {code}")).to_contain_text(why)
    expect(dialog).to_contain_text("Sẽ dán 2 ô. 4 dòng không đọc được sẽ bỏ qua")
    dialog.get_by_role("button", name="Dán vào phiếu").click()
    expect_state(page, "n07", SAVED)
    assert stored(submission) == {"n01": 7661, "n07": 12}


def test_a_preview_is_cancelled_and_what_lies_beyond_the_form_is_named(page, submission, axe):
    page.get_by_role("tab", name="Phần hai").click()
    paste(page, "n43", "1\n2\n3")
    expect(preview(page).get_by_role("row", name="Ngoài phiếu")).to_contain_text("phiếu không còn ô nào")
    assert axe(page) == []
    preview(page).get_by_role("button", name="Hủy").click()
    expect(cell(page, "n43")).to_have_value("")
    assert stored(submission) == {}


def test_labels_that_were_copied_along_stand_beside_the_cells(page, submission):
    paste(page, "n01", "Số n01\t5\nHọc sinh\t6")
    expect(preview(page)).to_contain_text("dán từ dòng “Học sinh”")
    preview(page).get_by_role("button", name="Dán vào phiếu").click()
    expect_state(page, "n02", SAVED)
    assert stored(submission) == {"n01": 5, "n02": 6}


def test_one_plain_value_is_pasted_as_anywhere(page, submission):
    paste(page, "n01", "7.661")
    expect(preview(page)).to_be_hidden()
    page.keyboard.press("Enter")
    expect_state(page, "n01", SAVED)
    assert stored(submission) == {"n01": 7661}


def test_words_are_pasted_over_yes_no_and_lists(open_as, province):
    submission = province.submission("DN-101")
    page = open_form(open_as("clerk_101", permissions=["clipboard-read", "clipboard-write"]), submission)
    page.get_by_role("tab", name="Phần day-hoc").click()
    paste(page, "lessons", "1.200\n300\nCó\n2\nZalo, Azota")
    expect(preview(page)).to_contain_text("Sẽ dán 5 ô.")
    page.keyboard.press("Enter")
    expect_state(page, "platforms", SAVED)
    assert stored(submission) == {
        "lessons": 1200,
        "lessons_online": 300,
        "online_plan": 1,
        "maturity": None,
        "platforms": None,
    }
    assert DataValue.objects.get(element__code="platforms").choices == ["azota", "zalo"]
