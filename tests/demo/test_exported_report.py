"""The demo's two-year report as the command writes it: all 57 figures, read from the files."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from collection.workflow import Basis
from reporting.figures import figures, resolve_period, resolve_unit
from reporting.reconciling.facts import facts_of
from reporting.reconciling.run import told_by_file
from reporting.report.build import report
from tests.reporting.published import selection

pytestmark = [pytest.mark.usefixtures("demo_of_twelve"), pytest.mark.django_db]


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_every_figure_of_the_two_years_is_in_the_file_and_right(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"bao-cao.{kind}"
    call_command(
        "export_report",
        period="2022..2023",
        format=kind,
        output=str(path),
        basis="official",
        stdout=io.StringIO(),
    )
    unit, period = resolve_unit(None), resolve_period("2022..2023")
    facts = facts_of(figures(unit=unit, period=period, basis=Basis.OFFICIAL))
    told = told_by_file(kind, path.read_bytes(), report(unit, selection()), facts)
    assert [one for one in told if not one.agrees] == []
    assert {one.code for one in told} == set(facts)
    assert len(facts) == 57
    # What has a value gives it as a value, and not only in words about it.
    with_value = {code for code, known in facts.items() if known["value"] != "–"}
    assert {one.code for one in told if one.aspect in ("value", "numerator", "result")} >= with_value
