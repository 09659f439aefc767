"""The grid of many schools: whose rows it shows, what it saves, and what it costs."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.models import DataValue, ValueChange
from schools.models import AuditEvent
from tests.province import build_province, enter, submitted

GRID = "/grid/2023/TRUONG/"


def data_of(response) -> dict[str, Any]:
    """What the page hands over to its script."""
    found = re.search(
        r'<script id="grid-data" type="application/json">(.*?)</script>', response.content.decode()
    )
    assert found
    return json.loads(found[1])


def rows_of(response) -> dict[str, dict[str, Any]]:
    return {row["unit"]: row for row in data_of(response)["rows"]}


def send(client: Client, units: dict[str, dict[str, Any]]):
    """Post cells, {unit: {code: typed}}; a text is the value of a cell that was never saved."""
    sent = {
        unit: {"cells": {code: _typed(one) for code, one in cells.items()}} for unit, cells in units.items()
    }
    return client.post(f"{GRID}cells/", json.dumps({"units": sent}), content_type="application/json")


def _typed(one: str | dict[str, str]) -> dict[str, str]:
    return {"value": one} if isinstance(one, str) else one


def states(response) -> dict[str, dict[str, str]]:
    units = response.json()["units"]
    return {unit: {code: one["state"] for code, one in units[unit]["cells"].items()} for unit in units}


# --- the page -----------------------------------------------------------------------------


ROWS = {
    "officer": ["DN-101", "DN-102", "DN-201", "DN-301"],
    "leader": ["DN-101", "DN-102", "DN-201", "DN-301"],
    "reviewer_1": ["DN-101", "DN-102"],
    "clerk_1": ["DN-101", "DN-102"],
}


@pytest.mark.parametrize("name", ROWS)
def test_the_grid_holds_the_schools_of_ones_subtree(client_of, name):
    assert list(rows_of(client_of(name).get(GRID))) == ROWS[name]


def test_who_works_for_one_school_is_sent_to_its_form(client_of):
    assert client_of("clerk_101").get(GRID).url == "/submissions/2023/DN-101/TRUONG/"
    assert client_of("reviewer_2").get(GRID).url == "/submissions/2023/DN-201/TRUONG/"


def test_an_office_narrows_the_grid_within_ones_subtree(client_of):
    assert list(rows_of(client_of("officer").get(f"{GRID}?under=DN-1"))) == ["DN-101", "DN-102"]
    assert client_of("reviewer_1").get(f"{GRID}?under=DN-2").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/grid/1999/TRUONG/", "/grid/2023/KHONG/", "/grid/2022..2023/TRUONG/", f"{GRID}?section=khong"],
)
def test_what_is_not_there_is_not_found(client_of, path):
    assert client_of("officer").get(path).status_code == 404


def test_a_cell_brings_its_value_its_version_and_the_period_before(province, client_of):
    clerk = province.person("clerk_101")
    enter(province.submission("DN-101", province.earlier), by=clerk, teachers=7600)
    enter(province.submission("DN-101"), by=clerk, teachers=7661, computers_primary=None)
    row = rows_of(client_of("reviewer_1").get(GRID))["DN-101"]
    assert row["cells"]["teachers"] == {
        "typed": {"value": "7.661"},
        "base": "1",
        "before": "7.600",
        "change": "+61 (+0,8%)",
    }
    gap = row["cells"]["computers_primary"]
    assert gap["typed"] == {"gap": "not_available", "reason": "chưa thống kê"}
    assert gap["shown"] == "không có số liệu: chưa thống kê"
    assert (row["name"], row["state"], row["locked"]) == ("Trường tiểu học số 1", "đang nhập", "")


def test_what_a_school_is_not_asked_is_no_cell(client_of):
    rows = rows_of(client_of("reviewer_1").get(GRID))
    assert "computers_primary" in rows["DN-101"]["cells"]
    assert "computers_primary" not in rows["DN-102"]["cells"]


def test_a_broken_rule_stands_at_its_cells(province, client_of):
    enter(province.submission("DN-101"), by=province.person("clerk_101"), teachers_with_computer=99)
    cells = rows_of(client_of("reviewer_1").get(GRID))["DN-101"]["cells"]
    assert cells["teachers"]["verdict"] == cells["teachers_with_computer"]["verdict"] == "broken"
    assert "99 so với 20" in cells["teachers"]["message"]


def test_each_row_says_why_it_is_locked(province, client_of):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    assert "đang chờ duyệt" in rows_of(client_of("reviewer_1").get(GRID))["DN-101"]["locked"]
    assert "không được nhập" in rows_of(client_of("leader").get(GRID))["DN-102"]["locked"]
    actions.close_period(period=province.period, by=province.person("officer"))
    assert "đã khóa" in rows_of(client_of("reviewer_1").get(GRID))["DN-102"]["locked"]


def test_of_a_returned_school_only_the_returned_cells_are_open(province, client_of):
    submission = submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    reviewer = province.person("reviewer_1")
    actions.return_cells(submission=submission, reasons={"teachers": "thiếu hợp đồng"}, by=reviewer)
    cells = rows_of(client_of("reviewer_1").get(GRID))["DN-101"]["cells"]
    assert cells["teachers"]["returned"] == "thiếu hợp đồng"
    assert "locked" not in cells["teachers"]
    assert "không bị trả lại" in cells["teachers_with_computer"]["locked"]


def test_other_sections_are_a_link_away(client_of):
    response = client_of("officer").get(f"{GRID}?section=day-hoc&under=DN-2")
    codes = [column["code"] for column in data_of(response)["columns"]]
    assert codes == ["lessons", "lessons_online", "online_plan", "maturity", "platforms"]
    assert data_of(response)["columns"][2]["options"] == [["1", "Có"], ["0", "Không"]]
    assert "?section=khac&amp;under=DN-2" in response.content.decode()


# --- saving -------------------------------------------------------------------------------


def test_cells_of_many_schools_are_saved_in_the_officers_name(province, client_of):
    response = send(
        client_of("reviewer_1"),
        {"DN-101": {"teachers": "7.661", "teachers_with_computer": "20"}, "DN-102": {"teachers": "15"}},
    )
    assert states(response) == {
        "DN-101": {"teachers": "saved", "teachers_with_computer": "saved"},
        "DN-102": {"teachers": "saved"},
    }
    first = response.json()["units"]["DN-101"]["cells"]["teachers"]
    assert (first["version"], first["shown"], first["verdict"]) == ("1", "7.661", "ok")
    changes = ValueChange.objects.filter(source=DataValue.Source.GRID)
    assert {change.changed_by.username for change in changes} == {"reviewer_1"}
    page = client_of("clerk_101").get("/submissions/2023/DN-101/TRUONG/history/teachers/")
    assert "bảng nhiều trường" in page.content.decode()


def test_one_wrong_cell_stops_no_other(province, client_of):
    response = send(client_of("reviewer_1"), {"DN-101": {"teachers": "7,661"}, "DN-102": {"teachers": "15"}})
    assert states(response) == {"DN-101": {"teachers": "invalid"}, "DN-102": {"teachers": "saved"}}
    assert "7.661" in response.json()["units"]["DN-101"]["cells"]["teachers"]["message"]


def test_one_locked_school_stops_no_other(province, client_of):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    response = send(client_of("reviewer_1"), {"DN-101": {"teachers": "5"}, "DN-102": {"teachers": "15"}})
    units = response.json()["units"]
    assert "đang chờ duyệt" in units["DN-101"]["message"]
    assert units["DN-102"]["cells"]["teachers"]["state"] == "saved"
    assert not DataValue.objects.filter(org_unit__code="DN-101", number=5).exists()


def test_who_may_only_read_saves_nothing(province, client_of):
    response = send(client_of("leader"), {"DN-101": {"teachers": "5"}})
    assert response.status_code == 403
    assert "không được nhập" in response.json()["units"]["DN-101"]["message"]
    assert not DataValue.objects.exists()


def test_a_cell_that_somebody_changed_meanwhile_brings_both_values(province, client_of):
    send(client_of("clerk_101"), {"DN-101": {"teachers": "31"}})
    response = send(client_of("reviewer_1"), {"DN-101": {"teachers": "13"}})
    cell = response.json()["units"]["DN-101"]["cells"]["teachers"]
    assert cell["state"] == "conflict"
    assert (cell["theirs"]["by"], cell["theirs"]["shown"]) == ("clerk_101", "31")
    response = send(client_of("reviewer_1"), {"DN-101": {"teachers": {"value": "13", "base": "1"}}})
    assert states(response) == {"DN-101": {"teachers": "saved"}}


def test_a_soft_rule_takes_its_explanation_from_the_grid(province, client_of):
    enter(province.submission("DN-101"), by=province.person("clerk_101"), lessons_online=99)
    sent = {"units": {"DN-101": {"cells": {}, "rules": {"R-02": "Dạy bù trực tuyến"}}}}
    path = f"{GRID}cells/"
    response = client_of("reviewer_1").post(path, json.dumps(sent), content_type="application/json")
    assert response.json()["units"]["DN-101"]["rules"][0]["explanation"] == "Dạy bù trực tuyến"


@pytest.mark.parametrize("name", ["reviewer_2", "clerk_102", "clerk_301"])
def test_a_school_of_others_refuses_the_whole_request(province, client_of, name):
    own = {"reviewer_2": "DN-201", "clerk_102": "DN-102", "clerk_301": "DN-301"}[name]
    response = send(client_of(name), {"DN-101": {"teachers": "5"}, own: {"teachers": "5"}})
    assert response.status_code == 404
    assert "phạm vi" in response.json()["message"]
    assert not DataValue.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", '{"units": []}', '{"units": {"DN-101": []}}', '{"units": {"DN-101": {"cells": []}}}',
        '{"units": {"DN-101": {"cells": {"teachers": "5"}}}}',
        '{"units": {"DN-101": {"cells": {"teachers": {"value": 5}}}}}',
        '{"units": {"DN-101": {"cells": {"teachers": {"number": "5"}}}}}',
    ],
)  # fmt: skip
def test_what_is_not_ours_is_refused_with_a_sentence(client_of, body):
    response = client_of("reviewer_1").post(f"{GRID}cells/", body, content_type="application/json")
    assert response.status_code == 400
    assert "Hãy tải lại trang" in response.json()["message"]


def test_more_cells_than_a_request_takes_are_refused(client_of):
    cells = {f"e{number}": "1" for number in range(2001)}
    response = send(client_of("reviewer_1"), {"DN-101": cells})
    assert response.status_code == 400
    assert "quá nhiều ô" in response.json()["message"]


def test_an_ended_session_is_told_in_json(province):
    response = send(Client(), {"DN-101": {"teachers": "5"}})
    assert response.status_code == 401
    assert "đăng nhập lại" in response.json()["message"]


def test_nothing_is_saved_by_reading(client_of):
    before = AuditEvent.objects.count()
    assert client_of("reviewer_1").get(f"{GRID}cells/").status_code == 405
    client_of("reviewer_1").get(GRID)
    assert AuditEvent.objects.count() == before


# --- what it costs ------------------------------------------------------------------------


def statements(work) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


@pytest.mark.django_db
def test_forty_schools_cost_as_many_statements_as_five():
    province = build_province(more_schools=40)
    client = Client()
    client.force_login(province.person("officer"))
    schools = [f"DN-9{number:03}" for number in range(40)]
    client.get(GRID)  # what is kept in memory is read once

    def save(units: list[str], number: str):
        typed = {"teachers": {"value": number, "base": "0"}, "teachers_with_computer": "1"}
        assert send(client, dict.fromkeys(units, typed)).status_code == 200

    few, many = statements(lambda: save(schools[:5], "20")), statements(lambda: save(schools[5:], "20"))
    assert few == many
    few = statements(lambda: client.get(f"{GRID}?under=DN-2"))
    many = statements(lambda: client.get(GRID))
    assert len(rows_of(client.get(GRID))) == 44
    assert few == many <= 20
