"""The files of an edition, read back and held against the figures that it keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils.translation import override

from indicators.models import Indicator
from reporting.models import Edition, EditionFile
from reporting.notes import LANGUAGE
from reporting.reconciling import data
from reporting.reconciling.facts import Exact, Facts, Told, facts_of_sums
from reporting.reconciling.run import HTML, PDF, WORD, WORKBOOK, Product, told_by_file
from reporting.report.content import Report, from_data

Kind = EditionFile.Kind
JSON = "tệp JSON"
_NAMES = {Kind.DOCX: WORD, Kind.PDF: PDF, Kind.HTML: HTML, Kind.XLSX: WORKBOOK, Kind.JSON: JSON}


def reconcile_edition(edition: Edition) -> list[Product]:
    """Every file of the edition as it was published; nothing is rendered anew."""
    facts = facts_of_sums(_sums(edition))
    written = from_data(edition.content["report"])
    with override(LANGUAGE):
        return [
            Product(_NAMES[Kind(one.kind)], tuple(_told(one, written, facts, edition)))
            for one in edition.files.order_by("pk")
        ]


def _sums(edition: Edition) -> Iterator[Exact]:
    """The figures as the edition's own rows have them, not as its content or report does."""
    for one in edition.figures.all():
        is_ratio = one.kind == Indicator.Kind.RATIO
        yield Exact(one.code, is_ratio, one.numerator, one.denominator, one.counted, one.expected)


def _told(file: EditionFile, written: Report, facts: Facts, edition: Edition) -> Iterator[Told]:
    content = bytes(file.data)
    if file.kind == Kind.XLSX:
        yield from data.read_workbook(content, written.appendix, facts)
    elif file.kind == Kind.JSON:
        for row in json.loads(content)["figures"]:
            is_ratio = row["kind"] == Indicator.Kind.RATIO
            yield from data.read_json_figure(row["code"], row, "figures", facts, is_ratio=is_ratio)
    else:
        yield from told_by_file(file.kind, content, written, facts)
