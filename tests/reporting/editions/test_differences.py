"""An edition beside today and beside another edition: which figure, which unit, which cell, who and why."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collection import actions as collecting
from dxreport.lib.plain_tables import as_file
from reporting.drafts.selections import selection_of
from reporting.editions import sides
from reporting.editions.differences import read_differences, table
from reporting.models import Edition
from tests.province import approved
from tests.reporting.editions.making import mended, published

pytestmark = pytest.mark.usefixtures("edition", "db")


def beside(edition: Edition, other: Edition | None = None):
    selection = selection_of(edition.draft)
    later = sides.of_today(edition) if other is None else sides.of_edition(other)
    return read_differences(edition, selection, sides.of_edition(edition), later, selection.members)


def test_nothing_changed_is_said_so(edition):
    found = beside(edition)
    assert (found.lines, found.causes.cells) == ([], {})
    assert "Mọi chỉ số như đã công bố" in found.lede


def test_a_value_changed_after_publication_is_named_with_figure_cell_who_and_why(ready, edition):
    mended(ready, teachers_with_computer=18)
    found = beside(edition)
    [line] = found.lines
    assert (line.code, line.sentence) == ("T1", "đã công bố 50% → nay 65%")
    assert line.change == "+15 điểm phần trăm"
    assert line.reasons == ("Mở lại phiếu: Kê khai nhầm",)
    [unit] = line.units
    assert (unit.code, unit.part) == ("DN-101", "12/20 → 18/20")
    [cause] = unit.causes
    assert (cause.element, cause.what, cause.old, cause.new) == (
        "teachers_with_computer",
        "Giáo viên có máy tính",
        "12",
        "18",
    )
    assert (cause.who, cause.why) == ("clerk_101", "Mở lại phiếu: Kê khai nhầm")
    assert cause.url.endswith("#c-teachers_with_computer")
    assert "1 chỉ số thay đổi" in found.lede


def test_the_reason_of_a_returned_cell_stands_before_that_of_the_whole_form(ready, edition):
    officer, clerk = ready.person("officer"), ready.person("clerk_101")
    collecting.reopen(submission=ready.submission("DN-101"), reason="Rà soát", by=officer)
    collecting.submit(submissions=[ready.submission("DN-101")], by=clerk)
    collecting.return_cells(
        submission=ready.submission("DN-101"), reasons={"teachers_with_computer": "Thiếu 6 máy"}, by=officer
    )
    collecting.save_values(
        submission=ready.submission("DN-101"),
        entries=[collecting.Entry("teachers_with_computer", number=18)],
        by=clerk,
        source="form",
    )
    collecting.submit(submissions=[ready.submission("DN-101")], by=clerk)
    collecting.approve(submissions=[ready.submission("DN-101")], by=officer)
    [line] = beside(edition).lines
    assert [cause.why for cause in line.units[0].causes] == ["Trả lại phiếu: Thiếu 6 máy"]


def test_a_form_approved_afterwards_is_a_cause_without_a_changed_cell(ready, edition):
    collecting.approve(submissions=[ready.submission("DN-201")], by=ready.person("reviewer_2"))
    line = next(one for one in beside(edition).lines if one.code == "T1")
    [unit] = line.units
    assert (unit.code, unit.part) == ("DN-201", "chưa tính → 10/20")
    [cause] = unit.causes
    assert (cause.what, cause.who, cause.is_cell) == ("Duyệt phiếu", "reviewer_2", False)


def test_the_parts_of_the_units_explain_the_whole_difference(ready, edition):
    mended(ready, teachers_with_computer=18)
    collecting.approve(submissions=[ready.submission("DN-201")], by=ready.person("reviewer_2"))
    for one in beside(edition).found.changed:
        assert one.before is not None
        assert one.after is not None
        change = (one.after["numerator"] or 0) - (one.before["numerator"] or 0)
        if one.kind != "distinct":
            assert sum(unit.after.numerator - unit.before.numerator for unit in one.units) == change
        assert sum(unit.after.counted - unit.before.counted for unit in one.units) == (
            one.after["counted"] - one.before["counted"]
        )


def test_a_correction_is_compared_with_what_it_corrects(ready, draft, edition):
    mended(ready, teachers_with_computer=18)
    second = published(ready, draft, reason="Sửa theo phiếu mở lại")
    mended(ready, teachers_with_computer=20)
    found = beside(edition, second)
    [line] = found.lines
    assert line.sentence == "bản số 1: 50% → bản số 2: 65%"
    assert [cause.new for cause in line.units[0].causes] == ["18"]  # what came after is not of them
    assert found.heading == "Bản số 1 và Bản số 2"


def test_the_same_as_a_table_names_everything_in_one_row(ready, edition):
    mended(ready, teachers_with_computer=18)
    data, _type = as_file(table(beside(edition)), "csv", made_on=ready.period.ends_on)
    [row] = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    columns = ("Mã", "Bản số 1", "Hiện nay", "Chênh lệch")
    assert [row[one] for one in columns] == ["T1", "50.00", "65.00", "15.00"]
    assert (row["Mã đơn vị"], row["Số cũ"], row["Số mới"]) == ("DN-101", "12", "18")
    assert (row["Người làm"], row["Lý do"]) == ("clerk_101", "Mở lại phiếu: Kê khai nhầm")


def test_three_changed_units_cost_as_many_statements_as_one(ready, edition):
    costs = []
    for step in range(2):
        if step == 0:
            officer, clerk = ready.person("officer"), ready.person("clerk_301")
            approved(ready.submission("DN-301"), by=clerk, reviewer=officer)
        else:
            mended(ready, teachers_with_computer=9)
            mended(ready, "DN-102", "clerk_102", teachers_with_computer=9)
        fresh = Edition.objects.select_related("draft", "unit", "period").get(pk=edition.pk)
        with CaptureQueriesContext(connection) as queries:
            found = beside(fresh)
        costs.append(len(queries))
    assert len(next(one for one in found.lines if one.code == "T1").units) == 3
    assert costs[0] == costs[1]
