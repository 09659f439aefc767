"""An edition's files read back: they agree with the figures that the edition keeps, or are named."""

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from reporting.appendix_workbook import appendix_workbook
from reporting.models import Draft, Edition, EditionFigure, EditionFile
from reporting.notes import LANGUAGE
from reporting.report.content import Report, to_data
from reporting.report.html import to_html
from reporting.report.word import to_docx
from schools.actions import create_user
from tests.reporting import published

pytestmark = pytest.mark.usefixtures("published_figures", "db")
Kind = EditionFile.Kind


def edition_of(written: Report, files: Mapping[Kind, bytes]) -> Edition:
    """Rows as publishing leaves them; how they come about is tested where editions are."""
    person, now = create_user(username="nguoi-cong-bo", password=None, by=None), timezone.now()
    unit, period = written.appendix.unit, written.appendix.period
    draft = Draft.objects.create(unit=unit, period=period, created_by=person, created_at=now)
    edition = Edition.objects.create(
        draft=draft,
        unit=unit,
        period=period,
        basis="official",
        number=1,
        content={"report": to_data(written)},
        sha256="0" * 64,
        published_by=person,
        published_at=now,
    )
    EditionFigure.objects.bulk_create(
        EditionFigure(
            edition=edition,
            position=position,
            code=one.code,
            name=one.indicator.name,
            kind=one.indicator.kind,
            numerator=one.numerator,
            denominator=one.denominator,
            value=one.value,
            display=one.display_in(LANGUAGE),
            counted=one.units_counted,
            expected=one.units_expected,
        )
        for position, one in enumerate(written.appendix.figures, start=1)
    )
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, kind=kind, name=kind, data=data, size=len(data), sha256="0" * 64)
        for kind, data in files.items()
    )
    return edition


def as_json(written: Report) -> bytes:
    figures: list[dict[str, Any]] = [
        {
            "code": one.code,
            "kind": one.indicator.kind,
            "numerator": one.numerator,
            "denominator": one.denominator,
            "value": None if one.value is None else str(one.value),
            "display": one.display_in(LANGUAGE),
        }
        for one in written.appendix.figures
    ]
    return json.dumps({"figures": figures}).encode()


def files_of(written: Report) -> dict[Kind, bytes]:
    return {
        Kind.DOCX: to_docx(written),
        Kind.HTML: to_html(written),
        Kind.XLSX: appendix_workbook(written.appendix, written.letterhead),
        Kind.JSON: as_json(written),
    }


def run(number: str = "1") -> str:
    out = io.StringIO()
    call_command("reconcile", "--period", "2022..2023", "--edition", number, stdout=out)
    return out.getvalue()


def test_every_file_of_an_edition_agrees_with_its_figures(written: Report) -> None:
    edition_of(written, files_of(written))
    said = run()
    assert "Đối chiếu bản công bố số 1 của Sở Giáo dục và Đào tạo Đắk Nông" in said
    assert said.count("57/57 chỉ số khớp, ở") == 4
    assert said.endswith("57/57 chỉ số khớp ở mọi sản phẩm.\n")


def test_a_file_that_says_something_else_than_the_edition_is_named(
    written: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        Kind.HTML: to_html(written).replace(b"7.661", b"7.662"),
        Kind.JSON: as_json(written).replace(b'"84.34"', b'"84.43"'),
    }
    edition_of(written, files)
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("reconcile", "--period", "2022..2023", "--edition", "1", stdout=out)
    assert ended.value.code == 1
    said = out.getvalue()
    assert "LỆCH  A1.1 numerator: tệp HTML ghi “7.662”, đúng là “7.661”" in said
    assert "LỆCH  A1.1 value: tệp JSON ghi “84,43%”, đúng là “84,34%”" in said
    assert "56/57 chỉ số khớp ở mọi sản phẩm" in said


def test_an_edition_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(CommandError, match="chưa có bản công bố số 7 của"):
        run("7")
    assert published.selection().period.code == "2022..2023"
