"""A zip of workbooks: checked file by file in the background, then saved together or not at all."""

from __future__ import annotations

import datetime as dt
import signal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collection import actions
from collection.actions import Entry
from collection.models import Batch, BatchFile, DataValue, Upload
from collection.refusals import Refused
from collection.workbooks.layout import Kind
from collection.workbooks.preview import check_workbook
from dxreport.lib.bundles import BundleRefused
from schools.models import AuditEvent
from tests.collection.background import run_worker, work
from tests.hostile.packing import packed
from tests.province import build_province
from tests.tables import nothing_changes
from tests.workbooks import filled, template

Outcome = BatchFile.Outcome


@pytest.fixture
def officer(province):
    return province.person("officer")


def book(province, unit: str, **cells) -> bytes:
    """A unit's workbook with these cells filled in."""
    data = template(Kind.UNIT, province.submission(unit))
    return filled(data, {(unit, code): value for code, value in cells.items()}) if cells else data


def archive(province) -> bytes:
    """One file of each outcome, and two good ones."""
    return packed(
        {
            "1.xlsx": book(province, "DN-101", teachers=31),
            "2.xlsx": book(province, "DN-201", teachers="ba mươi"),
            "3.xlsx": book(province, "DN-301"),
            "4.xlsx": b"no workbook",
            "5.xlsx": book(province, "DN-102", teachers=25),
            "6.xlsx": book(province, "DN-101", teachers=32),
        }
    )


def good(province) -> bytes:
    return packed(
        {
            "1.xlsx": book(province, "DN-101", teachers=31),
            "2.xlsx": book(province, "DN-201", teachers=41),
            "3.xlsx": book(province, "DN-301", teachers=51),
        }
    )


def received(data: bytes, by) -> Batch:
    return actions.receive_batch(data=data, file_name="phong.zip", by=by)


def checked(data: bytes, by) -> Batch:
    batch = received(data, by)
    work()
    batch.refresh_from_db()
    return batch


def outcomes(batch: Batch) -> list[str]:
    return list(batch.files.values_list("outcome", flat=True))


def teachers() -> dict[str, int | None]:
    rows = DataValue.objects.filter(element__code="teachers")
    return dict(rows.order_by("org_unit__code").values_list("org_unit__code", "number"))


# --- checking -------------------------------------------------------------------------------


def test_each_file_gets_its_own_verdict_and_nothing_is_saved(province, officer):
    batch = checked(archive(province), officer)
    assert batch.state == Batch.State.CHECKED
    assert outcomes(batch) == ["ready", "faulty", "unchanged", "refused", "ready", "refused"]
    files = list(batch.files.all())
    (error,) = files[1].errors
    assert error[1:] != ["", ""]
    assert "Hãy" in error[2]
    assert "Hãy" in files[3].sentence
    assert "với tệp “1.xlsx”" in files[5].sentence
    assert Upload.objects.count() == 3
    assert not DataValue.objects.exists()


def test_a_file_of_a_unit_outside_of_the_scope_reads_as_not_there(province):
    batch = checked(good(province), province.person("clerk_101"))
    assert outcomes(batch) == ["ready", "refused", "refused"]
    assert "không có trong phạm vi của bạn" in batch.files.all()[1].sentence


def test_an_archive_that_is_none_is_refused_and_leaves_nothing(province, officer):
    with nothing_changes(), pytest.raises(BundleRefused, match=r"không phải tệp \.zip"):
        received(b"no zip", officer)


def test_a_check_can_be_stopped_between_two_files_and_taken_up_again(province, officer):
    batch = received(good(province), officer)
    work(most=1)
    actions.cancel_batch(batch=batch, by=officer)
    work()
    assert outcomes(batch) == ["ready"]
    batch.refresh_from_db()
    assert batch.state == Batch.State.CANCELLED
    actions.restart_batch(batch=batch, by=officer)
    work()
    assert outcomes(batch) == ["ready", "ready", "ready"]
    assert not DataValue.objects.exists()


def test_a_file_checked_while_somebody_stops_the_batch_is_not_noted(province, officer, monkeypatch):
    batch = received(good(province), officer)

    def check_and_stop(data, by):
        found = check_workbook(data, by=by)
        actions.cancel_batch(batch=batch, by=officer)
        return found

    monkeypatch.setattr("collection.actions.batches.check_workbook", check_and_stop)
    work()
    assert outcomes(batch) == []
    assert not Upload.objects.exists()


# --- saving ---------------------------------------------------------------------------------


def test_confirmed_all_files_with_changes_are_saved_and_the_others_not(province, officer):
    batch = checked(archive(province), officer)
    actions.confirm_batch(batch=batch, by=officer)
    assert teachers() == {}
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.data) == (Batch.State.CONFIRMED, None)
    assert teachers() == {"DN-101": 31, "DN-102": 25}
    event = AuditEvent.objects.get(action="batch.confirm")
    assert (event.detail["files"], event.detail["cells"]) == (2, 2)


