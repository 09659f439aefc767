"""One file confirmed twice at the same moment, and by a process that is killed on its way."""

import contextlib
import json
import threading

import pytest
from django.db import OperationalError, connection

from collection import actions
from collection.actions import uploads
from collection.models import DataValue, Upload, ValueChange
from collection.models.uploads import UploadQuerySet
from collection.refusals import Refused
from collection.workbooks.layout import Kind
from schools.models import AuditEvent
from tests.collection.background import run_program
from tests.collection.test_races import PATIENCE, PAUSE, together
from tests.province import build_province
from tests.workbooks import filled, template

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def upload():
    """A checked file of one school with three new numbers, which waits for its sender."""
    province = build_province()
    numbers = {"teachers": 30, "teachers_with_computer": 20, "lessons": 10}
    cells = {("DN-101", code): number for code, number in numbers.items()}
    data = filled(template(Kind.UNIT, province.submission("DN-101")), cells)
    clerk = province.person("clerk_101")
    return actions.receive_workbook(data=data, file_name="DN-101.xlsx", by=clerk).upload


# --- twice at the same moment ---------------------------------------------------------------


@pytest.fixture
def meeting_after_the_check(monkeypatch):
    """Both see that the file waits before either saves it, unless the lock keeps one out."""
    meeting = threading.Barrier(2)
    works = uploads._works

    def wait_then_work(*args):
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(PAUSE)
        return works(*args)

    monkeypatch.setattr(uploads, "_works", wait_then_work)
    return meeting


def confirmed_twice(upload):
    """What each of two clicks on "confirm" came to."""
    start = threading.Barrier(2)

    def confirm():
        row = Upload.objects.select_related("uploaded_by").get(pk=upload.pk)
        start.wait(PATIENCE)
        return actions.confirm_upload(upload=row, by=row.uploaded_by)

    return together(confirm, confirm)


def test_of_two_confirms_one_saves_and_the_other_is_told(upload, meeting_after_the_check):
    outcomes = confirmed_twice(upload)
    assert meeting_after_the_check.broken
    assert sum(isinstance(one, list) for one in outcomes) == 1
    [refused] = [one for one in outcomes if isinstance(one, Refused)]
    assert "đã được lưu trước đó" in str(refused)
    assert ValueChange.objects.count() == 3
    assert AuditEvent.objects.filter(action="upload.confirm").count() == 1


def test_without_the_lock_both_find_that_the_file_waits(upload, meeting_after_the_check, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    else:
        monkeypatch.setattr(UploadQuerySet, "select_for_update", lambda rows, **options: rows)
    outcomes = confirmed_twice(upload)
    assert not meeting_after_the_check.broken
    assert not any(isinstance(one, Refused) for one in outcomes)
    if connection.vendor == "sqlite":  # the database's own last net
        assert any(isinstance(one, OperationalError) for one in outcomes)
    else:
        assert AuditEvent.objects.filter(action="upload.confirm").count() == 2


# --- killed ---------------------------------------------------------------------------------

# One process after the other confirms the file and is killed before its first, second, third …
# statement, until one gets through. Nothing is connected when a process splits.
KILLED_EVERYWHERE = """
import json, os, signal
from django.db import connection
from collection import actions
from collection.actions import uploads
from collection.models import DataValue, Upload
from schools.models import AuditEvent

def confirm(last):
    done = 0
    def count(execute, *args):
        nonlocal done
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1
        return execute(*args)
    upload = Upload.objects.select_related("uploaded_by").get()
    with connection.execute_wrapper(count):
        actions.confirm_upload(upload=upload, by=upload.uploaded_by)

def found():
    stands = Upload.objects.get().state, AuditEvent.objects.filter(action="upload.confirm").count()
    values = DataValue.objects.count()
    connection.close()
    return [*stands, values]

{more}
seen, last, status = [], 0, None
while status != 0:
    child = os.fork()
    if not child:
        confirm(last)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    seen.append(found())
    last += 1
print(json.dumps(seen))
"""
UNGUARDED = """
from collection.models.uploads import UploadQuerySet
UploadQuerySet.select_for_update = lambda rows, **options: rows
uploads.confirm_uploads = uploads.confirm_uploads.__wrapped__
"""
NOTHING, EVERYTHING = ["ready", 0, 0], ["confirmed", 1, 3]


def found_after_each_kill(more=""):
    ended = run_program(KILLED_EVERYWHERE.replace("{more}", more))
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_a_process_killed_anywhere_in_a_confirmation_leaves_nothing_of_it(upload):
    *killed, last = found_after_each_kill()
    assert len(killed) > 8
    assert killed == [NOTHING] * len(killed)
    assert last == EVERYTHING
    assert DataValue.objects.get(element__code="teachers").number == 30


def test_without_the_transaction_a_kill_leaves_half(upload):
    found = found_after_each_kill(UNGUARDED)
    assert [one for one in found if one not in (NOTHING, EVERYTHING)]
