"""Reminders and returned phiếu: who is told, once, by notice and by one letter; the page and the bell."""

import datetime as dt
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.actions import Reminded
from collection.models import Notice, Submission
from schools.actions import create_user, revoke_membership
from schools.models import AuditEvent
from schools.roles import Role
from tests.collection.background import work
from tests.province import build_province, submitted

NOTHING = Reminded(people=0, reminded=0, recent=0, handed_in=0, locked=0, nobody=0)


def give_addresses(province):
    for name, person in province.people.items():
        person.email = f"{name}@example.vn"
        person.save(update_fields=["email"])


def told(kind=Notice.Kind.REMINDER):
    rows = Notice.objects.filter(kind=kind).order_by("recipient__username", "submission__org_unit__code")
    return list(rows.values_list("recipient__username", "submission__org_unit__code"))


def age_notices(hours):
    Notice.objects.update(sent_at=Notice.objects.latest("sent_at").sent_at - dt.timedelta(hours=hours))


# --- who is reminded ------------------------------------------------------------------------


def test_those_who_enter_at_the_unit_are_reminded_and_nobody_above(province):
    result = actions.remind(submissions=[province.submission("DN-101")], by=province.person("reviewer_1"))
    assert told() == [("clerk_101", "DN-101"), ("clerk_101b", "DN-101")]
    assert result == Reminded(people=2, reminded=1, recent=0, handed_in=0, locked=0, nobody=0)
    event = AuditEvent.objects.get(action="submission.remind")
    assert (event.unit_code, event.actor_name, event.detail["people"]) == ("DN-101", "reviewer_1", 2)


def test_the_same_person_is_not_reminded_of_the_same_submission_within_a_day(province):
    submission = province.submission("DN-101")
    actions.remind(submissions=[submission], by=province.person("reviewer_1"))
    again = actions.remind(submissions=[submission], by=province.person("officer"))
    assert again == Reminded(people=0, reminded=0, recent=1, handed_in=0, locked=0, nobody=0)
    assert len(told()) == 2
    age_notices(hours=23)
    assert actions.remind(submissions=[submission], by=province.person("officer")).recent == 1
    age_notices(hours=25)
    assert actions.remind(submissions=[submission], by=province.person("officer")).people == 2


def test_a_colleague_who_came_today_is_reminded_though_the_others_were(province):
    submission = province.submission("DN-102")
    actions.remind(submissions=[submission], by=province.person("reviewer_1"))
    create_user(
        username="clerk_102b",
        password="mat-khau-thu",
        display_name="clerk_102b",
        memberships=[(province.unit("DN-102"), Role.CLERK)],
        by=None,
    )
    assert actions.remind(submissions=[submission], by=province.person("reviewer_1")).people == 1
    assert told() == [("clerk_102", "DN-102"), ("clerk_102b", "DN-102")]


def test_who_is_left_out_is_counted_by_reason(province):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    revoke_membership(membership=province.person("clerk_201").memberships.get(), by=None)
    old = province.submission("DN-301", province.earlier)
    actions.close_period(period=province.earlier, by=province.person("officer"))
    rows = [province.submission("DN-101"), province.submission("DN-201"), old]
    result = actions.remind(submissions=rows, by=province.person("officer"))
    assert result == Reminded(people=0, reminded=0, recent=0, handed_in=1, locked=1, nobody=1)
    assert told() == []


def test_who_is_no_longer_active_is_not_reminded(province):
    person = province.person("clerk_102")
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert actions.remind(
        submissions=[province.submission("DN-102")], by=province.person("reviewer_1")
    ) == Reminded(people=0, reminded=0, recent=0, handed_in=0, locked=0, nobody=1)


@pytest.mark.parametrize("name", ["clerk_101", "leader", "auditor", "reviewer_2"])
def test_only_those_who_review_a_unit_remind_it(province, name):
    with pytest.raises(PermissionDenied, match="Bạn không được duyệt"):
        actions.remind(submissions=[province.submission("DN-101")], by=province.person(name))
    assert not Notice.objects.exists()


def test_nobody_is_reminded_of_nothing(province):
    assert actions.remind(submissions=[], by=province.person("officer")) == NOTHING


def test_reminding_takes_the_same_statements_for_any_number_of_units(db):
    province = build_province(more_schools=25)
    officer, counts = province.person("officer_2"), []
    assert officer.active_memberships  # read once for each request, whatever is done in it
    for rows in (province.submissions()[:3], province.submissions()[3:]):
        with CaptureQueriesContext(connection) as captured:
            actions.remind(submissions=rows, by=officer)
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- the letter -----------------------------------------------------------------------------


