"""Tables that a person keeps: saved under a name, opened, renamed, deleted, and nobody else's."""

from __future__ import annotations

import re
import threading
from html import unescape
from typing import Any

import pytest
from django.db import connection, connections
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collection.refusals import Refused
from reporting.explorer import actions
from reporting.explorer.choices import read_choices
from reporting.models import SavedView
from schools.models import User
from tests.province import Province, build_province

TABLE = "unit=DN&below=school&indicator=T1"


@pytest.fixture
def province(db) -> Province:
    return build_province()


@pytest.fixture
def leader(province) -> Client:
    client = Client()
    client.force_login(province.person("leader"))
    return client


def kept(user: User, name: str, query: str = TABLE) -> SavedView:
    return actions.save_view(name=name, choices=read_choices(user, QueryDict(query)), by=user)


def save(client: Client, name: str, query: str = TABLE) -> Any:
    return client.post("/explore/saved/", {"name": name, "query": query})


def change(client: Client, view: SavedView, do: str, version: int = 0, name: str = "Tên mới") -> Any:
    given = {"do": do, "name": name, "version": str(version), "query": TABLE}
    return client.post(f"/explore/saved/{view.pk}/", given)


def shelf_of(response: Any) -> str:
    [shelf] = re.findall(r'<details class="card more shelf".*?</ul>', response.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", shelf)).split())


def test_a_table_is_saved_and_its_link_shows_it_again(leader):
    answer = save(leader, "  Máy tính   theo trường ")
    assert answer.status_code == 302

    page = leader.get("/explore/")
    assert "Máy tính theo trường" in shelf_of(page)
    [address] = re.findall(r'<a href="([^"]+)">Máy tính theo trường</a>', page.content.decode())
    shown = leader.get(unescape(address))
    assert "Bảng đang xem đã được lưu với tên “Máy tính theo trường”." in shown.content.decode()
    assert shown.context["choices"].query == SavedView.objects.get().query


def test_a_saved_table_is_nobody_elses(province, leader):
    view = kept(province.person("officer"), "Của chuyên viên")
    assert "Của chuyên viên" not in leader.get("/explore/").content.decode()
    for do in ("rename", "delete"):
        assert change(leader, view, do).status_code == 404
    assert SavedView.objects.get() == view


def test_another_person_may_use_the_same_name(province, leader):
    kept(province.person("officer"), "Bảng A")
    assert save(leader, "Bảng A").status_code == 302


def test_a_name_or_a_table_that_is_there_is_refused(province, leader):
    kept(province.person("leader"), "Bảng A")
    same_name = save(leader, "Bảng A", "unit=DN&below=self")
    assert same_name.status_code == 409
    assert "Đã có một bảng tên “Bảng A”." in same_name.content.decode()
    same_table = save(leader, "Bảng B")
    assert same_table.status_code == 409
    assert "Bảng này đã được lưu với tên “Bảng A”." in same_table.content.decode()
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "a" * 81, "a\x00b"])
def test_a_name_that_is_none_is_refused_where_it_was_typed(leader, name):
    answer = save(leader, name)
    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.content.decode()
    assert not SavedView.objects.exists()


def test_a_table_outside_ones_units_is_not_saved(province):
    client = Client()
    client.force_login(province.person("clerk_101"))
    for query in ("unit=DN-201", "units=DN-201", "period=1999", "unit=%00", "rows=guess"):
        assert save(client, "Bảng", query).status_code == 404
    assert not SavedView.objects.exists()


def test_who_loses_a_unit_finds_the_table_gone_and_not_its_figures(province):
    clerk = province.person("clerk_101")
    view = kept(clerk, "Trường tôi", "unit=DN-101")
    clerk.memberships.update(is_active=False)
    client = Client()
    client.force_login(clerk)
    assert client.get(f"/explore/?{view.query}").status_code == 404


def test_a_table_is_renamed_and_deleted(province, leader):
    view = kept(province.person("leader"), "Bảng A")
    assert change(leader, view, "rename", name="Bảng mới").status_code == 302
    view.refresh_from_db()
    assert (view.name, view.version) == ("Bảng mới", 1)
    assert change(leader, view, "delete", version=1).status_code == 302
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("do", ["rename", "delete"])
def test_what_was_changed_in_another_window_is_not_changed_again(province, leader, do):
    person = province.person("leader")
    view = kept(person, "Bảng A")
    actions.rename_view(view=view, name="Bảng B", version=0, by=person)
    answer = change(leader, view, do, version=0)
    assert answer.status_code == 409
    assert "vừa được đổi hoặc xóa ở một cửa sổ khác" in answer.content.decode()
    assert SavedView.objects.get().name == "Bảng B"


def test_a_renamed_table_needs_a_name_of_its_own(province, leader):
    person = province.person("leader")
    kept(person, "Bảng A")
    other = kept(person, "Bảng B", "unit=DN&below=self")
    assert change(leader, other, "rename", name="Bảng A").status_code == 409
    assert change(leader, other, "rename", name=" ").status_code == 422
    assert change(leader, other, "rename", name="Bảng B").status_code == 302


def test_a_shelf_has_an_end(monkeypatch, province, leader):
    monkeypatch.setattr(actions, "VIEWS_AT_MOST", 2)
    monkeypatch.setattr("reporting.explorer.shelf.VIEWS_AT_MOST", 2)
    person = province.person("leader")
    kept(person, "Một")
    kept(person, "Hai", "unit=DN&below=self")
    assert save(leader, "Ba", "unit=DN-1").status_code == 409
    assert SavedView.objects.count() == 2
    assert "Đã đủ số bảng lưu được." in leader.get("/explore/?unit=DN-1").content.decode()


def test_a_table_of_endless_choices_is_refused(monkeypatch, province):
    monkeypatch.setattr(actions, "QUERY_AT_MOST", 10)
    with pytest.raises(Refused, match="chọn quá nhiều"):
        kept(province.person("leader"), "Bảng")


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_that_save_at_once_one_is_refused():
    person = build_province().person("leader")
    choices = read_choices(person, QueryDict(TABLE))
    outcomes, together = [], threading.Barrier(2)

    def attempt(name: str) -> None:
        together.wait()
        try:
            actions.save_view(name=name, choices=choices, by=person)
            outcomes.append("saved")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=[name]) for name in ("Một", "Hai")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(outcomes) == ["refused", "saved"]


def test_the_shelf_costs_one_statement_however_much_stands_on_it(province, leader):
    leader.get("/explore/")
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as asked:
            leader.get("/explore/")
        counts.append(len(asked))
        kept(province.person("leader"), f"Bảng {number}", f"unit=DN&below=school&indicator=T{number + 1}")
    assert len(set(counts)) == 1
