"""The rows of all our tables: to see that nothing changed, and to undo what did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

OURS = ("schools", "indicators", "collection", "reporting")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours; when somebody last signed in is no part of it."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list(*_columns(model)))
        for model in models
    }


def _columns(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name != "last_login"]


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Fails when a row of ours differs afterwards."""
    before = everything()
    yield
    assert everything() == before


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is rolled back: whatever happens within it never did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
