"""The catalogue's pages as a browser shows them: no fault, nothing that axe-core objects to."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from indicators.actions import load_catalogue
from schools.actions import create_user
from schools.models import OrgUnit
from schools.roles import Role
from tests.indicators.conftest import FIXTURES
from tests.schools.province import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/indicators/", "/indicators/?q=xyz", "/indicators/A9.2/", "/indicators/A3.1/", "/indicators/A4/"]
ADMIN = ["/admin/indicators/indicator/", "/admin/indicators/dataelement/", "/admin/indicators/form/"]


@pytest.fixture
def officer(live_server, new_context, client):
    """Opens a context of a given width and colour scheme, signed in as a department officer."""
    load_catalogue(folder=FIXTURES)
    build()
    unit = OrgUnit.objects.get(code="DN")
    client.force_login(
        create_user(
            username="admin-officer",
            password=None,
            memberships=[(unit, Role.OFFICER)],
            is_staff=True,
            by=None,
        )
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_page(width: int, scheme: str):
        context = new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return context.new_page()

    return open_page


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_the_pages_are_accessible_and_fit_the_screen(officer, axe, width, scheme):
    page = officer(width, scheme)
    for address in PAGES:
        page.goto(address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_administration_works_under_our_policy(officer):
    page = officer(1440, "light")
    for address in ADMIN:
        page.goto(address)
        page.locator("#result_list tbody th a").first.click()
        page.get_by_role("button", name="Lưu lại", exact=True).click()
        expect(page.locator(".messagelist .success"), address).to_be_visible()
