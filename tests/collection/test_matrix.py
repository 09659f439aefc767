"""The matrix of units × forms: what each role finds in it, its cells in words, its filters, its price."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collection import actions
from collection.models import ReportingPeriod, Submission
from collection.models.submissions import SubmissionQuerySet
from dxreport.lib.numbers import format_number
from tests.province import approved, build_province, submitted

STATEMENTS_AT_MOST = 15


def overdue(*codes):
    Submission.objects.filter(org_unit__code__in=codes, period__code="2023").update(
        due_on=dt.date(2020, 1, 1)
    )


def units_in(response):
    return re.findall(
        r'<th scope="row">[^<]* <span class="muted small"><span class="nowrap">(DN[-0-9]*)',
        response.content.decode(),
    )


def row_of(response, code):
    """The text of a unit's row, without tags."""
    [row] = [one for one in response.content.decode().split("<tr>") if f'nowrap">{code}<' in one]
    return " ".join(re.sub(r"<[^>]*>", " ", row).split())


# --- who sees what --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("reviewer_1", ["DN-1", "DN-101", "DN-102"]),
        ("reviewer_2", ["DN-2", "DN-201"]),
        ("officer", ["DN", "DN-1", "DN-101", "DN-102", "DN-2", "DN-201", "DN-301"]),
    ],
)
def test_reviewers_see_the_units_of_their_subtree(client_of, name, units):
    assert units_in(client_of(name).get("/submissions/matrix/?show=units")) == units


def test_with_the_scope_off_other_districts_would_appear(client_of, monkeypatch):
    monkeypatch.setattr(SubmissionQuerySet, "visible_to", lambda rows, user: rows)
    assert "DN-201" in units_in(client_of("reviewer_1").get("/submissions/matrix/?show=units"))


@pytest.mark.parametrize("name", ["clerk_101", "leader", "auditor", "administrator"])
def test_who_reviews_nothing_is_told_so(client_of, name):
    response = client_of(name).get("/submissions/matrix/")
    assert response.status_code == 403
    assert "không có quyền duyệt và trả lại phiếu" in response.content.decode()


def test_the_department_sees_its_offices_first_and_opens_them(client_of, province):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"), lessons=5, lessons_online=9)
    approved(
        province.submission("DN-201"), by=province.person("clerk_201"), reviewer=province.person("reviewer_2")
    )
    overdue("DN-102")
    officer = client_of("officer")
    html = officer.get("/submissions/matrix/").content.decode()
    rows = {
        name: " ".join(re.sub(r"<[^>]*>", " ", rest).split())
        for name, rest in re.findall(
            r'<th scope="row"><a href="[^"]*">([^<]*)</a></th>(.*?)</tr>', html, re.S
        )
    }
    assert rows == {
        "Sở Giáo dục và Đào tạo": "2 0/1 đã nộp không giao 0/1 đã nộp",
        "Phòng GDĐT huyện Một": "3 1/2 đã nộp 1 chờ duyệt 1 có cảnh báo 1 quá hạn 0/1 đã nộp không giao",
        "Phòng GDĐT huyện Hai": "2 1/1 đã nộp 0/1 đã nộp không giao",
    }
    assert 'href="?period=2023&amp;under=DN-1"' in html
    assert units_in(officer.get("/submissions/matrix/?under=DN-1")) == ["DN-1", "DN-101", "DN-102"]
    assert units_in(officer.get("/submissions/matrix/?under=%3DDN")) == ["DN", "DN-301"]


# --- a cell in words ------------------------------------------------------------------------


