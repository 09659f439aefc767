"""Every list is the same tool: search, filter, order, columns, size of page, files of the same rows."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collection.models import Anomaly, DataValue
from indicators.models import DataElement
from schools.actions import NewUnit, add_students, add_teachers, create_units
from schools.models import EducationLevel, OrgUnit, Student, Teacher
from tests.pages import put_out_of_line
from tests.province import SINCE, Province, build_province, submitted
from tests.reporting.editions.making import drafted, sealed
from tests.tables import undone
from tests.workbooks import opened

pytestmark = pytest.mark.django_db
EXACT_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


class Tried(NamedTuple):
    """A list, who reads it, a search and what it finds, a filter, an order, columns to choose."""

    address: str
    person: str
    search: dict[str, str]
    found: list[str]
    filtered: dict[str, str]
    sort: str
    columns: str
    heads: list[str]

    def __str__(self) -> str:
        return self.address.strip("/")


LISTS = [
    Tried(
        "/org-units/",
        "officer",
        {"q": "MAM  truong"},
        ["DN-102"],
        {"kind": "school", "level": "primary"},
        "-code",
        "title.valid_from",
        ["Mã", "Tên", "Thành lập"],
    ),
    Tried(
        "/teachers/",
        "reviewer_1",
        {"unit": "tieu hoc"},
        ["GV1", "GV2"],
        {"has_computer": "yes"},
        "-code",
        "unit_code.position",
        ["Mã định danh", "Mã đơn vị", "Vị trí"],
    ),
    Tried(
        "/students/",
        "clerk_101",
        {"q": "DUC tran"},
        ["HS2"],
        {"grade": "1"},
        "-unit",
        "unit_code.shown_name.grade",
        ["Mã định danh", "Họ tên", "Mã đơn vị", "Lớp"],
    ),
    Tried(
        "/submissions/",
        "officer",
        {"q": "non mam"},
        ["Trường mầm non số 2"],
        {"state": "submitted"},
        "-unit",
        "form.unit_code.submitted_at.submitted_by",
        ["Đơn vị", "Biểu mẫu", "Mã đơn vị", "Nộp lúc", "Người nộp"],
    ),
    Tried(
        "/anomalies/",
        "officer",
        {"q": "hoc tieu", "status": "all"},
        ["Giáo viên có máy tính"],
        {"kind": "peers"},
        "-unit",
        "unit_code.form.kind",
        ["Chỉ tiêu", "Mã đơn vị", "Biểu mẫu", "Căn cứ"],
    ),
    Tried(
        "/indicators/",
        "officer",
        {"q": "TINH may"},
        ["T1", "T5"],
        {"kind": "ratio"},
        "-code",
        "section.target",
        ["Mã", "Phần", "Mục tiêu"],
    ),
    Tried(
        "/editions/",
        "leader",
        {"q": "MOT huyen"},
        ["Phòng GDĐT huyện Một"],
        {"period": "2023"},
        "-unit",
        "period.number.sha256",
        ["Báo cáo của", "Kỳ", "Bản số", "SHA-256"],
    ),
    Tried(
        "/audit/",
        "officer",
        {"unit": "so 1 tieu hoc"},
        [],
        {"action": "submission.submit"},
        "at",
        "action.unit_code",
        ["Lúc", "Việc", "Đơn vị"],
    ),
]
every_list = pytest.mark.parametrize("tried", LISTS, ids=str)


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker) -> Iterator[Province]:
    """A province with something in every list, built once; what a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        province = build_province()
        submission = submitted(province.submission("DN-101"), by=province.person("clerk_101"), teachers=30)
        put_out_of_line(submission)
        fill_registers(province)
        for unit in ("DN", "DN-1"):
            sealed(drafted(province, unit=unit), by=province.person("leader"))
        yield province
        transaction.set_rollback(True)


def fill_registers(province: Province) -> None:
    one, two = province.unit("DN-101"), province.unit("DN-102")
    primary = EducationLevel.objects.get(code="primary")
    add_teachers(
        records=[
            Teacher(code="GV1", unit=one, position="teacher", level=primary, has_computer=True),
            Teacher(code="GV2", unit=one, position="manager", has_computer=False),
            Teacher(code="GV3", unit=two, position="staff"),
        ],
        by=None,
    )
    add_students(
        records=[
            Student(code="HS1", unit=one, level=primary, name="Nguyễn Thị Ánh", grade=1, has_internet=True),
            Student(code="HS2", unit=one, level=primary, name="Trần Văn Đức", grade=2),
            Student(code="HS3", unit=two, level=primary, name="Trần Đức"),
        ],
        by=None,
    )


