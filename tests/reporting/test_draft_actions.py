"""Writing a draft: versions, merging, what is kept aside, remarks, authors; who may do what."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from collection.refusals import Refused
from reporting.drafts import actions
from reporting.drafts.actions import Conflict, Saved
from reporting.drafts.rights import rights_in
from reporting.models import Draft, SectionVersion
from reporting.selection import read_selection
from schools.models import AuditEvent, User
from tests.province import Province, build_province
from tests.reporting.drafting import TEXT, begun, section_of


@pytest.fixture
def province(db: None) -> Province:
    return build_province()


@pytest.fixture
def draft(province: Province) -> Draft:
    return begun(province)


def save(draft: Draft, text: str, version: int, by: User) -> Any:
    return actions.save_section(section=section_of(draft), text=text, version=version, by=by)


def trail() -> list[str]:
    return list(
        AuditEvent.objects.filter(action__startswith="draft.").order_by("pk").values_list("action", flat=True)
    )


def test_a_draft_begins_with_the_delivered_text_as_its_first_version(province):
    selection = read_selection({"period": "2023"})
    draft = actions.begin_draft(unit=province.unit("DN"), selection=selection, by=province.person("officer"))
    sections = list(draft.sections.all())
    assert [one.position for one in sections] == list(range(1, len(sections) + 1))
    for one in sections:
        [version] = one.versions.all()
        assert (version.number, version.text) == (one.version, one.text) == (1, one.text)
    assert trail() == ["draft.begin"]


def test_a_draft_is_begun_once(province, draft):
    with pytest.raises(Refused, match="đã được lập"):
        begun(province)
    assert Draft.objects.count() == 1


def test_every_change_is_a_version_and_a_text_that_stays_is_none(province, draft):
    officer = province.person("officer")
    before = section_of(draft)
    saved = save(draft, f"{TEXT}\nThêm.", before.version, officer)
    assert isinstance(saved, Saved)
    assert saved.version == saved.base == before.version + 1
    again = save(draft, f"{TEXT}\r\nThêm.", saved.version, officer)  # as a browser posts it
    assert isinstance(again, Saved)
    assert again.version == saved.version
    section = section_of(draft)
    assert section.versions.get(number=section.version).text == section.text == f"{TEXT}\nThêm."


def test_of_two_people_who_change_other_words_both_are_kept(province, draft):
    officer, other = province.person("officer"), province.person("officer_2")
    seen = section_of(draft).version
    save(draft, TEXT.replace("năm.", "năm 2023."), seen, officer)
    saved = save(draft, TEXT.replace("máy tính", "máy tính và phòng học"), seen, other)
    assert isinstance(saved, Saved)
    assert saved.is_merged
    assert saved.others == "officer"
    merged = TEXT.replace("năm.", "năm 2023.").replace("máy tính", "máy tính và phòng học")
    assert section_of(draft).text == saved.text == merged
    # What was sent stands by itself too, and a page goes on typing on it.
    sent = SectionVersion.objects.get(section=section_of(draft), number=saved.base)
    assert (sent.text, sent.aside_of) == (TEXT.replace("máy tính", "máy tính và phòng học"), seen)
    more = save(draft, f"{sent.text} Hết.", saved.base, other)
    assert more.text == section_of(draft).text == f"{merged} Hết."


def test_of_two_people_who_change_the_same_words_the_second_is_told_and_both_texts_are_kept(province, draft):
    officer, other = province.person("officer"), province.person("officer_2")
    seen = section_of(draft).version
    first, second = TEXT.replace("đủ", "chưa đủ"), TEXT.replace("đủ", "gần đủ")
    save(draft, first, seen, officer)
    found = save(draft, second, seen, other)
    assert isinstance(found, Conflict)
    assert (found.theirs, found.by, found.version) == (first, "officer", section_of(draft).version)
    assert section_of(draft).text == first
    assert SectionVersion.objects.get(section=section_of(draft), number=found.mine).text == second
    assert "chưa đủ" in found.both
    assert "gần đủ" in found.both
    # Sent again it is the same conflict, and kept once.
    assert save(draft, second, seen, other).mine == found.mine
    # Decided: what the second chooses is saved over what was told.
    assert isinstance(save(draft, found.both, found.version, other), Saved)
    assert section_of(draft).text == found.both


def test_who_has_typed_nothing_only_learns_what_others_wrote(province, draft):
    seen = section_of(draft).version
    save(draft, f"{TEXT} Mới.", seen, province.person("officer"))
    count = SectionVersion.objects.count()
    found = save(draft, TEXT, seen, province.person("officer_2"))
    assert (found.text, found.others) == (f"{TEXT} Mới.", "officer")
    assert SectionVersion.objects.count() == count


def test_an_older_version_is_taken_again_as_a_new_one(province, draft):
    officer = province.person("officer")
    seen = section_of(draft).version
    save(draft, "Khác hẳn.", seen, officer)
    saved = actions.restore_version(section=section_of(draft), number=seen, by=officer)
    assert (saved.text, saved.version, saved.restored) == (TEXT, seen + 2, seen)
    with pytest.raises(Refused, match="đúng nội dung"):
        actions.restore_version(section=section_of(draft), number=seen, by=officer)
    with pytest.raises(Refused, match="Không có phiên bản"):
        actions.restore_version(section=section_of(draft), number=99, by=officer)


def test_the_delivered_text_is_taken_again_as_a_new_version(province, draft):
    officer = province.person("officer")
    delivered = SectionVersion.objects.get(section=section_of(draft), number=1).text
    assert actions.reset_to_default(section=section_of(draft), by=officer).text == delivered
    assert section_of(draft).text == delivered
    with pytest.raises(Refused, match="nội dung mẫu"):
        actions.reset_to_default(section=section_of(draft), by=officer)


def test_the_trail_says_once_for_a_sitting_that_somebody_wrote(province, draft):
    officer = province.person("officer")
    for number in range(3):
        save(draft, f"{TEXT} {number}", section_of(draft).version, officer)
    assert trail() == ["draft.begin", "draft.write"]
    SectionVersion.objects.update(written_at=timezone.now() - dt.timedelta(minutes=11))
    save(draft, f"{TEXT} Sau.", section_of(draft).version, officer)
    assert trail() == ["draft.begin", "draft.write", "draft.write"]


def test_a_text_that_is_too_long_is_refused_and_a_version_unknown_too(province, draft):
    officer = province.person("officer")
    with pytest.raises(Refused, match="Hãy rút ngắn"):
        save(draft, "a" * (actions.MOST_CHARACTERS + 1), section_of(draft).version, officer)
    with pytest.raises(Refused, match="tải lại trang"):
        save(draft, "a", 99, officer)


def test_what_is_no_text_is_left_out_of_what_is_kept(province, draft):
    """JSON can spell half of a character, and a paste can bring control marks."""
    section = section_of(draft)
    saved = save(draft, "Một\ud83d hai\x01\x0b ba\x00\uffff.", section.version, province.person("officer"))
    assert saved.text == section_of(draft).text == "Một hai ba."


# --- who may do what -----------------------------------------------------------------------

WRITES_ALL = ("officer", "officer_2")


@pytest.mark.parametrize(
    ("person", "writes", "comments_on"),
    [
        ("officer", True, True),
        ("officer_2", True, True),
        ("leader", False, True),
        ("administrator", False, False),
        ("auditor", False, False),
        ("clerk_dn", False, False),
    ],
)
def test_who_writes_and_who_comments_in_the_report_of_the_department(
    province, draft, person, writes, comments_on
):
    rights, section = rights_in(province.person(person), draft), section_of(draft)
    assert (rights.may_write(section), rights.may_name_authors) == (writes, writes)
    assert rights.may_comment == comments_on
    who = province.person(person)
    for may, act in (
        (writes, lambda: save(draft, f"{TEXT} Thêm.", section.version, who)),
        (writes, lambda: actions.assign_authors(section=section, authors=[], by=who)),
        (writes, lambda: actions.reset_to_default(section=section, by=who)),
        (comments_on, lambda: actions.add_comment(section=section, text="Ý.", by=who)),
    ):
        if may:
            act()
        else:
            with pytest.raises(PermissionDenied, match="Hãy"):
                act()


def test_only_who_writes_reports_at_the_unit_or_above_begins_one(province):
    selection = read_selection({"period": "2023"})
    for person, unit in (("leader", "DN"), ("clerk_101", "DN-101"), ("reviewer_1", "DN")):
        with pytest.raises(PermissionDenied, match="soạn báo cáo"):
            actions.begin_draft(unit=province.unit(unit), selection=selection, by=province.person(person))
    for person, unit in (("reviewer_1", "DN-101"), ("officer", "DN-2")):
        actions.begin_draft(unit=province.unit(unit), selection=selection, by=province.person(person))
    assert Draft.objects.count() == 2


def test_an_author_writes_the_sections_named_and_comments_on_all(province, draft):
    clerk, officer = province.person("clerk_dn"), province.person("officer")
    actions.assign_authors(section=section_of(draft), authors=[clerk], by=officer)
    other = section_of(draft, "closing")
    assert isinstance(save(draft, f"{TEXT} Của tôi.", section_of(draft).version, clerk), Saved)
    with pytest.raises(PermissionDenied, match="phân công"):
        actions.save_section(section=other, text="Khác.", version=other.version, by=clerk)
    actions.add_comment(section=other, text="Nên bổ sung.", by=clerk)
    actions.assign_authors(section=section_of(draft), authors=[], by=officer)
    with pytest.raises(PermissionDenied):
        save(draft, f"{TEXT} Nữa.", section_of(draft).version, clerk)


def test_nobody_is_named_author_who_does_not_see_the_figures(province, draft):
    with pytest.raises(Refused, match="clerk_101 không xem được"):
        actions.assign_authors(
            section=section_of(draft), authors=[province.person("clerk_101")], by=province.person("officer")
        )


def test_an_author_who_has_lost_sight_of_the_unit_writes_no_more(province, draft):
    clerk = province.person("clerk_dn")
    actions.assign_authors(section=section_of(draft), authors=[clerk], by=province.person("officer"))
    membership = clerk.memberships.get()
    membership.is_active = False
    membership.save()
    clerk.__dict__.pop("active_memberships", None)
    assert not rights_in(clerk, draft).may_write(section_of(draft))


# --- remarks -------------------------------------------------------------------------------


def test_a_remark_is_answered_settled_and_open_again_when_answered(province, draft):
    officer, leader = province.person("officer"), province.person("leader")
    remark = actions.add_comment(section=section_of(draft), text=" Vì sao? ", quote="đã nộp  đủ", by=leader)
    assert (remark.text, remark.quote) == ("Vì sao?", "đã nộp đủ")
    answer = actions.answer_comment(comment=remark, text="Theo biên bản.", by=officer)
    actions.settle_comment(comment=remark, by=officer)
    assert (remark.settled_by, answer.answers) == (officer, remark)
    actions.answer_comment(comment=remark, text="Chưa rõ.", by=leader)
    assert remark.settled_by is None
    with pytest.raises(Refused, match="ý kiến đầu tiên"):
        actions.answer_comment(comment=answer, text="Lại.", by=leader)
    for text in ("", "  ", "a" * 2001):
        with pytest.raises(Refused, match="Hãy viết"):
            actions.add_comment(section=section_of(draft), text=text, by=leader)
    assert trail()[2:] == ["draft.comment", "draft.answer", "draft.settle", "draft.answer"]
