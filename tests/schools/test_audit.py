from importlib import import_module
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from dxreport.lib.added_only import Fixed
from schools.actions import create_user, record_event, record_events
from schools.actions.audit import SYSTEM
from schools.models import AuditEvent
from tests.audit_trail import around_flush
from tests.schools.province import PASSWORD

TABLE = "schools_auditevent"


@pytest.fixture
def event(db):
    row = record_event(by=None, action="unit.rename", subject="Trường A", unit_code="S1")
    connection.check_constraints()  # PostgreSQL alters and truncates no table with checks pending
    return row


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: AuditEvent.objects.update(subject="Trường B"),
        lambda event: AuditEvent.objects.all().delete(),
        lambda event: AuditEvent.objects.bulk_update([event], ["subject"]),
        lambda event: AuditEvent.objects.filter(pk=event.pk)._raw_delete(None),
    ],
    ids=["save", "delete", "update", "delete many", "bulk_update", "raw delete"],
)
def test_nothing_in_the_code_changes_or_removes_a_line(event, change):
    event.subject = "Trường B"
    with pytest.raises(Fixed, match="không sửa, không xóa"):
        change(event)
    assert AuditEvent.objects.get().subject == "Trường A"


def statements(event):
    text = ["action", "subject", "unit_code", "period_code", "reason", "actor_name", "search_text"]
    yield from (f"UPDATE {TABLE} SET {name} = 'khác' WHERE id = {event.pk}" for name in text)
    yield f"UPDATE {TABLE} SET at = '2020-01-01 00:00:00' WHERE id = {event.pk}"
    yield f"UPDATE {TABLE} SET id = id + 1000 WHERE id = {event.pk}"
    yield f"""UPDATE {TABLE} SET detail = '{{"khác": 1}}' WHERE id = {event.pk}"""
    yield f"DELETE FROM {TABLE}"
    yield f"DELETE FROM {TABLE} WHERE id = {event.pk}"
    if connection.vendor == "postgresql":
        yield f"TRUNCATE {TABLE}"
    else:
        yield (
            f"INSERT OR REPLACE INTO {TABLE}"
            " (id, at, actor_name, action, unit_code, period_code, subject, reason, detail)"
            f" VALUES ({event.pk}, '2020-01-01', '', '', '', '', '', '', '{{}}')"
        )


def test_the_database_refuses_what_goes_round_the_code(event):
    before = AuditEvent.objects.values().get()
    for statement in statements(event):
        with (
            pytest.raises(DatabaseError, match="không sửa, không xóa"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert AuditEvent.objects.values().get() == before, statement


def test_without_the_triggers_each_of_those_statements_would_pass(event):
    """The test above tests the triggers: with them aside, every line of it comes through."""
    aside, _back = around_flush()
    for statement in statements(event):
        with transaction.atomic(), connection.cursor() as cursor:
            for one in aside:
                cursor.execute(one)
            cursor.execute(statement)
            transaction.set_rollback(True)


def test_an_actor_is_not_put_in_the_place_of_another(province):
    record_event(by=province.people["clerk"], action="unit.rename", subject="Trường A")
    line = AuditEvent.objects.get(action="unit.rename")
    other = province.people["officer"]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET actor_id = {other.pk} WHERE id = {line.pk}")


def test_the_trail_outlives_the_account_that_wrote_it(db):
    user = create_user(username="an", display_name="Nguyễn Văn An", password=PASSWORD, by=None)
    record_event(by=user, action="unit.rename", subject="Trường A")
    user.delete()
    line = AuditEvent.objects.get(action="unit.rename")
    assert (line.actor, line.actor_name) == (None, "Nguyễn Văn An")


@pytest.mark.django_db(transaction=True)
def test_emptying_a_database_with_a_trail_fails(monkeypatch):
    """`manage.py flush` without the help that tests give themselves."""
    record_event(by=None, action="unit.rename", subject="Trường A")
    monkeypatch.setattr("tests.audit_trail.around_flush", lambda: ([], []))
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert AuditEvent.objects.exists()


def test_an_event_is_never_lost_because_a_name_is_long(db):
    event = record_event(by=None, action="unit.rename", subject="Trường " * 60, unit_code="S" * 30)
    assert event.subject.endswith("…")
    stored = AuditEvent.objects.get()
    assert (len(stored.subject), len(stored.unit_code)) == (200, 20)
    assert stored.actor_name == SYSTEM


def test_many_events_take_one_statement(province, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = record_events(
            by=province.people["officer"],
            events=[{"action": "unit.rename", "subject": f"Trường {n}"} for n in range(50)],
        )
    assert {row.actor_name for row in rows} == {"Người officer"}


def seen(province, name):
    return set(AuditEvent.objects.visible_to(province.person(name)).values_list("unit_code", flat=True))


def test_the_trail_is_read_within_the_subtree_of_who_may_read_history(province):
    everything = {"", "DN", "P1", "P2", "S1", "S2", "S3", "T1"}
    assert seen(province, "officer") == everything
    assert seen(province, "reviewer") == {"P1", "S1", "S2"}
    assert seen(province, "clerk") == {"S1"}
    assert seen(province, "auditor") == {"P2", "S3"}
    assert seen(province, "leader") == set()
    assert seen(province, "nobody") == set()


def test_a_line_is_found_by_who_what_where_and_why_without_diacritics(province):
    record_event(
        by=province.people["officer"],
        action="unit.rename",
        subject="Trường THCS Đắk Ơ",
        unit_code="S1",
        period_code="2023",
        reason="Quyết định của huyện",
    )
    for text in ("dak o", "ĐẮK", "nguoi officer", "s1 2023", "quyet dinh dak"):
        assert AuditEvent.objects.matching(text).filter(subject="Trường THCS Đắk Ơ").exists(), text
    assert not AuditEvent.objects.matching("dak nong huyen").exists()


@pytest.mark.django_db(transaction=True)
def test_lines_written_before_the_trail_was_searched_are_found_too(monkeypatch):
    migration = import_module("schools.migrations.0003_audit_search")
    monkeypatch.setattr(migration, "AT_ONCE", 2)
    monkeypatch.setattr("schools.actions.audit.fold", lambda text: "")
    record_events(by=None, events=[{"action": "a", "subject": f"Trường số {n}"} for n in range(5)])
    aside, back = around_flush()
    with connection.cursor() as cursor:
        for statement in aside:
            cursor.execute(statement)
        migration.fold_lines(apps_of_migrations(), None)
        for statement in back:
            cursor.execute(statement)
    assert AuditEvent.objects.matching("truong so").count() == 5


def apps_of_migrations() -> Any:
    """Models as a migration gets them, without what the code adds to them."""
    return MigrationExecutor(connection).loader.project_state(("schools", "0003_audit_search")).apps
