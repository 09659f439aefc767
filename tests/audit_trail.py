"""The database refuses to empty the audit trail; between two transactional tests it has to."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

# The triggers of each database (schools/migrations/0002_audit_guard.py) stand aside.
_SQLITE_TRIGGERS = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'schools_auditevent'"
)


def around_flush() -> tuple[list[str], list[str]]:
    """Statements before and after one that empties all tables."""
    if connection.vendor == "postgresql":
        change = "ALTER TABLE schools_auditevent {} TRIGGER USER"
        return [change.format("DISABLE")], [change.format("ENABLE")]
    with connection.cursor() as cursor:
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
