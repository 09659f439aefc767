"""The entry page: what it shows, what a post does, and that nothing typed is lost."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from collection import actions
from collection.actions import Entry
from collection.entries import State as CellState
from collection.models import DataValue, ValueChange
from collection.workflow import State
from indicators.models import DataElement, IndicatorSet
from schools.models import AuditEvent
from tests.collection.conftest import address, page_post
from tests.province import PASSWORD, approved, build_province, enter, submitted

STATEMENTS_OF_THE_PAGE = 9  # the catalogue is at hand since the period was opened


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def clerk(client_of):
    return client_of("clerk_101")


def value_of(html: str, code: str) -> str:
    """What stands in the input of a count."""
    found = re.search(rf'id="v-{code}" name="v-{code}" value="([^"]*)"', html)
    assert found, code
    return found[1]


def stored(submission, code):
    return DataValue.objects.get(submission=submission, element__code=code)


# --- showing ------------------------------------------------------------------------------


def test_the_page_asks_what_the_unit_is_asked(clerk, submission):
    html = clerk.get(address(submission)).content.decode()
    assert re.findall(r'name="b-([a-z_]+)"', html) == [
        "teachers",
        "teachers_with_computer",
        "computers_primary",
        "lessons",
        "lessons_online",
        "online_plan",
        "maturity",
        "platforms",
        "remark",
    ]
    assert "đã trả lời 0/9 mục" in html
    assert "Định nghĩa của Tổng số giáo viên." in html


def test_every_section_is_reached_by_an_anchor_with_its_progress(clerk, submission, province):
    actions.save_values(
        submission=submission,
        entries=[Entry("teachers", number=3)],
        by=province.person("clerk_101"),
        source="form",
    )
    html = clerk.get(address(submission)).content.decode()
    tab = re.search(r'<a href="#p-quy-mo"[^>]*>(.*?)</a>', html)
    assert tab
    assert strip_tags(tab[1]).split() == ["1.", "Phần", "quy-mo", "đủ", "1/3"]
    assert '<span class="done" hidden>' in tab[1]
    assert 'id="p-quy-mo"' in html


def test_the_last_period_stands_beside_the_input_with_the_change(clerk, province, submission):
    earlier = province.submission("DN-101", province.earlier)
    enter(earlier, by=province.person("clerk_101"), teachers=7661)
    enter(submission, by=province.person("clerk_101"), teachers=7700)
    html = clerk.get(address(submission)).content.decode()
    assert 'data-label="2022">7.661</td>' in html
    assert "+39 (+0,51%)" in html
    assert "chưa có kỳ trước" in clerk.get(address(earlier)).content.decode()


def test_a_count_is_shown_back_as_vietnamese_write_it(clerk, province, submission):
    response = clerk.post(address(submission), page_post(submission, v_teachers="7661"))
    assert response.status_code == 302
    html = clerk.get(address(submission)).content.decode()
    assert value_of(html, "teachers") == "7.661"


def test_a_reader_of_english_gets_plain_digits_which_can_be_posted_again(clerk, province, submission):
    enter(submission, by=province.person("clerk_101"), teachers=7661)
    clerk.cookies["django_language"] = "en"
    assert value_of(clerk.get(address(submission)).content.decode(), "teachers") == "7661"


def test_what_was_typed_is_escaped(clerk, province, submission):
    evil = '"><script>alert(1)</script>'
    posted = page_post(submission, v_teachers=evil, v_remark=evil, r_lessons=evil)
    response = clerk.post(address(submission), posted)
    assert response.status_code == 422
    assert b"<script>alert" not in response.content
    assert b"&lt;script&gt;alert(1)" in response.content


def test_who_may_not_enter_reads_the_values_without_inputs(client_of, province, submission):
    enter(submission, by=province.person("clerk_101"), teachers=7661)
    html = client_of("auditor").get(address(submission)).content.decode()
    assert "7.661" in html
    assert 'name="v-teachers"' not in html
    assert "không được nhập" in html


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_a_submission_that_was_handed_in_is_read_only(clerk, province, submission, state):
    person, reviewer = province.person("clerk_101"), province.person("reviewer_1")
    if state == State.SUBMITTED:
        submitted(submission, by=person)
    else:
        approved(submission, by=person, reviewer=reviewer)
    html = clerk.get(address(submission)).content.decode()
    assert 'name="v-teachers"' not in html
    assert 'value="submit"' not in html


def test_a_returned_submission_opens_the_named_cells_and_says_why(clerk, province, submission):
    submitted(submission, by=province.person("clerk_101"))
    actions.return_cells(
        submission=submission, reasons={"teachers": "thiếu hợp đồng"}, by=province.person("reviewer_1")
    )
    html = clerk.get(address(submission)).content.decode()
    assert re.findall(r'name="b-([a-z_]+)"', html) == ["teachers"]
    assert html.count("thiếu hợp đồng") == 2


@pytest.mark.django_db
@pytest.mark.parametrize("more_schools", [0, 30])
def test_the_page_takes_the_same_statements_for_any_number_of_schools(more_schools):
    province = build_province(more_schools=more_schools)
    submission = province.submission("DN-101")
    enter(submission, by=province.person("clerk_101"), teachers=5, teachers_with_computer=9)
    client = Client()
    client.force_login(province.person("clerk_101"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(submission)).status_code == 200
    assert len(captured) == STATEMENTS_OF_THE_PAGE


# --- saving -------------------------------------------------------------------------------


def test_one_post_saves_every_kind_of_cell(clerk, province, submission):
    posted = page_post(
        submission,
        v_teachers="1.250",
        v_online_plan="0",
        v_maturity="2",
        v_platforms=["zoom", "azota"],
        v_remark="Ghi chú",
        s_lessons="not_available",
        r_lessons="mất sổ",
        s_lessons_online="not_applicable",
        e_teachers="tăng do sáp nhập",
    )
    response = clerk.post(address(submission), {**posted, "do": "save"}, follow=True)
    assert response.redirect_chain == [(address(submission), 302)]
    assert "Đã lưu lúc" in response.content.decode()
    assert stored(submission, "teachers").number == 1250
    assert stored(submission, "teachers").explanation == "tăng do sáp nhập"
    assert stored(submission, "online_plan").number == 0
    assert stored(submission, "maturity").choices == ["2"]
    assert stored(submission, "platforms").choices == ["azota", "zoom"]
    assert stored(submission, "remark").text == "Ghi chú"
    assert stored(submission, "lessons").state == CellState.NOT_AVAILABLE
    assert stored(submission, "lessons_online").state == CellState.NOT_APPLICABLE
    assert not DataValue.objects.filter(element__code="computers_primary").exists()


def test_posting_the_page_as_it_stands_changes_nothing(clerk, province, submission):
    enter(submission, by=province.person("clerk_101"), teachers=7661, lessons=None)
    before = ValueChange.objects.count()
    assert clerk.post(address(submission), page_post(submission)).status_code == 302
    assert ValueChange.objects.count() == before


BAD = {
    "letters": "ba mươi",
    "a negative": "-5",
    "a decimal": "3,5",
    "a comma that might be a thousand": "7,661",
    "a dot in the wrong place": "76.61",
    "more than 2^63": "9223372036854775808",
    "more digits than a cell takes": "1000000000000",
    "NUL": "1\x002",
}


@pytest.mark.parametrize("typed", BAD.values(), ids=BAD.keys())
def test_bad_input_gets_a_message_changes_nothing_and_stays(clerk, submission, typed):
    response = clerk.post(address(submission), page_post(submission, v_teachers=typed, v_lessons="12"))
    html = response.content.decode()
    assert response.status_code == 422
    assert 'id="error-teachers"' in html
    assert 'aria-invalid="true"' in html
    assert '<a href="#v-teachers">' in html
    assert value_of(html, "teachers") == typed
    assert value_of(html, "lessons") == "12"
    assert not DataValue.objects.exists()
    assert not AuditEvent.objects.filter(action="submission.save").exists()


@pytest.mark.parametrize("code", ["stranger", "dossiers", "x" * 300, "a\x00b"])
def test_an_element_that_is_not_asked_is_refused(clerk, submission, code):
    posted = page_post(submission, v_teachers="12") | {f"b-{code}": "0", f"v-{code}": "5"}
    response = clerk.post(address(submission), posted)
    assert response.status_code == 422
    assert "không hỏi chỉ tiêu" in response.content.decode()
    assert not DataValue.objects.exists()


def test_a_part_above_its_whole_is_saved_and_told(clerk, province, submission):
    enter(submission, by=province.person("clerk_101"), teachers=20)
    clerk.post(address(submission), page_post(submission, v_teachers_with_computer="21"))
    assert "phải sửa trước khi nộp" in clerk.get(address(submission)).content.decode()
    assert stored(submission, "teachers_with_computer").number == 21


def test_checking_before_submitting_saves_first_and_hands_nothing_in(clerk, submission):
    response = clerk.post(address(submission), {**page_post(submission, v_teachers="20"), "do": "submit"})
    assert response.headers["Location"] == address(submission, "check/")
    assert stored(submission, "teachers").number == 20
    submission.refresh_from_db()
    assert submission.state == State.DRAFT


def test_a_soft_rule_takes_an_explanation(clerk, province, submission):
    enter(submission, by=province.person("clerk_101"), lessons=10, lessons_online=12)
    posted = page_post(submission) | {"x-R-02": "tính cả tiết ôn"}
    clerk.post(address(submission), posted)
    html = clerk.get(address(submission)).content.decode()
    assert 'maxlength="400">tính cả tiết ôn</textarea>' in html


@pytest.mark.parametrize("text", ["a\x00b", "x" * 401])
def test_a_bad_explanation_of_a_rule_is_refused(clerk, province, submission, text):
    enter(submission, by=province.person("clerk_101"), lessons=10, lessons_online=12)
    response = clerk.post(address(submission), page_post(submission) | {"x-R-02": text})
    assert response.status_code == 422
    assert "Giải trình R-02: Nội dung" in response.content.decode()
    assert submission.violations.get().explanation == ""


# --- nothing typed is lost ----------------------------------------------------------------


def test_a_conflict_shows_both_values_and_saving_again_decides(client_of, province, submission):
    mine, theirs = client_of("clerk_101"), client_of("clerk_101b")
    opened = page_post(submission, v_teachers="25", v_lessons="900")
    theirs.post(address(submission), page_post(submission, v_teachers="7661"))
    response = mine.post(address(submission), opened)
    html = response.content.decode()
    assert response.status_code == 409
    assert "clerk_101b đã lưu “7.661”" in html
    assert "bạn nhập “25”" in html
    assert (value_of(html, "teachers"), value_of(html, "lessons")) == ("25", "900")
    assert stored(submission, "teachers").number == 7661
    again = opened | {"b-teachers": re.findall(r'name="b-teachers" value="(\d+)"', html)[0]}
    assert mine.post(address(submission), again).status_code == 302
    assert stored(submission, "teachers").number == 25
    assert stored(submission, "lessons").number == 900


def test_two_people_in_different_cells_both_get_through(client_of, submission):
    mine, theirs = client_of("clerk_101"), client_of("clerk_101b")
    opened = page_post(submission, v_lessons="900")
    theirs.post(address(submission), page_post(submission, v_teachers="31"))
    assert mine.post(address(submission), opened).status_code == 302
    assert (stored(submission, "teachers").number, stored(submission, "lessons").number) == (31, 900)


def shows_unsaved(response, status, typed):
    html = response.content.decode()
    assert response.status_code == status
    assert "Nội dung bạn vừa gõ, chưa được lưu" in html
    assert f"<td>{typed}</td>" in html
    return html


def test_a_form_submitted_meanwhile_shows_what_was_typed(clerk, province, submission):
    enter(submission, by=province.person("clerk_101"))
    opened = page_post(submission, v_teachers="31")
    actions.submit(submissions=[submission], by=province.person("clerk_101b"))
    html = shows_unsaved(clerk.post(address(submission), opened), 409, "31")
    assert "đang chờ duyệt" in html
    assert stored(submission, "teachers").number == 20


def test_a_period_closed_meanwhile_shows_what_was_typed(clerk, province, submission):
    opened = page_post(submission, v_teachers="31", v_platforms=["zoom", "zalo"])
    actions.close_period(period=province.period, by=province.person("officer"))
    html = shows_unsaved(clerk.post(address(submission), opened), 409, "31")
    assert "đã khóa" in html
    assert "Zoom, Zalo" in html
    assert not DataValue.objects.exists()


def test_who_may_not_enter_is_refused_with_a_sentence_and_their_text(client_of, submission):
    response = client_of("leader").post(address(submission), page_post(submission, v_teachers="31"))
    html = shows_unsaved(response, 403, "31")
    assert "Bạn không được nhập" in html
    assert not DataValue.objects.exists()


def test_what_was_typed_when_the_session_had_ended_waits_behind_the_sign_in(client_of, submission):
    browser = Client()
    response = browser.post(address(submission), page_post(submission, v_teachers="31", v_lessons="abc"))
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={address(submission)}"
    response = browser.post(
        response["Location"], {"login": "clerk_101", "password": PASSWORD, "next": address(submission)}
    )
    assert response["Location"] == address(submission)
    html = browser.get(address(submission)).content.decode()
    assert "vẫn còn đây" in html
    assert (value_of(html, "teachers"), value_of(html, "lessons")) == ("31", "abc")
    assert not DataValue.objects.exists()
    # Another form has nothing of it, and saving it ends the keeping.
    assert browser.post(address(submission), page_post(submission, v_teachers="31")).status_code == 302
    assert "vẫn còn đây" not in browser.get(address(submission)).content.decode()


def test_what_was_kept_can_be_dropped_and_is_not_shown_to_who_may_not_see_the_form(submission):
    browser = Client()
    browser.post(address(submission), page_post(submission, v_teachers="31"))
    browser.post("/accounts/login/", {"login": "clerk_201", "password": PASSWORD})
    assert browser.get(address(submission)).status_code == 404
    browser.post("/accounts/logout/")
    browser.post(address(submission), page_post(submission, v_teachers="31"))
    browser.post("/accounts/login/", {"login": "clerk_101", "password": PASSWORD})
    browser.post(address(submission), {"do": "discard"})
    assert "vẫn còn đây" not in browser.get(address(submission)).content.decode()
    assert not DataValue.objects.exists()


def test_an_extension_lets_a_late_school_enter_in_a_closed_period(clerk, province, submission):
    officer = province.person("officer")
    actions.close_period(period=province.period, by=officer)
    actions.grant_extension(submission=submission, due_on=dt.date(2099, 3, 1), reason="mưa lũ", by=officer)
    assert clerk.post(address(submission), page_post(submission, v_teachers="31")).status_code == 302
    assert stored(submission, "teachers").number == 31


def test_a_cut_off_post_clears_nothing(clerk, province, submission):
    enter(submission, by=province.person("clerk_101"))
    whole = page_post(submission, v_teachers="31")
    half = {name: text for name, text in whole.items() if not name.endswith(("lessons", "online_plan"))}
    assert clerk.post(address(submission), half).status_code == 302
    assert stored(submission, "lessons").number == 20
    assert stored(submission, "teachers").number == 31


def test_the_help_of_a_cell_is_in_the_language_of_the_reader(client, province):
    DataElement.objects.filter(code="teachers").update(
        source="Sổ nhân sự", source_en="Staff register", example="Ví dụ A", example_en="Sample A"
    )
    IndicatorSet.objects.update(revision=uuid4())
    client.force_login(province.person("clerk_101"))
    client.cookies["django_language"] = "en"
    page = client.get("/submissions/2023/DN-101/TRUONG/").content.decode()
    assert "Staff register" in page
    assert "Sample A" in page
    assert "Sổ nhân sự" not in page
