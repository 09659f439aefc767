"""The history of a cell: who, when, old, new, from where, why."""

import re

import pytest

from collection import actions
from collection.actions import Entry
from collection.actions.audit import record
from tests.collection.conftest import address
from tests.province import enter


@pytest.fixture
def submission(province):
    """Entered, explained, returned, corrected in the grid, approved and opened again."""
    clerk, reviewer = province.person("clerk_101"), province.person("reviewer_1")
    enter(province.submission("DN-101", province.earlier), by=clerk, teachers=1234)
    submission = enter(province.submission("DN-101"), by=clerk, teachers=20)
    change(submission, clerk, 20, "thêm lớp")
    actions.submit(submissions=[submission], by=clerk)
    reasons = {"teachers": "thiếu hợp đồng", "lessons": "xem lại tiết"}
    actions.return_cells(submission=submission, reasons=reasons, by=reviewer)
    change(submission, province.person("officer"), 21, "thêm một hợp đồng", source="grid")
    change(submission, clerk, 21, "")
    actions.submit(submissions=[submission], by=clerk)
    actions.approve(submissions=[submission], by=reviewer)
    actions.reopen(submission=submission, reason="thanh tra yêu cầu", by=province.person("officer"))
    return submission


def change(submission, by, number, explanation, source="form"):
    entry = Entry("teachers", number=number, explanation=explanation)
    actions.save_values(submission=submission, entries=[entry], by=by, source=source)


def lines(html):
    """The cells of each row, as text; the first, the moment, left out."""
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", html, re.DOTALL)
    return [
        [re.sub(r"<.*?>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in rows
    ]


def test_everything_that_happened_to_a_cell_is_told_in_order(client_of, submission):
    html = client_of("auditor").get(address(submission, "history/teachers/")).content.decode()
    assert lines(html) == [
        ["Mở lại phiếu", "officer", "", "", "thanh tra yêu cầu", ""],
        ["Duyệt phiếu", "reviewer_1", "", "", "", ""],
        ["Nộp phiếu", "clerk_101", "", "", "", ""],
        [
            "Sửa giải trình",
            "clerk_101",
            "21",
            "21",
            "Bỏ giải trình “thêm một hợp đồng”",
            "biểu mẫu trên trang",
        ],
        [
            "Nhập số liệu",
            "officer",
            "20",
            "21",
            "thêm một hợp đồng (trước đó: “thêm lớp”)",
            "bảng nhiều trường",
        ],
        ["Trả lại ô này", "reviewer_1", "", "", "thiếu hợp đồng", ""],
        ["Nộp phiếu", "clerk_101", "", "", "", ""],
        ["Sửa giải trình", "clerk_101", "20", "20", "thêm lớp", "biểu mẫu trên trang"],
        ["Nhập số liệu", "clerk_101", "–", "20", "", "biểu mẫu trên trang"],
        ["1.234", "–", "đang nhập"],  # the period before
    ]


def test_what_concerns_another_cell_is_not_told(client_of, submission):
    html = client_of("auditor").get(address(submission, "history/lessons/")).content.decode()
    assert "xem lại tiết" in html
    assert "thiếu hợp đồng" not in html


def test_a_cell_that_was_never_entered_says_so(client_of, province):
    html = (
        client_of("auditor").get(address(province.submission("DN-102"), "history/teachers/")).content.decode()
    )
    assert "chưa được nhập lần nào" in html


def test_an_anomaly_is_part_of_the_history_of_its_cell(client_of, province, submission):
    actions.submit(submissions=[submission], by=province.person("clerk_101"))
    record(
        by=province.person("clerk_101"),
        action="anomaly.open",
        submissions=[submission],
        details={submission.pk: {"cells": ["teachers"]}},
    )
    auditor = client_of("auditor")
    told = "Phát hiện số bất thường"
    assert told in auditor.get(address(submission, "history/teachers/")).content.decode()
    assert told not in auditor.get(address(submission, "history/lessons/")).content.decode()
