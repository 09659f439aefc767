"""Bad addresses and posts at every door: a Vietnamese sentence, a 4xx, and the database as it was.

What is typed into the form and given to the commands is in test_bad_input.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from collection import actions
from collection.actions import Entry
from collection.models import Notice
from tests.pages import put_out_of_line
from tests.province import Province, build_province, enter
from tests.tables import nothing_changes, undone

pytestmark = pytest.mark.django_db

VIETNAMESE = re.compile("[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]")
TOO_LARGE = str(2**63)
NOT_READ = "Trang gửi lên không đọc được. Hãy tải lại trang"
TOO_MUCH = "Gửi quá nhiều dữ liệu một lần."
TOO_MANY = "Gửi quá nhiều ô một lần."


class House(NamedTuple):
    """The province with one phiếu handed in, out of line and explained, and one that breaks a rule."""

    province: Province
    names: dict[str, Any]
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker) -> Iterator[House]:
    """Built once; nobody changes anything in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


def _build() -> House:
    province = build_province()
    clerk, reviewer, officer = (province.person(one) for one in ("clerk_101", "reviewer_1", "officer"))
    submission, broken = province.submission("DN-101"), province.submission("DN-201")
    enter(submission, by=clerk)
    said = [Entry("teachers", number=20, explanation="Tuyển thêm.")]
    actions.save_values(submission=submission, entries=said, by=clerk, source="form")
    actions.submit(submissions=[submission], by=clerk)
    actions.mark_footnote(submission=submission, element_code="teachers", is_footnote=True, by=reviewer)
    put_out_of_line(submission)
    enter(broken, by=province.person("clerk_201"), lessons=10, lessons_online=12)
    actions.remind(submissions=[province.submission("DN-102")], by=officer, home="http://testserver/")
    names = {
        "id": submission.pk,
        "version": province.submission("DN-101").version,
        "open": province.submission("DN-201").version,
        "draft": province.submission("DN-301").pk,
        "another's": Notice.objects.get(recipient__username="clerk_102").pk,
    }
    clients = {name: Client() for name in province.people}
    for name, client in clients.items():
        client.force_login(province.person(name))
    return House(province, names, clients)


# --- addresses ----------------------------------------------------------------------------

