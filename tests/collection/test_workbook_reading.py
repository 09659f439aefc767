"""What comes back in a workbook: found by marks and codes, read as the form would read it."""

from __future__ import annotations

import unicodedata

import pytest
from openpyxl import Workbook

from collection.parsing import Typed
from collection.workbooks.cell_text import number_text
from collection.workbooks.layout import Identity, Kind
from collection.workbooks.reading import Answers, answers_in, identity_of
from dxreport.lib.reading import WorkbookRefused, read_workbook
from indicators.models import DataElement
from tests.workbooks import cell_at, changed, filled, opened, saved, template


@pytest.fixture
def unit_book(province) -> bytes:
    return template(Kind.UNIT, province.submission("DN-101"))


@pytest.fixture
def district_book(province) -> bytes:
    return template(Kind.DISTRICT, *(row for row in province.submissions() if row.form.code == "TRUONG"))


def elements() -> dict[str, DataElement]:
    rows = DataElement.objects.select_related("choice_list").prefetch_related("choice_list__choices")
    return {element.code: element for element in rows}


def read(data: bytes) -> Answers:
    workbook = read_workbook(data)
    return answers_in(workbook, identity_of(workbook), elements())


def typed(data: bytes, unit: str, code: str) -> Typed:
    cell = read(data).cells[unit][code]
    assert not cell.error
    return cell.typed


def faults(data: bytes) -> list[tuple[str, str, str]]:
    return [(*fault.place, fault.sentence) for fault in read(data).faults]


def test_a_template_as_downloaded_says_nothing(unit_book, district_book):
    for data in (unit_book, district_book):
        answers = read(data)
        assert not any(cell.is_answered for row in answers.cells.values() for cell in row.values())
        assert answers.faults == []


COUNTS = [
    (7661, Typed("7661")),
    ("7.661", Typed("7.661")),
    ("Không áp dụng", Typed(gap="not_applicable")),
    ("không có số liệu: chưa  thống kê", Typed(gap="not_available", reason="chưa  thống kê")),
    ("XÓA", Typed(gap="empty")),
    (unicodedata.normalize("NFD", "Xóa"), Typed(gap="empty")),
    ("ba mươi", Typed("ba mươi")),
    (12.5, Typed("12,5")),
    (-3, Typed("-3")),
]


def test_a_count_is_read_as_it_would_be_typed(unit_book, district_book):
    for data in (unit_book, district_book):
        for value, read_as in COUNTS:
            assert typed(filled(data, {("DN-101", "teachers"): value}), "DN-101", "teachers") == read_as


CHOICES = [
    ("online_plan", "Có", Typed("1")),
    ("online_plan", "không", Typed("0")),
    ("online_plan", True, Typed("1")),
    ("online_plan", "Không áp dụng", Typed(gap="not_applicable")),
    ("maturity", 2, Typed(chosen=("2",))),
    ("platforms", "azota; ZALO", Typed(chosen=("azota", "zalo"))),
    ("platforms", "Không mục nào", Typed(gap="none")),
    ("platforms", "Azota, Zalo", Typed(chosen=("Azota, Zalo",))),
]


def test_choices_are_read_by_name_or_code(unit_book, district_book):
    for data in (unit_book, district_book):
        for code, value, read_as in CHOICES:
            assert typed(filled(data, {("DN-101", code): value}), "DN-101", code) == read_as


def test_a_text_may_say_the_words_for_gaps_where_these_have_a_column_of_their_own(unit_book):
    data = filled(unit_book, {("DN-101", "remark"): "Không áp dụng"})
    assert typed(data, "DN-101", "remark") == Typed("Không áp dụng")


def test_gap_reason_and_explanation_stand_in_columns_of_a_units_form(unit_book):
    data = filled(unit_book, {("DN-101", "teachers"): "Không có số liệu"}, "#gap")
    data = filled(data, {("DN-101", "teachers"): "chưa thống kê"}, "#reason")
    data = filled(data, {("DN-101", "teachers"): "sẽ bổ sung"}, "#explanation")
    assert typed(data, "DN-101", "teachers") == Typed(
        gap="not_available", reason="chưa thống kê", explanation="sẽ bổ sung"
    )


def test_another_word_in_the_column_of_gaps_is_wrong(unit_book):
    data = filled(unit_book, {("DN-101", "teachers"): "nghỉ"}, "#gap")
    cell = read(data).cells["DN-101"]["teachers"]
    assert "Cột này chỉ nhận: Không có số liệu" in cell.error
    assert cell.place.cell == cell_at(opened(data), "DN-101", "teachers", "#gap").coordinate


def test_explanations_of_a_district_stand_on_a_sheet_of_their_own(district_book):
    def explain(book):
        sheet = book["Giải trình"]
        for column, text in enumerate(("DN-201", "teachers", "sáp nhập trường"), start=1):
            sheet.cell(5, column).value = text
        book.move_sheet(sheet, -3)  # wherever the sheet stands

    data = filled(changed(district_book, explain), {("DN-201", "teachers"): 40})
    assert typed(data, "DN-201", "teachers") == Typed("40", explanation="sáp nhập trường")


