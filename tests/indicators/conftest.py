"""The catalogue as its files say it, and people who look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from indicators.actions import load_catalogue
from indicators.models import IndicatorSet
from schools.actions import create_user

FIXTURES = Path(settings.FIXTURE_DIRS[0])


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[IndicatorSet]:
    """The set QD131 with everything in it, loaded once for the tests of a module.

    Each test runs inside of this transaction, in one of its own that is rolled back.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogue(folder=FIXTURES)
        yield IndicatorSet.objects.get(code="QD131")
        transaction.set_rollback(True)


@pytest.fixture
def reader(db: None, client: Client) -> Client:
    """Somebody signed in who belongs to no unit."""
    client.force_login(create_user(username="reader", password=None, by=None))
    return client
