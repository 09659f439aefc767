"""The demo is loaded without the log of statements that DEBUG keeps."""

import pytest
from django.db import connection, reset_queries

from reporting.demo.unlogged import unlogged
from schools.models import OrgUnit


@pytest.mark.django_db
def test_statements_are_kept_again_afterwards_only(settings):
    settings.DEBUG = True
    reset_queries()
    with unlogged():
        assert not OrgUnit.objects.exists()
    assert connection.queries == []
    assert not OrgUnit.objects.exists()
    assert len(connection.queries) == 1
