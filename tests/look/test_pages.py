"""Every page at every width, in both themes: it fits, axe-core finds nothing, the keyboard reaches it all.

Each page is opened once; its width and its theme change under it, as a reader's may.
"""

from itertools import groupby

import pytest
from playwright.sync_api import Page as Tab

from tests.entering import enter
from tests.look import screens
from tests.pages import CODES, LOOK_PAGES, PAGES, WIDTHS, Page, Place, prepare_pages
from tests.province import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.any_database,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.look.urls"),
]

NARROW, *_, WIDE = WIDTHS
BY_PERSON = {
    person: tuple(dict.fromkeys(pages))
    for person, pages in groupby(
        sorted((*PAGES, *LOOK_PAGES), key=lambda page: page.person), key=lambda page: page.person
    )
}
PLACE = Place(codes=CODES, people={person: person for person in BY_PERSON}, password=PASSWORD)
AT_A_TIME = 6
PARTS = [
    (person, pages[start : start + AT_A_TIME])
    for person, pages in BY_PERSON.items()
    for start in range(0, len(pages), AT_A_TIME)
]


def faults_of(tab: Tab, axe) -> list[str]:
    """What is wrong with the page that the tab shows at its widest, a line each."""
    tab.emulate_media(color_scheme="light", reduced_motion="reduce")
    tab.evaluate("document.fonts.ready")
    for chart in tab.locator("figure[data-chart]").all():
        chart.locator(".is-drawn > svg").wait_for()
    screens.open_eyes(tab)
    found = [*axe(tab), *screens.beyond_the_keyboard(tab)]
    for width in (*WIDTHS, screens.ZOOMED):
        screens.resize(tab, width)
        found += [f"{width} px: {fault}" for fault in [*screens.too_wide(tab), *screens.cut_off(tab)]]
    screens.resize(tab, WIDE)
    tab.emulate_media(color_scheme="dark")
    found += [f"dark: {fault}" for fault in axe(tab, "color-contrast")]
    screens.resize(tab, NARROW)
    found += [f"dark, {NARROW} px: {fault}" for fault in axe(tab)]
    return found + screens.lost_when_spacious(tab)


@pytest.mark.parametrize(
    ("person", "pages"), PARTS, ids=[f"{person or 'nobody'}-{pages[0].name}" for person, pages in PARTS]
)
def test_every_page_fits_and_is_accessible(person, pages: tuple[Page, ...], live_server, new_context, axe):
    """Faults of the console, of the policy and missing files fail in `new_context`."""
    province = prepare_pages()
    context = new_context(viewport={"width": WIDE, "height": 900})
    if person:
        enter(context, province.person(person), live_server.url)
    found = []
    for page in pages:
        tab = context.new_page()
        answer = tab.goto(live_server.url + PLACE.address(page))
        if answer is None or answer.status != 200:
            found.append(f"{page.name}: {answer and answer.status} at {answer and answer.url}")
        else:
            found += [f"{page.name}: {fault}" for fault in faults_of(tab, axe)]
        tab.close()
    assert found == []
