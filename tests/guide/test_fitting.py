"""From every page "Trợ giúp" leads to the part of the guide that fits it."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver, resolve

from dxreport.guide.contents import TOPICS
from dxreport.guide.fitting import FITS, address_for, section_for
from dxreport.guide.reading import sections_of
from schools.models import User
from schools.roles import Role
from tests.pages import CODES, PAGES
from tests.province import build_province


@pytest.mark.parametrize("path", sorted({page.path.partition("?")[0] for page in PAGES}))
def test_every_page_has_a_part_of_the_guide(path):
    view = resolve(path.format(**CODES)).view_name

    assert view in FITS, f"Name the view of {path} in dxreport/guide/fitting.py"


def test_every_part_named_there_is_in_the_guide():
    known = set(TOPICS) | {
        f"{slug}#{section.anchor}" for slug, topic in TOPICS.items() for section in sections_of(topic)
    }

    assert {section for sections in FITS.values() for section in sections} <= known


def test_every_view_named_there_is_one_of_ours():
    assert set(FITS) <= set(views_of(get_resolver()))


def views_of(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The names of all views, as "app:name"."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from views_of(one, f"{one.namespace}:" if one.namespace else before)
        else:
            yield f"{before}{one.name}"


def test_the_same_page_leads_a_reviewer_and_a_clerk_to_their_own_work():
    assert section_for("collection:submission_list", [Role.REVIEWER]) == "reviewing#find"
    assert section_for("collection:submission_list", [Role.CLERK]) == "entering#find"


def test_a_page_of_no_view_leads_to_where_the_role_begins():
    assert address_for("", [Role.LEADER]) == "/guide/overview/"
    assert address_for("", []) == "/guide/start/"


@pytest.mark.parametrize(
    ("person", "path", "expected"),
    [
        ("", "/accounts/login/", "/guide/start/#sign-in"),
        ("clerk_101", "/submissions/", "/guide/entering/#find"),
        ("reviewer_1", "/submissions/", "/guide/reviewing/#find"),
        ("leader", "/", "/guide/overview/"),
        ("leader", "/nowhere/", "/guide/overview/"),
        ("officer", "/periods/", "/guide/periods/"),
    ],
)
def test_the_header_of_a_page_has_the_way_there(client, db, person, path, expected):
    build_province()
    if person:
        client.force_login(User.objects.get(username=person))
    page = client.get(path).content.decode()

    assert re.findall(r'class="help" href="([^"]+)"', page) == [expected]
