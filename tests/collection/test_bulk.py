"""Many phiếu at once: approved without a look inside only where nothing speaks against it."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.models import Extension, Notice, Submission
from collection.refusals import Refused
from collection.workflow import State
from indicators.models import DataElement, IndicatorSet
from schools.models import AuditEvent
from tests.collection.test_matrix import overdue
from tests.province import build_province, enter, submitted

APPROVE, REMIND, EXTEND = (f"/submissions/matrix/{page}/" for page in ("approve", "remind", "extend"))


def pick(*submissions):
    return [f"{one.pk}:{Submission.objects.get(pk=one.pk).version}" for one in submissions]


def states(*codes, period="2023"):
    rows = Submission.objects.filter(period__code=period)
    return [rows.get(org_unit__code=code).state for code in codes]


@pytest.fixture
def waiting(province):
    """Two of district 1 that wait for a reviewer, nothing odd in them."""
    return [
        submitted(province.submission(f"DN-{number}"), by=province.person(f"clerk_{number}"))
        for number in (101, 102)
    ]


def versions_of(submissions):
    return dict(
        Submission.objects.filter(pk__in=[one.pk for one in submissions]).values_list("pk", "version")
    )


# --- approving: the action ------------------------------------------------------------------


def test_what_nothing_speaks_against_is_approved_together(province, waiting):
    done = actions.approve_unflagged(
        submissions=waiting, by=province.person("reviewer_1"), versions=versions_of(waiting)
    )
    assert [one.org_unit.code for one in done.ready] == ["DN-101", "DN-102"]
    assert (done.left_out, states("DN-101", "DN-102")) == ([], [State.APPROVED, State.APPROVED])
    assert AuditEvent.objects.filter(action="submission.approve", actor_name="reviewer_1").count() == 2


def left_out(province, submissions, by, versions=None):
    done = actions.approve_unflagged(
        submissions=submissions, by=province.person(by), versions=versions or versions_of(submissions)
    )
    return {one.submission.org_unit.code: one.why for one in done.left_out}


def test_one_s_own_is_left_out(province):
    rows = [submitted(province.submission("DN-101"), by=province.person("reviewer_1"))]
    assert "do chính bạn nộp" in left_out(province, rows, "reviewer_1")["DN-101"]
    assert states("DN-101") == [State.SUBMITTED]


def test_what_has_a_flag_is_left_out_though_it_was_explained(province, waiting):
    odd = province.submission("DN-201")
    enter(odd, by=province.person("clerk_201"), lessons=5, lessons_online=9)
    actions.save_values(
        submission=odd,
        entries=[],
        by=province.person("clerk_201"),
        source="form",
        explanations={"R-02": "tính cả ôn tập"},
    )
    actions.submit(submissions=[odd], by=province.person("clerk_201"))
    why = left_out(province, [*waiting, odd], "officer")
    assert list(why) == ["DN-201"]
    assert "1 cảnh báo" in why["DN-201"]
    assert states("DN-101", "DN-201") == [State.APPROVED, State.SUBMITTED]


def test_a_question_that_came_up_since_is_left_out(province, waiting):
    earlier = province.submission("DN-101", province.earlier)
    DataElement.objects.filter(code="teachers").update(change_limit=30, change_least=5)
    IndicatorSet.objects.update(revision=uuid4())
    enter(earlier, by=province.person("clerk_101"), teachers=200, teachers_with_computer=10)
    why = left_out(province, waiting, "reviewer_1")
    assert list(why) == ["DN-101"]
    assert "câu hỏi chưa được giải trình" in why["DN-101"]
    assert states("DN-101", "DN-102") == [State.SUBMITTED, State.APPROVED]


def test_what_changed_since_it_was_seen_is_left_out(province, waiting):
    seen = versions_of(waiting)
    actions.return_cells(submission=waiting[0], reasons={"teachers": "?"}, by=province.person("reviewer_1"))
    actions.submit(submissions=[waiting[0]], by=province.person("clerk_101"))
    why = left_out(province, waiting, "reviewer_1", seen)
    assert list(why) == ["DN-101"]
    assert "vừa thay đổi" in why["DN-101"]
    assert states("DN-101", "DN-102") == [State.SUBMITTED, State.APPROVED]


def test_what_nobody_said_to_have_seen_is_left_out(province, waiting):
    [one, other] = waiting
    assert "vừa thay đổi" in left_out(province, waiting, "reviewer_1", versions_of([other]))["DN-101"]
    assert states("DN-101") == [State.SUBMITTED]
    assert one.pk != other.pk


def test_what_does_not_wait_or_stands_in_a_closed_period_is_left_out(province, waiting):
    draft = province.submission("DN-201")
    old = submitted(province.submission("DN-301", province.earlier), by=province.person("clerk_301"))
    actions.close_period(period=province.earlier, by=province.person("officer"))
    why = left_out(province, [*waiting, draft, old], "officer")
    assert "đang nhập" in why["DN-201"]
    assert "đã khóa" in why["DN-301"]
    assert states("DN-101", "DN-102") == [State.APPROVED, State.APPROVED]


@pytest.mark.parametrize("name", ["clerk_101", "leader", "reviewer_2"])
def test_only_those_who_review_all_of_them_approve(province, waiting, name):
    with pytest.raises(PermissionDenied):
        actions.approve_unflagged(
            submissions=waiting, by=province.person(name), versions=versions_of(waiting)
        )
    assert states("DN-101", "DN-102") == [State.SUBMITTED, State.SUBMITTED]


def test_approving_many_takes_the_same_statements_as_a_few(db):
    province = build_province(more_schools=20)
    officer, counts = province.person("officer_2"), []
    assert officer.active_memberships
    rows = [one for one in province.submissions() if one.form.code == "TRUONG"]
    for some in (rows[:3], rows[3:]):
        for one in some:
            submitted(one, by=province.person("officer"))
        with CaptureQueriesContext(connection) as captured:
            actions.approve_unflagged(submissions=some, by=officer, versions=versions_of(some))
        counts.append(len([query for query in captured if "schools_auditevent" not in query["sql"]]))
    # Totals above are written in batches; the decision itself costs the same.
    assert abs(counts[1] - counts[0]) <= 2


# --- approving: the page --------------------------------------------------------------------


def test_the_page_says_what_will_be_approved_and_what_not_before_it_is_done(client_of, province, waiting):
    odd = submitted(
        province.submission("DN-201"), by=province.person("clerk_201"), lessons=5, lessons_online=9
    )
    officer = client_of("officer")
    response = officer.post(APPROVE, {"pick": pick(*waiting, odd)})
    html = response.content.decode()
    assert "2 phiếu sẽ được duyệt" in html
    assert "1 phiếu để lại" in html
    assert states("DN-101", "DN-102", "DN-201") == [State.SUBMITTED] * 3
    sent = {"pick": pick(*waiting), "confirmed": "yes", "query": "state=submitted"}
    done = officer.post(APPROVE, sent)
    assert done["Location"] == "/submissions/matrix/?state=submitted"
    assert states("DN-101", "DN-102", "DN-201") == [State.APPROVED, State.APPROVED, State.SUBMITTED]
    assert "Đã duyệt 2 phiếu." in officer.get(done["Location"]).content.decode()


def test_all_without_flags_in_view_are_offered_and_nothing_else(client_of, province, waiting):
    odd = submitted(
        province.submission("DN-201"), by=province.person("clerk_201"), lessons=5, lessons_online=9
    )
    officer = client_of("officer")
    assert "Duyệt 2 phiếu không cảnh báo…" in officer.get("/submissions/matrix/").content.decode()
    html = officer.post(APPROVE, {"all": "clean"}).content.decode()
    assert [value in html for value in pick(*waiting, odd)] == [True, True, False]
    html = officer.post(APPROVE, {"all": "clean", "query": "q=mam non"}).content.decode()
    assert [value in html for value in pick(*waiting)] == [False, True]


def test_what_changed_between_the_page_and_the_click_is_not_approved(client_of, province, waiting):
    ticked = pick(*waiting)
    actions.return_cells(submission=waiting[0], reasons={"teachers": "?"}, by=province.person("officer"))
    actions.submit(submissions=[waiting[0]], by=province.person("clerk_101"))
    client = client_of("reviewer_1")
    html = client.post(APPROVE, {"pick": ticked, "confirmed": "yes"}, follow=True).content.decode()
    assert "Đã duyệt 1 phiếu." in html
    assert "Trường tiểu học số 1: Phiếu vừa thay đổi" in html
    assert states("DN-101", "DN-102") == [State.SUBMITTED, State.APPROVED]


# --- scope and bad input, for all three -----------------------------------------------------


@pytest.mark.parametrize("page", [APPROVE, REMIND, EXTEND])
def test_what_lies_in_another_district_does_not_exist(client_of, province, waiting, page):
    others = submitted(province.submission("DN-201"), by=province.person("clerk_201"))
    before = list(Submission.objects.order_by("pk").values())
    sent = {"pick": pick(*waiting, others), "confirmed": "yes", "due_on": "2099-03-01", "reason": "mưa"}
    assert client_of("reviewer_1").post(page, sent).status_code == 404
    assert list(Submission.objects.order_by("pk").values()) == before
    assert not Notice.objects.exists()


@pytest.mark.parametrize("page", [APPROVE, REMIND, EXTEND])
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 302),
        ({"pick": "abc"}, 404),
        ({"pick": "1"}, 404),
        ({"pick": "9999999:1"}, 404),
        ({"pick": "9" * 40 + ":1"}, 404),
        ({"pick": "\x00:1"}, 404),
        ({"all": "everything"}, 404),
        ({"all": "overdue", "query": "under=DN-9"}, 404),
        ({"all": "clean", "query": "q=%00"}, 404),
    ],
)
def test_a_choice_that_makes_no_sense_changes_nothing(client_of, province, waiting, page, sent, status):
    assert client_of("officer").post(page, sent | {"confirmed": "yes"}).status_code == status
    assert states("DN-101", "DN-102") == [State.SUBMITTED, State.SUBMITTED]


@pytest.mark.parametrize("page", [APPROVE, REMIND, EXTEND])
def test_who_reviews_nothing_is_refused_and_a_stranger_signs_in(client_of, client, province, waiting, page):
    assert client_of("clerk_101").post(page, {"pick": pick(*waiting)}).status_code == 403
    assert client.post(page, {"pick": pick(*waiting)})["Location"].startswith("/accounts/login/")
    assert client_of("officer").get(page).status_code == 405


@pytest.mark.parametrize("page", [APPROVE, REMIND])
def test_one_s_own_office_is_not_one_s_to_decide_on(client_of, province, page):
    sent = {"pick": pick(province.submission("DN-1")), "confirmed": "yes"}
    assert client_of("reviewer_1").post(page, sent).status_code == 403


# --- reminding ------------------------------------------------------------------------------


def test_all_overdue_in_view_are_reminded_in_one_click(client_of, province, waiting):
    overdue("DN-101", "DN-1", "DN-201")
    reviewer = client_of("reviewer_2")
    assert "Nhắc 1 phiếu quá hạn" in reviewer.get("/submissions/matrix/").content.decode()
    html = reviewer.post(REMIND, {"all": "overdue"}, follow=True).content.decode()
    assert "Đã nhắc 1 người về 1 phiếu." in html
    assert list(Notice.objects.values_list("recipient__username", flat=True)) == ["clerk_201"]
    again = reviewer.post(REMIND, {"all": "overdue"}, follow=True).content.decode()
    assert "Không nhắc: 1 phiếu đã được nhắc trong 24 giờ qua." in again


def test_ticked_ones_are_reminded_and_the_rest_is_named(client_of, province, waiting):
    draft = province.submission("DN-201")
    html = client_of("officer").post(REMIND, {"pick": pick(draft, *waiting)}, follow=True).content.decode()
    assert "Đã nhắc 1 người về 1 phiếu." in html
    assert "Không nhắc: 2 phiếu đã nộp." in html


# --- extending ------------------------------------------------------------------------------


def test_several_get_one_later_day_for_one_reason(client_of, province, waiting):
    drafts = [province.submission("DN-201"), province.submission("DN-301")]
    officer = client_of("officer")
    html = officer.post(EXTEND, {"pick": pick(*drafts, waiting[0])}).content.decode()
    assert "Gia hạn 2 phiếu" in html
    assert "1 phiếu đã chọn đã được nộp" in html
    bad = officer.post(EXTEND, {"pick": pick(*drafts), "due_on": "2020-01-01", "reason": "mưa lũ"})
    assert bad.status_code == 422
    assert "phải sau hạn cũ" in bad.content.decode()
    assert not Extension.objects.exists()
    sent = {"pick": pick(*drafts), "due_on": "2099-03-01", "reason": "mưa lũ"}
    assert (
        "Đã gia hạn 2 phiếu đến ngày 01/03/2099." in officer.post(EXTEND, sent, follow=True).content.decode()
    )
    assert set(Extension.objects.values_list("submission__org_unit__code", "reason")) == {
        ("DN-201", "mưa lũ"),
        ("DN-301", "mưa lũ"),
    }
    assert AuditEvent.objects.filter(action="submission.extend", reason="mưa lũ").count() == 2
    assert set(
        Submission.objects.filter(pk__in=[one.pk for one in drafts]).values_list("due_on", flat=True)
    ) == {dt.date(2099, 3, 1)}


def test_only_officers_extend(client_of, province):
    sent = {"pick": pick(province.submission("DN-101")), "due_on": "2099-03-01", "reason": "mưa lũ"}
    assert client_of("reviewer_1").post(EXTEND, sent).status_code == 403
    assert not Extension.objects.exists()


def test_one_that_cannot_be_extended_leaves_all_as_they_were(province):
    late, later = province.submission("DN-101"), province.submission("DN-102")
    actions.grant_extension(
        submission=later, due_on=dt.date(2099, 6, 1), reason="mưa", by=province.person("officer")
    )
    with pytest.raises(Refused, match="mầm non"):
        actions.grant_extensions(
            submissions=[late, later],
            due_on=dt.date(2099, 5, 1),
            reason="mưa",
            by=province.person("officer"),
        )
    assert Extension.objects.count() == 1
