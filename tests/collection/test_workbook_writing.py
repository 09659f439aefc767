"""The workbooks that go out: what is locked, checked, and hidden in them."""

from __future__ import annotations

import datetime as dt
import io

from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from collection import actions, authority
from collection.actions import Entry
from collection.models import Submission
from collection.workbooks.layout import Identity, Kind
from collection.workbooks.template import template_of
from collection.workbooks.writing import workbook_of
from collection.workflow import State
from indicators.actions import mark_changed
from schools.actions import NewUnit, create_units
from tests.collection.conftest import address
from tests.province import SINCE, Province, approved, enter, submitted

DAY = dt.date(2024, 3, 5)


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def written(kind: Kind, *submissions: Submission) -> Workbook:
    rows = Submission.objects.with_context().filter(pk__in=[row.pk for row in submissions])
    template = template_of(kind, authority.with_extension(rows).order_by("org_unit__code"))
    return opened(workbook_of(template, made_on=DAY))


def columns(sheet: Worksheet) -> dict[str, int]:
    """Where the marks and codes stand: text of the row of marks -> column."""
    for row in sheet.iter_rows(max_row=10):
        found = {str(cell.value): cell.column for cell in row if cell.value}
        if {"#code", "#unit"} & set(found):
            return found
    raise AssertionError(f"no marks on {sheet.title}")


