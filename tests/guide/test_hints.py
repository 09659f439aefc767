"""A new user is greeted where their work begins, until they say that they have read it."""

import pytest

from dxreport.guide.hints import HINTS
from schools.models import User
from schools.roles import Role
from tests.province import build_province

pytestmark = pytest.mark.django_db
BEGINS = [
    ("clerk_101", "/submissions/", "/guide/entering/"),
    ("reviewer_1", "/submissions/", "/guide/reviewing/"),
    ("officer", "/submissions/", "/guide/periods/"),
    ("leader", "/", "/guide/overview/"),
    ("administrator", "/", "/guide/administration/"),
    ("auditor", "/", "/guide/trail/"),
]


@pytest.fixture
def signed_in(client):
    build_province()

    def enter(person: str):
        client.force_login(User.objects.get(username=person))
        return client

    return enter


def has_hint(page) -> bool:
    return 'class="notice hint"' in page.content.decode()


def test_every_role_has_a_hint():
    assert set(HINTS) == set(Role)


@pytest.mark.parametrize(("person", "path", "leads_to"), BEGINS)
def test_the_hint_stands_where_the_work_of_the_role_begins(signed_in, person, path, leads_to):
    page = signed_in(person).get(path)

    assert has_hint(page)
    assert f'<a href="{leads_to}">' in page.content.decode()


def test_it_stands_nowhere_else(signed_in):
    client = signed_in("leader")

    assert not has_hint(client.get("/indicators/"))
    assert not has_hint(client.get("/nowhere/"))


def test_what_has_been_read_does_not_come_back(signed_in):
    client = signed_in("leader")
    answer = client.post("/guide/hint/", {"next": "/"})

    assert answer.status_code == 302
    assert answer.url == "/"
    assert not has_hint(client.get("/"))


def test_another_account_on_the_same_computer_still_gets_its_own(signed_in):
    signed_in("leader").post("/guide/hint/", {"next": "/"})

    assert has_hint(signed_in("auditor").get("/"))


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_site(signed_in, elsewhere):
    assert signed_in("leader").post("/guide/hint/", {"next": elsewhere}).url == "/"