ADDRESSES = [
    "/?period=1999",
    "/?period=2023..2022",
    "/?period=%00",
    "/?basis=draft",
    "/units/XX/",
    "/units/%00/",
    "/units/DN/indicators/X9/",
    "/units/DN/indicators/%00/",
    "/appendix/?period=1999",
    "/appendix/?unit=XX",
    "/appendix.xlsx?unit=%00",
    "/report/?period=%00",
    "/report/?unit=%00",
    "/report.docx?basis=draft",
    "/report.odt",
    "/submissions/1999/DN-101/TRUONG/",
    "/submissions/2023/XX/TRUONG/review/",
    "/submissions/2023/DN-101/%00/history/",
    "/submissions/2023/DN-101/TRUONG/history/%00/",
    "/indicators/%00/",
    "/elements/%00/",
    "/elements/nothing/",
    "/explore/?period=%00",
    "/explore/?unit=%00",
    "/explore/?units=XX",
    "/explore/?indicator=%00",
    "/explore/?rows=%00",
    "/explore/?level=%00",
    "/explore/table.csv?period=1999",
    "/explore/table.pdf",
    "/submissions/1999/DN-101/TRUONG/check/",
    "/submissions/2023/XX/TRUONG/check/",
    "/submissions/2023/DN-101/%00/check/",
    "/submissions/1999/DN-101/TRUONG/receipt/",
    "/submissions/2023/DN-101/XX/receipt/",
    "/submissions/%00/DN-101/TRUONG/receipt/",
    "/submissions/2023/DN-101/XX/workbook.xlsx",
    "/submissions/2023/DN-101/TRUONG/anomalies/teachers/guess/",
    "/submissions/2023/DN-101/TRUONG/anomalies/%00/peers/",
    "/submissions/2023/DN-101/TRUONG/anomalies/nowhere/history/",
    "/grid/1999/TRUONG/",
    "/grid/2023/XX/",
    "/grid/2023/TRUONG/?under=XX",
    "/grid/2023/TRUONG/?under=%00",
    "/grid/2023/TRUONG/?section=nowhere",
    "/grid/2023/TRUONG/?section=%00",
    "/completeness/?period=1999",
    "/completeness/?period=%00",
    "/completeness/?under=XX",
    "/completeness/?under=%00",
    "/completeness/file.csv?under=XX",
    "/completeness/file.xlsx?period=1999",
    "/completeness/file.ods",
    "/workbooks/1999/TRUONG.xlsx",
    "/workbooks/2023/XX.xlsx",
    "/workbooks/2023/TRUONG.xlsx?under=%00",
    "/workbooks/uploads/0/",
    "/workbooks/uploads/999999999999999999/file.xlsx",
    "/workbooks/uploads/99999999999999999999/",
    "/workbooks/batches/999999999999999999/",
    "/workbooks/batches/x/",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_address_that_names_nothing_is_a_page_that_says_so(house, path):
    with undone(), nothing_changes():
        response = house.clients["officer"].get(path)
    assert response.status_code == 404
    assert "<h1>" in response.content.decode()


LISTS = [
    "/submissions/matrix/?period=1999&under=XX&level=none&state=guess&late=x&flagged=x",
    "/submissions/matrix/?period=%00&under=%00&level=%00&q=%00",
    "/submissions/matrix/?under=%3D%00",
    "/submissions/?period=%00&under=%00&q=%00&page=x&sort=-nothing",
    "/anomalies/?period=%00&under=%00&owner=%00&kind=%00&page=-1",
    "/notices/?page=x&sort=%00",
]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asked_for_something_senseless_still_is_a_page(house, path):
    with undone(), nothing_changes():
        response = house.clients["officer"].get(path)
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


# --- cells that a page saves as they are typed ------------------------------------------------

CELLS, GRID = "/submissions/2023/DN-102/TRUONG/cells/", "/grid/2023/TRUONG/cells/"


def cell(**typed: Any) -> str:
    return json.dumps({"cells": {"teachers": typed}})


UNREADABLE: list[tuple[str, str | bytes, str]] = [
    ("nothing", "", NOT_READ),
    ("broken", '{"cells": ', NOT_READ),
    ("not UTF-8", b'{"cells": {"\xff\xfe\xfd": {}}}', NOT_READ),
    ("a list", "[]", NOT_READ),
    ("no object", "null", NOT_READ),
    ("not JSON's number", "NaN", NOT_READ),
    ("very deep", "[" * 100_000, NOT_READ),
    ("a list of cells", '{"cells": [1]}', NOT_READ),
    ("a text for a cell", '{"cells": {"teachers": "7"}}', NOT_READ),
    ("a field nobody knows", cell(value="7", colour="red"), NOT_READ),
    ("a number", cell(value=7), NOT_READ),
    ("a fraction", cell(value=7.5), NOT_READ),
    ("a truth", cell(value=True), NOT_READ),
    ("2^63", cell(value=2**63), NOT_READ),
    ("5,000 digits", '{"cells": {"teachers": {"value": ' + "9" * 5000 + "}}}", NOT_READ),
    ("a number for a version", cell(value="7", base=0), NOT_READ),
    ("no list of choices", cell(chosen="zoom"), NOT_READ),
    ("numbers for choices", cell(chosen=[1]), NOT_READ),
    ("half a character", cell(value="\ud800"), NOT_READ),
    ("half a character chosen", cell(chosen=["\udfff"]), NOT_READ),
    ("half a character for a rule", '{"rules": {"R-02": "\\ud800"}}', NOT_READ),
    ("an endless text", cell(explanation="a" * 10_001), NOT_READ),
    ("a list of rules", '{"rules": ["R-02"]}', NOT_READ),
    ("a number for a rule", '{"rules": {"R-02": 5}}', NOT_READ),
]


@pytest.mark.parametrize(
    ("body", "sentence"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE]
)
def test_what_is_no_cell_is_refused_by_the_form_and_by_the_grid(house, body, sentence):
    for path, sent in ((CELLS, body), (GRID, _for_grid(body))):
        refused(house, path, "clerk_102", sent, 400, sentence)


def _for_grid(body: str | bytes) -> str | bytes:
    """The same as part of what the grid sends, where it is an object at all."""
    if isinstance(body, str) and body.startswith("{") and body.endswith("}"):
        return f'{{"units": {{"DN-102": {body}}}}}'
    return body


TOO_BIG = [
    (CELLS, '{"cells": {"remark": {"value": "' + "a" * 300_000 + '"}}}', TOO_MUCH),
    (CELLS, json.dumps({"cells": {f"c{n}": {"value": "7"} for n in range(501)}}), TOO_MANY),
    (GRID, '{"units": {"' + "a" * 1_100_000 + '": {}}}', TOO_MUCH),
    (
        GRID,
        json.dumps({"units": {"DN-102": {"cells": {f"c{n}": {"value": "7"} for n in range(2001)}}}}),
        TOO_MANY,
    ),
    (GRID, json.dumps({"units": {f"X{n}": {} for n in range(2001)}}), TOO_MANY),
]


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    TOO_BIG,
    ids=["form, bytes", "form, cells", "grid, bytes", "grid, cells", "grid, units"],
)
def test_more_than_a_page_ever_sends_is_refused(house, path, body, sentence):
    refused(house, path, "clerk_102", body, 400, sentence)