def test_columns_are_found_by_their_code_wherever_they_were_moved(district_book):
    def move(book):
        sheet = book["Phần quy-mo"]
        sheet.insert_cols(2)
        sheet.insert_rows(1)
        sheet.title = "Đã đổi tên"
        sheet["D4"] = unicodedata.normalize("NFD", "Giáo viên của trường")

    data = changed(filled(district_book, {("DN-201", "teachers"): 40}), move)
    assert typed(data, "DN-201", "teachers") == Typed("40")


def test_a_unit_that_stands_twice_is_a_fault_that_names_both_rows(district_book):
    def repeat(book):
        sheet = book["Phần quy-mo"]
        sheet.cell(8, 1).value = "DN-101"

    [(sheet, cell, sentence)] = faults(changed(district_book, repeat))
    assert (sheet, cell) == ("Phần quy-mo", "A8")
    assert "Đơn vị DN-101 đã có ở trang tính “Phần quy-mo”, ô A6" in sentence


def test_the_same_cell_on_two_sheets_is_a_fault(district_book):
    data = changed(
        filled(district_book, {("DN-101", "teachers"): 4}),
        lambda book: book.copy_worksheet(book["Phần quy-mo"]),
    )
    assert ["đã có ở trang tính" in sentence for _sheet, _cell, sentence in faults(data)] == [True]


def test_a_column_that_stands_twice_is_a_fault(district_book):
    def repeat(book):
        book["Phần quy-mo"].cell(5, 9).value = "teachers"

    [(_sheet, cell, sentence)] = faults(changed(district_book, repeat))
    assert (cell, "hai lần" in sentence) == ("I5", True)


def test_figures_without_a_unit_are_a_fault(district_book):
    def forget(book):
        sheet = book["Phần quy-mo"]
        sheet.cell(6, 1).value = None
        sheet.cell(6, 3).value = 12

    [(_sheet, cell, sentence)] = faults(changed(district_book, forget))
    assert cell == "A6"
    assert "không có mã đơn vị" in sentence


@pytest.mark.parametrize(
    ("value", "why"),
    [("#REF!", "lỗi #REF!"), ("=1+1", "công thức chưa có kết quả"), (True, "TRUE, FALSE")],
)
def test_what_is_no_answer_is_wrong_in_its_own_cell(unit_book, value, why):
    def put(book):
        cell = cell_at(book, "DN-101", "teachers")
        cell.value = value
        if value == "#REF!":
            cell.data_type = "e"

    cell = read(changed(unit_book, put)).cells["DN-101"]["teachers"]
    assert why in cell.error


def test_a_date_is_no_count(unit_book):
    def put(book):
        cell = cell_at(book, "DN-101", "teachers")
        cell.value, cell.number_format = 45000, "dd/mm/yyyy"

    assert "ngày tháng" in read(changed(unit_book, put)).cells["DN-101"]["teachers"].error


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        ("12", "12"),
        ("12.0", "12"),
        ("1.2E3", "1200"),
        ("12.5", "12,5"),
        ("7.661", "7,661"),
        ("-0", "0"),
        ("1e400", "9" * 30),
        ("-1e400", "-1e400"),
        ("1e-400", "1e-400"),
        ("0.30000000000000004", "0,30000000000000004"),
    ],
)
def test_numbers_of_a_file_become_what_a_clerk_types(digits, text):
    assert number_text(digits) == text


def test_a_workbook_without_our_hidden_sheet_is_not_ours(unit_book):
    def strip(book):
        del book["dxreport"]

    foreign = Workbook()
    foreign.worksheets[0]["A1"] = "Báo cáo"
    for data in (changed(unit_book, strip), saved(foreign)):
        with pytest.raises(WorkbookRefused, match="không phải tệp mẫu của hệ thống"):
            identity_of(read_workbook(data))


def test_a_workbook_whose_marks_are_gone_is_refused_with_what_to_do(unit_book):
    def wipe(book):
        for row in book["Phiếu"].iter_rows():
            for cell in row:
                cell.value = None

    with pytest.raises(WorkbookRefused, match="Không thấy dòng mã"):
        read(changed(unit_book, wipe))


def test_an_identity_that_makes_no_sense_is_none():
    whole = Identity(Kind.UNIT, "2023", "TRUONG", "f00", ("a", "b"), {"DN-101": [1, 2]})
    rows = whole.rows()
    read_back = Identity.read(rows)
    assert read_back is not None
    assert (read_back.version("DN-101", "b"), read_back.version("DN-101", "c")) == (2, None)
    for place in range(len(rows)):
        broken = [*rows[:place], *rows[place + 1 :]]
        assert place == len(rows) - 1 or Identity.read(broken) is None
    assert Identity.read([*rows, ("unit", "DN-102", "1")]) is None
    assert Identity.read([(*rows[0],), ("kind", "other"), *rows[2:]]) is None