def reader(province: Province, name: str) -> Client:
    client = Client()
    client.force_login(province.person(name))
    return client


def on_screen(page: str) -> tuple[list[str], list[list[str]]]:
    """The heads and the cells of a list as its page says them."""
    head = re.search(r"<thead>(.*?)</thead>", page, re.DOTALL)
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    if not (head and body):
        return [], []
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body[1], re.DOTALL)
    return cells(head[1]), [cells(row) for row in rows]


def cells(row: str) -> list[str]:
    found = re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)
    return [words(re.sub(r'<span class="visually-hidden">.*?</span>', "", cell)) for cell in found]


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def read(client: Client, address: str, **conditions: str) -> tuple[list[str], list[list[str]]]:
    response = client.get(address, conditions)
    assert response.status_code == 200
    return on_screen(response.content.decode())


def in_csv(client: Client, address: str, **conditions: str) -> list[list[str]]:
    response = client.get(f"{address}file.csv", conditions)
    assert response.status_code == 200
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def in_workbook(client: Client, address: str, **conditions: str) -> list[list[object]]:
    data = client.get(f"{address}file.xlsx", conditions).getvalue()
    [sheet] = opened(data).worksheets
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def says(written: str, screen: str) -> bool:
    """Whether a field of a file is what the page shows: there a cell may go on, as with a code or a mark."""
    day = EXACT_DAY.fullmatch(written)
    shown = f"{day[3]}/{day[2]}/{day[1]}" if day else " ".join(written.split())
    return screen == "–" if not shown else screen.startswith(shown)


def assert_same(written: list[list[str]], heads: list[str], rows: list[list[str]]) -> None:
    """The file has the columns and rows of the page, in their order; only `no_file` columns are left out."""
    columns = [heads.index(name) for name in written[0]]
    assert columns == sorted(columns)
    assert set(heads) - set(written[0]) <= {"Họ tên", "Việc"}
    assert len(written) - 1 == len(rows)
    for line, row in zip(written[1:], rows, strict=True):
        for field, column in zip(line, columns, strict=True):
            assert says(field, row[column]), (field, row[column])


@every_list
def test_a_search_needs_neither_diacritics_nor_case_nor_the_order_of_words(province, tried):
    _heads, rows = read(reader(province, tried.person), tried.address, **tried.search)
    assert rows
    if tried.found:
        assert [row[0].removesuffix(" DN-102") for row in rows] == tried.found


@every_list
def test_files_hold_what_the_page_shows_as_it_is_filtered_and_ordered(province, tried):
    client = reader(province, tried.person)
    for conditions in ({}, tried.search, {**tried.filtered, "sort": tried.sort, "columns": tried.columns}):
        heads, rows = read(client, tried.address, per_page="200", **conditions)
        assert rows
        assert_same(in_csv(client, tried.address, **conditions), heads, rows)


@every_list
def test_both_kinds_of_file_say_the_same(province, tried):
    client = reader(province, tried.person)
    plain = in_csv(client, tried.address)
    assert [[_plain(value) for value in row] for row in in_workbook(client, tried.address)] == plain


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value.date().isoformat() if isinstance(value, dt.datetime) else str(value)


@every_list
def test_an_order_is_that_of_the_column_and_its_opposite_turns_it_round(province, tried):
    client = reader(province, tried.person)
    opposite = tried.sort.removeprefix("-") if tried.sort.startswith("-") else f"-{tried.sort}"
    first, second = (
        [row[0] for row in read(client, tried.address, per_page="200", sort=sort)[1]]
        for sort in (tried.sort, opposite)
    )
    assert sorted(first) == sorted(second)
    assert len(set(first)) == 1 or first != second


@every_list
def test_columns_are_those_of_the_address(province, tried):
    heads, _rows = read(reader(province, tried.person), tried.address, columns=tried.columns)
    assert heads == tried.heads


@every_list
def test_chosen_columns_are_remembered_for_that_reader_and_list_until_given_up(province, tried):
    client = reader(province, tried.person)
    usual, _rows = read(client, tried.address)
    answer = client.get(
        tried.address, {"columns": tried.columns.split("."), "remember": "ticked", "sort": tried.sort}
    )
    assert answer.status_code == 302
    assert read(client, answer["Location"])[0] == tried.heads
    assert read(client, tried.address)[0] == tried.heads
    assert in_csv(client, tried.address)[0] == [name for name in tried.heads if name != "Họ tên"]
    for other in LISTS:
        if other.address != tried.address and other.person == tried.person:
            assert read(client, other.address)[0] != other.heads
    client.get(tried.address, {"remember": "usual"})
    assert read(client, tried.address)[0] == usual


