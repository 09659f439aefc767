"""CSV as it leaves the house."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from dxreport.lib.delimited import to_csv


def read(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_values_are_written_for_machines_and_a_spreadsheet_finds_the_letters():
    data = to_csv([["Đơn vị", 7661, Decimal("84.34"), dt.date(2024, 3, 5), None]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert read(data) == [["Đơn vị", "7661", "84.34", "2024-03-05", ""]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 123", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"]
)
def test_text_is_no_formula(text):
    assert read(to_csv([[text]])) == [[f"'{text}"]]


@pytest.mark.parametrize("text", ['Trường "Sao, Mai"', "hai\ndòng", "a=b", "mưa; gió"])
def test_other_text_stays_as_it_is(text):
    assert read(to_csv([[text]])) == [[text]]


def test_a_negative_number_is_a_number():
    assert read(to_csv([[-1, Decimal("-0.5")]])) == [["-1", "-0.5"]]
