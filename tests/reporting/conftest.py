from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from reporting.report.build import report
from reporting.report.content import Report
from schools.models import OrgUnit
from tests.reporting import published


@pytest.fixture(scope="module")
def published_figures(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The published figures, once for all tests of a module; each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        published.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def department(published_figures: None, db: None) -> OrgUnit:
    """The department whose figures are published."""
    return OrgUnit.objects.select_related("kind").get(code="DN")


@pytest.fixture
def written(department: OrgUnit) -> Report:
    """Its two-year report."""
    return report(department, published.selection(), made_on=published.MADE_ON)
