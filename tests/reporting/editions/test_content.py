"""What an edition holds: figures, text, formulas, units, and the fingerprint of all that."""

import json
from dataclasses import replace

import pytest

from reporting.editions import freezing, rereading
from reporting.editions.recount import recounted
from reporting.editions.refusals import Unlike
from reporting.editions.rendering import render
from reporting.editions.snapshot import read_snapshot
from reporting.figures import figures
from reporting.report.content import FigureText, Paragraph
from reporting.report.pdf import to_pdf
from tests.reporting.editions.making import TEXTS, drafted

READ_PDF = rereading.check_pdf  # before `ready` puts it aside for the sake of time
pytestmark = pytest.mark.usefixtures("ready", "db")


@pytest.fixture(scope="module")
def snapshot(draft, django_db_blocker):
    with django_db_blocker.unblock():
        return read_snapshot(draft.pk)


@pytest.fixture
def content(snapshot):
    return freezing.freeze(snapshot, templates={})


def test_an_edition_holds_every_figure_of_the_moment_and_five_files(ready, edition):
    now = figures(unit=ready.unit("DN"), period=ready.period)
    rows = {one.code: one for one in edition.figures.all()}
    assert [one.code for one in now] == list(rows)
    for one in now:
        row = rows[one.code]
        assert (row.numerator, row.denominator, row.value) == (one.numerator, one.denominator, one.value)
        assert (row.display, row.counted, row.expected) == (
            one.display,
            one.units_counted,
            one.units_expected,
        )
    assert rows["T1"].formula == "teachers_with_computer / teachers"
    assert (rows["T1"].numerator, rows["T1"].denominator, rows["T1"].display) == (20, 40, "50%")
    assert {one.kind for one in edition.files.all()} == {"docx", "pdf", "html", "xlsx", "json"}
    assert (edition.number, edition.reason, str(edition.published_by)) == (1, "", "leader")


def test_text_formulas_and_units_are_frozen_too(content):
    assert {key: content["draft"][key] for key in TEXTS} == TEXTS
    assert content["elements"]["teachers_with_computer"] == "Giáo viên có máy tính"
    units = {one["code"]: one for one in content["units"]}
    assert units["DN-101"]["parent"] == "DN-1"
    assert units["DN-101"]["brings"]["T1"] == [12, 20, 1, 1]
    assert units["DN-201"]["brings"]["T1"] == [0, 0, 0, 1]  # asked, and not yet approved
    assert "T1" not in units["DN-1"]["brings"]  # an office has no form of its own here


def test_the_units_own_parts_add_up_to_every_published_figure(edition):
    content = edition.content
    assert recounted(content) == []
    teachers = [one["brings"].get("T1", [0, 0, 0, 0]) for one in content["units"]]
    t1 = next(one for one in content["figures"] if one["code"] == "T1")
    assert [sum(column) for column in zip(*teachers, strict=True)] == [
        t1["numerator"],
        t1["denominator"],
        t1["counted"],
        t1["expected"],
    ]


@pytest.mark.parametrize("change", ["numerator", "denominator", "value", "counted", "expected", "names"])
def test_the_second_calculation_notices_each_figure_that_does_not_add_up(content, change):
    kind = "distinct" if change == "names" else "ratio"
    wrong = next(one for one in content["figures"] if one["kind"] == kind and one["value"] is not None)
    wrong[change] = {"value": "50.01", "names": ["khác"]}.get(change) or wrong[change] + 1
    assert recounted(content) == [wrong["code"]]


def test_the_fingerprint_is_that_of_the_content_however_a_database_orders_it(edition):
    data = bytes(edition.files.get(kind="json").data)
    assert json.loads(data) == edition.content
    assert freezing.canonical(edition.content) == data
    assert edition.sha256 == freezing.fingerprint(data)
    backwards = dict(reversed(list(edition.content.items())))
    assert freezing.canonical(backwards) == data


# --- files read back --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx", "json"])
def test_a_file_that_says_something_else_is_noticed(ready, snapshot, content, kind):
    rereading.check(kind, render(kind, content, snapshot.report), content, snapshot.report)
    other = read_snapshot(drafted(ready, unit="DN-2", by="reviewer_2").pk)
    strange = render(kind, freezing.freeze(other, templates={}), other.report)
    with pytest.raises(Unlike, match=kind.upper()):
        rereading.check(kind, strange, content, snapshot.report)


def test_a_pdf_that_lacks_a_figure_is_noticed(snapshot):
    data = to_pdf(snapshot.report)
    READ_PDF(data, snapshot.report)
    said = Paragraph((FigureText("98,76%", "T1", "98.76"),))
    with pytest.raises(Unlike, match="98,76%"):
        READ_PDF(data, replace(snapshot.report, blocks=(*snapshot.report.blocks, said)))


def test_a_half_pdf_is_noticed(snapshot):
    for data in (b"", b"%PDF-1.7 half", b"<html>"):
        with pytest.raises(Unlike, match="PDF"):
            READ_PDF(data, snapshot.report)
