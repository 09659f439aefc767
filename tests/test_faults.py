"""What cannot be answered: the sentence of its view, the next step, nothing about what is out of sight."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.views.defaults import server_error

from tests.province import Province, build_province

GENERAL = "Trang không có, đã chuyển chỗ, hoặc nằm ngoài đơn vị bạn phụ trách."


@pytest.fixture
def province(db) -> Province:
    return build_province()


@pytest.fixture
def ask(province):
    """`ask("clerk_101", "/units/DN/")`: what that person gets."""

    def asked(person: str, address: str, language: str = "vi") -> Any:
        client = Client()
        client.raise_request_exception = False
        client.cookies["django_language"] = language
        if person:
            client.force_login(province.person(person))
        return client.get(address)

    return asked


def text_of(response: Any) -> str:
    [main] = re.findall(r"<main.*</main>", response.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


SAID = [
    ("/units/XX/", "Không có đơn vị này trong phạm vi của bạn. Hãy tìm trong danh sách đơn vị."),
    ("/units/DN-101/indicators/X9/", "không có chỉ số “X9”. Hãy tìm trong danh mục chỉ số."),
    ("/submissions/2023/XX/TRUONG/", "Không có phiếu này trong phạm vi của bạn."),
    ("/elements/nothing/", "Không có chỉ tiêu “nothing”. Hãy tìm trong các chỉ tiêu dữ liệu."),
    ("/guide/nothing/", "Không có trang hướng dẫn này. Hãy tìm trong mục lục của trang Trợ giúp."),
]


@pytest.mark.parametrize(("address", "sentence"), SAID)
def test_what_is_not_there_is_said_as_its_view_says_it(ask, address, sentence):
    answer = ask("clerk_101", address)

    assert answer.status_code == 404
    assert sentence in text_of(answer)
    assert GENERAL not in text_of(answer)


def test_visitors_of_the_demo_read_the_same_page(ask, settings):
    settings.DEBUG = True
    assert "Không có đơn vị này trong phạm vi của bạn." in text_of(ask("clerk_101", "/units/XX/"))


def test_what_no_view_of_ours_speaks_of_has_a_sentence_too(ask, monkeypatch):
    assert GENERAL in text_of(ask("officer", "/nowhere/"))

    monkeypatch.setattr("dxreport.faults.OURS", set())
    assert GENERAL in text_of(ask("clerk_101", "/units/XX/"))


def test_what_is_out_of_sight_reads_like_what_does_not_exist(ask):
    for one, another in [
        ("/units/DN-201/", "/units/XX/"),
        ("/submissions/2023/DN-201/TRUONG/", "/submissions/2023/XX/TRUONG/"),
        ("/units/DN-201/indicators/T1/", "/units/XX/indicators/T1/"),
        ("/units/DN-201/indicators/X9/", "/units/XX/indicators/X9/"),
        ("/explore/?units=DN-201", "/explore/?units=XX"),
    ]:
        first, second = ask("clerk_101", one), ask("clerk_101", another)
        assert (first.status_code, text_of(first)) == (404, text_of(second))


def ways_from(response: Any) -> list[str]:
    [ways] = re.findall(r'<p class="actions">.*?</p>', response.content.decode(), re.DOTALL)
    return re.findall(r'href="([^"]+)"', ways)


def test_every_fault_leads_home_to_ones_work_and_to_the_guide(ask):
    assert ways_from(ask("clerk_101", "/units/XX/")) == ["/", "/submissions/", "/guide/"]
    assert ways_from(ask("leader", "/units/XX/")) == ["/", "/guide/"]
    assert ways_from(ask("", "/guide/nothing/")) == ["/", "/guide/"]
    refused = ask("leader", "/periods/")
    assert (refused.status_code, ways_from(refused)) == (403, ["/", "/guide/"])


def test_an_address_of_a_button_opened_by_itself_is_a_page(ask):
    answer = ask("reviewer_1", "/submissions/matrix/approve/")

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Hãy quay lại trang trước và bấm lại nút ở đó." in text_of(answer)
    assert ways_from(answer) == ["/", "/submissions/", "/guide/"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_a_fault_of_ours_needs_no_database_and_says_nothing_of_it(
    province, monkeypatch, language
):
    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("the secret of DN-201")

    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = language
    monkeypatch.setattr("dxreport.guide.views.render", fail)
    answer = client.get("/guide/")

    assert answer.status_code == 500
    assert f'<html lang="{language}">' in answer.content.decode()
    assert "secret" not in answer.content.decode()
    assert ways_from(answer) == ["/", "/guide/"]
    with CaptureQueriesContext(connection) as asked:
        server_error(RequestFactory().get("/"))
    assert len(asked) == 0
