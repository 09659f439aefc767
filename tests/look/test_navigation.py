"""The menu: what each role finds in it, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dxreport.navigation import MENU, MenuEntry, MenuItem, menu
from schools.models import User
from schools.roles import PERMISSIONS, Role
from tests.province import build_province

pytestmark = pytest.mark.django_db

COMMON = [
    "Tổng quan",
    "Khám phá số liệu",
    "Báo cáo",
    "Phụ lục",
    "Bản công bố",
    "Danh mục chỉ số",
    "Đơn vị",
]
SEEN = {
    "clerk_101": {*COMMON, "Việc của tôi", "Số bất thường", "Tệp Excel", "Nhà giáo", "Người học", "Nhật ký"},
    "reviewer_1": {
        *COMMON,
        "Việc của tôi",
        "Theo dõi phiếu",
        "Soát văn bản",
        "Số bất thường",
        "Tệp Excel",
        "Nhà giáo",
        "Người học",
        "Nhật ký",
    },
    "officer": {
        *COMMON,
        "Việc của tôi",
        "Theo dõi phiếu",
        "Soát văn bản",
        "Số bất thường",
        "Tệp Excel",
        "Nhà giáo",
        "Người học",
        "Nhật ký",
    },
    "leader": {*COMMON, "Tình hình nộp", "Soát văn bản"},
    "administrator": {*COMMON, "Nhật ký"},
    "auditor": {*COMMON, "Nhật ký"},
}


ENTRIES = [entry for part in MENU for entry in ([part] if isinstance(part, MenuEntry) else part.entries)]
WORDS_IN_THE_BAR = 7


def items(client, person: str, address: str = "/accounts/2fa/") -> list[MenuItem]:
    client.force_login(User.objects.get(username=person))
    return list(client.get(address).context["navigation"])


def entries(client, person: str) -> list[MenuItem]:
    """The links of the menu, those of groups included."""
    return [link for item in items(client, person) for link in (item.links or (item,))]


@pytest.mark.parametrize("person", SEEN)
def test_a_role_sees_what_it_may_open(client, person):
    build_province()

    assert {entry.label for entry in entries(client, person)} == SEEN[person]


def test_whoever_belongs_nowhere_has_no_menu(client):
    User.objects.create(username="nobody")

    assert entries(client, "nobody") == []


def test_every_entry_opens_for_those_who_see_it(client):
    build_province()
    for person in SEEN:
        for entry in entries(client, person):
            assert client.get(entry.url).status_code == 200, f"{person}: {entry.url}"


def test_the_order_is_the_same_for_everybody(client):
    build_province()
    order = [str(entry.label) for entry in ENTRIES]
    for person in SEEN:
        labels = [entry.label for entry in entries(client, person)]
        assert labels == sorted(labels, key=order.index)


def test_every_permission_of_the_menu_is_given_to_some_role():
    given = set().union(*(PERMISSIONS[role] for role in Role))

    assert {entry.permission for entry in ENTRIES} <= given


@pytest.mark.parametrize("person", SEEN)
def test_the_bar_has_room_for_every_role(client, person):
    build_province()

    assert len(items(client, person)) <= len(MENU) <= WORDS_IN_THE_BAR


def test_a_group_of_one_stands_by_itself(client):
    build_province()
    labels = {item.label: item.links for item in items(client, "leader")}

    assert labels["Tình hình nộp"] == ()
    assert "Thu thập" not in labels
    assert len(labels["Báo cáo"]) > 1


def test_the_page_that_is_open_is_marked_with_its_group(client):
    build_province()
    [group] = [item for item in items(client, "officer", "/teachers/") if item.is_current]

    assert group.label == "Danh sách"
    assert [link.label for link in group.links if link.is_current] == ["Nhà giáo"]


FRAME = ["django_session", "schools_membership"]  # who is there comes with where they belong


@pytest.mark.parametrize(
    ("person", "expected"), [("leader", FRAME), ("officer", [*FRAME, "collection_notice"])]
)
def test_the_frame_reads_who_is_there_and_for_those_who_enter_their_notices(client, person, expected):
    build_province()
    client.force_login(User.objects.get(username=person))
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/accounts/logout/")

    read = [re.search(r'FROM "(\w+)"', query["sql"]) for query in captured.captured_queries]
    assert [found and found[1] for found in read] == expected
    assert "Danh mục chỉ số" in answer.content.decode()


def test_nobody_is_signed_in_nothing_is_in_the_menu(rf):
    assert menu(rf.get("/")) == []
