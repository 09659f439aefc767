"""Publishing and its pages cost as many statements for many schools as for few."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.editions.snapshot import read_snapshot
from tests.province import build_province
from tests.reporting.editions.making import drafted
from tests.tables import undone


def test_a_snapshot_costs_as_many_statements_for_ten_more_schools(db):
    costs = []
    for more in (0, 10):
        with undone():
            draft = drafted(build_province(more_schools=more))
            read_snapshot(draft.pk)
            with CaptureQueriesContext(connection) as queries:
                assert len(read_snapshot(draft.pk).tree) == 7 + more
            costs.append(len(queries))
    assert costs[0] == costs[1]
