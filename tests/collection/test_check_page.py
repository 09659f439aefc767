"""The submission page and the receipt: what is still to do, each with the way to its cell."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.actions import Entry
from collection.models import DataValue
from collection.workflow import State
from indicators.actions import mark_changed
from indicators.models import DataElement
from schools.models import AuditEvent
from tests.collection.conftest import address
from tests.province import approved, build_province, enter, submitted


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def person(province):
    return province.person("clerk_101")


@pytest.fixture
def clerk(client_of):
    return client_of("clerk_101")


@pytest.fixture
def doubled(province, person, submission):
    """A complete form whose number of teachers has doubled, which asks for a word."""
    DataElement.objects.filter(code="teachers").update(change_limit=30)
    mark_changed()
    enter(province.submission("DN-101", province.earlier), by=person, teachers=20)
    submission = province.submission("DN-101")
    return enter(submission, by=person, teachers=40)


def read(browser, submission, page="check/"):
    response = browser.get(address(submission, page))
    assert response.status_code == 200
    return response.content.decode()


def post(browser, submission, do="submit", **fields):
    """What the page posts as it stands, with `fields` changed; `e_teachers` is e-teachers."""
    html = browser.get(address(submission, "check/")).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="((?:b-\w+)|version)" value="(\d+)"', html))
    typed = {name.replace("_", "-", 1): text for name, text in fields.items()}
    return browser.post(address(submission, "check/"), {**hidden, **typed, "do": do})


def test_every_missing_cell_is_a_link_to_it(clerk, submission):
    html = read(clerk, submission)
    assert f'<a href="{address(submission)}#v-lessons">Số tiết dạy</a>' in html
    assert "Còn 8 ô chưa trả lời" in html
    assert "Nộp phiếu</button>" not in html


def test_a_broken_rule_names_its_cells_and_there_is_no_button(clerk, person, submission):
    enter(submission, by=person, teachers=5, teachers_with_computer=9)
    html = read(clerk, submission)
    assert "(9 so với 5)" in html
    assert f"{address(submission)}#v-teachers_with_computer" in html
    assert "Nộp phiếu</button>" not in html


def test_a_complete_form_is_handed_in_and_gives_a_receipt(clerk, person, submission):
    enter(submission, by=person)
    assert "Phiếu đã đủ, nộp được" in read(clerk, submission)
    response = post(clerk, submission)
    assert response.headers["Location"] == address(submission, "receipt/")
    html = read(clerk, submission, "receipt/")
    event = AuditEvent.objects.get(action="submission.submit")
    assert event.detail["fingerprint"] in html
    assert "8/9 mục" in html
    assert "clerk_101" in html
    submission.refresh_from_db()
    assert (submission.state, submission.submitted_by) == (State.SUBMITTED, person)


def test_a_question_is_answered_right_there_and_the_form_handed_in(clerk, doubled):
    html = read(clerk, doubled)
    assert "Thay đổi +100% so với kỳ trước (20 → 40)" in html
    assert post(clerk, doubled).status_code == 422
    response = post(clerk, doubled, e_teachers="Sáp nhập hai trường.")
    assert response.headers["Location"] == address(doubled, "receipt/")
    value = DataValue.objects.get(submission=doubled, element__code="teachers")
    assert (value.number, value.explanation) == (40, "Sáp nhập hai trường.")


def test_an_explanation_can_be_saved_without_handing_in(clerk, doubled):
    post(clerk, doubled, do="save", e_teachers="Sáp nhập.")
    doubled.refresh_from_db()
    assert doubled.state == State.DRAFT
    assert 'value="Sáp nhập."' in read(clerk, doubled)


def test_a_soft_rule_is_explained_there_too(clerk, person, submission):
    enter(submission, by=person, lessons=10, lessons_online=12)
    assert post(clerk, submission).status_code == 422
    assert post(clerk, submission, **{"x_R-02": "Dạy bù."}).status_code == 302
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED


def test_what_cannot_be_saved_comes_back_as_typed(clerk, doubled):
    response = post(clerk, doubled, e_teachers="a" * 401)
    assert response.status_code == 422
    html = response.content.decode()
    assert "a" * 401 in html
    assert 'id="error-teachers"' in html


def test_nobody_hands_in_what_they_did_not_see(clerk, person, submission):
    enter(submission, by=person)
    version = str(submission.version)
    assert f'name="version" value="{version}"' in read(clerk, submission)
    actions.save_values(
        submission=submission, entries=[Entry("teachers", number=99)], by=person, source="form"
    )
    response = clerk.post(address(submission, "check/"), {"do": "submit", "version": version})
    assert response.status_code == 409
    assert "vừa thay đổi sau khi bạn mở trang" in response.content.decode()


def test_an_explanation_of_a_number_that_changed_meanwhile_is_a_conflict(clerk, person, doubled):
    version = DataValue.objects.get(submission=doubled, element__code="teachers").version
    actions.save_values(submission=doubled, entries=[Entry("teachers", number=50)], by=person, source="form")
    fields = {"do": "submit", "e-teachers": "Sáp nhập.", "b-teachers": str(version)}
    response = clerk.post(address(doubled, "check/"), {**fields, "version": str(doubled.version)})
    assert response.status_code == 422
    assert "Sáp nhập." in response.content.decode()
    value = DataValue.objects.get(submission=doubled, element__code="teachers")
    assert (value.number, value.explanation) == (50, "")


def test_a_handed_in_form_has_a_receipt_and_no_check(client_of, province, clerk, person, submission):
    assert clerk.get(address(submission, "receipt/")).headers["Location"] == address(submission, "check/")
    submitted(submission, by=person)
    assert clerk.get(address(submission, "check/")).headers["Location"] == address(submission, "receipt/")
    other = province.submission("DN-201")
    approved(other, by=province.person("clerk_201"), reviewer=province.person("reviewer_2"))
    assert "đã duyệt phiếu" in read(client_of("officer"), other, "receipt/")


def test_who_may_not_enter_reads_the_list_and_finds_no_button(client_of, submission):
    html = read(client_of("leader"), submission)
    assert "Bạn không được nhập hay nộp phiếu" in html
    assert '<button class="btn" type="submit" name="do"' not in html


@pytest.mark.parametrize("more_schools", [0, 20])
def test_the_pages_take_the_same_statements_for_any_number_of_schools(db, more_schools):
    province = build_province(more_schools=more_schools)
    browser, person = Client(), province.person("clerk_101")
    browser.force_login(person)
    submission = enter(province.submission("DN-101"), by=person, lessons=10, lessons_online=12)
    browser.get(address(submission, "check/"))
    counts = []
    with CaptureQueriesContext(connection) as captured:
        browser.get(address(submission, "check/"))
    counts.append(len(captured))
    actions.save_values(
        submission=submission, entries=[], by=person, source="form", explanations={"R-02": "Dạy bù."}
    )
    actions.submit(submissions=[submission], by=person)
    with CaptureQueriesContext(connection) as captured:
        browser.get(address(submission, "receipt/"))
    counts.append(len(captured))
    assert counts == [7, 7]
