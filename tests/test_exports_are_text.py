"""Text that begins like a formula comes out of every export as text; a negative number as a number.

Every place where people type is given such a text, then each export is asked for and read back as
a file. What hands files out is looked for in the code, so a new export without a case here fails.
"""

from __future__ import annotations

import ast
import csv
import datetime as dt
import inspect
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Cast, Concat, Right
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from collection import actions
from collection.actions import Entry
from collection.models import Anomaly, DataValue, Extension, Footnote, ReportingPeriod, Upload
from collection.workbooks.layout import Kind
from indicators.actions import mark_changed
from indicators.models import Choice, ChoiceList, DataElement, Form, FormSection, Indicator, Rule, Target
from reporting.models import Totals
from schools.actions import add_students, add_teachers, record_event
from schools.models import EducationLevel, OrgUnit, Placement, Student, Teacher, User
from tests.pages import put_out_of_line
from tests.province import Province, build_province, enter, submitted
from tests.reporting.editions.making import drafted, sealed
from tests.tables import OURS, undone
from tests.workbooks import cell_at, changed, filled, opened, template, upload

pytestmark = pytest.mark.django_db

MARKS = {"=": "=", "+": "+", "-": "-", "@": "@", "TAB": "\t", "CR": "\r", "LF": "\n", "full-width": "＝"}
DANGEROUS = tuple(MARKS.values())
PLANTED = re.compile(r"1\+1 <(\w+) \d+>")


class Export(NamedTuple):
    """An export: the address or command it is asked by, and whose texts must be found in the file."""

    source: str
    asked: str
    shows: frozenset[str]
    person: str = "officer"

    @property
    def is_command(self) -> bool:
        return not self.asked.startswith("/")

    def __str__(self) -> str:
        return re.split(r"[? ]", self.asked)[0]


def export(source: str, asked: str, shows: str, person: str = "officer") -> Export:
    return Export(source, asked, frozenset(shows.split()), person)