NO_UNITS = ['{"units": []}', '{"units": {"DN-102": []}}', '{"units": {"DN-102": 7}}', "{}"]


@pytest.mark.parametrize("body", NO_UNITS)
def test_what_names_no_units_is_refused(house, body):
    refused(house, GRID, "clerk_102", body, 400, NOT_READ)


STRANGERS = [
    ("/submissions/1999/DN-102/TRUONG/cells/", cell(value="7")),
    ("/submissions/2023/XX/TRUONG/cells/", cell(value="7")),
    ("/grid/1999/TRUONG/cells/", '{"units": {"DN-102": {}}}'),
    ("/grid/2023/XX/cells/", '{"units": {"DN-102": {}}}'),
    (GRID, '{"units": {"XX": {}}}'),
    (GRID, '{"units": {"\\u0000": {}}}'),
    (GRID, '{"units": {"\\ud800": {}}}'),
    (GRID, '{"units": {"DN-102": {}, "DN-201": {"cells": {"teachers": {"value": "7"}}}}}'),
]


@pytest.mark.parametrize(("path", "body"), STRANGERS)
def test_cells_of_what_is_not_there_are_refused(house, path, body):
    refused(house, path, "clerk_102", body, 404, "phạm vi của bạn")


def test_cells_typed_by_somebody_else_are_refused(house):
    other = house.province.person("clerk_101").pk
    for typed_by in (str(other), "x", ""):
        refused(house, CELLS, "clerk_102", cell(value="7"), 401, "tài khoản khác", {"X-Typed-By": typed_by})


BAD_CELLS: list[tuple[str, dict[str, Any]]] = [
    ("teachers", {"value": "1\x002"}),
    ("teachers", {"value": TOO_LARGE}),
    ("teachers", {"value": "9" * 9999}),
    ("teachers", {"value": "-5"}),
    ("teachers", {"value": "=1+1"}),
    ("teachers", {"value": "7", "base": "x"}),
    ("teachers", {"value": "7", "base": TOO_LARGE * 3}),
    ("teachers", {"value": "7", "base": "-1"}),
    ("teachers", {"gap": "\x00"}),
    ("teachers", {"gap": "not_available", "reason": "a\x00b"}),
    ("teachers", {"value": "7", "explanation": "a\x00b"}),
    ("remark", {"value": "a\x00b"}),
    ("lessons", {"value": "7"}),
    ("\x00", {"value": "7"}),
]


@pytest.mark.parametrize(("code", "typed"), BAD_CELLS, ids=[repr(row)[:50] for row in BAD_CELLS])
def test_a_bad_cell_is_answered_with_a_sentence_and_not_saved(house, code, typed):
    """One by one within a request that was read, so what is refused is the cell: the answer is a 200."""
    body = {"cells": {code: typed}}
    for path, sent in ((CELLS, body), (GRID, {"units": {"DN-102": body}})):
        with undone(), nothing_changes():
            response = house.clients["clerk_102"].post(path, json.dumps(sent), "application/json")
        said = response.json()
        answer = (said if path == CELLS else said["units"]["DN-102"])["cells"][code]
        assert (response.status_code, answer["state"]) in {
            (200, state) for state in ("invalid", "refused", "conflict")
        }
        assert VIETNAMESE.search(answer["message"])


def refused(
    house: House,
    path: str,
    person: str,
    body: str | bytes,
    status: int,
    sentence: str,
    headers: dict[str, str] | None = None,
) -> None:
    """The JSON is refused with `status` and `sentence`, and nothing is changed."""
    with undone(), nothing_changes():
        response = house.clients[person].post(path, body, "application/json", headers=headers)
    assert response.status_code == status
    assert sentence in response.json()["message"]


