"""Reviewing, reopening, extending, reading history; the pages of periods and the list."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collection import actions
from collection.actions import Entry
from collection.models import Anomaly, ReportingPeriod, ReturnedCell
from collection.workflow import State
from indicators.models import DataElement
from tests.collection.conftest import address, page_post
from tests.province import approved, build_province, enter, submitted


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def handed_in(province, submission):
    return submitted(submission, by=province.person("clerk_101"), lessons=None)


@pytest.fixture
def reviewer(client_of):
    return client_of("reviewer_1")


# --- review -------------------------------------------------------------------------------


def test_the_reviewer_sees_values_changes_and_what_needs_a_look(reviewer, province, submission):
    earlier = province.submission("DN-101", province.earlier)
    enter(earlier, by=province.person("clerk_101"), teachers=10)
    enter(submission, by=province.person("clerk_101"), lessons=10, lessons_online=12, computers_primary=None)
    actions.save_values(
        submission=submission,
        entries=[],
        by=province.person("clerk_101"),
        source="form",
        explanations={"R-02": "tính cả tiết ôn"},
    )
    actions.submit(submissions=[submission], by=province.person("clerk_101"))
    html = reviewer.get(address(submission, "review/")).content.decode()
    assert "+10 (+100%)" in html
    assert "(12 so với 10)" in html
    assert groups_in(html)["Cần xem kỹ"] == ["computers_primary", "lessons", "lessons_online"]
    assert html.count("tính cả tiết ôn") == 2  # beside both cells that the rule speaks of
    assert "không có số liệu: chưa thống kê" in html


def groups_in(html):
    """Titles of the groups on the page with the cells in each, in order."""
    parts = re.findall(
        r'<details class="card fold".*?<h2>(.*?) <span.*?<tbody>(.*?)</tbody>', html, re.DOTALL
    )
    return {title: re.findall(r'<tr id="c-([a-z_]+)"', rows) for title, rows in parts}


def test_every_cell_stands_once_in_the_order_in_which_it_wants_looking_at(reviewer, province, submission):
    clerk = province.person("clerk_101")
    enter(province.submission("DN-101", province.earlier), by=clerk, teachers=19, computers_primary=5)
    enter(submission, by=clerk, teachers=20, computers_primary=10, teachers_with_computer=None)
    explained = Entry("lessons_online", number=10, explanation="học trực tuyến khi bão")
    actions.save_values(submission=submission, entries=[explained], by=clerk, source="form")
    actions.submit(submissions=[submission], by=clerk)
    groups = groups_in(reviewer.get(address(submission, "review/")).content.decode())
    assert list(groups.items()) == [
        ("Cần xem kỹ", ["teachers_with_computer"]),
        ("Có giải trình", ["lessons_online"]),
        ("Thay đổi nhiều so với kỳ trước", ["computers_primary"]),
        ("Phần quy-mo", ["teachers"]),
        ("Phần day-hoc", ["lessons", "online_plan", "maturity", "platforms"]),
        ("Phần khac", ["remark"]),
    ]


def test_a_resubmission_shows_old_new_and_explanation_and_what_was_accepted(
    reviewer, province, client_of, handed_in
):
    clerk = province.person("clerk_101")
    reasons = {"teachers": "thiếu hợp đồng", "lessons": "vì sao không có?"}
    actions.return_cells(submission=handed_in, reasons=reasons, by=province.person("reviewer_1"))
    for number in (21, 22):
        changed = Entry("teachers", number=number, explanation="thêm giáo viên hợp đồng")
        actions.save_values(submission=handed_in, entries=[changed], by=clerk, source="form")
    actions.submit(submissions=[handed_in], by=clerk)
    html = reviewer.get(address(handed_in, "review/")).content.decode()
    assert groups_in(html)["Đã nộp lại sau khi bị trả lại"] == ["teachers", "lessons"]
    [teachers, lessons] = re.findall(r'<tr id="c-(?:teachers|lessons)".*?</tr>', html, re.DOTALL)
    assert re.findall(r'data-label="Số (cũ|mới)">(?:<strong>)?(\d+)<', teachers) == [
        ("cũ", "20"),
        ("mới", "22"),
    ]
    assert "reviewer_1 trả lại: thiếu hợp đồng" in teachers
    assert "thêm giáo viên hợp đồng" in teachers
    assert "đã sửa" in teachers
    assert "không sửa" in lessons
    assert html.count("đã chấp nhận</span>") == 7
    assert "2/9 ô được nộp lại" in html


def test_an_explanation_is_made_a_footnote_where_it_is_read(reviewer, province, submission):
    clerk = province.person("clerk_101")
    enter(submission, by=clerk)
    explained = Entry("teachers", number=20, explanation="thêm lớp")
    actions.save_values(submission=submission, entries=[explained], by=clerk, source="form")
    actions.submit(submissions=[submission], by=clerk)
    for do in ("mark", "unmark"):
        html = reviewer.get(address(submission, "review/")).content.decode()
        [button] = re.findall(r'form="footnote" formaction="([^"]+)" name="do" value="(\w+)"', html)
        assert button == (address(submission, "footnotes/teachers/"), do)
        assert ("in trong báo cáo</span>" in html) == (do == "unmark")
        reviewer.post(button[0], {"do": do})


def test_only_the_last_round_is_a_resubmission(reviewer, province, handed_in):
    clerk, person = province.person("clerk_101"), province.person("reviewer_1")
    for code in ("teachers", "lessons"):
        actions.return_cells(submission=handed_in, reasons={code: "xem lại"}, by=person)
        actions.submit(submissions=[handed_in], by=clerk)
    groups = groups_in(reviewer.get(address(handed_in, "review/")).content.decode())
    assert groups["Đã nộp lại sau khi bị trả lại"] == ["lessons"]
    actions.approve(submissions=[handed_in], by=person)
    actions.reopen(submission=handed_in, reason="sai", by=province.person("officer"))
    actions.submit(submissions=[handed_in], by=clerk)
    html = reviewer.get(address(handed_in, "review/")).content.decode()
    assert "Đã nộp lại sau khi bị trả lại" not in html


def test_a_number_out_of_line_is_flagged_until_it_is_confirmed(reviewer, province, handed_in):
    anomaly = Anomaly.objects.create(
        submission=handed_in,
        element=DataElement.objects.get(code="teachers"),
        kind=Anomaly.Kind.HISTORY,
        number=20,
        median="200",
        score="-9",
        compared=5,
        detected_at=timezone.now(),
    )
    html = reviewer.get(address(handed_in, "review/")).content.decode()
    assert "teachers" in groups_in(html)["Cần xem kỹ"]
    assert address(handed_in, "anomalies/teachers/history/") in html
    actions.confirm_anomaly(
        anomaly=anomaly, judged="20", reason="tách trường", by=province.person("reviewer_1")
    )
    html = reviewer.get(address(handed_in, "review/")).content.decode()
    assert "teachers" in groups_in(html)["Có giải trình"]
    assert "tách trường" in html


def test_after_a_decision_the_next_that_waits_comes_up(client_of, province):
    first, second, third = (
        submitted(province.submission(unit), by=province.person(f"clerk_{unit[-3:]}"))
        for unit in ("DN-101", "DN-201", "DN-301")
    )
    submitted(province.submission("DN-102"), by=province.person("officer"))  # one's own is not next
    officer = client_of("officer")
    order = [(second, "approve", third), (third, "return", first), (first, "approve", None)]
    for one, do, following in order:
        html = officer.get(address(one, "review/")).content.decode()
        assert ("Phiếu chờ duyệt tiếp theo" in html) == (following is not None)
        answer = officer.post(
            address(one, "review/"), {"do": do, "version": one.version, "r-teachers": "xem lại"}
        )
        assert answer["Location"] == (address(following, "review/") if following else address(one))
    reviewer = client_of("reviewer_1")  # DN-102 waits for somebody else than the officer
    assert reviewer.get(address(province.submission("DN-102"), "review/")).status_code == 200


def test_nobody_is_led_to_what_is_not_theirs_to_decide(client_of, province):
    first = submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    submitted(province.submission("DN-1"), by=province.person("clerk_1"))  # the reviewer's own office
    submitted(province.submission("DN-201"), by=province.person("clerk_201"))
    html = client_of("reviewer_1").get(address(first, "review/")).content.decode()
    assert "Phiếu chờ duyệt tiếp theo" not in html


def test_the_reviewer_approves(reviewer, handed_in):
    response = reviewer.post(
        address(handed_in, "review/"), {"do": "approve", "version": handed_in.version}, follow=True
    )
    assert "Đã duyệt phiếu" in response.content.decode()
    handed_in.refresh_from_db()
    assert handed_in.state == State.APPROVED


@pytest.mark.parametrize("version", ["0", "", "abc", "9" * 40])
def test_what_changed_since_the_page_was_opened_is_not_approved(reviewer, handed_in, version):
    response = reviewer.post(address(handed_in, "review/"), {"do": "approve", "version": version})
    assert response.status_code == 409
    assert "vừa thay đổi" in response.content.decode()
    handed_in.refresh_from_db()
    assert handed_in.state == State.SUBMITTED


def test_the_reviewer_returns_ticked_cells_with_reasons(reviewer, handed_in):
    reviewer.post(
        address(handed_in, "review/"),
        {
            "do": "return",
            "version": handed_in.version,
            "return": ["teachers", "lessons"],
            "r-teachers": "thiếu hợp đồng",
            "r-lessons": "ghi rõ lý do",
            "r-platforms": "",
        },
    )
    handed_in.refresh_from_db()
    assert handed_in.state == State.RETURNED
    assert dict(ReturnedCell.objects.values_list("element__code", "reason")) == {
        "teachers": "thiếu hợp đồng",
        "lessons": "ghi rõ lý do",
    }


def test_a_reason_without_a_tick_counts_and_a_tick_without_a_reason_is_an_error(reviewer, handed_in):
    posted = {
        "do": "return",
        "version": handed_in.version,
        "return": ["lessons"],
        "r-teachers": "thiếu hợp đồng",
    }
    response = reviewer.post(address(handed_in, "review/"), posted)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'id="error-lessons"' in html
    assert ">thiếu hợp đồng</textarea>" in html
    assert not ReturnedCell.objects.exists()
    reviewer.post(address(handed_in, "review/"), posted | {"r-lessons": "ghi rõ"})
    assert ReturnedCell.objects.count() == 2


def test_one_who_submitted_may_return_but_not_approve(client_of, province, submission):
    submitted(submission, by=province.person("officer"))
    officer = client_of("officer")
    html = officer.get(address(submission, "review/")).content.decode()
    assert "do chính bạn nộp" in html
    assert 'value="approve"' not in html
    response = officer.post(address(submission, "review/"), {"do": "approve", "version": submission.version})
    assert response.status_code == 409


def test_the_whole_way_from_return_to_approval(client_of, province, reviewer, handed_in):
    clerk = client_of("clerk_101")
    reviewer.post(
        address(handed_in, "review/"),
        {"do": "return", "version": handed_in.version, "r-teachers": "thiếu hợp đồng"},
    )
    clerk.post(address(handed_in), {**page_post(handed_in, v_teachers="21"), "do": "submit"})
    handed_in.refresh_from_db()
    clerk.post(address(handed_in, "check/"), {"do": "submit", "version": handed_in.version})
    handed_in.refresh_from_db()
    assert handed_in.state == State.SUBMITTED
    reviewer.post(address(handed_in, "review/"), {"do": "approve", "version": handed_in.version})
    html = clerk.get(address(handed_in, "history/")).content.decode()
    events = re.findall(r"<td[^>]*>(Lưu số liệu|Nộp phiếu|Trả lại phiếu|Duyệt phiếu)</td>", html)
    assert events == ["Duyệt phiếu", "Nộp phiếu", "Lưu số liệu", "Trả lại phiếu", "Nộp phiếu", "Lưu số liệu"]
    assert "“Tổng số giáo viên”: thiếu hợp đồng" in html
    cell = clerk.get(address(handed_in, "history/teachers/")).content.decode()
    assert re.findall(r">(2[01])<", cell)[:2] == ["20", "21"]
    assert "thiếu hợp đồng" in cell


@pytest.mark.django_db
@pytest.mark.parametrize("more_schools", [0, 30])
def test_review_and_history_take_the_same_statements_for_any_number_of_schools(more_schools):
    province = build_province(more_schools=more_schools)
    submission = submitted(province.submission("DN-101"), by=province.person("clerk_101"), lessons=15)
    client = Client()
    client.force_login(province.person("reviewer_1"))
    counts = []
    for page in ("review/", "history/", "history/teachers/"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(submission, page)).status_code == 200
        counts.append(len(captured))
    assert counts == [13, 9, 10]


# --- reopening and extending --------------------------------------------------------------


def test_an_officer_reopens_with_a_reason(client_of, province, submission):
    approved(submission, by=province.person("clerk_101"), reviewer=province.person("reviewer_1"))
    officer = client_of("officer")
    assert officer.post(address(submission, "reopen/"), {"reason": " "}).status_code == 422
    officer.post(address(submission, "reopen/"), {"reason": "số sai"})
    submission.refresh_from_db()
    assert submission.state == State.DRAFT


def test_reopening_what_is_not_approved_says_so(client_of, submission):
    response = client_of("officer").post(address(submission, "reopen/"), {"reason": "số sai"})
    assert response.status_code == 422
    assert "chưa được duyệt" in response.content.decode()


def test_an_officer_extends(client_of, submission):
    officer = client_of("officer")
    bad = officer.post(address(submission, "extension/"), {"due_on": "2020-01-01", "reason": "mưa lũ"})
    assert bad.status_code == 422
    assert "phải sau hạn cũ" in bad.content.decode()
    officer.post(address(submission, "extension/"), {"due_on": "2099-03-01", "reason": "mưa lũ"})
    submission.refresh_from_db()
    assert submission.due_on == dt.date(2099, 3, 1)
    assert "mưa lũ" in officer.get(address(submission, "extension/")).content.decode()


# --- periods ------------------------------------------------------------------------------

PERIOD = {
    "do": "create",
    "code": "2024",
    "name": "Năm 2024",
    "starts_on": "2024-01-01",
    "ends_on": "2024-12-31",
    "due_on": "2099-01-31",
}


def test_an_officer_creates_opens_closes_and_spans_periods(client_of, province):
    officer = client_of("officer")
    given = PERIOD | {"indicator_set": province.indicator_set.pk}
    assert officer.post("/periods/", given).status_code == 302
    again = officer.post("/periods/", given)
    assert again.status_code == 409
    assert "Đã có kỳ mang mã 2024" in again.content.decode()
    state = ReportingPeriod.objects.filter(code="2024").values_list("state", flat=True)
    for do, extra, expected in (
        ("open", {}, "open"),
        ("close", {}, "closed"),
        ("reopen", {"reason": "bổ sung"}, "open"),
    ):
        assert officer.post("/periods/", {"do": do, "period": "2024", **extra}).status_code == 302
        assert state.get() == expected
    spanned = {"do": "span", "first": province.earlier.pk, "last": province.period.pk}
    assert officer.post("/periods/", spanned).status_code == 302
    html = officer.get("/periods/").content.decode()
    assert "2022..2023" in html
    assert "nhiều kỳ" in html


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        (PERIOD | {"starts_on": "hôm qua"}, 422),
        (PERIOD | {"code": "a\x00"}, 422),
        ({"do": "open", "period": "1999"}, 404),
        ({"do": "open", "period": "a\x00"}, 404),
        ({"do": "open", "period": "2023"}, 409),
        ({"do": "reopen", "period": "2023", "reason": ""}, 422),
        ({"do": "reopen", "period": "2023", "reason": "vì"}, 409),
        ({"do": "destroy", "period": "2023"}, 404),
        ({}, 404),
    ],
)
def test_what_makes_no_sense_for_a_period_is_refused(client_of, posted, status):
    before = list(ReportingPeriod.objects.values())
    assert client_of("officer").post("/periods/", posted).status_code == status
    assert list(ReportingPeriod.objects.values()) == before


# --- the list -----------------------------------------------------------------------------


def units_in(response):
    return re.findall(r'<span class="muted small nowrap">(DN[-0-9]*)</span>', response.content.decode())


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("clerk_101", ["DN-101"]),
        ("reviewer_1", ["DN-1", "DN-101", "DN-102"]),
        ("reviewer_2", ["DN-2", "DN-201"]),
        ("officer", ["DN", "DN-1", "DN-101", "DN-102", "DN-2", "DN-201", "DN-301"]),
        ("auditor", ["DN", "DN-1", "DN-101", "DN-102", "DN-2", "DN-201", "DN-301"]),
    ],
)
def test_everybody_finds_the_submissions_of_their_subtree(client_of, name, units):
    response = client_of(name).get("/submissions/")
    assert response.status_code == 200
    assert units_in(response) == units


def test_the_list_is_filtered(client_of, province):
    clerk = province.person("clerk_101")
    flagged = enter(province.submission("DN-101"), by=clerk, lessons=5, lessons_online=9)
    actions.save_values(
        submission=flagged, entries=[], by=clerk, source="form", explanations={"R-02": "tính cả ôn tập"}
    )
    actions.submit(submissions=[flagged], by=clerk)
    type(province.submission("DN-201")).objects.filter(org_unit__code="DN-201").update(
        due_on=dt.date(2020, 1, 1)
    )
    officer = client_of("officer")
    for query, units in {
        "state=submitted": ["DN-101"],
        "under=DN-2": ["DN-2", "DN-201"],
        "late=yes": ["DN-201"],
        "flagged=yes": ["DN-101"],
        "flagged=yes&state=draft": [],
        "q=truong+thpt": ["DN-301"],
        "q=DN-20": ["DN-201"],
        "period=2022&under=DN-2": ["DN-2", "DN-201"],
    }.items():
        assert units_in(officer.get(f"/submissions/?{query}")) == units, query
    assert len(units_in(officer.get("/submissions/?period=all"))) == 14


@pytest.mark.parametrize(
    "query",
    ["q=%00", "period=1999", "period=%00", "under=DN", "state=guessed", "page=0", "page=abc", "sort=-evil"],
)
def test_a_filter_that_makes_no_sense_is_no_error(client_of, query):
    assert client_of("clerk_101").get(f"/submissions/?{query}").status_code == 200


def test_the_list_leads_to_what_waits_for_the_reader(client_of, province):
    submission = submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    assert address(submission, "review/") in client_of("reviewer_1").get("/submissions/").content.decode()
    assert address(submission, "review/") not in client_of("clerk_101").get("/submissions/").content.decode()
    assert address(submission, "review/") not in client_of("leader").get("/submissions/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("more_schools", [0, 30])
def test_the_lists_take_the_same_statements_for_any_number_of_schools(more_schools):
    province = build_province(more_schools=more_schools)
    client = Client()
    client.force_login(province.person("officer"))
    counts = []
    for page in ("/submissions/", "/periods/"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        counts.append(len(captured))
    assert counts == [12, 11]
