"""The units that a figure is without: who is listed, why, for whom, and how one gets there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from collection import actions
from indicators.models import Indicator, Target
from tests.province import Province, approved, build_province, submitted
from tests.reporting.asking import asking
from tests.reporting.growing import grow

PAGE = "/units/DN/indicators/T1/missing/?period=2023"


@pytest.fixture
def province(db) -> Province:
    """One school counted, one waiting, one sent back, one silent."""
    province = build_province()
    approved(
        province.submission("DN-101"), by=province.person("clerk_101"), reviewer=province.person("officer")
    )
    submitted(province.submission("DN-102"), by=province.person("clerk_102"))
    sent = submitted(province.submission("DN-201"), by=province.person("clerk_201"))
    actions.return_cells(
        submission=sent, reasons={"teachers": "Đếm cả hợp đồng"}, by=province.person("reviewer_2")
    )
    return province


@pytest.fixture
def get(province) -> Callable[..., bytes]:
    return asking(province)


def rows(page: str) -> list[list[str]]:
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", body)]
    return [[plain(name), plain(why.partition(" <a ")[0])] for name, why in cells]


def plain(cell: str) -> str:
    return re.sub(r"<[^>]+>", "", cell)


def test_every_unit_that_is_not_counted_stands_there_with_its_reason(get):
    page = get("leader", PAGE).decode()
    assert "3 trong 4 đơn vị chưa được tính" in page
    assert rows(page) == [
        ["Trường mầm non số 2 DN-102", "Phiếu đã nộp, đang chờ duyệt"],
        ["Trường TH-THCS số 3 DN-201", "Phiếu bị trả lại: Đếm cả hợp đồng"],
        ["Trường THPT số 4 DN-301", "Phiếu đang nhập, chưa nộp"],
    ]
    assert 'href="/units/DN-102/indicators/T1/?period=2023"' in page


def test_the_switches_change_who_is_missing(get):
    assert len(rows(get("leader", f"{PAGE}&basis=provisional").decode())) == 2
    assert [row[0] for row in rows(get("leader", f"{PAGE}&level=preschool").decode())] == [
        "Trường mầm non số 2 DN-102"
    ]


def test_where_nobody_is_missing_the_page_says_so(get):
    page = get("clerk_101", "/units/DN-101/indicators/T1/missing/?period=2023").decode()
    assert "đã có số liệu của cả 1 đơn vị được hỏi" in page
    assert "Không thiếu đơn vị nào" in page
    assert "Tải CSV" not in page


def test_the_files_hold_the_whole_list(get, monkeypatch):
    monkeypatch.setattr("reporting.absent.PAGE", 2)
    shown = rows(get("leader", PAGE).decode()) + rows(get("leader", f"{PAGE}&page=2").decode())
    sent = get("leader", "/units/DN/indicators/T1/missing.csv?period=2023").decode("utf-8-sig")
    body = list(csv.reader(io.StringIO(sent, newline="")))[1:]
    assert [[f"{name} {code}", reason] for code, name, reason in body] == shown
    book = get("leader", "/units/DN/indicators/T1/missing.xlsx?period=2023")
    lines = [
        [cell.value for cell in row] for row in load_workbook(io.BytesIO(book)).worksheets[0].iter_rows()
    ]
    assert lines[-3:] == body


@pytest.mark.parametrize(
    ("person", "path", "status"),
    [
        ("reviewer_1", "/units/DN-1/indicators/T1/missing/", 200),
        ("reviewer_1", "/units/DN/indicators/T1/missing/", 404),
        ("clerk_101", "/units/DN-201/indicators/T1/missing.csv", 404),
        ("leader", "/units/DN/indicators/X/missing/", 404),
        ("leader", "/units/DN/indicators/T1/missing.pdf", 404),
    ],
)
def test_nobody_sees_the_units_of_others(get, person, path, status):
    get(person, path, status)


def test_coverage_leads_there_from_the_dashboard_and_from_every_table(get):
    indicator = Indicator.objects.get(code="T1")
    indicator.on_dashboard = True
    indicator.save()
    for page in ("/units/DN/", "/units/DN/figures/", "/units/DN/indicators/T1/"):
        assert (
            'href="/units/DN/indicators/T1/missing/?period=2023"'
            in get("leader", f"{page}?period=2023").decode()
        )
    complete = get("clerk_101", "/units/DN-101/figures/?period=2023").decode()
    assert "/indicators/T1/missing/" not in complete


def test_the_list_costs_the_same_at_any_size(province):
    client = Client()
    client.force_login(province.person("leader"))

    def statements() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    Target.objects.create(
        indicator=Indicator.objects.get(code="T1"), year=2025, scope="unit", scope_code="DN", value=70
    )
    before = statements()
    grow(province)
    assert statements() == before
