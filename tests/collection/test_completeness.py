"""Completeness and timeliness, against a second calculation over the rows as they are stored."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from collection import actions
from collection.completeness import Count, Expected, count_of, counted_by
from collection.deadlines import Deadline
from collection.models import ReportingPeriod, Submission
from collection.models.submissions import SubmissionQuerySet
from collection.workflow import State
from schools.models import OrgUnit
from tests.lib.test_delimited import read
from tests.province import approved, build_province, submitted

DUE, TODAY = dt.date(2024, 3, 5), dt.date(2024, 3, 20)
FIGURES = ("expected", "submitted", "on_time", "late", "overdue", "approved", "extended")
BEFORE, AFTER = dt.date(2024, 3, 1), dt.date(2024, 3, 8)


# --- the counting, on plain values ----------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "first_day", "today", "counted"),
    [
        (State.DRAFT, None, BEFORE, Count(expected=1)),
        (State.DRAFT, None, TODAY, Count(expected=1, overdue=1)),
        (State.SUBMITTED, DUE, TODAY, Count(expected=1, on_time=1)),
        (State.SUBMITTED, AFTER, TODAY, Count(expected=1, late=1)),
        (State.APPROVED, BEFORE, TODAY, Count(expected=1, on_time=1, approved=1)),
        (State.RETURNED, BEFORE, BEFORE, Count(expected=1)),
        (State.RETURNED, BEFORE, TODAY, Count(expected=1, overdue=1)),
    ],
)
def test_one_phieu_counts_for_what_it_is(state, first_day, today, counted):
    assert count_of(Expected(1, 1, 1, Deadline(state, DUE, first_day)), today) == counted


def test_shares_are_of_what_was_expected_and_of_nothing_there_is_none():
    count = Count(expected=3, on_time=1, late=1)
    assert [count.submitted, count.waiting] == [2, 1]
    assert [str(count.completeness), str(count.timeliness)] == ["66.67", "33.33"]
    assert (Count().completeness, Count().timeliness) == (None, None)


def test_counts_are_added_by_key_and_a_row_without_one_is_left_out():
    rows = [Expected(1, unit, 1, Deadline(State.DRAFT, DUE, None)) for unit in (1, 1, 2, 3)]
    counts = counted_by(rows, lambda row: row.unit_id if row.unit_id < 3 else None, BEFORE)
    assert counts == {1: Count(expected=2), 2: Count(expected=1)}


# --- against a second calculation -----------------------------------------------------------


@pytest.fixture
def round_of_reporting(province):
    """Some in time, some late, one returned and back, one extended, one overdue, one that has ended."""
    officer = province.person("officer")
    approved(
        province.submission("DN-101"), by=province.person("clerk_101"), reviewer=province.person("reviewer_1")
    )
    back = submitted(province.submission("DN-102"), by=province.person("clerk_102"))
    actions.return_cells(submission=back, reasons={"teachers": "?"}, by=province.person("reviewer_1"))
    submitted(province.submission("DN-201"), by=province.person("clerk_201"))
    rows = Submission.objects.filter(period=province.period)
    rows.filter(org_unit__code__in=["DN-201", "DN-301", "DN-2"]).update(due_on=dt.date(2020, 1, 1))
    actions.grant_extension(
        submission=province.submission("DN-2"), due_on=dt.date(2099, 1, 1), reason="mưa lũ", by=officer
    )
    actions.submit(submissions=[back], by=province.person("clerk_102"))
    return province


def second_calculation(period, codes):
    """The figures of a set of units, worked out row by row from what the database holds."""
    figures = dict.fromkeys(
        ("expected", "submitted", "on_time", "late", "overdue", "approved", "extended"), 0
    )
    for unit in OrgUnit.objects.filter(code__in=codes):
        if unit.valid_from > period.ends_on or (unit.valid_to and unit.valid_to <= period.ends_on):
            continue
        for row in unit.submissions.filter(period=period):
            figures["expected"] += 1
            came = row.first_submitted_at and timezone.localtime(row.first_submitted_at).date()
            if row.state in ("submitted", "approved"):
                figures["submitted"] += 1
                figures["on_time" if came and came <= row.due_on else "late"] += 1
            elif timezone.localdate() > row.due_on:
                figures["overdue"] += 1
            figures["approved"] += row.state == "approved"
            figures["extended"] += row.extensions.exists()
    return figures


def figures_of(count):
    return {name: getattr(count, name) for name in FIGURES}


def test_the_page_says_what_a_second_calculation_finds(round_of_reporting, client_of):
    period = round_of_reporting.period
    reading = client_of("officer").get("/completeness/").context["reading"]
    every = ["DN", "DN-1", "DN-101", "DN-102", "DN-2", "DN-201", "DN-301"]
    assert figures_of(reading.total) == second_calculation(period, every)
    assert figures_of(reading.total) == {
        "expected": 7, "submitted": 3, "on_time": 2, "late": 1, "overdue": 1, "approved": 1, "extended": 1,
    }  # fmt: skip
    offices = {line.code: figures_of(line.count) for line in reading.by_unit}
    assert offices == {
        "DN": second_calculation(period, ["DN", "DN-301"]),
        "DN-1": second_calculation(period, ["DN-1", "DN-101", "DN-102"]),
        "DN-2": second_calculation(period, ["DN-2", "DN-201"]),
    }
    assert [line.code for line in reading.by_form] == ["TRUONG", "PHONG", "SO"]
    for lines in (reading.by_unit, reading.by_form):
        assert sum((line.count for line in lines), Count()) == reading.total
    assert {line.code: figures_of(line.count) for line in reading.by_period} == {
        "2023": second_calculation(period, every),
        "2022": second_calculation(round_of_reporting.earlier, every),
    }


def test_a_unit_that_had_ended_by_the_last_day_is_not_expected(round_of_reporting, client_of):
    OrgUnit.objects.filter(code="DN-301").update(valid_to=dt.date(2023, 12, 31))
    reading = client_of("officer").get("/completeness/").context["reading"]
    assert reading.total.expected == 6
    assert {line.code: line.count.expected for line in reading.by_period} == {"2023": 6, "2022": 7}


def test_an_extension_counts_with_its_own_day_and_is_listed(round_of_reporting, client_of):
    html = client_of("officer").get("/completeness/").content.decode()
    assert "1 lần gia hạn" in html
    assert "đến 01/01/2099, mưa lũ (officer, " in html


def test_an_office_is_opened_to_its_units(round_of_reporting, client_of):
    response = client_of("officer").get("/completeness/?under=DN-1")
    assert [line.code for line in response.context["reading"].by_unit] == ["DN-1", "DN-101", "DN-102"]
    assert "đã nộp 2/3 phiếu (66,67%), đúng hạn 66,67%" in response.content.decode()


# --- who sees what --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"), [("officer", 7), ("leader", 7), ("reviewer_1", 3), ("reviewer_2", 2)]
)
def test_everybody_counts_their_own_subtree(client_of, name, expected):
    assert client_of(name).get("/completeness/").context["reading"].total.expected == expected


def test_with_the_scope_off_others_would_be_counted(client_of, monkeypatch):
    monkeypatch.setattr(SubmissionQuerySet, "visible_to", lambda rows, user: rows)
    assert client_of("reviewer_1").get("/completeness/").context["reading"].total.expected == 7


@pytest.mark.parametrize("page", ["/completeness/", "/completeness/file.csv", "/completeness/file.xlsx"])
def test_other_districts_and_unknown_periods_do_not_exist(client_of, page):
    reviewer = client_of("reviewer_1")
    for query in ("under=DN-2", "under=DN", "under=%00", "under=DN-101", "period=1999", "period=2022..2023"):
        assert reviewer.get(f"{page}?{query}").status_code == 404, query
    assert client_of("clerk_101").get(page).status_code == 403


def test_before_any_period_was_opened_the_page_says_so(client_of, province):
    ReportingPeriod.objects.update(state="planned")
    officer = client_of("officer")
    assert "Chưa có kỳ báo cáo nào được mở." in officer.get("/completeness/").content.decode()
    assert officer.get("/completeness/file.csv").status_code == 404


# --- files ----------------------------------------------------------------------------------


def test_the_files_hold_the_figures_of_the_page(round_of_reporting, client_of):
    officer = client_of("officer")
    answer = officer.get("/completeness/file.csv?period=2023")
    assert answer["Content-Disposition"] == 'attachment; filename="tinh-hinh-nop_2023.csv"'
    rows = read(answer.content)
    assert rows[0][:5] == ["Mã", "Tên", "Phải nộp", "Đã nộp", "Tỷ lệ nộp (%)"]
    assert rows[2] == ["DN-1", "Phòng GDĐT huyện Một", "3", "2", "66.67", "2", "66.67", "0", "0", "1", "0"]
    assert rows[-1] == ["", "Tổng cộng", "7", "3", "42.86", "2", "28.57", "1", "1", "1", "1"]
    book = load_workbook(io.BytesIO(officer.get("/completeness/file.xlsx").content))
    assert book.sheetnames == ["Theo đơn vị", "Theo biểu mẫu", "Theo kỳ", "Gia hạn"]
    assert [cell.value for cell in book["Theo đơn vị"][3]][:4] == ["DN-1", "Phòng GDĐT huyện Một", 3, 2]
    assert [cell.value for cell in book["Gia hạn"][2]][:3] == ["DN-2", "Phòng GDĐT huyện Hai", "PHONG"]


def test_a_name_that_looks_like_a_formula_stays_text(round_of_reporting, client_of):
    OrgUnit.objects.filter(code="DN-1").update(name='=HYPERLINK("http://x")')
    officer = client_of("officer")
    assert read(officer.get("/completeness/file.csv").content)[2][1] == '\'=HYPERLINK("http://x")'
    book = load_workbook(io.BytesIO(officer.get("/completeness/file.xlsx").content))
    cell = book["Theo đơn vị"]["B3"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


# --- its price ------------------------------------------------------------------------------


@pytest.mark.parametrize("more_schools", [0, 40])
def test_completeness_takes_the_same_statements_for_any_number_of_units(db, more_schools):
    province = build_province(more_schools=more_schools)
    officer = province.person("officer")
    actions.grant_extensions(
        submissions=province.submissions(), due_on=dt.date(2099, 6, 1), reason="mưa", by=officer
    )
    client = Client()
    client.force_login(officer)
    counts = []
    for page in ("", "?under=DN-1", "file.xlsx"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/completeness/{page}").status_code == 200
        counts.append(len(captured))
    assert counts == [9, 9, 8]
