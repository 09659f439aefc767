"""What a builder writes into empty tables, kept by the process and laid down again.

Hundreds of tests start from the same province. The first one builds it through the actions; what
they wrote is kept as INSERT statements, and what the builder returned as a pickle, so that the
others pay for a few hundred rows and not for deciding them again. Only into empty tables, where
the numbers of the rows are free: otherwise the builder works as if nothing were kept.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction

Built = TypeVar("Built")
NEVER_EMPTY = (ContentType, Permission)  # Django fills them, and builders leave them alone


@dataclass(frozen=True)
class Kept:
    """What a builder wrote, as statements, and what it returned, as a pickle."""

    statements: list[str]
    returned: bytes


_kept: dict[tuple[str, bool], Kept] = {}


def kept(name: str, build: Callable[[], Built]) -> Built:
    """What `build` returns, its rows in the tables; `name` says what it builds, arguments included.

    Inside a test's transaction and outside of it things may come out differently (`on_commit`), so
    each is kept by itself.
    """
    if not _all_empty():
        return build()
    key = (name, connection.in_atomic_block)
    if key in _kept:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in _kept[key].statements:
                cursor.execute(statement)
    else:
        _kept[key] = Kept(
            returned=pickle.dumps(build()), statements=list(filter(None, map(_as_insert, _tables())))
        )
    built: Built = pickle.loads(_kept[key].returned)
    return built


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model not in NEVER_EMPTY]


def _all_empty() -> bool:
    looks = " OR ".join(f'EXISTS (SELECT 1 FROM "{model._meta.db_table}")' for model in _tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {looks}")
        return not cursor.fetchone()[0]


def _as_insert(model: type[models.Model]) -> str:
    """One statement that inserts all rows of a table as they are, or "" where there are none."""
    columns = [f'"{column.column}"' for column in model._meta.concrete_fields]
    quoted = "quote_nullable({}::text)" if connection.vendor == "postgresql" else "quote({})"
    row = " || ',' || ".join(quoted.format(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {row} FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"')
        rows = [f"({values})" for (values,) in cursor.fetchall()]
    return (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES {", ".join(rows)}'
        if rows
        else ""
    )