def test_a_cell_says_state_days_flags_and_returned_cells(client_of, province):
    clerk, reviewer = province.person("clerk_101"), province.person("reviewer_1")
    submission = submitted(province.submission("DN-101"), by=clerk, lessons=5, lessons_online=9)
    overdue("DN-102")
    client = client_of("reviewer_1")
    assert row_of(client.get("/submissions/matrix/"), "DN-101") == (
        "Trường tiểu học số 1 DN-101 đã nộp 1 cảnh báo không giao"
    )
    actions.return_cells(submission=submission, reasons={"lessons": "?", "lessons_online": "?"}, by=reviewer)
    response = client.get("/submissions/matrix/")
    days = format_number((dt.date(2099, 1, 31) - timezone.localdate()).days)
    assert row_of(response, "DN-101") == (
        f"Trường tiểu học số 1 DN-101 bị trả lại còn {days} ngày 1 cảnh báo 2 ô chờ sửa không giao"
    )
    assert re.search(r"đang nhập quá hạn [\d.]+ ngày", row_of(response, "DN-102"))
    assert row_of(response, "DN-1").startswith("Phòng GDĐT huyện Một DN-1 không giao đang nhập")


def test_a_cell_leads_to_the_review_of_what_waits_and_else_to_the_phieu(client_of, province):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    html = client_of("reviewer_1").get("/submissions/matrix/").content.decode()
    assert 'href="/submissions/2023/DN-101/TRUONG/review/"' in html
    assert 'href="/submissions/2023/DN-102/TRUONG/"' in html


def test_only_what_the_reader_may_decide_on_can_be_ticked(client_of, province):
    approved(
        province.submission("DN-102"), by=province.person("clerk_102"), reviewer=province.person("reviewer_1")
    )
    html = client_of("reviewer_1").get("/submissions/matrix/").content.decode()
    ticks = re.findall(r'name="pick" value="(\d+):(\d+)"', html)
    waiting = province.submission("DN-101")  # not one's own office, nor what is approved
    assert ticks == [(str(waiting.pk), str(waiting.version))]


# --- filters --------------------------------------------------------------------------------


def test_the_matrix_is_filtered(client_of, province):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"), lessons=5, lessons_online=9)
    overdue("DN-201")
    officer = client_of("officer")
    for query, units in {
        "state=submitted": ["DN-101"],
        "under=DN-2": ["DN-2", "DN-201"],
        "late=yes": ["DN-201"],
        "flagged=yes": ["DN-101"],
        "flagged=yes&state=draft": [],
        "level=upper_secondary": ["DN-301"],
        "level=primary": ["DN-101", "DN-201"],
        "q=truong+mam+non": ["DN-102"],
        "period=2022&under=DN-2": ["DN-2", "DN-201"],
    }.items():
        assert units_in(officer.get(f"/submissions/matrix/?{query}")) == units, query


@pytest.mark.parametrize(
    "query",
    ["q=%00", "period=1999", "period=all", "period=%00", "under=DN-9", "level=x", "state=guessed", "show=x"],
)
def test_a_filter_that_makes_no_sense_is_no_error(client_of, query):
    assert client_of("officer").get(f"/submissions/matrix/?{query}").status_code == 200


def test_before_any_period_was_opened_the_matrix_says_what_to_do(client_of, province):
    Submission.objects.all().delete()
    ReportingPeriod.objects.update(state="planned")
    html = client_of("officer").get("/submissions/matrix/").content.decode()
    assert "Không có phiếu nào khớp." in html


def test_the_list_and_the_matrix_lead_to_each_other(client_of):
    assert 'href="/submissions/matrix/"' in client_of("reviewer_1").get("/submissions/").content.decode()
    assert 'href="/submissions/"' in client_of("reviewer_1").get("/submissions/matrix/").content.decode()
    assert 'href="/submissions/matrix/"' not in client_of("clerk_101").get("/submissions/").content.decode()


# --- its price ------------------------------------------------------------------------------


PAGES = ("", "?show=units", "?under=DN-1&state=submitted&flagged=yes&q=truong")


@pytest.mark.parametrize("more_schools", [0, 40])
def test_the_matrix_takes_the_same_statements_for_any_number_of_units(db, more_schools):
    province = build_province(more_schools=more_schools)
    for submission in province.submissions():
        if submission.form.code == "TRUONG":
            submitted(submission, by=province.person("officer_2"), lessons=5, lessons_online=9)
    client = Client()
    client.force_login(province.person("officer"))
    counts = []
    for page in PAGES:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/submissions/matrix/{page}").status_code == 200
        counts.append(len(captured))
    assert counts == [12, 11, 11]
    assert max(counts) <= STATEMENTS_AT_MOST