def test_one_letter_for_each_person_lists_all_their_phieu(province):
    give_addresses(province)
    Submission.objects.filter(org_unit__code="DN-101", period=province.earlier).update(
        due_on=dt.date(2024, 3, 5)
    )
    rows = [
        province.submission("DN-101"),
        province.submission("DN-101", province.earlier),
        province.submission("DN-102"),
    ]
    result = actions.remind(submissions=rows, by=province.person("reviewer_1"), home="https://dx.example.vn/")
    assert mail.outbox == [], "whoever clicks does not wait for the letters"
    assert (result.people, work()) == (3, 1)
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "clerk_101@example.vn",
        "clerk_101b@example.vn",
        "clerk_102@example.vn",
    ]
    letter = next(one for one in mail.outbox if one.to == ["clerk_101@example.vn"])
    assert letter.subject == "Nhắc nộp 2 phiếu báo cáo"
    assert "Kính gửi clerk_101," in letter.body
    assert "reviewer_1 nhắc bạn nộp 2 phiếu báo cáo sau:" in letter.body
    assert (
        "- Biểu TRUONG, Năm 2022, Trường tiểu học số 1: đang nhập, hạn nộp 05/03/2024 (quá hạn" in letter.body
    )
    assert "- Biểu TRUONG, Năm 2023, Trường tiểu học số 1: đang nhập, hạn nộp 31/01/2099 (còn" in letter.body
    assert letter.body.index("Năm 2022") < letter.body.index("Năm 2023")
    assert "https://dx.example.vn/" in letter.body
    assert "mầm non" not in letter.body


def test_a_name_is_written_in_a_letter_as_it_is(province):
    give_addresses(province)
    unit = province.unit("DN-102")
    unit.name = 'Trường <b>"Sao & Mai"</b>'
    unit.save(update_fields=["name"])
    actions.remind(submissions=[province.submission("DN-102")], by=province.person("reviewer_1"))
    work()
    assert 'Trường <b>"Sao & Mai"</b>' in mail.outbox[0].body


def test_a_server_that_is_not_there_loses_no_notice(province, settings):
    give_addresses(province)
    settings.EMAIL_BACKEND = "tests.collection.test_notices.NoServer"
    actions.remind(submissions=[province.submission("DN-102")], by=province.person("reviewer_1"))
    with pytest.raises(AssertionError, match="no route to host"):
        work()
    assert told() == [("clerk_102", "DN-102")]


class NoServer(BaseEmailBackend):
    """A mail server that is not there."""

    def open(self):
        raise OSError("no route to host")


def test_an_address_that_is_refused_keeps_no_other_letter_back(province, settings):
    give_addresses(province)
    settings.EMAIL_BACKEND = "tests.collection.test_notices.Choosy"
    actions.remind(submissions=[province.submission("DN-101")], by=province.person("reviewer_1"))
    work()
    assert [letter.to for letter in mail.outbox] == [["clerk_101b@example.vn"]]


class Choosy(LocmemBackend):
    """A mail server that does not know one of the addresses."""

    def send_messages(self, messages):
        if messages[0].to == ["clerk_101@example.vn"]:
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


def test_what_was_handed_in_since_the_click_is_in_no_letter(province):
    give_addresses(province)
    rows = [province.submission("DN-101"), province.submission("DN-101", province.earlier)]
    other = province.submission("DN-102")
    actions.remind(submissions=[*rows, other], by=province.person("reviewer_1"))
    submitted(rows[0], by=province.person("clerk_101"))
    submitted(other, by=province.person("clerk_102"))
    work()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["clerk_101@example.vn", "clerk_101b@example.vn"]
    assert mail.outbox[0].subject == "Nhắc nộp 1 phiếu báo cáo"
    assert "Năm 2022" in mail.outbox[0].body


def test_who_has_no_address_gets_the_notice_alone(province):
    actions.remind(submissions=[province.submission("DN-102")], by=province.person("reviewer_1"))
    work()
    assert (told(), mail.outbox) == ([("clerk_102", "DN-102")], [])


# --- a returned phiếu -----------------------------------------------------------------------


def returned(province, *, by="reviewer_1"):
    submission = submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    actions.return_cells(
        submission=submission, reasons={"teachers": "thiếu hợp đồng"}, by=province.person(by)
    )
    return submission


def test_those_who_enter_learn_that_a_phieu_came_back(province):
    returned(province)
    assert told(Notice.Kind.RETURNED) == [("clerk_101", "DN-101"), ("clerk_101b", "DN-101")]
    assert Notice.objects.earliest("pk").text == "“Tổng số giáo viên”: thiếu hợp đồng"


