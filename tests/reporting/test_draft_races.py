"""Two people save one section at the same moment, on two real connections: no word is lost.

Each guard is also tried switched off, and then words are lost, or the database itself fails.
"""

import contextlib
import threading

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.db.models.query import QuerySet

from reporting.drafts import actions
from reporting.drafts.actions import Conflict, Saved, sections
from reporting.models import SectionVersion
from tests.collection.test_races import PATIENCE, PAUSE, together
from tests.province import build_province
from tests.reporting.drafting import TEXT, begun, section_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def province():
    return build_province()


@pytest.fixture
def draft(province):
    return begun(province)


def two_texts(province, draft, one, other):
    """Both have read the same version; then both save."""
    have_read = threading.Barrier(2)

    def save(text, name):
        section = section_of(draft)
        have_read.wait(PATIENCE)
        return actions.save_section(
            section=section, text=text, version=section.version, by=province.person(name)
        )

    return together(lambda: save(one, "officer"), lambda: save(other, "officer_2"))


AT_THE_START = TEXT.replace("Đơn vị", "Toàn ngành")
AT_THE_END = TEXT.replace("máy tính", "phòng học")
BOTH = AT_THE_START.replace("máy tính", "phòng học")


def test_the_words_of_both_stand_in_the_section(province, draft):
    outcomes = two_texts(province, draft, AT_THE_START, AT_THE_END)
    assert all(isinstance(one, Saved) for one in outcomes), outcomes
    assert section_of(draft).text == BOTH


def test_of_two_who_change_the_same_words_one_is_told_and_both_texts_are_kept(province, draft):
    texts = [TEXT.replace("đủ", "gần đủ"), TEXT.replace("đủ", "chưa đủ")]
    outcomes = two_texts(province, draft, *texts)
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict", "Saved"]
    [conflict] = [one for one in outcomes if isinstance(one, Conflict)]
    assert conflict.theirs == section_of(draft).text
    kept = SectionVersion.objects.filter(section=section_of(draft)).values_list("text", flat=True)
    assert set(texts) <= set(kept)


def test_without_the_version_check_the_words_of_one_are_lost_silently(province, draft, monkeypatch):
    monkeypatch.setattr(sections, "is_current", lambda version, section: True)
    outcomes = two_texts(province, draft, AT_THE_START, AT_THE_END)
    assert all(isinstance(one, Saved) for one in outcomes)  # both were told "saved" …
    assert section_of(draft).text in (AT_THE_START, AT_THE_END)  # … and the words of one are gone


@pytest.fixture
def meeting_before_the_write(monkeypatch):
    """Both threads check their versions before either writes, unless a lock keeps one out."""
    meeting = threading.Barrier(2)
    write = sections._written

    def wait_then_write(*args, **options):
        # Broken by its patience where the other is held by the lock, as it should be.
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(PAUSE)
        return write(*args, **options)

    monkeypatch.setattr(sections, "_written", wait_then_write)
    return meeting


def test_the_lock_lets_nobody_check_while_another_writes(province, draft, meeting_before_the_write):
    two_texts(province, draft, AT_THE_START, AT_THE_END)
    assert meeting_before_the_write.broken
    assert section_of(draft).text == BOTH


def test_without_the_lock_one_of_two_saves_fails_in_the_database(
    province, draft, meeting_before_the_write, monkeypatch
):
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    else:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *_args, **_options: rows)
    outcomes = two_texts(province, draft, AT_THE_START, AT_THE_END)
    assert not meeting_before_the_write.broken
    [failed] = [one for one in outcomes if not isinstance(one, Saved)]
    assert isinstance(failed, OperationalError if connection.vendor == "sqlite" else IntegrityError)
