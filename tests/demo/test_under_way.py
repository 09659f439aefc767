"""The third year of the demo: there to be tried, and out of the way of the published figures."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from collection.models import DataValue, Submission
from collection.workflow import Basis
from reporting.appendix import appendix
from reporting.demo.under_way import CODE
from reporting.report.build import report
from reporting.report_files import render, render_appendix
from reporting.selection import Selection, read_periods, read_selection
from schools.models import OrgUnit, User
from tests.demo.conftest import load_demo
from tests.reporting.lint.samples import findings

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_open_year(demo_of_twelve, db):
    return load_demo("--with-open-year")


def _figures(period):
    out = StringIO()
    call_command("figures", period=period, format="json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def test_every_state_is_there_to_be_tried(with_open_year):
    states = Counter(Submission.objects.filter(period__code=CODE).values_list("state", flat=True))
    assert set(states) == {"draft", "submitted", "returned", "approved"}
    drafts = Submission.objects.filter(period__code=CODE, state="draft")
    assert drafts.filter(values__isnull=True).exists()
    assert drafts.filter(values__isnull=False).exists()


def test_the_clerk_who_signs_in_has_a_form_begun(with_open_year):
    clerk = User.objects.get(username="truong")
    form = Submission.objects.visible_to(clerk).get(period__code=CODE)
    assert form.state == "draft"
    held = DataValue.objects.filter(submission=form).count()
    before = DataValue.objects.filter(submission__org_unit=form.org_unit_id, period__code="2023").count()
    assert 0 < held < before


def test_a_second_run_adds_nothing(with_open_year, rows):
    before = rows()
    load_demo("--with-open-year")
    assert rows() == before


def test_the_published_years_stay_as_they_were(demo_of_twelve, db):
    before = _figures("2022..2023"), _figures("2023")
    load_demo("--with-open-year")
    assert (_figures("2022..2023"), _figures("2023")) == before
    call_command("rebuild_totals", check=True, stdout=StringIO())


def test_a_reader_meets_the_finished_years_first(with_open_year):
    assert read_selection({}).period.code == "2022..2023"
    client = Client()
    client.force_login(User.objects.get(username="lanhdao"))
    page = client.get("/").content.decode()
    assert "2022–2023" in page
    assert f"Năm {CODE}" in page


def test_what_fell_is_explained(with_open_year):
    explained = DataValue.objects.filter(period__code=CODE, submission__state="submitted").exclude(
        explanation=""
    )
    assert explained.exists()


def _documents(unit, selection):
    """The report and the appendix of a unit, each composed once: (name, bytes)."""
    written = report(unit, selection)
    for kind in ("docx", "html"):
        yield f"bao-cao.{kind}", render(written, kind, unit=unit)
    yield "phu-luc.xlsx", render_appendix(appendix(unit=unit, period=selection.period, basis=selection.basis))


def test_no_document_of_any_year_and_level_raises_a_false_alarm(with_open_year):
    """Half of the units of the open year have given no figures yet, which many footnotes say."""
    periods = read_periods()
    by_code = {period.code: period for period in periods}
    department = OrgUnit.objects.select_related("kind").get(code="DN")
    office, school = (
        OrgUnit.objects.select_related("kind").filter(kind__code=kind).order_by("code")[0]
        for kind in ("district_office", "school")
    )
    asked = [
        (department, CODE, Basis.PROVISIONAL),
        (department, CODE, Basis.OFFICIAL),
        (department, "2022", Basis.OFFICIAL),
        (office, CODE, Basis.PROVISIONAL),
        (office, "2023", Basis.OFFICIAL),
        (school, "2023", Basis.OFFICIAL),
    ]
    raised = {
        (unit.code, code, basis.value, name): [one.message for one in found]
        for unit, code, basis in asked
        for name, data in _documents(unit, Selection(by_code[code], basis, periods))
        if (found := findings(data, name))
    }
    assert raised == {}
