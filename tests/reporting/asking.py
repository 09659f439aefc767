"""Asking for a page of the small province as one of its people."""

from collections.abc import Callable

from django.test import Client

from tests.province import Province


def asking(province: Province) -> Callable[..., bytes]:
    """`asking(province)("leader", "/units/DN/")`: what the address gives to somebody, of that status."""

    def got(person: str, path: str, status: int = 200) -> bytes:
        client = Client()
        client.force_login(province.person(person))
        answer = client.get(path)
        assert answer.status_code == status
        return answer.content

    return got
