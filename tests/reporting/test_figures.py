"""All 57 figures of every unit, against the second calculation."""

import pytest

from collection.models import ReportingPeriod, Submission
from collection.workflow import COUNTED, Basis
from reporting.figures import figures
from reporting.totals import rebuild
from schools.models import OrgUnit
from tests.demo.conftest import demo_of_twelve  # noqa: F401  (the fixture is used by standing here)
from tests.second_calculation import percent, recomputed

pytestmark = [pytest.mark.usefixtures("demo_of_twelve"), pytest.mark.django_db]


@pytest.mark.parametrize("period_code", ["2022", "2023", "2022..2023"])
def test_every_figure_of_every_unit_is_what_the_second_calculation_gives(period_code):
    # Some submissions wait for approval, so that the bases differ.
    Submission.objects.filter(period__code="2022", org_unit__code__endswith="1").update(state="submitted")
    rebuild(ReportingPeriod.objects.select_related("first", "last"))
    period = ReportingPeriod.objects.select_related("first", "last").get(code=period_code)
    for basis in Basis:
        for unit in OrgUnit.objects.all():
            second = recomputed(unit.code, period_code.split(".."), COUNTED[basis])
            found = {one.code: one for one in figures(unit=unit, period=period, basis=basis)}
            assert found.keys() == second.keys()
            for code, figure in found.items():
                where = (basis, unit.code, period_code, code)
                wanted = second[code]
                if wanted is None:
                    assert figure.value is None, where
                    continue
                if figure.value is None and not wanted[0]:
                    # Nought in one year, nothing in the other: a flow that no unit gave in full.
                    assert figure.units_counted == 0, where
                    continue
                assert (figure.numerator, figure.denominator) == wanted, where
                if wanted[1]:
                    assert f"{figure.value:.2f}" == percent(wanted[0], wanted[1]), where
                elif wanted[1] == 0:
                    assert figure.value is None, where
                else:
                    assert figure.value == wanted[0], where
