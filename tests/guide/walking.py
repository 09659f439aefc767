"""A scene opened in a browser: its picture, and the words that the picture shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, FloatRect, Page, ViewportSize

from dxreport.guide.hints import cookie_of
from schools.models import User
from tests.guide.scenes import Scene

VIEWPORT: ViewportSize = {"width": 1024, "height": 740}
ROOM = 20  # pixels around an element that is the picture
# Numbers, dates, shares and times: what a picture shows of them changes from day to day.
FIGURES = re.compile(r"\d[\d.,:/%–-]*")
NEAR_THE_EDGE = 24  # pixels within which letters may stand on either side on another machine
EDGE_MARK = "~ "

# Every text of an element within the box, each with whether it stands near the box's lower edge.
TEXTS = """([within, box, near]) => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    const holder = node.parentElement;
    if (!text || !holder.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    if (holder.closest(".visually-hidden, option, script, style, svg, .skip")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const at = range.getBoundingClientRect();
    const bottom = box.y + box.height;
    const isBeside = at.right <= box.x || at.left >= box.x + box.width || at.bottom <= box.y;
    if (!at.width || isBeside || at.top >= bottom + near) continue;
    found.push([text, at.bottom > bottom - near]);
  }
  return found;
}"""


class Shown(NamedTuple):
    """What a scene shows: the picture's box on the page, and its words (see `words_of`)."""

    box: FloatRect
    words: list[str]


def signed_in(context: BrowserContext, address: str, person: str) -> BrowserContext:
    """Let a person of the demo in, who has read the greeting of a new user."""
    if person:
        user = User.objects.get(username=person)
        client = Client()
        client.force_login(user)
        cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
        cookies[cookie_of(user)] = "1"
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
    return context


def walk(page: Page, address: str, scene: Scene, codes: dict[str, str]) -> Shown:
    """Open the scene and do what comes before its picture."""
    answer = page.goto(address + scene.path.format(**codes))
    assert answer is not None
    assert answer.ok, f"{scene.name}: {answer.status}"
    scene.before(page)
    page.evaluate("document.fonts.ready")
    return look(page, scene.clip)


def look(page: Page, clip: str) -> Shown:
    """What stands in the element `clip`, or below the menu as far as the window reaches."""
    page.evaluate("scrollTo(0, 0)")
    found = page.locator(clip or "main").first.bounding_box()
    assert found is not None, clip
    if clip:
        box = _with_room(found)
    else:
        box = {"x": 0, "y": found["y"], "width": VIEWPORT["width"], "height": VIEWPORT["height"] - found["y"]}
    return Shown(box, words_of(page.evaluate(TEXTS, [clip or "main", box, 0 if clip else NEAR_THE_EDGE])))


def _with_room(box: FloatRect) -> FloatRect:
    return {
        "x": box["x"] - ROOM,
        "y": box["y"] - ROOM,
        "width": box["width"] + 2 * ROOM,
        "height": box["height"] + 2 * ROOM,
    }


def words_of(texts: Iterable[tuple[str, bool]]) -> list[str]:
    """The texts with digits made alike, each once and in order; near the edge only with a mark."""
    found: dict[str, bool] = {}
    for text, is_near in texts:
        line = FIGURES.sub("#", " ".join(text.split()))
        if any(letter.isalpha() for letter in line):
            found[line] = found.get(line, True) and is_near
    return sorted(f"{EDGE_MARK}{line}" if is_near else line for line, is_near in found.items())


def differences(then: Iterable[str], now: Iterable[str]) -> list[str]:
    """Words that came or went, as "+ …" and "- …"; one near the edge is missed on neither side."""
    before, after = set(then), set(now)
    plain_before, plain_after = (
        {line.removeprefix(EDGE_MARK) for line in lines} for lines in (before, after)
    )
    gone = {line for line in before if not line.startswith(EDGE_MARK)} - plain_after
    come = {line for line in after if not line.startswith(EDGE_MARK)} - plain_before
    return [f"- {line}" for line in sorted(gone)] + [f"+ {line}" for line in sorted(come)]
