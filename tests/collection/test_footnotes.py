"""The explanation of a cell becomes a footnote of the report, and stops being one."""

import pytest
from django.core.exceptions import PermissionDenied

from collection import actions
from collection.actions import Entry
from collection.models import Footnote
from collection.refusals import Refused
from collection.workflow import Basis
from reporting.figures import figures, with_footnotes
from reporting.notes import figure_notes
from schools.models import AuditEvent
from tests.collection.conftest import address
from tests.province import enter

SENTENCE = "Tổng số giáo viên: Trường tiểu học số 1 giải trình: Tuyển thêm 10 người."


@pytest.fixture
def submission(province):
    """Handed in, with a word to the number of teachers."""
    clerk = province.person("clerk_101")
    submission = enter(province.submission("DN-101"), by=clerk)
    entry = Entry("teachers", number=30, explanation="Tuyển thêm 10 người.")
    actions.save_values(submission=submission, entries=[entry], by=clerk, source="form")
    actions.submit(submissions=[submission], by=clerk)
    return submission


def mark(submission, by, is_footnote=True, code="teachers"):
    actions.mark_footnote(submission=submission, element_code=code, is_footnote=is_footnote, by=by)


def notes(province, code, unit="DN"):
    rows = figures(unit=province.unit(unit), period=province.period, basis=Basis.PROVISIONAL)
    rows = with_footnotes(rows, unit=province.unit(unit), period=province.period, basis=Basis.PROVISIONAL)
    return figure_notes(next(row for row in rows if row.code == code))


def test_a_footnote_stands_beside_the_figures_that_count_the_cell(province, submission):
    assert SENTENCE not in notes(province, "T1")
    mark(submission, province.person("reviewer_1"))
    assert SENTENCE in notes(province, "T1")
    assert SENTENCE in notes(province, "T1", "DN-101")
    assert SENTENCE not in notes(province, "T2")
    assert SENTENCE not in notes(province, "T1", "DN-2")


def test_a_footnote_is_taken_back_and_the_trail_knows(province, submission):
    reviewer = province.person("reviewer_1")
    mark(submission, reviewer)
    mark(submission, reviewer)
    mark(submission, reviewer, is_footnote=False)
    assert SENTENCE not in notes(province, "T1")
    told = AuditEvent.objects.filter(action__contains="footnote").order_by("pk")
    assert [one.action for one in told] == ["submission.footnote", "submission.no_footnote"]


def test_another_explanation_is_not_the_one_that_was_read(province, submission):
    reviewer, clerk = province.person("reviewer_1"), province.person("clerk_101")
    mark(submission, reviewer)
    actions.return_cells(submission=submission, reasons={"teachers": "Ghi rõ hơn"}, by=reviewer)
    entry = Entry("teachers", number=30, explanation="Sáp nhập.")
    actions.save_values(submission=submission, entries=[entry], by=clerk, source="form")
    actions.submit(submissions=[submission], by=clerk)
    assert not [note for note in notes(province, "T1") if "giải trình" in note]
    mark(submission, reviewer)
    assert Footnote.objects.get().text == "Sáp nhập."


def test_only_an_explained_cell_becomes_one_and_only_by_a_reviewer(province, submission):
    with pytest.raises(Refused, match="chưa có giải trình"):
        mark(submission, province.person("reviewer_1"), code="lessons")
    with pytest.raises(PermissionDenied):
        mark(submission, province.person("clerk_101"))


def test_the_reviewer_s_switch_leads_back_to_the_cell(client_of, submission):
    path = address(submission, "footnotes/teachers/")
    reviewer = client_of("reviewer_1")
    response = reviewer.post(path, {"do": "mark"})
    assert response.headers["Location"] == address(submission, "review/#c-teachers")
    assert Footnote.objects.exists()
    reviewer.post(path, {"do": "unmark"})
    assert not Footnote.objects.exists()