def test_each_saved_figure_is_traced_to_its_own_file(province, officer):
    batch = checked(good(province), officer)
    actions.confirm_batch(batch=batch, by=officer)
    work()
    uploads = {file.upload_id: file.name for file in batch.files.all()}
    saved = AuditEvent.objects.filter(action="submission.save").order_by("unit_code")
    assert [(one.unit_code, one.detail["file"], uploads[one.detail["upload"]]) for one in saved] == [
        ("DN-101", "1.xlsx", "1.xlsx"),
        ("DN-201", "2.xlsx", "2.xlsx"),
        ("DN-301", "3.xlsx", "3.xlsx"),
    ]
    told = AuditEvent.objects.filter(action="upload.confirm").order_by("unit_code")
    assert [(one.detail["upload"], one.detail["cells"]) for one in told] == [(pk, 1) for pk in uploads]
    assert not Upload.objects.filter(plan__isnull=False).exists()


def test_three_files_are_saved_with_as_many_statements_as_one(province, officer):
    costs = []
    for units in (["DN-102"], ["DN-101", "DN-201", "DN-301"]):
        data = packed({f"{unit}.xlsx": book(province, unit, teachers=9) for unit in units})
        actions.confirm_batch(batch=checked(data, officer), by=officer)
        with CaptureQueriesContext(connection) as queries:
            work()
        costs.append(len(queries))
    assert teachers() == {"DN-101": 9, "DN-102": 9, "DN-201": 9, "DN-301": 9}
    assert costs[0] == costs[1]


def test_a_unit_in_two_files_holds_up_all_and_the_sentence_names_both(province, officer):
    batch = checked(good(province), officer)
    first = batch.files.all()[0].upload
    assert first is not None
    Upload.objects.filter(batch_file__name="3.xlsx").update(plan=first.plan)
    actions.confirm_batch(batch=batch, by=officer)
    work()
    batch.refresh_from_db()
    assert batch.problem.startswith("Tệp “3.xlsx”: ")
    assert "với tệp “1.xlsx”" in batch.problem
    assert teachers() == {}


def test_a_value_saved_meanwhile_holds_up_all_files_and_says_which(province, officer):
    batch = checked(good(province), officer)
    actions.save_values(
        submission=province.submission("DN-301"),
        entries=[Entry("teachers", number=7)],
        by=officer,
        source="form",
    )
    actions.confirm_batch(batch=batch, by=officer)
    work()
    batch.refresh_from_db()
    assert batch.state == Batch.State.CHECKED
    assert batch.problem.startswith("Tệp “3.xlsx”: ")
    assert teachers() == {"DN-301": 7}
    actions.restart_batch(batch=batch, afresh=True, by=officer)
    work()
    batch.refresh_from_db()
    assert (batch.problem, outcomes(batch)) == ("", ["ready", "ready", "ready"])
    actions.confirm_batch(batch=batch, by=officer)
    work()
    assert teachers() == {"DN-101": 31, "DN-201": 41, "DN-301": 7}  # the changed cell keeps what is stored


def test_a_file_given_up_on_its_own_page_is_left_out(province, officer):
    batch = checked(good(province), officer)
    first = batch.files.all()[0].upload
    assert first is not None
    actions.discard_upload(upload=first, by=officer)
    actions.confirm_batch(batch=batch, by=officer)
    work()
    assert teachers() == {"DN-201": 41, "DN-301": 51}


def test_a_second_confirmation_is_refused(province, officer):
    batch = checked(good(province), officer)
    actions.confirm_batch(batch=batch, by=officer)
    with pytest.raises(Refused):
        actions.confirm_batch(batch=batch, by=officer)
    work()
    for again in (actions.confirm_batch, actions.restart_batch, actions.cancel_batch):
        with pytest.raises(Refused):
            again(batch=batch, by=officer)


def test_the_same_archive_sent_again_changes_nothing_and_says_so(province, officer):
    data = good(province)
    actions.confirm_batch(batch=checked(data, officer), by=officer)
    work()
    again = checked(data, officer)
    assert outcomes(again) == ["unchanged", "unchanged", "unchanged"]
    with pytest.raises(Refused, match="Không có tệp nào có thay đổi"):
        actions.confirm_batch(batch=again, by=officer)


def test_archives_never_confirmed_are_forgotten_in_time(province, officer):
    batch = checked(good(province), officer)
    Batch.objects.update(uploaded_at=timezone.now() - dt.timedelta(days=31))
    actions.prune_uploads()
    assert not Batch.objects.filter(pk=batch.pk).exists()


# --- pages ----------------------------------------------------------------------------------


def send(client, data: bytes):
    return client.post("/workbooks/batches/", {"file": SimpleUploadedFile("phong.zip", data)})