def test_an_officer_who_handed_in_for_a_unit_learns_it_too(province):
    submission = submitted(province.submission("DN-101"), by=province.person("officer"))
    actions.return_cells(submission=submission, reasons={"teachers": "?"}, by=province.person("reviewer_1"))
    assert [name for name, _unit in told(Notice.Kind.RETURNED)] == ["clerk_101", "clerk_101b", "officer"]


def test_who_hands_in_again_calls_nobody_to_it_any_more(province):
    submission = returned(province)
    actions.submit(submissions=[submission], by=province.person("clerk_101b"))
    assert not Notice.objects.unread().exists()
    assert Notice.objects.count() == 2  # read, not gone


def test_a_return_that_is_refused_tells_nobody(province):
    submission = submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    with pytest.raises(ValueError, match="không hỏi chỉ tiêu"):
        actions.return_cells(submission=submission, reasons={"no": "?"}, by=province.person("reviewer_1"))
    assert not Notice.objects.exists()


# --- the page and the bell ------------------------------------------------------------------


def test_the_page_says_what_to_do_and_leads_there(province, client_of):
    returned(province)
    actions.remind(
        submissions=[province.submission("DN-101", province.earlier)], by=province.person("officer")
    )
    html = client_of("clerk_101").get("/notices/").content.decode()
    assert (
        "Phiếu TRUONG kỳ 2023 của Trường tiểu học số 1 bị trả lại. Hãy sửa các ô được nêu rồi nộp lại."
        in html
    )
    assert "thiếu hợp đồng" in html
    assert "Phiếu TRUONG kỳ 2022 của Trường tiểu học số 1 cần được nộp, hạn 31/01/2099." in html
    assert 'href="/submissions/2023/DN-101/TRUONG/"' in html


def test_the_bell_counts_until_they_are_read(province, client_of):
    returned(province)
    actions.remind(
        submissions=[province.submission("DN-101", province.earlier)], by=province.person("officer")
    )
    clerk = client_of("clerk_101")
    assert '<span class="badge">2</span>' in clerk.get("/submissions/").content.decode()
    one = Notice.objects.filter(recipient=province.person("clerk_101")).earliest("pk")
    clerk.post("/notices/", {"do": "ticked", "notice": [one.pk]})
    assert '<span class="badge">1</span>' in clerk.get("/submissions/").content.decode()
    clerk.post("/notices/", {"do": "all"})
    assert 'class="badge"' not in clerk.get("/submissions/").content.decode()
    assert Notice.objects.filter(recipient=province.person("clerk_101b"), read_at=None).count() == 2


def test_the_bell_stops_counting_at_99(province, client_of):
    returned(province)
    one = Notice.objects.filter(recipient=province.person("clerk_101")).get()
    Notice.objects.bulk_create(
        Notice(
            recipient=one.recipient,
            submission=one.submission,
            kind=one.kind,
            sent_by=one.sent_by,
            sent_at=one.sent_at,
        )
        for _number in range(120)
    )
    assert '<span class="badge">99+</span>' in client_of("clerk_101").get("/notices/").content.decode()


@pytest.mark.parametrize("ticked", ["", "abc", "٣", "9" * 40, "-1"])
def test_a_tick_that_is_no_notice_marks_nothing(province, client_of, ticked):
    returned(province)
    assert client_of("clerk_101").post("/notices/", {"notice": [ticked]}).status_code == 302
    assert Notice.objects.unread().count() == 2


def test_nobody_reads_or_marks_the_notices_of_others(province, client_of):
    returned(province)
    others = [notice.pk for notice in Notice.objects.all()]
    client = client_of("clerk_102")
    assert "bị trả lại." not in client.get("/notices/").content.decode()
    client.post("/notices/", {"notice": others})
    assert Notice.objects.unread().count() == 2
    assert actions.mark_notices_read(notices=Notice.objects.all(), by=province.person("officer")) == 0


def test_whoever_left_a_unit_no_longer_reads_of_it(province, client_of):
    returned(province)
    revoke_membership(membership=province.person("clerk_101").memberships.get(), by=None)
    assert "bị trả lại." not in client_of("clerk_101").get("/notices/").content.decode()


@pytest.mark.parametrize("more_schools", [0, 30])
def test_the_page_takes_the_same_statements_for_any_number_of_notices(db, more_schools):
    province = build_province(more_schools=more_schools)
    officer = province.person("officer")
    for submission in province.submissions()[2:]:
        submitted(submission, by=officer)
        actions.return_cells(
            submission=submission,
            reasons={"teachers": "?"} if submission.form.code == "TRUONG" else {"dossiers": "?"},
            by=province.person("officer_2"),
        )
    client = Client()
    client.force_login(officer)
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/notices/").status_code == 200
    assert len(captured) == 5
