"""Every page at every width, in both themes: it fits, axe-core finds nothing, nothing goes wrong."""

from itertools import groupby

import pytest
from playwright.sync_api import Page as Tab

from tests.pages import CODES, LOOK_PAGES, PAGES, THEMES, WIDTHS, Place, prepare_pages
from tests.province import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BY_PERSON = {
    person: tuple(pages)
    for person, pages in groupby(
        sorted((*PAGES, *LOOK_PAGES), key=lambda page: page.person), key=lambda page: page.person
    )
}
PLACE = Place(codes=CODES, people={person: person for person in BY_PERSON}, password=PASSWORD)


def faults_of(tab: Tab, axe) -> list[str]:
    """What is wrong with the page that the tab shows, a line each."""
    tab.evaluate("document.fonts.ready")
    for chart in tab.locator("figure[data-chart]").all():
        chart.scroll_into_view_if_needed()
        chart.locator(".main-svg").first.wait_for()
    excess = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return ([f"wider than the screen by {excess} px"] if excess > 0 else []) + axe(tab)


@pytest.mark.urls("tests.look.urls")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("person", sorted(BY_PERSON), ids=lambda person: person or "nobody")
def test_every_page_fits_and_is_accessible(person, theme, live_server, new_context, sign_in, axe):
    """Faults of the console, of the policy and missing files fail in `new_context`."""
    prepare_pages()
    tab = new_context(color_scheme=theme).new_page()
    if person:
        sign_in(tab, person)

    found = []
    for page in BY_PERSON[person]:
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            answer = tab.goto(live_server.url + PLACE.address(page))
            if answer is None or answer.status != 200:
                found.append(f"{page.name}: {answer and answer.status} at {answer and answer.url}")
                break
            found += [f"{page.name} {width} px: {fault}" for fault in faults_of(tab, axe)]
    assert found == []