# --- what a page posts ------------------------------------------------------------------------

OPEN, HANDED_IN = "/submissions/2023/DN-201/TRUONG/", "/submissions/2023/DN-101/TRUONG/"
MATRIX, ODD = "/submissions/matrix/", HANDED_IN + "anomalies/teachers_with_computer/peers/"
NOWHERE = "Không tìm thấy trang"
NO_FILE = "Hãy chọn một tệp"

POSTS: list[tuple[str, str, Any, int, str]] = [
    # The page that hands in.
    ("clerk_201", OPEN + "check/", {"do": "submit"}, 409, "vừa thay đổi"),
    ("clerk_201", OPEN + "check/", {"do": "submit", "version": "x"}, 409, "vừa thay đổi"),
    ("clerk_201", OPEN + "check/", {"do": "submit", "version": "{open}"}, 422, "Chưa nộp được"),
    ("clerk_201", OPEN + "check/", {"x-R-02": "a\x00b"}, 422, "errorlist"),
    ("clerk_201", OPEN + "check/", {"x-R-02": "a" * 20_000}, 422, "errorlist"),
    ("clerk_102", "/submissions/2023/DN-101/TRUONG/check/", {"do": "submit"}, 404, NOWHERE),
    ("officer", "/submissions/1999/DN-101/TRUONG/check/", {"do": "submit"}, 404, NOWHERE),
    # Decisions.
    ("reviewer_1", HANDED_IN + "review/", {"do": "approve"}, 409, "vừa thay đổi"),
    ("reviewer_1", HANDED_IN + "review/", {"do": "approve", "version": TOO_LARGE}, 409, "vừa thay đổi"),
    ("reviewer_1", HANDED_IN + "review/", {"do": "return", "version": "{version}"}, 409, "ô"),
    (
        "reviewer_1",
        HANDED_IN + "review/",
        {"do": "return", "version": "{version}", "r-teachers": "a\x00b"},
        422,
        "ô",
    ),
    (
        "reviewer_1",
        HANDED_IN + "review/",
        {"do": "return", "version": "{version}", "r-nowhere": "sai"},
        422,
        "ô",
    ),
    (
        "reviewer_1",
        HANDED_IN + "review/",
        {"do": "guess", "version": "{version}", "r-teachers": "sai"},
        409,
        "Không rõ cần làm gì",
    ),
    ("officer", OPEN + "extension/", {"due_on": "31/02/2099", "reason": "lũ"}, 422, "errorlist"),
    ("officer", OPEN + "extension/", {"due_on": "99999-01-01", "reason": "lũ"}, 422, "errorlist"),
    ("officer", OPEN + "extension/", {"due_on": "2099-12-31", "reason": "a\x00b"}, 422, "errorlist"),
    # Many at once.
    *(
        ("officer", f"{MATRIX}{do}/", posted, 404, NOWHERE)
        for do in ("remind", "approve", "extend")
        for posted in [
            {"pick": "x"},
            {"pick": "{id}"},
            {"pick": "{id}:x"},
            {"pick": "{id}:-1"},
            {"pick": "\x00:1"},
            {"pick": f"{TOO_LARGE}:1"},
            {"pick": "999999999999999999:1"},
            {"pick": ["{id}:{version}", "999999999:1"]},
            {"all": "everything"},
            {"all": "overdue", "query": "under=%00"},
            {"all": "clean", "query": "state=guess"},
        ]
    ),
    *(
        ("officer", MATRIX + "extend/", {"pick": "{draft}:0", "reason": "lũ", **posted}, 422, "errorlist")
        for posted in (
            {"due_on": ""},
            {"due_on": "hôm nay"},
            {"due_on": "2020-01-01"},
            {"due_on": "2099-02-31"},
            {"due_on": "2099-12-31", "reason": "a\x00b"},
            {"due_on": "2099-12-31", "reason": " "},
        )
    ),
    # Numbers out of line.
    *(("officer", "/anomalies/", {"period": code}, 404, NOWHERE) for code in ("1999", "\x00", "")),
    ("reviewer_1", ODD, {"do": "assign", "due_on": "31/02/2099"}, 422, "errorlist"),
    ("reviewer_1", ODD, {"do": "assign", "due_on": "99999-01-01"}, 422, "errorlist"),
    ("reviewer_1", ODD, {"do": "assign", "due_on": "2020-01-01"}, 409, "từ hôm nay"),
    *(
        ("reviewer_1", ODD, {"do": "assign", "owner": owner}, 422, "errorlist")
        for owner in ("x", "a\x00", "0", "999999999", TOO_LARGE, "-1")
    ),
    ("reviewer_1", ODD, {"do": "confirm", "judged": "10/30"}, 422, "bắt buộc"),
    ("reviewer_1", ODD, {"do": "confirm", "judged": "10/30", "reason": "a\x00b"}, 422, "errorlist"),
    ("reviewer_1", ODD, {"do": "confirm", "judged": "\x00", "reason": "đúng"}, 409, "vừa được sửa"),
    ("reviewer_1", ODD.replace("peers", "history"), {"do": "confirm"}, 404, NOWHERE),
    # Workbooks.
    *(
        ("clerk_101", path, posted, 422, sentence)
        for path in ("/workbooks/", "/workbooks/batches/")
        for posted, sentence in [
            ({}, NO_FILE),
            ({"file": "phieu.xlsx"}, NO_FILE),
            ({"other": SimpleUploadedFile("a.xlsx", b"a")}, NO_FILE),
            ({"file": SimpleUploadedFile("a.xlsx", b"a\x00b")}, "Hãy"),
        ]
    ),
    ("clerk_101", "/workbooks/uploads/999999999999999999/", {"do": "confirm"}, 404, NOWHERE),
    ("clerk_101", "/workbooks/batches/999999999999999999/", {"do": "confirm"}, 404, NOWHERE),
]


