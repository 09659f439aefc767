"""Reading every product of a unit and period, and counting where they agree."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from reporting.drafts.selections import written_report
from reporting.notes import LANGUAGE
from reporting.reconciling import data, pages, readers, wording
from reporting.reconciling.facts import Facts, Told, facts_of
from reporting.report.content import Report
from reporting.report_files import render, render_appendix
from reporting.selection import Selection
from schools.models import OrgUnit, User

DASHBOARD, FIGURES_PAGE = "trang tổng quan", "trang tất cả chỉ số"
APPENDIX_PAGE, REPORT_PAGE = "trang phụ lục", "trang báo cáo"
WORD, PDF, HTML, WORKBOOK = "tệp Word", "tệp PDF", "tệp HTML", "bảng Excel của phụ lục"
FIGURES_JSON, TRACES = "JSON (manage.py figures)", "JSON (vì sao ra số này)"
# The others tell of those figures that are theirs to tell.
WITH_EVERY_FIGURE = frozenset({FIGURES_PAGE, FIGURES_JSON, TRACES})


@dataclass(frozen=True)
class Product:
    """One product as it was read: what it says of each figure, place by place."""

    name: str
    told: tuple[Told, ...]

    @property
    def codes(self) -> list[str]:
        """The indicators that it tells of, in its order."""
        return list(dict.fromkeys(one.code for one in self.told))

    @property
    def faults(self) -> list[Told]:
        """What does not agree."""
        return [one for one in self.told if not one.agrees]

    @property
    def agreeing(self) -> int:
        """How many figures agree wherever the product has them."""
        return len(self.codes) - len({one.code for one in self.faults})


@dataclass(frozen=True)
class Wanted:
    """Whose figures are compared, and who reads the pages."""

    unit: OrgUnit
    selection: Selection
    reader: User

    def address(self, route: str, *args: str, **more: str) -> str:
        """A page of this unit, period and basis."""
        return f"{reverse(route, args=args)}?{self.selection.query}" + "".join(
            f"&{name}={value}" for name, value in more.items()
        )


def reconcile(wanted: Wanted, *, only: Collection[str] = ()) -> list[Product]:
    """Every product (or `only` those of these names), each read on its own.

    Raises ReportError, PdfUnavailable.
    """
    with override(LANGUAGE):
        written = written_report(wanted.unit, wanted.selection)
        facts = facts_of(written.appendix.figures)
        readings = {
            **_page_products(wanted, written, facts),
            **_file_products(written, facts),
            **_json_products(wanted, written, facts),
        }
        return [_product(name, tell(), facts) for name, tell in readings.items() if not only or name in only]


def _product(name: str, told: Iterable[Told], facts: Facts) -> Product:
    """What was read, and a fault for each figure that a product of all figures has lost."""
    found = tuple(told)
    codes = {one.code for one in found}
    lost = [code for code in facts if code not in codes] if name in WITH_EVERY_FIGURE else []
    return Product(
        name, (*found, *(Told(code, "value", "–", facts[code]["value"], wording.NOT_FOUND) for code in lost))
    )


Products = dict[str, Callable[[], Iterable[Told]]]


def _page_products(wanted: Wanted, written: Report, facts: Facts) -> Products:
    unit, reader = wanted.unit.code, wanted.reader

    def ask(route: str, *args: str, **more: str) -> str:
        return pages.ask(wanted.address(route, *args, **more), reader)

    def report_page() -> list[Told]:
        text = readers.html_text(ask("reporting:report", unit=unit))
        return wording.read(written, text, facts, has_marks=False)

    return {
        DASHBOARD: lambda: pages.read_dashboard(ask("reporting:unit", unit), facts),
        FIGURES_PAGE: lambda: pages.read_figures_page(ask("reporting:unit_figures", unit), facts),
        APPENDIX_PAGE: lambda: pages.read_appendix_page(
            ask("reporting:appendix", unit=unit), written.appendix
        ),
        REPORT_PAGE: report_page,
    }


def _file_products(written: Report, facts: Facts) -> Products:
    def workbook() -> Iterator[Told]:
        return data.read_workbook(render_appendix(written.appendix), written.appendix, facts)

    def told(kind: str) -> list[Told]:
        return told_by_file(kind, render(written, kind, unit=written.appendix.unit), written, facts)

    return {
        WORD: lambda: told("docx"),
        PDF: lambda: told("pdf"),
        HTML: lambda: told("html"),
        WORKBOOK: workbook,
    }


def told_by_file(kind: str, file: bytes, written: Report, facts: Facts) -> list[Told]:
    """What a file of the report says of its figures."""
    if kind == "docx":
        return wording.read(written, readers.word_text(file), facts, has_marks=False)
    if kind == "pdf":
        return wording.read(written, readers.pdf_text(file, written), facts, has_marks=True)
    page = file.decode()
    told = wording.read(written, readers.html_text(page), facts, has_marks=False)
    return [*told, *wording.read_values(written, readers.html_values(page))]


def _json_products(wanted: Wanted, written: Report, facts: Facts) -> Products:
    ratios = {figure.code for figure in written.appendix.figures if figure.is_ratio}
    selection = wanted.selection

    def command() -> Iterator[Told]:
        out = io.StringIO()
        period, basis = selection.period.code, selection.basis.value
        call_command(
            "figures",
            period=period,
            unit=wanted.unit.code,
            basis=basis,
            format="json",
            stdout=out,
            stderr=io.StringIO(),
        )
        return data.read_figures_json(out.getvalue(), facts, ratios)

    def traces() -> Iterator[Told]:
        for code in facts:
            text = pages.ask(
                wanted.address("reporting:figure_file", wanted.unit.code, code, "json"), wanted.reader
            )
            told: Mapping[str, str | None] = json.loads(text)["figure"]
            yield from data.read_json_figure(code, told, f"{code}.json", facts, is_ratio=code in ratios)

    return {FIGURES_JSON: command, TRACES: traces}
