"""What was published is never altered: not by the code, and not past it in the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from dxreport.lib.added_only import Fixed
from reporting.models import Edition, EditionFigure, EditionFile, Publication
from tests.audit_trail import around_flush

MODELS = (Edition, EditionFigure, EditionFile)


pytestmark = pytest.mark.usefixtures("edition", "db")


@pytest.fixture(autouse=True)
def no_checks_pending(db):
    connection.check_constraints()  # PostgreSQL alters and truncates no table with checks pending


def kept():
    return [list(model.objects.order_by("pk").values()) for model in (*MODELS, Publication)]


@pytest.mark.parametrize(
    "change",
    [
        lambda model, row: row.save(),
        lambda model, row: row.delete(),
        lambda model, row: model.objects.update(edition_id=1),
        lambda model, row: model.objects.all().delete(),
        lambda model, row: model.objects.bulk_update([row], ["pk"]),
        lambda model, row: model.objects.filter(pk=row.pk)._raw_delete(None),
    ],
    ids=["save", "delete", "update", "delete many", "bulk_update", "raw delete"],
)
def test_nothing_in_the_code_changes_or_removes_what_was_published(change):
    before = kept()
    for model in MODELS:
        with pytest.raises(Fixed, match="không sửa, không xóa"):
            change(model, model.objects.first())
    assert kept() == before


def statements():
    """Every way round the code that the database has, one line each."""
    changed = {
        "reporting_edition": ("reason = 'khác'", "content = '{}'", "sha256 = ''", "number = number + 1"),
        "reporting_editionfigure": ("display = '99%'", "numerator = 1", "edition_id = edition_id + 1"),
        "reporting_editionfile": ("data = ''", "sha256 = ''", "name = 'x'"),
        "reporting_publication": ("edition_id = NULL", "reason = 'khác'"),
    }
    for table, sets in changed.items():
        yield from (f"UPDATE {table} SET {one}" for one in sets)
        yield f"DELETE FROM {table}"
        if connection.vendor == "postgresql":
            yield f"TRUNCATE {table} CASCADE"
    for table, columns in (
        (
            "reporting_edition",
            "draft_id, unit_id, period_id, basis, number, reason, content, sha256,"
            " published_by_id, published_at",
        ),
        (
            "reporting_editionfigure",
            "edition_id, position, code, name, kind, formula, numerator, denominator,"
            " value, display, counted, expected",
        ),
        ("reporting_editionfile", "edition_id, kind, name, data, size, sha256"),
    ):
        again = f"({columns}) SELECT {columns} FROM {table}"
        if connection.vendor == "sqlite":
            yield f"INSERT OR REPLACE INTO {table} {again}"
            yield f"INSERT OR REPLACE INTO {table} (id, {columns}) SELECT id, {columns} FROM {table}"
    yield (
        "INSERT INTO reporting_editionfigure (edition_id, position, code, name, kind, formula, display,"
        " counted, expected) SELECT edition_id, 99, 'Z9', name, kind, formula, display, counted, expected"
        " FROM reporting_editionfigure WHERE code = 'T1'"
    )


def test_the_database_refuses_what_goes_round_the_code():
    before = kept()
    for statement in statements():
        with (
            pytest.raises(DatabaseError, match="không sửa, không xóa"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert kept() == before, statement


def test_without_the_triggers_what_was_published_could_be_altered():
    """The test above tests the triggers: with them aside, statements of every kind come through."""
    aside, _back = around_flush()
    for statement in (
        "UPDATE reporting_editionfigure SET display = '99%'",
        "DELETE FROM reporting_editionfile",
        "UPDATE reporting_edition SET reason = 'khác'",
        "UPDATE reporting_publication SET edition_id = NULL",
        *list(statements())[-1:],
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            for one in aside:
                cursor.execute(one)
            cursor.execute(statement)
            assert cursor.rowcount > 0
            transaction.set_rollback(True)


def test_a_publication_that_failed_may_be_tidied_away(edition):
    failed = Publication.objects.create(
        draft=edition.draft,
        state=Publication.State.FAILED,
        requested_by=edition.published_by,
        requested_at=edition.published_at,
        moved_at=edition.published_at,
    )
    failed.delete()
    assert Publication.objects.count() == 1
