"""`make guide`: take the pictures of the user guide anew, and write down the words that they show.

    python -m tools.guide_pictures

Loads a small demo province into a database of its own, opens the scenes of `tests/guide/scenes.py` on it,
and writes static/img/guide/SCENE.webp and tests/guide/shown/SCENE.txt. Look at the pictures before you
commit them.
"""

import io
import os
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import django
from PIL import Image
from playwright.sync_api import sync_playwright

from tools.found import find_browser
from tools.screenshots import SERVER
from tools.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page

ROOT = Path(__file__).parent.parent
PICTURES, WORDS = ROOT / "static" / "img" / "guide", ROOT / "tests" / "guide" / "shown"
LARGEST = 60 * 1024
PALETTES = (128, 64, 32, 16)  # colours; letters stay sharp with few


def main() -> int:
    """Take the pictures; 1 when a page had a fault."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/guide.sqlite3"
        os.environ["DEBUG"] = "1"
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxreport.settings")
        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from tests.guide.scenes import prepare

        call_command("migrate", verbosity=0)
        codes = prepare()
        try:
            faults = _take(codes)
        finally:
            connections.close_all()
    print("\n".join(faults) or f"{len(list(PICTURES.iterdir()))} pictures in {PICTURES.relative_to(ROOT)}")
    return 1 if faults else 0


def _take(codes: dict[str, str]) -> list[str]:
    from tests.browser import watch
    from tests.guide.scenes import SCENES
    from tests.guide.walking import VIEWPORT, signed_in, walk

    for folder in (PICTURES, WORDS):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
    faults: list[str] = []
    with serving(SERVER) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--lang=vi"], env={**os.environ, "LANGUAGE": "vi"}
        )
        for person, scenes in groupby(sorted(SCENES, key=lambda one: one.person), key=lambda one: one.person):
            context = browser.new_context(
                locale="vi-VN",
                viewport=VIEWPORT,
                color_scheme="light",
                reduced_motion="reduce",
            )
            watch(context, faults)
            page = signed_in(context, address, person).new_page()
            for scene in scenes:
                shown = walk(page, address, scene, codes)
                (PICTURES / f"{scene.name}.webp").write_bytes(_picture(page, shown.box))
                lines = "".join(f"{line}\n" for line in shown.words)
                (WORDS / f"{scene.name}.txt").write_text(lines, encoding="utf-8")
            context.close()
    return faults


def _picture(page: "Page", box: "FloatRect") -> bytes:
    """The box of the page as WebP without loss, with as many colours as fit the limit."""
    page.wait_for_load_state("networkidle")
    # Only what reaches below the window: there, what sticks to its lower edge would stand elsewhere.
    is_below = box["y"] + box["height"] > page.evaluate("innerHeight")
    shot = page.screenshot(clip=box, full_page=is_below, caret="hide", animations="disabled")
    taken = Image.open(io.BytesIO(shot))
    for colours in PALETTES:
        packed = io.BytesIO()
        few = taken.convert("RGB").quantize(colours, dither=Image.Dither.NONE).convert("RGB")
        few.save(packed, "WEBP", lossless=True, method=6)
        if packed.tell() <= LARGEST:
            break
    return packed.getvalue()


if __name__ == "__main__":
    sys.exit(main())
