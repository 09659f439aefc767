"""The worklist of numbers out of line, and the page of one of them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from collection import actions
from collection.actions import Entry
from collection.anomaly_words import sentence_of
from collection.models import Anomaly
from tests.collection.conftest import PEERS, address, hand_in_peers
from tests.province import build_province, submitted


@pytest.fixture
def province(db):
    province = build_province(more_schools=PEERS)
    hand_in_peers(province)
    return province


@pytest.fixture
def submission(province):
    return submitted(
        province.submission("DN-101"), by=province.person("clerk_101"), teachers_with_computer=20
    )


@pytest.fixture
def anomaly(submission):
    return Anomaly.objects.with_context().get()


@pytest.fixture
def page(submission):
    return address(submission, "anomalies/teachers_with_computer/peers/")


def listed(response):
    return re.findall(r'<a href="([^"]+/anomalies/[^"]+)">', response.content.decode())


def test_the_sentence_says_what_was_compared_in_both_languages(anomaly):
    assert sentence_of(anomaly) == (
        "Cao bất thường so với 9 đơn vị cùng cấp học, cùng quy mô: 100% (20/20) so với trung vị 60%."
    )
    anomaly.kind, anomaly.size, anomaly.number, anomaly.median, anomaly.score = (
        "history",
        None,
        1010,
        "20000.5",
        "-9",
    )
    assert sentence_of(anomaly) == (
        "Thấp bất thường so với 9 kỳ trước của đơn vị: 1.010 so với trung vị 20.000,5."
    )
    with translation.override("en"):
        assert "20,000.5" in sentence_of(anomaly)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("clerk_101", True),
        ("reviewer_1", True),
        ("officer", True),
        ("leader", True),
        ("reviewer_2", False),
        ("clerk_102", False),
    ],
)
def test_the_worklist_ends_at_ones_subtree(client_of, page, name, sees):
    client = client_of(name)
    assert listed(client.get("/anomalies/")) == ([page] if sees else [])
    assert client.get(page).status_code == (200 if sees else 404)
    assert client.post(page, {"do": "confirm"}).status_code in ((403, 422) if sees else (404,))


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("", True),
        ("?period=2022", False),
        ("?period=all", True),
        ("?status=confirmed", False),
        ("?status=all&owner=nobody", True),
        ("?owner=me", False),
        ("?kind=peers", True),
        ("?kind=history", False),
        ("?under=DN-1", True),
        ("?under=DN-2", False),
        ("?q=tieu+hoc", True),
        ("?q=mam+non", False),
        ("?period=%00", True),
    ],
)
def test_the_worklist_is_filtered(client_of, page, query, is_found):
    assert bool(listed(client_of("officer").get(f"/anomalies/{query}"))) == is_found


@pytest.mark.parametrize("query", ["status=guessed", "q=%00", "kind=%00", "page=0", "sort=-evil", "owner=x"])
def test_a_filter_that_makes_no_sense_is_no_error(client_of, page, query):
    assert client_of("officer").get(f"/anomalies/?{query}").status_code == 200


@pytest.mark.parametrize("cell", ["teachers/peers/", "teachers_with_computer/history/", "stranger/peers/"])
def test_a_cell_that_is_in_line_has_no_such_page(client_of, submission, cell):
    assert client_of("officer").get(address(submission, f"anomalies/{cell}")).status_code == 404


def test_a_reviewer_gives_it_to_somebody_who_finds_it_under_their_name(client_of, province, page):
    reviewer, clerk = client_of("reviewer_1"), province.person("clerk_101")
    given = {"do": "assign", "owner": clerk.pk, "due_on": "2099-01-02"}
    assert reviewer.post(page, given).status_code == 302
    assert listed(client_of("clerk_101").get("/anomalies/?owner=me")) == [page]
    assert "02/01/2099" in reviewer.get("/anomalies/").content.decode()


@pytest.mark.parametrize(
    ("posted", "status", "sentence"),
    [
        ({"do": "confirm", "judged": "20/20", "reason": " "}, 422, "bắt buộc"),
        ({"do": "confirm", "judged": "19/20", "reason": "đúng"}, 409, "vừa được sửa"),
        ({"do": "confirm", "reason": "đúng"}, 409, "vừa được sửa"),
        ({"do": "assign", "owner": "", "due_on": "2020-01-01"}, 409, "từ hôm nay"),
        ({"do": "assign", "owner": "999999", "due_on": ""}, 422, "errorlist"),
        ({"do": "assign", "owner": "a\x00", "due_on": ""}, 422, "errorlist"),
        ({"do": "nothing"}, 200, "Vì sao cần xem"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(client_of, anomaly, page, posted, status, sentence):
    response = client_of("reviewer_1").post(page, posted)
    assert response.status_code == status
    assert sentence in response.content.decode()
    anomaly.refresh_from_db()
    assert (anomaly.status, anomaly.owner_id, anomaly.due_on) == ("open", None, None)


def test_only_people_of_the_unit_and_above_can_be_chosen(client_of, page):
    html = client_of("reviewer_1").get(page).content.decode()
    [select] = re.findall(r'<select name="owner".*?</select>', html, re.DOTALL)
    people = re.findall(r">(\w+)</option>", select)
    assert people == ["clerk_1", "clerk_101", "clerk_101b", "clerk_dn", "officer", "officer_2", "reviewer_1"]


def test_a_confirmed_one_leaves_the_worklist_and_says_why(client_of, page):
    reviewer = client_of("reviewer_1")
    html = reviewer.post(
        page, {"do": "confirm", "judged": "20/20", "reason": "đã kiểm kê máy"}, follow=True
    ).content.decode()
    assert "đã kiểm kê máy" in html
    assert 'value="confirm"' not in html
    assert listed(reviewer.get("/anomalies/")) == []
    again = reviewer.post(page, {"do": "confirm", "judged": "20/20", "reason": "lần nữa"})
    assert again.status_code == 409


def test_the_unit_s_explanation_stands_beside_the_number(client_of, province, submission, page):
    reviewer = province.person("reviewer_1")
    actions.return_cells(submission=submission, reasons={"teachers_with_computer": "vì sao?"}, by=reviewer)
    actions.save_values(
        submission=submission,
        entries=[Entry("teachers_with_computer", number=20, explanation="mới được tặng máy")],
        by=province.person("clerk_101"),
        source="form",
    )
    html = client_of("reviewer_1").get(page).content.decode()
    assert "mới được tặng máy" in html
    assert "/submissions/2023/DN-101/TRUONG/#c-teachers_with_computer" in html


def test_a_reviewer_screens_a_period_again(client_of, province, anomaly):
    Anomaly.objects.all().delete()
    response = client_of("reviewer_1").post("/anomalies/", {"period": "2023"}, follow=True)
    assert "Đã rà soát 10 phiếu đã nộp. Thêm 1 số bất thường vào danh sách." in response.content.decode()
    assert len(listed(response)) == 1
    assert client_of("reviewer_2").post("/anomalies/", {"period": "2023"}).status_code == 302
    assert client_of("clerk_101").post("/anomalies/", {"period": "2023"}).status_code == 403
    assert client_of("officer").post("/anomalies/", {"period": "1999"}).status_code == 404


def test_the_pages_take_the_same_statements_for_any_number_of_anomalies(client_of, province, anomaly, page):
    counts = []
    for number in (20, 19):
        client = Client()
        client.force_login(province.person("officer"))
        with CaptureQueriesContext(connection) as captured:
            shown = len(listed(client.get("/anomalies/?status=all")))
            client.get(page)
        counts.append((shown, len(captured)))
        for one in province.submissions():
            if one.org_unit.code.startswith("DN-9"):
                _fill_like(anomaly, one, number)
    (few, first), (many, second) = counts
    assert (few, many) == (1, 10)
    assert first == second


def _fill_like(anomaly, submission, number):
    Anomaly.objects.filter(submission=submission).delete()
    Anomaly.objects.create(
        submission=submission,
        element=anomaly.element,
        kind=anomaly.kind,
        indicator=anomaly.indicator,
        number=number,
        size=20,
        median="60",
        score="9",
        compared=9,
        detected_at=anomaly.detected_at,
    )
