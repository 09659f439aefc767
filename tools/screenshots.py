"""Pictures of every page at three widths in both themes, to be looked at by people.

    DATABASE_URL=sqlite:///db.sqlite3 python -m tools.screenshots FOLDER [PAGE ...]

Writes FOLDER/PAGE-WIDTH-THEME.png for each page of `tests.pages` and for the style page, from the
database that DATABASE_URL names, which must hold the demo province (`load_demo --with-open-year`
for forms in every state). Says which pages it left out, as the province has nothing to show there,
and which were wider than the screen or had a fault; then it ends with 1.
"""

import os
import sys
from pathlib import Path

import django
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import watch
from tools.found import find_browser
from tools.serving import serving

SERVER = [sys.executable, "manage.py", "runserver", "--noreload"]


def main(arguments: list[str]) -> int:
    """Take the pictures; 1 when a page had a fault."""
    if not arguments:
        sys.exit(__doc__)
    os.environ["DEBUG"] = "1"
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxreport.settings")
    django.setup()
    from tests.pages import LOOK_PAGES, PAGES, demo_place

    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    every = (*PAGES, *LOOK_PAGES)
    place = demo_place()
    wanted = [page for page in every if not arguments[1:] or page.name in arguments[1:]]
    chosen = [page for page in wanted if place.has(page)]
    if left_out := [page.name for page in wanted if page not in chosen]:
        print(f"Nothing to show in the demo province: {', '.join(left_out)}")
    faults: list[str] = []
    with serving(SERVER) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        for person in dict.fromkeys(page.person for page in chosen):
            context = _signed_in(browser, address, place.people.get(person, ""), place.password)
            watch(context, faults)
            for page in chosen:
                if page.person == person:
                    faults += _pictures(context, address + place.address(page), folder / page.name)
            context.close()
    print("\n".join(faults) or f"{folder}: {len(chosen)} pages, no faults")
    return 1 if faults else 0


def _signed_in(browser: Browser, address: str, username: str, password: str) -> BrowserContext:
    context = browser.new_context(locale="vi-VN")
    if username:
        tab = context.new_page()
        tab.goto(f"{address}/accounts/login/")
        tab.locator("[name=login]").fill(username)
        tab.locator("[name=password]").fill(password)
        tab.locator(".entrance-form [type=submit]").click()
        tab.wait_for_load_state()
        tab.close()
    return context


def _pictures(context: BrowserContext, url: str, stem: Path) -> list[str]:
    from tests.pages import THEMES, WIDTHS

    faults = []
    tab = context.new_page()
    for theme in THEMES:
        tab.emulate_media(color_scheme=theme)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            answer = tab.goto(url)
            if answer is None or answer.status >= 400:
                # The pages of faults are asked for by name and answer 200.
                faults.append(f"{stem.name}: {answer and answer.status}")
            tab.wait_for_load_state("networkidle")
            if tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                faults.append(f"{stem.name}: wider than {width} px")
            tab.screenshot(path=f"{stem}-{width}-{theme}.png", full_page=True)
    tab.close()
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