FORM = "unit text reason said period form section element measure help choice"
DISTRICT = "unit text reason said period form element measure choice"
EDITION = "unit indicator element person"
CHART = "reporting.views.charts.chart_file"
APPENDIX = "unit period indicator subject result document said"
EXPORTS = [
    export("collection.views.workbooks.workbook", "/submissions/2023/DN-101/TRUONG/workbook.xlsx", FORM),
    export("collection.views.workbooks.district_workbook", "/workbooks/2023/TRUONG.xlsx", DISTRICT),
    export(
        "collection.views.uploads.upload_marked",
        "/workbooks/uploads/{upload}/marked.xlsx",
        "typed unit element help",
        "clerk_102",
    ),
    export("collection.views.completeness.completeness_file", "/completeness/file.csv", "unit"),
    export(
        "collection.views.completeness.completeness_file",
        "/completeness/file.xlsx",
        "unit person form period later",
    ),
    export("reporting.views.absent.absent_file", "/units/DN/indicators/T1/missing.xlsx", "unit"),
    export("reporting.views.absent.absent_file", "/units/DN/indicators/T1/missing.csv", "unit"),
    export(
        "reporting.views.behind.behind_file",
        "/units/DN/indicators/T1/behind.xlsx?basis=provisional",
        "unit period",
    ),
    export(
        "reporting.views.behind.behind_file", "/units/DN/indicators/T1/behind.csv?basis=provisional", "unit"
    ),
    export(
        "reporting.views.units.beside_file", "/units/DN-101/beside.csv?basis=provisional", "unit indicator"
    ),
    export(
        "reporting.views.units.beside_file",
        "/units/DN-101/beside.xlsx?basis=provisional&with=DN",
        "unit period indicator",
    ),
    export("reporting.views.units.figures_file", "/units/DN/figures.csv?basis=provisional", "indicator"),
    export(
        "reporting.views.units.figures_file",
        "/units/DN/figures.xlsx?basis=provisional",
        "unit period indicator",
    ),
    export(
        "reporting.views.documents.appendix_file",
        "/appendix.xlsx?unit=DN&period=2023&basis=provisional",
        APPENDIX,
    ),
    export(CHART, "/units/DN/charts/targets.csv?period=2023&basis=provisional", "short"),
    export(CHART, "/units/DN/charts/trend.csv?period=2023&basis=provisional", "period"),
    export(CHART, "/units/DN/charts/trend.xlsx?period=2023&basis=provisional", "short unit period"),
    export(
        "export_appendix",
        "export_appendix --unit=DN --period=2023 --basis=provisional --output={output}",
        APPENDIX,
    ),
    export("schools.views.unit_list", "/org-units/file.csv", "unit"),
    export("schools.views.unit_list", "/org-units/file.xlsx", "unit"),
    export("schools.views.teacher_list", "/teachers/file.csv", "unit register"),
    export("schools.views.student_list", "/students/file.xlsx", "unit register"),
    export("schools.views.audit_list", "/audit/file.csv", "subject cause"),
    export(
        "collection.views.lists.submission_list",
        "/submissions/file.xlsx?columns=unit.parent.form.submitted_by",
        "unit form person",
    ),
    export(
        "collection.views.anomalies.anomalies",
        "/anomalies/file.csv?columns=cell.unit.form.owner",
        "unit form element person",
    ),
    export("indicators.views.element_list", "/elements/file.csv", "element measure form"),
    export("indicators.views.indicator_list", "/indicators/file.xlsx", "indicator"),
    export("reporting.views.explorer.explore_file", "/explore/table.xlsx?period=2023", "unit period short"),
    export("reporting.views.explorer.explore_file", "/explore/table.csv?period=2023", "unit period short"),
    export("reporting.views.explorer.explore_file", "/explore/table.long.csv?period=2023", "unit indicator"),
    export("reporting.views.editions.editions", "/editions/file.csv", "unit period"),
    export("reporting.views.editions.editions", "/editions/file.xlsx", "unit period"),
    export("reporting.views.editions.compare_file", "/editions/900001/compare.csv", EDITION),
    export("reporting.views.editions.compare_file", "/editions/900001/compare.xlsx", EDITION),
    export(
        "reporting.views.figure.figure_file",
        "/units/DN/indicators/T2.csv?period=2023&basis=provisional",
        "unit reason",
    ),
    export(
        "reporting.views.figure.figure_file",
        "/units/DN-101/indicators/T1.xlsx?period=2023&basis=provisional",
        "unit indicator element person period",
    ),
    export("figures", "figures --unit=DN --period=2023 --basis=provisional --format=csv", "indicator"),
]
# Files without cells of ours: documents, and a sent workbook back to its own sender, byte for byte.
NO_TABLES = {
    "reporting.views.templates.delivered",
    "reporting.views.templates.template_file",
    "reporting.views.documents.report_document",
    "collection.views.uploads.upload_file",
    "reporting.views.editions.edition_file",
}

