"""The two-year report as Word and as PDF, beside the least that makes as much."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from docxtpl import DocxTemplate
from markupsafe import Markup

from bench.harness import Pair
from reporting.report.build import report
from reporting.report.content import ChartBlock, Report
from reporting.report.painting import png
from reporting.report.pdf import to_pdf
from reporting.report.pictures import picture_of
from reporting.report.template.filling import Filling
from reporting.report.word import TEMPLATE, context, to_docx
from reporting.selection import read_selection
from schools.models import OrgUnit
from tools.found import find_office

PERIOD = "2022..2023"


def documents() -> Iterator[Pair]:
    """Each run draws, fills, compresses and lays out anew.

    Letters and the compiled template are kept, as by a worker that has made a document before.
    """
    written = _two_years()
    yield Pair(
        "two-year report as Word, charts drawn / bare docxtpl, charts ready-made",
        subject=lambda: to_docx(written),
        baseline=_bare_docxtpl(written),
        limit=1.5,
        rounds=20,
    )
    office = find_office()
    if office is None:
        return  # tools.system_packages says what to install
    with tempfile.TemporaryDirectory() as folder:
        yield Pair(
            "two-year report as tagged PDF / LibreOffice making a PDF of the Word file",
            subject=lambda: to_pdf(written),
            baseline=_by_office(office, to_docx(written), Path(folder)),
            limit=0.5,
            rounds=6,
        )


def _two_years() -> Report:
    unit = OrgUnit.objects.select_related("kind").get(kind__code="department")
    return report(unit, read_selection({"period": PERIOD}))


def _bare_docxtpl(written: Report) -> Callable[[], object]:
    """Fill and save: charts drawn beforehand, no footnotes, no look at tags, times of packing left in."""
    template = TEMPLATE.read_bytes()
    values = context(written, Filling(template))
    drawings = [picture_of(one) for one in written.blocks if isinstance(one, ChartBlock)]
    drawn = [(png(one), one.width, one.height) for one in drawings]

    def fill() -> None:
        # Filling is DocxTemplate with a few words more; what it does on top is not called.
        filling = Filling(template)
        pictures = iter(drawn)
        blocks = [
            {**one, "picture": _inserted(filling, *next(pictures))} if one["kind"] == "chart" else one
            for one in values["blocks"]
        ]
        DocxTemplate.render(filling, {**values, "blocks": blocks}, autoescape=True)
        filling.save(io.BytesIO())

    return fill


def _inserted(filling: Filling, png: bytes, width: float, height: float) -> Markup:
    return filling.picture(png, width=width, height=height, alt="")


def _by_office(office: str, data: bytes, folder: Path) -> Callable[[], object]:
    """A process of its own each time, as whoever converts documents has to start it; its profile is warm."""
    source = folder / "report.docx"
    source.write_bytes(data)
    command = [
        office,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]

    def convert() -> None:
        subprocess.run(command, check=True, capture_output=True)
        (folder / "report.pdf").unlink()

    return convert