def test_somebody_else_on_the_same_computer_has_the_usual_columns(province):
    client = reader(province, "officer")
    client.get("/org-units/", {"columns": ["title"], "remember": "ticked"})
    assert read(client, "/org-units/")[0] == ["Mã", "Tên"]
    client.force_login(province.person("leader"))
    assert len(read(client, "/org-units/")[0]) > 2


def test_columns_of_a_followed_link_are_not_remembered(province):
    client = reader(province, "officer")
    assert read(client, "/org-units/", columns="title")[0] == ["Mã", "Tên"]
    assert len(read(client, "/org-units/")[0]) > 2


@every_list
@pytest.mark.parametrize("columns", ["", "nothing", "\x00", "." * 3000, "pk.search_name.name.password"])
def test_no_columns_that_the_list_has_not(province, tried, columns):
    client = reader(province, tried.person)
    assert read(client, tried.address, columns=columns)[0] == read(client, tried.address)[0]


@every_list
@pytest.mark.parametrize("size", ["0", "-1", "51", "1000000", "9" * 5000, "x", "\x00", "٢٥"])
def test_a_page_is_never_larger_than_the_sizes_offered(province, tried, size):
    response = reader(province, tried.person).get(tried.address, {"per_page": size})
    assert response.context["table"].paginator.per_page in (50, 100)


def test_the_page_says_how_many_rows_were_found_and_keeps_every_condition(province):
    page = reader(province, "officer").get(
        "/org-units/", {"kind": "school", "per_page": "25", "sort": "-code", "columns": "title"}
    )
    text = page.content.decode()
    assert "Tìm thấy <b>4</b> dòng" in text
    assert 'href="file.csv?kind=school&amp;sort=-code&amp;columns=title"' in text
    form = re.search(r'<form class="filters".*?</form>', text, re.DOTALL)
    assert form
    assert set(re.findall(r'type="hidden" name="(\w+)"', form[0])) == {"per_page", "sort", "columns"}
    assert 'href="/org-units/?per_page=25&amp;sort=-code&amp;columns=title">Bỏ lọc' in text


# --- names, scopes --------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_names_stand_in_no_file_not_even_that_of_ones_own_school(province, file_format):
    client = reader(province, "clerk_101")
    assert "Trần Văn Đức" in client.get("/students/").content.decode()
    rows = in_csv(client, "/students/") if file_format == "csv" else in_workbook(client, "/students/")
    assert "Trần" not in str(rows)
    assert [row[0] for row in rows[1:]] == ["HS1", "HS2"]


@every_list
def test_a_file_ends_at_the_subtree_of_its_reader(province, tried):
    # The catalogue is everybody's.
    rows = in_csv(reader(province, "clerk_301"), tried.address, columns="unit_code.unit.code.title")
    named = " ".join(field for row in rows[1:] for field in row)
    assert tried.address == "/indicators/" or not re.search(r"DN-[12]|tiểu học|mầm non|GV|HS", named)


# --- cost -----------------------------------------------------------------------------------


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert response.status_code == 200
        response.getvalue()
    return len(captured)


@pytest.mark.parametrize("what", ["", "file.csv", "file.xlsx"])
@every_list
def test_statements_do_not_grow_with_the_rows(province, tried, what):
    client = reader(province, tried.person)
    columns = ".".join(column.name for column in client.get(tried.address).context["table"].columns.iterall())
    address = f"{tried.address}{what}?columns={columns}&status=all"
    before = statements(client, address)
    with undone():
        _grow(province)
        assert statements(client, address) == before


def _grow(province: Province) -> None:
    """More of everything that lists show."""
    rows = [NewUnit(f"K{n}", f"Trường {n}", "school", SINCE, "DN-1", ["primary"]) for n in range(12)]
    units = [*create_units(rows=rows, by=None), province.unit("DN-101")]
    primary = EducationLevel.objects.get(code="primary")
    add_students(
        records=[Student(code=f"X{n}", unit=unit, level=primary) for n, unit in enumerate(units)], by=None
    )
    add_teachers(
        records=[Teacher(code=f"Y{n}", unit=unit, position="staff") for n, unit in enumerate(units)], by=None
    )
    submitted(province.submission("DN-102"), by=province.person("clerk_102"))
    submitted(province.submission("DN-201"), by=province.person("clerk_201"))
    found = Anomaly.objects.get()
    for element in DataElement.objects.exclude(pk=found.element_id)[:3]:
        found.pk, found.element = None, element
        found.save()
    assert OrgUnit.objects.count() > 15
    assert DataValue.objects.exists()