def named(row: tuple[Any, ...]) -> str:
    return f"{row[1]} {row[2]!r}"[:90]


@pytest.mark.parametrize(
    ("person", "path", "posted", "status", "sentence"), POSTS, ids=[named(row) for row in POSTS]
)
def test_a_bad_post_is_refused_with_a_sentence(house, person, path, posted, status, sentence):
    with undone(), nothing_changes():
        response = house.clients[person].post(path, _filled(posted, house.names))
    assert response.status_code == status
    html = response.content.decode()
    assert sentence in html
    assert VIETNAMESE.search(html)


def _filled(posted: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """What is posted, with the ids and versions that stand for {id} and the like."""

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\{(\w+)\}", lambda found: str(names[found[1]]), value)
        return [fill(one) for one in value] if isinstance(value, list) else value

    return {name: fill(value) for name, value in posted.items()}


# --- where the answer is the page one came from, with a sentence --------------------------------

LED_BACK: list[tuple[str, str, dict[str, Any], str]] = [
    ("officer", MATRIX + "remind/", {}, "Chưa có phiếu nào được chọn"),
    ("officer", MATRIX + "approve/", {"pick": "{id}:0", "confirmed": "yes"}, "vừa thay đổi"),
    ("officer", MATRIX + "approve/", {"pick": "{id}:999", "confirmed": "yes"}, "vừa thay đổi"),
    ("officer", MATRIX + "approve/", {"pick": "{draft}:0", "confirmed": "yes"}, "không chờ duyệt"),
    ("officer", MATRIX + "remind/", {"pick": "{id}:{version}"}, "Không nhắc"),
    ("clerk_101", "/notices/", {"notice": ["x", "\x00", "-1", TOO_LARGE]}, "0 thông báo"),
    ("clerk_101", "/notices/", {"do": "guess"}, "0 thông báo"),
    ("reviewer_1", HANDED_IN + "footnotes/teachers/", {"do": "guess"}, "Không rõ cần làm gì"),
    ("reviewer_1", HANDED_IN + "footnotes/lessons/", {"do": "mark"}, "chưa có giải trình"),
    ("reviewer_1", HANDED_IN + "footnotes/nowhere/", {"do": "mark"}, "chưa có giải trình"),
]


@pytest.mark.parametrize(
    ("person", "path", "posted", "sentence"), LED_BACK, ids=[named(row) for row in LED_BACK]
)
def test_what_leaves_nothing_to_do_leads_back_with_a_sentence(house, person, path, posted, sentence):
    with undone(), nothing_changes():
        response = house.clients[person].post(path, _filled(posted, house.names), follow=True)
    assert response.redirect_chain
    assert sentence in response.content.decode()


def test_another_s_notice_stays_unread(house):
    with undone(), nothing_changes():
        house.clients["clerk_101"].post("/notices/", {"notice": [house.names["another's"]]})
    assert Notice.objects.filter(pk=house.names["another's"], read_at__isnull=True).exists()
