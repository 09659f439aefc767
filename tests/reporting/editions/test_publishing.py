"""Publishing: asked for, done in the background, there whole or not at all."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from collection.refusals import Refused
from reporting.editions import actions
from reporting.editions.rendering import DOCUMENTS
from reporting.figures import figures
from reporting.models import Edition, EditionFigure, EditionFile, Publication
from schools.models import AuditEvent
from tests.collection.background import work
from tests.reporting.editions.making import asked_for, mended, published
from tests.tables import nothing_changes

State = Publication.State
pytestmark = pytest.mark.usefixtures("ready", "db")


# --- who and when -----------------------------------------------------------------------------


def test_whoever_last_changed_a_section_does_not_publish(ready, draft):
    with nothing_changes(), pytest.raises(Refused, match="người khác đọc lại"):
        asked_for(ready, draft, by="officer")


def test_one_section_is_enough(ready, draft):
    draft.sections.filter(key="closing").update(updated_by=ready.person("leader"))
    with nothing_changes(), pytest.raises(Refused, match="người khác đọc lại"):
        asked_for(ready, draft)


def test_with_that_guard_off_the_writer_would_publish(ready, draft, monkeypatch):
    monkeypatch.setattr(actions, "_refuse_writers", lambda writers, by: None)
    assert published(ready, draft, by="officer").published_by == ready.person("officer")


def test_who_writes_after_asking_does_not_publish_either(ready, draft):
    publication = asked_for(ready, draft)
    draft.sections.filter(key="closing").update(updated_by=ready.person("leader"))
    work()
    publication.refresh_from_db()
    assert publication.state == State.FAILED
    assert "người khác đọc lại" in publication.problem
    assert not Edition.objects.exists()


@pytest.mark.parametrize("who", ["clerk_dn", "reviewer_1", "auditor", "administrator"])
def test_without_the_right_to_publish_nobody_does(ready, draft, who):
    with nothing_changes(), pytest.raises(PermissionDenied, match="công bố báo cáo"):
        asked_for(ready, draft, by=who)


def test_one_draft_is_published_once_at_a_time(ready, draft):
    asked_for(ready, draft)
    with nothing_changes(), pytest.raises(Refused, match="đang được công bố"):
        asked_for(ready, draft)


def test_warnings_that_nobody_acknowledged_hold_it_up(ready, draft):
    with nothing_changes(), pytest.raises(Refused, match="chưa được xác nhận"):
        actions.request_publication(draft=draft, by=ready.person("leader"))


def test_a_fault_that_the_checker_finds_forbids_it(ready, draft):
    draft.sections.filter(key="general").update(text="Kết quả năm 2023.\n[Bổ sung số liệu.]")
    with nothing_changes(), pytest.raises(Refused, match=r"còn 1 lỗi phải sửa.*Bổ sung số liệu"):
        asked_for(ready, draft)


def test_a_fault_that_came_after_asking_forbids_it_too(ready, draft):
    publication = asked_for(ready, draft)
    draft.sections.filter(key="general").update(text="[Bổ sung số liệu.]")
    work()
    publication.refresh_from_db()
    assert publication.state == State.FAILED
    assert "lỗi phải sửa" in publication.problem
    assert not Edition.objects.exists()


def test_what_was_let_stand_is_kept_with_the_edition(ready, draft):
    warnings = published(ready, draft).content["warnings"]
    assert any("còn đang thu thập" in one for one in warnings)


def test_a_correction_needs_a_reason_and_becomes_the_next_number(ready, draft):
    published(ready, draft)
    for reason in ("", "  "):
        with nothing_changes(), pytest.raises(Refused, match="lý do đính chính"):
            asked_for(ready, draft, reason=reason)
    second = published(ready, draft, reason="Sửa số giáo viên")
    assert (second.number, second.reason) == (2, "Sửa số giáo viên")
    event = AuditEvent.objects.get(action="edition.publish", reason="Sửa số giáo viên")
    assert (event.detail["number"], event.detail["sha256"]) == (2, second.sha256)


# --- frozen for ever --------------------------------------------------------------------------


def frozen():
    files = {(one.edition_id, one.kind): bytes(one.data) for one in EditionFile.objects.all()}
    return files, list(EditionFigure.objects.order_by("pk").values()), list(Edition.objects.values())


def test_a_value_changed_afterwards_leaves_files_and_figures_byte_for_byte(ready, draft):
    edition = published(ready, draft)
    before = frozen()
    mended(ready, teachers_with_computer=18)
    assert frozen() == before
    t1 = next(one for one in figures(unit=ready.unit("DN"), period=ready.period) if one.code == "T1")
    assert (t1.value, edition.figures.get(code="T1").value) == (Decimal("65.00"), Decimal("50.00"))


# --- what goes wrong ---------------------------------------------------------------------------


def test_totals_that_units_do_not_add_up_to_are_not_published(ready, draft, monkeypatch):
    monkeypatch.setattr(actions, "recounted", lambda content: ["T1"])
    publication = asked_for(ready, draft)
    work()
    publication.refresh_from_db()
    assert publication.state == State.FAILED
    assert "không ra số đã tổng hợp: T1" in publication.problem
    assert not Edition.objects.exists()


def test_what_cannot_be_rendered_is_said_and_nothing_published(ready, draft, monkeypatch):
    publication = asked_for(ready, draft)

    def fails(report):
        raise OSError("disk")

    monkeypatch.setitem(DOCUMENTS, "html", fails)
    with pytest.raises(AssertionError):
        work()
    publication.refresh_from_db()
    assert publication.state == State.FAILED
    assert "Hệ thống gặp lỗi" in publication.problem
    assert not Edition.objects.exists()
