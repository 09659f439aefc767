"""One province with figures, its department's draft and an edition of it, built once for a module.

Each test works in a savepoint of its own; modules say so by
`pytestmark = pytest.mark.usefixtures("ready", "db")`.
"""

import pytest
from django.db import transaction

from tests.province import build_province
from tests.reporting.editions.making import drafted, published, quick_pdfs, with_figures


@pytest.fixture(scope="module")
def ready(django_db_setup, django_db_blocker):
    """The province with figures to publish, and PDFs that cost nothing."""
    with django_db_blocker.unblock(), transaction.atomic(), quick_pdfs():
        yield with_figures(build_province())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def draft(ready, django_db_blocker):
    """Its department's draft, written by the officer."""
    with django_db_blocker.unblock():
        return drafted(ready)


@pytest.fixture(scope="module")
def edition(ready, draft, django_db_blocker):
    """The first edition of the draft, published by the leader."""
    with django_db_blocker.unblock():
        return published(ready, draft)