def unit_row(sheet: Worksheet, code: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def sheet_with(book: Workbook, code: str) -> Worksheet:
    return next(
        sheet for sheet in book if any(code in {cell.value for cell in row} for row in sheet.iter_rows(5, 5))
    )


def identity_of(book: Workbook) -> Identity:
    rows = [[str(cell) for cell in row if cell is not None] for row in book["dxreport"].values]
    found = Identity.read(rows)
    assert found is not None
    return found


# --- one unit ------------------------------------------------------------------------------


def test_a_unit_workbook_shows_the_answers_as_numbers_and_words(province):
    row = enter(province.submission("DN-101"), by=province.person("clerk_101"), teachers=7661, lessons=None)
    sheet = written(Kind.UNIT, row)["Phiếu"]
    at = columns(sheet)
    assert sheet.cell(unit_row(sheet, "teachers"), at["#value"]).value == 7661
    assert sheet.cell(unit_row(sheet, "online_plan"), at["#value"]).value == "Có"
    assert sheet.cell(unit_row(sheet, "platforms"), at["#value"]).value == "Azota; Zalo"
    missing = unit_row(sheet, "lessons")
    assert sheet.cell(missing, at["#value"]).value is None
    assert sheet.cell(missing, at["#gap"]).value == "Không có số liệu"
    assert sheet.cell(missing, at["#reason"]).value == "chưa thống kê"


def test_last_periods_figures_stand_beside_the_cells_to_fill_in(province):
    enter(province.submission("DN-101", province.earlier), by=province.person("clerk_101"), teachers=28)
    sheet = written(Kind.UNIT, province.submission("DN-101"))["Phiếu"]
    assert sheet.cell(4, 4).value == "Năm 2022"
    assert sheet.cell(unit_row(sheet, "teachers"), 4).value == 28
    assert sheet.cell(unit_row(sheet, "platforms"), 4).value == "Azota, Zalo"


def test_only_the_cells_to_fill_in_are_unlocked(province):
    sheet = written(Kind.UNIT, province.submission("DN-101"))["Phiếu"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    at = columns(sheet)
    row = unit_row(sheet, "teachers")
    unlocked = {cell.column for cell in sheet[row] if not cell.protection.locked}
    assert unlocked == {at["#value"], at["#gap"], at["#reason"], at["#explanation"]}
    assert all(cell.protection.locked for cell in sheet[4])


def test_cells_of_a_submission_that_waits_for_review_are_all_locked(province):
    row = submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    sheet = written(Kind.UNIT, row)["Phiếu"]
    assert all(cell.protection.locked for line in sheet.iter_rows() for cell in line)


def test_only_returned_cells_are_open_in_a_returned_submission(province):
    row = submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    actions.return_cells(submission=row, reasons={"teachers": "sai"}, by=province.person("reviewer_1"))
    sheet = written(Kind.UNIT, row)["Phiếu"]
    column = columns(sheet)["#value"]
    assert not sheet.cell(unit_row(sheet, "teachers"), column).protection.locked
    assert sheet.cell(unit_row(sheet, "lessons"), column).protection.locked


def test_the_spreadsheet_checks_counts_yes_or_no_and_choices(province):
    sheet = written(Kind.UNIT, province.submission("DN-101"))["Phiếu"]
    column = columns(sheet)["#value"]

    def check(code):
        name = sheet.cell(unit_row(sheet, code), column).coordinate
        return next(one for one in sheet.data_validations.dataValidation if name in one.sqref)

    assert (check("teachers").type, check("teachers").formula1) == ("whole", "0")
    assert check("online_plan").formula1 == '"Có,Không"'
    assert check("maturity").formula1.startswith("'Danh mục'!$A$2:$A$")


def test_the_lists_that_are_chosen_from_stand_on_a_sheet(province):
    book = written(Kind.UNIT, province.submission("DN-101"))
    assert [cell.value for cell in book["Danh mục"]["B"]] == ["nen-tang", "Azota", "Zalo", "Zoom"]


def test_the_hidden_sheet_tells_template_and_versions(province):
    row = province.submission("DN-101")
    actions.save_values(
        submission=row,
        entries=[Entry("teachers", number=3)],
        by=province.person("clerk_101"),
        source="form",
    )
    book = written(Kind.UNIT, row)
    assert book["dxreport"].sheet_state == "veryHidden"
    identity = identity_of(book)
    assert (identity.kind, identity.period, identity.form) == (Kind.UNIT, "2023", "TRUONG")
    assert identity.version("DN-101", "teachers") == 1
    assert identity.version("DN-101", "lessons") == 0
    assert identity.version("DN-102", "teachers") is None


def test_text_that_begins_like_a_formula_stays_text(province):
    row = province.submission("DN-101")
    for mark in "=+-@":
        text = f"{mark}1+1"
        actions.save_values(
            submission=row,
            entries=[Entry("remark", text=text)],
            by=province.person("clerk_101"),
            source="form",
        )
        sheet = written(Kind.UNIT, row)["Phiếu"]
        cell = sheet.cell(unit_row(sheet, "remark"), columns(sheet)["#value"])
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_the_same_template_gives_the_same_bytes(province):
    rows = authority.with_extension(Submission.objects.with_context()).filter(org_unit__code="DN-101")
    one, other = (workbook_of(template_of(Kind.UNIT, rows[:1]), made_on=DAY) for _time in range(2))
    assert one == other


# --- many units ----------------------------------------------------------------------------


def schools(province: Province) -> list[Submission]:
    return [row for row in province.submissions() if row.form.code == "TRUONG"]


def test_a_district_workbook_has_a_row_a_school_and_a_sheet_a_section(province):
    enter(province.submission("DN-201"), by=province.person("clerk_201"), teachers=12)
    book = written(Kind.DISTRICT, *schools(province))
    assert book.sheetnames[:3] == ["Phần quy-mo", "Phần day-hoc", "Phần khac"]
    sheet = book["Phần quy-mo"]
    assert [sheet.cell(row, 1).value for row in range(6, 10)] == ["DN-101", "DN-102", "DN-201", "DN-301"]
    assert sheet.cell(unit_row(sheet, "DN-201"), columns(sheet)["teachers"]).value == 12
    assert sheet.freeze_panes == "C6"


def test_a_missing_figure_stands_in_a_district_cell_with_its_reason(province):
    enter(province.submission("DN-201"), by=province.person("clerk_201"), lessons=None)
    sheet = written(Kind.DISTRICT, *schools(province))["Phần day-hoc"]
    cell = sheet.cell(unit_row(sheet, "DN-201"), columns(sheet)["lessons"])
    assert cell.value == "Không có số liệu: chưa thống kê"


def test_cells_that_a_school_is_not_asked_and_those_of_locked_submissions_are_locked(province):
    approved(
        province.submission("DN-101"), by=province.person("clerk_101"), reviewer=province.person("reviewer_1")
    )
    sheet = written(Kind.DISTRICT, *schools(province))["Phần quy-mo"]
    at = columns(sheet)
    assert sheet.cell(unit_row(sheet, "DN-101"), at["teachers"]).protection.locked
    assert sheet.cell(unit_row(sheet, "DN-102"), at["computers_primary"]).protection.locked
    assert not sheet.cell(unit_row(sheet, "DN-102"), at["teachers"]).protection.locked


def test_headings_carry_what_to_count_as_a_comment(province):
    sheet = written(Kind.DISTRICT, *schools(province))["Phần quy-mo"]
    comment = sheet.cell(3, columns(sheet)["teachers"]).comment
    assert comment is not None
    assert "Định nghĩa của Tổng số giáo viên." in comment.text


def test_last_periods_figures_stand_on_a_sheet_of_their_own(province):
    enter(province.submission("DN-101", province.earlier), by=province.person("clerk_101"), teachers=28)
    sheet = written(Kind.DISTRICT, *schools(province))["Kỳ trước"]
    assert "Năm 2022" in str(sheet.cell(1, 1).value)
    assert 28 in [cell.value for cell in sheet[unit_row(sheet, "DN-101")]]


def test_sections_of_the_same_name_get_titles_that_differ(province):
    sections = schools(province)[0].form.sections.all()
    sections.update(name="Số liệu: [chung] của nhà trường trong năm/kỳ")
    mark_changed()
    titles = written(Kind.DISTRICT, *schools(province)).sheetnames[:3]
    assert titles == [
        "Số liệu chung của nhà trường tr",
        "Số liệu chung của nhà trườn (2)",
        "Số liệu chung của nhà trườn (3)",
    ]


# --- downloading ---------------------------------------------------------------------------


def test_everybody_who_sees_a_submission_may_take_its_workbook(province, client_of):
    row = province.submission("DN-101")
    for name in ("clerk_101", "reviewer_1", "officer", "leader", "auditor"):
        answer = client_of(name).get(address(row, "workbook.xlsx"))
        assert answer.status_code == 200, name
        assert 'filename="phieu_TRUONG_2023_DN-101.xlsx"' in answer["Content-Disposition"]
        assert "Phiếu" in opened(answer.content).sheetnames


def test_a_workbook_outside_the_subtree_does_not_exist(province, client_of):
    row = province.submission("DN-101")
    for name in ("clerk_102", "reviewer_2"):
        assert client_of(name).get(address(row, "workbook.xlsx")).status_code == 404
    assert client_of("reviewer_2").get("/workbooks/2023/TRUONG.xlsx?under=DN-1").status_code == 404
    assert client_of("officer").get("/workbooks/2023/NONE.xlsx").status_code == 404
    assert client_of("officer").get("/workbooks/2023/TRUONG.xlsx?under=%00").status_code == 404


def test_a_district_workbook_holds_the_readers_units_alone(province, client_of):
    def units(name, query=""):
        answer = client_of(name).get(f"/workbooks/2023/TRUONG.xlsx{query}")
        return list(identity_of(opened(answer.content)).versions)

    assert units("reviewer_1") == ["DN-101", "DN-102"]
    assert units("officer", "?under=DN-1") == ["DN-101", "DN-102"]
    assert units("officer") == ["DN-101", "DN-102", "DN-201", "DN-301"]


def test_more_schools_cost_no_more_statements(province, client_of):
    client = client_of("officer")

    def statements():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/workbooks/2023/TRUONG.xlsx").status_code == 200
        return len(captured)

    statements()  # the catalogue is read once and kept
    few = statements()
    _more_schools(province, 20)
    assert statements() == few


def _more_schools(province: Province, number: int) -> None:
    """More schools with a submission each, as if they had been there when the period opened."""
    rows = [
        NewUnit(f"DN-8{place:03}", f"Trường {place}", "school", SINCE, parent="DN-2", levels=["primary"])
        for place in range(number)
    ]
    like = province.submission("DN-101")
    Submission.objects.bulk_create(
        Submission(
            period=like.period,
            org_unit=unit,
            form=like.form,
            traits=like.traits,
            due_on=like.due_on,
            state=State.DRAFT,
        )
        for unit in create_units(rows=rows, by=None)
    )
