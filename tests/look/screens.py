"""What is measured of a page as a tab shows it: its width, its letters, its keyboard. A fault is a line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page as Tab

# 200 % of a screen 1440 px wide; 400 % of it is the narrowest of `tests.pages.WIDTHS`.
ZOOMED = 720
STOPS_OF_ITS_OWN = 12


@cache
def _inside() -> str:
    return Path(__file__).with_suffix(".js").read_text()


def open_eyes(tab: Tab) -> None:
    """Before anything else here, once for every page that is opened."""
    tab.evaluate(_inside())


def resize(tab: Tab, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})


def too_wide(tab: Tab) -> list[str]:
    """Whether the page is wider than the screen."""
    excess = tab.evaluate("screens.excess()")
    return [f"wider than the screen by {excess} px"] if excess > 0 else []


def cut_off(tab: Tab) -> list[str]:
    """Words that their box hides."""
    return [f"cut off: {words}" for words in tab.evaluate("screens.cutOff()")]


def lost_when_spacious(tab: Tab) -> list[str]:
    """What is lost when a reader spaces lines, words and letters as WCAG 1.4.12 lets them."""
    tab.evaluate("screens.space(true)")
    lost = [f"spacious letters: {fault}" for fault in [*too_wide(tab), *cut_off(tab)]]
    tab.evaluate("screens.space(false)")
    return lost


def beyond_the_keyboard(tab: Tab) -> list[str]:
    """What the Tab key does not reach, and where it stops without a mark."""
    # A few more than are known: the browser stops by itself at whatever scrolls.
    for _step in range(tab.evaluate("screens.listen()") + STOPS_OF_ITS_OWN):
        tab.keyboard.press("Tab")
    missed, unmarked = tab.evaluate("screens.heard()")
    return [
        *(f"not reached by keyboard: {element}" for element in missed),
        *(f"focus is not to be seen: {element}" for element in unmarked),
    ]
