"""Our own report and appendix, of the published figures, raise nothing."""

from pathlib import Path

import pytest
from django.core.management import call_command

from reporting.lint.checking import examine

pytestmark = [pytest.mark.usefixtures("published_figures", "db"), pytest.mark.any_database]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_the_report_raises_nothing(kind: str, tmp_path: Path):
    path = tmp_path / f"bao-cao.{kind}"
    call_command(
        "export_report", "--period", "2022..2023", "--format", kind, "--output", str(path), verbosity=0
    )
    examined = examine(path.read_bytes(), path.name)
    assert len(examined.passages) > 80
    assert [(one.place, one.message) for one in examined.findings] == []


def test_the_appendix_raises_nothing(tmp_path: Path):
    path = tmp_path / "phu-luc.xlsx"
    call_command("export_appendix", "--period", "2022..2023", "--output", str(path), verbosity=0)
    examined = examine(path.read_bytes(), path.name)
    assert len(examined.passages) > 50
    assert [(one.place, one.message) for one in examined.findings] == []
