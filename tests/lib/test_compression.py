"""What is compressed on its way to the reader."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from dxreport.lib.compression import TextGZipMiddleware

WORDS = "Sở Giáo dục và Đào tạo. " * 100


def answered(kind: str, **headers: str) -> HttpResponse:
    middleware = TextGZipMiddleware(lambda _request: HttpResponse(WORDS, content_type=kind))
    answer = middleware(RequestFactory().get("/", headers=headers))
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/csv", "application/json"])
def test_text_is_compressed_for_whoever_takes_it_so(kind):
    answer = answered(kind, accept_encoding="gzip, br")

    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(WORDS) / 5
    assert gzip.decompress(answer.content).decode() == WORDS


def test_whoever_takes_none_gets_it_as_it_is():
    answer = answered("text/html")

    assert "Content-Encoding" not in answer
    assert answer.content.decode() == WORDS
    assert "Accept-Encoding" in answered("text/html", accept_encoding="gzip")["Vary"]


@pytest.mark.parametrize(
    "kind",
    ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/pdf", "image/png"],
)
def test_files_that_are_compressed_already_are_left_alone(kind):
    assert "Content-Encoding" not in answered(kind, accept_encoding="gzip")


@pytest.mark.django_db
def test_every_page_comes_compressed_through_the_whole_stack(client):
    assert client.get("/accounts/login/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
