from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from collection.models import DataValue, ReportingPeriod, Submission, ValueChange
from reporting.models import Totals
from schools.models import AuditEvent, OrgUnit, Student, Teacher, User

WRITTEN: tuple[Any, ...] = (
    OrgUnit,
    User,
    ReportingPeriod,
    Submission,
    DataValue,
    ValueChange,
    Totals,
    AuditEvent,
    Student,
    Teacher,
)


def load_demo(*arguments: str) -> str:
    """Run the command; what it printed."""
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def load_catalogue() -> None:
    call_command("load_catalogue", stdout=StringIO())


@pytest.fixture
def load() -> Callable[..., str]:
    return load_demo


@pytest.fixture
def rows() -> Callable[[], dict[str, int]]:
    """How many rows each table holds that the command writes to."""
    return lambda: {model.__name__: model.objects.count() for model in WRITTEN}


@pytest.fixture
def catalogue(db: None) -> None:
    load_catalogue()


@pytest.fixture(scope="module")
def demo_of_twelve(django_db_setup: None, django_db_blocker: Any) -> Any:
    """A demo of 12 schools for all tests of a module; what the command printed.

    Each test still works in a savepoint of its own (`db`), so none sees what another changed.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogue()
        yield load_demo("--schools", "12")
        transaction.set_rollback(True)