# Where people type, and the word by which its text is found again.
PLACES: list[tuple[type[Model] | QuerySet[Any], str, str]] = [
    (OrgUnit, "name", "unit"),
    (Placement, "name", "unit"),
    (User, "display_name", "person"),
    (ReportingPeriod, "name", "period"),
    (DataValue.objects.filter(element__code="remark"), "text", "text"),
    (DataValue.objects.exclude(reason=""), "reason", "reason"),
    (DataValue.objects.exclude(explanation=""), "explanation", "said"),
    (Extension, "reason", "later"),
    (Form, "name", "form"),
    (FormSection, "name", "section"),
    (DataElement, "name", "element"),
    (DataElement, "unit_of_measure", "measure"),
    (DataElement, "definition", "help"),
    (ChoiceList, "name", "list"),
    (Choice, "name", "choice"),
    (Rule, "message", "rule"),
    (Indicator, "name", "indicator"),
    (Indicator, "short_name", "short"),
    (Indicator, "appendix_subject", "subject"),
    (Indicator, "appendix_measure", "result"),
    (Target, "document", "document"),
    (Teacher, "code", "register"),
    (Student, "code", "register"),
]


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker) -> Iterator[Province]:
    """A province with something in every place, built once; what a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


def _build() -> Province:
    province = build_province()
    officer, clerk = province.person("officer"), province.person("clerk_101")
    Indicator.objects.filter(code="T1").update(appendix_row=1)
    mark_changed()
    Target.objects.create(
        indicator=Indicator.objects.get(code="T1"), year=2025, value=80, document="Kế hoạch"
    )
    submission = province.submission("DN-101")
    actions.grant_extensions(
        submissions=[province.submission("DN-201")], due_on=dt.date(2099, 6, 1), reason="lũ", by=officer
    )
    enter(submission, by=clerk, lessons_online=None)
    said = [Entry("teachers", number=20, explanation="tuyển"), Entry("remark", text="ghi chú")]
    actions.save_values(submission=submission, entries=said, by=clerk, source="form")
    actions.submit(submissions=[submission], by=clerk)
    actions.mark_footnote(
        submission=submission, element_code="teachers", is_footnote=True, by=province.person("reviewer_1")
    )
    put_out_of_line(submission)
    Anomaly.objects.update(owner=officer)
    sealed(drafted(province, basis="provisional"), by=province.person("leader"), pk=900001)
    submitted(province.submission("DN-301"), by=province.person("clerk_301"))
    school, primary = province.unit("DN-101"), EducationLevel.objects.get(code="primary")
    add_teachers(records=[Teacher(code="GV1", unit=school, position="teacher")], by=None)
    add_students(records=[Student(code="HS1", unit=school, level=primary)], by=None)
    return province


@pytest.fixture(scope="module", params=MARKS.values(), ids=list(MARKS))
def mark(request, province, django_db_blocker) -> Iterator[str]:
    """What every text that people typed begins with, in turn."""
    with django_db_blocker.unblock(), undone():
        plant(request.param)
        yield request.param


def plant(mark: str) -> None:
    """Give every place a text that begins with `mark`: past the actions, which would trim the blank ones."""
    for place, field, word in PLACES:
        rows = place if isinstance(place, QuerySet) else place._default_manager.all()
        # Keys grow with every test before this one; a code has room for three digits of them.
        number = Right(Cast("pk", CharField()), 3)
        text = Concat(Value(f"{mark}1+1 <{word} "), number, Value(">"))
        assert rows.update(**{field: text}), f"nothing to plant in {field}"
    for footnote in Footnote.objects.select_related("value"):
        Footnote.objects.filter(pk=footnote.pk).update(text=footnote.value.explanation)
    mark_changed()


def send_faulty_workbook(province: Province, mark: str) -> int:
    """A workbook with a wrong cell and dangerous texts where a person may type; the id of the upload."""

    def typed(book):
        for cell in (cell_at(book, "DN-102", "remark"), book.create_sheet("Nháp")["A1"]):
            cell.value, cell.data_type = f"{mark}1+1 <typed 0>", "s"

    clerk = Client()
    clerk.force_login(province.person("clerk_102"))
    data = template(Kind.UNIT, province.submission("DN-102"))
    upload(clerk, changed(filled(data, {("DN-102", "teachers"): -5}), typed))
    found = Upload.objects.latest("pk")
    assert found.state == Upload.State.FAULTY
    return found.pk


def fetched(asked: Export, province: Province, mark: str, output: Path) -> bytes:
    """The file that an export gives."""
    # What is written down cannot be changed afterwards, so `plant` does not reach it.
    record_event(
        by=None, action="x", subject=f"{mark}1+1 <subject 0>", reason=f"{mark}1+1 <cause 0>", unit_code="DN"
    )
    marked = send_faulty_workbook(province, mark) if "{upload}" in asked.asked else 0
    address = asked.asked.format(upload=marked, output=output)
    if not asked.is_command:
        client = Client()
        client.force_login(province.person(asked.person))
        response = client.get(address)
        assert response.status_code == 200
        return bytes(response.getvalue())
    printed = StringIO(newline="")
    call_command(*address.split(), stdout=printed, stderr=StringIO())
    return output.read_bytes() if output.exists() else printed.getvalue().encode()


def faults(data: bytes) -> tuple[list[str], set[str]]:
    """What a spreadsheet would run in a file, and the words of the planted texts found in it."""
    return _workbook_faults(data) if zipfile.is_zipfile(io.BytesIO(data)) else _csv_faults(data)


def _workbook_faults(data: bytes) -> tuple[list[str], set[str]]:
    found, words = [], set()
    for sheet in opened(data).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            text = str(cell.value)
            words |= set(PLANTED.findall(text))
            is_text = cell.data_type in ("s", "inlineStr")
            if cell.data_type == "f" or (text.startswith(DANGEROUS) and not (is_text or _is_number(text))):
                found.append(f"{sheet.title}!{cell.coordinate}: {text!r}")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        found += [f"{name}: a formula" for name in sheets if re.search(rb"<f\b", parts.read(name))]
    return found, words


def _csv_faults(data: bytes) -> tuple[list[str], set[str]]:
    fields = [field for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for field in row]
    found = [repr(field) for field in fields if field.startswith(DANGEROUS) and not _is_number(field)]
    return found, {word for field in fields for word in PLANTED.findall(field)}


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


@pytest.mark.parametrize("asked", EXPORTS, ids=str)
def test_text_that_begins_like_a_formula_is_text(province, tmp_path, asked, mark):
    with undone():
        found, words = faults(fetched(asked, province, mark, tmp_path / "file"))
    assert found == []
    assert asked.shows - words == set()


@pytest.mark.parametrize("asked", EXPORTS, ids=str)
def test_without_the_guard_it_would_be_a_formula(province, tmp_path, monkeypatch, asked):
    monkeypatch.setattr("dxreport.lib.workbooks._put_text", lambda cell, text: setattr(cell, "value", text))
    monkeypatch.setattr("dxreport.lib.delimited.FORMULA_MARKS", ())
    monkeypatch.setattr("dxreport.lib.sheet_stream._text", lambda text: f"><f>{escape(text[1:])}</f></c>")
    with undone():
        plant("=")
        found, _words = faults(fetched(asked, province, "=", tmp_path / "file"))
    assert found


# --- negative numbers -----------------------------------------------------------------------


def test_a_negative_number_that_was_sent_comes_back_as_a_number(province, tmp_path):
    asked = next(one for one in EXPORTS if one.source.endswith("upload_marked"))
    with undone():
        cell = cell_at(opened(fetched(asked, province, "=", tmp_path / "file")), "DN-102", "teachers")
    assert (cell.value, cell.data_type) == (-5, "n")


def test_a_negative_figure_stays_a_number_in_both_kinds_of_file(province, tmp_path):
    workbook, figures = (
        next(one for one in EXPORTS if one.source == name) for name in ("export_appendix", "figures")
    )
    with undone():
        assert Totals.objects.filter(indicator__code="T5", basis="provisional").update(numerator=-5)
        sheet = opened(fetched(workbook, province, "=", tmp_path / "file"))["Số liệu"]
        printed = fetched(figures, province, "=", tmp_path / "none").decode()
    [row] = [[cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == "T5"]
    assert -5 in row
    [figure] = [one for one in csv.DictReader(StringIO(printed)) if one["code"] == "T5"]
    assert figure["numerator"] == "-5"


# --- no export without a case ---------------------------------------------------------------


def test_every_route_that_hands_out_a_file_has_a_case():
    views = {view: route for route, view in _views(get_resolver(settings.ROOT_URLCONF).url_patterns)}
    handing_out = set(_functions_that_call("attachment")) | {
        view for view, route in views.items() if re.search(r"xlsx|csv|file_format", route)
    }
    assert handing_out - views.keys() == set()
    assert handing_out == {one.source for one in EXPORTS if not one.is_command} | NO_TABLES


def test_every_command_that_writes_a_table_has_a_case():
    writing = {
        path.stem
        for app in OURS
        for path in Path(app, "management", "commands").glob("*.py")
        if re.search(r"\bcsv\b|to_csv|openpyxl|\w*_workbook\b|to_bytes|render_appendix", path.read_text())
    }
    assert writing == {one.source for one in EXPORTS if one.is_command}


def test_files_are_handed_out_in_one_way_only():
    """Else the list of those who do would not be complete."""
    ways = re.compile(r"Content-Disposition|FileResponse|StreamingHttpResponse")
    using = [str(path) for path in _code() if ways.search(path.read_text())]
    assert using == ["dxreport/lib/downloads.py"]


def _views(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """Every route with the function behind it, as "collection.views.notices.notices"."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _views(one.url_patterns, route)
        else:
            view = inspect.unwrap(one.callback)
            yield route, f"{view.__module__}.{view.__qualname__}"


def _functions_that_call(name: str) -> Iterator[str]:
    for path in _code():
        for part in ast.parse(path.read_text()).body:
            calls = (one.func for one in ast.walk(part) if isinstance(one, ast.Call))
            if any(isinstance(one, ast.Name) and one.id == name for one in calls):
                inside = part.name if isinstance(part, ast.FunctionDef | ast.ClassDef) else "?"
                yield f"{'.'.join(path.with_suffix('').parts)}.{inside}"


def _code() -> list[Path]:
    return sorted(path for app in (*OURS, "dxreport") for path in Path(app).rglob("*.py"))
