"""Workbooks that are sent while they are written: what is read in them, and how little is held."""

import datetime as dt
import io
import tracemalloc
import warnings
import zipfile
from decimal import Decimal
from itertools import islice, repeat

import pytest

from dxreport.lib import sheet_stream
from dxreport.lib.sheet_stream import streamed_workbook
from dxreport.lib.workbooks import FORMULA_MARKS, LARGEST_EXACT
from tests.workbooks import opened


def workbook(rows, *, head=("Mã", "Tên <&>"), title="Danh sách"):
    return b"".join(streamed_workbook(head, rows, title=title, widths=[10] * len(head)))


def cells(data):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = opened(data)
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]


def test_values_are_read_as_what_they_were():
    day = dt.date(2024, 3, 5)
    rows = [["Trường <Một> & “hai”", 7661], [" hai\nba\r\nbốn ", day], [None, Decimal("84.34")], ["", -5]]
    [sheet] = cells(workbook(rows))
    assert sheet == [
        ["Mã", "Tên <&>"],
        ["Trường <Một> & “hai”", 7661],
        [" hai\nba\r\nbốn ", dt.datetime.combine(day, dt.time())],
        [None, 84.34],
        [None, -5],
    ]


@pytest.mark.parametrize("mark", FORMULA_MARKS, ids=repr)
def test_what_looks_like_a_formula_is_text_and_stays_so_when_it_is_edited(mark):
    [sheet] = opened(workbook([[f"{mark}1+1", "x"]])).worksheets
    assert (sheet["A2"].data_type, sheet["A2"].quotePrefix, sheet["B2"].quotePrefix) == ("s", True, False)
    assert sheet["A2"].value == f"{mark}1+1"


def test_numbers_that_a_spreadsheet_would_round_are_text():
    [sheet] = cells(workbook([[LARGEST_EXACT, LARGEST_EXACT + 1]]))
    assert sheet[1] == [LARGEST_EXACT, str(LARGEST_EXACT + 1)]


def test_characters_that_xml_cannot_hold_are_left_out():
    [sheet] = cells(workbook([["a\x00b\x0bc\ud800d\uffff", "x"]]))
    assert sheet[1] == ["abcd", "x"]


def test_rows_that_one_sheet_cannot_hold_go_on_in_a_second_one(monkeypatch):
    monkeypatch.setattr(sheet_stream, "ROWS_A_SHEET", 4)
    first, second = cells(workbook([[str(n), n] for n in range(5)], title="Sổ [1]: 'a'/b?*"))
    assert [row[0] for row in first] == ["Mã", "0", "1", "2"]
    assert [row[0] for row in second] == ["Mã", "3", "4"]
    assert opened(workbook([], title="x" * 40)).sheetnames == ["x" * 31]


def test_an_empty_list_is_its_head():
    assert cells(workbook([])) == [[["Mã", "Tên <&>"]]]


def test_the_same_rows_give_the_same_bytes():
    assert workbook([["a", 1]]) == workbook([["a", 1]])


def test_the_archive_is_whole():
    with zipfile.ZipFile(io.BytesIO(workbook([["a", 1]] * 2000))) as archive:
        assert archive.testzip() is None


def test_memory_does_not_grow_with_the_rows():
    def most(count: int) -> int:
        tracemalloc.start()
        for _piece in streamed_workbook(
            ["a"] * 5, islice(repeat(["Trường"] * 5), count), title="x", widths=[9]
        ):
            pass
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(2000)  # what is made once
    assert most(20_000) < 1.5 * most(2000)
