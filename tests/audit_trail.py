"""The database refuses to empty the audit trail and editions; between two transactional tests it has to."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

# The triggers of each database (migrations `0002_audit_guard` of schools, `0005_editions_fixed` of
# reporting) stand aside.
_SQLITE_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL_TABLES = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"


def around_flush() -> tuple[list[str], list[str]]:
    """Statements before and after one that empties all tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_TABLES)
            tables = sorted(table for (table,) in cursor.fetchall())
            change = "ALTER TABLE {} {} TRIGGER USER"
            return tuple([change.format(one, how) for one in tables] for how in ("DISABLE", "ENABLE"))  # type: ignore[return-value]
        triggers = cursor.execute(_SQLITE_TRIGGERS).fetchall()
    return [f"DROP TRIGGER {name}" for name, _sql in triggers], [sql for _name, sql in triggers]


@pytest.fixture(scope="session", autouse=True)
def trail_can_be_emptied_between_tests() -> Iterator[None]:
    """Wraps the statements of `flush`, with which transactional tests end; nothing else passes."""
    operations: Any = type(connection.ops)
    usual = operations.sql_flush

    def sql_flush(*args: Any, **options: Any) -> list[str]:
        before, after = around_flush()
        return [*before, *usual(*args, **options), *after]

    operations.sql_flush = sql_flush
    yield
    operations.sql_flush = usual