def test_the_page_shows_progress_then_the_report_then_what_was_saved(province, client_of):
    client = client_of("officer")
    page = send(client, archive(province)).headers["Location"]
    work(most=2)
    assert "Đã kiểm tra 2/6 tệp." in client.get(page).content.decode()
    partial = client.get(page, headers={"HX-Request": "true"})
    assert "Đã kiểm tra 2/6 tệp." in partial.content.decode()
    assert "<h1>" not in partial.content.decode()
    work()
    assert client.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    html = client.get(page).content.decode()
    for text in ("có ô sai", "không nhận", "không thay đổi gì", "1 ô mới", "Lưu các tệp có thay đổi"):
        assert text in html
    assert client.post(page, {"do": "confirm"}).status_code == 302
    work()
    assert "đã lưu" in client.get(page).content.decode()
    assert teachers() == {"DN-101": 31, "DN-102": 25}
    assert client.post(page, {"do": "confirm"}).status_code == 409
    assert client.post(page, {"do": "nothing"}).status_code == 409


def test_a_batch_is_its_senders_alone(province, client_of, officer):
    batch = checked(good(province), officer)
    for name in ("officer_2", "clerk_101"):
        assert client_of(name).get(f"/workbooks/batches/{batch.pk}/").status_code == 404
        assert client_of(name).post(f"/workbooks/batches/{batch.pk}/", {"do": "confirm"}).status_code == 404


@pytest.mark.parametrize(("data", "sentence"), [(b"no zip", "không phải tệp .zip"), (b"", "Hãy")])
def test_what_is_no_archive_is_refused_on_the_page(client_of, data, sentence):
    client = client_of("officer")
    with nothing_changes():
        answer = send(client, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_batch_that_does_not_move_offers_to_go_on(province, client_of, officer):
    batch = received(good(province), officer)
    page = f"/workbooks/batches/{batch.pk}/"
    client = client_of("officer")
    assert "Chạy tiếp" not in client.get(page).content.decode()
    assert client.post(page, {"do": "restart"}).status_code == 409
    Batch.objects.update(moved_at=timezone.now() - dt.timedelta(minutes=3))
    assert "Hơn hai phút chưa có tiến triển" in client.get(page).content.decode()
    assert client.post(page, {"do": "restart"}).status_code == 302
    work()  # the task that was lost, should it come after all, finds its run is over
    assert outcomes(batch) == ["ready", "ready", "ready"]


def test_the_page_costs_as_many_statements_for_six_files_as_for_three(province, client_of, officer):
    client = client_of("officer")
    costs = []
    for data in (good(province), archive(province)):
        page = f"/workbooks/batches/{checked(data, officer).pk}/"
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page)
        costs.append(len(queries))
    assert costs[0] == costs[1]


# --- a worker that dies ---------------------------------------------------------------------

KILL = """
import os, signal
from collection.actions import batches
inner, calls = batches.{name}, []
def once(*args, **named):
    calls.append(1)
    if len(calls) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
    return inner(*args, **named)
batches.{name} = once
{more}
"""
UNGUARDED = """
batches._save_all = batches._save_all.__wrapped__
batches._held = lambda pk, *_: batches.Batch.objects.get(pk=pk)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_checks_leaves_whole_files_and_another_goes_on():
    province = build_province()
    officer = province.person("officer")
    batch = received(good(province), officer)
    # At the end of the second file, inside of its transaction.
    assert run_worker(KILL.format(name="_move", at=2, more="")) == -signal.SIGKILL
    assert (outcomes(batch), Upload.objects.count()) == (["ready"], 1)
    assert not DataValue.objects.exists()
    Batch.objects.update(moved_at=timezone.now() - dt.timedelta(minutes=3))
    actions.restart_batch(batch=batch, by=officer)
    work()
    assert (outcomes(batch), Upload.objects.count()) == (["ready", "ready", "ready"], 3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False], ids=["in one transaction", "with the guard off"])
def test_a_worker_killed_while_it_saves_leaves_no_value(guarded):
    province = build_province()
    officer = province.person("officer")
    batch = checked(good(province), officer)
    actions.confirm_batch(batch=batch, by=officer)
    # When the values are written and the batch does not say so yet.
    kill = KILL.format(name="_move", at=1, more="" if guarded else UNGUARDED)
    assert run_worker(kill) == -signal.SIGKILL
    assert teachers() == ({} if guarded else {"DN-101": 31, "DN-201": 41, "DN-301": 51})
    if guarded:
        Batch.objects.update(moved_at=timezone.now() - dt.timedelta(minutes=3))
        actions.restart_batch(batch=batch, by=officer)
        batch.refresh_from_db()
        assert batch.state == Batch.State.CHECKED
        actions.confirm_batch(batch=batch, by=officer)
        work()
        assert teachers() == {"DN-101": 31, "DN-201": 41, "DN-301": 51}
