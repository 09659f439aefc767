"""The charts of a department drawn cold in Chromium, against the same drawn with the whole of plotly.js.

The other side is the same page with the same tables, whose charts `with_plotly/` draws.

The application takes no part: the page is what the test client read, its files are served as they lie.
Each run has a browser context of its own, opened beforehand, so nothing of an earlier one is left.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep
from urllib.parse import urlparse

import plotly
from django.contrib.staticfiles.finders import find
from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from bench.harness import Pair
from bench.pages import LEADER, signed_in
from tools.found import find_browser

ADDRESS = "/units/DN/charts/?period=2023"
# The Python package brings plotly.js whole.
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
WITH_PLOTLY = Path(__file__).parent / "with_plotly"
PRELOAD = b'<link rel="preload" as="script" href="/static/plotly.min.js">'
IMPORTED = re.compile(r'(?:from|import)\s*\(?\s*"(\.{1,2}/[^"]+)"')
# High enough that every chart is on the first screen.
WINDOW = ViewportSize(width=1440, height=5000)
ALL_DRAWN = """() => {
    const charts = [...document.querySelectorAll("figure[data-chart]")];
    const isDrawn = (chart) => chart.querySelector(".is-drawn > svg text, .main-svg .xaxislayer-above text");
    return document.readyState === "complete" && charts.every(isDrawn);
}"""


def charts() -> Iterator[Pair]:
    """One row; the page is read before the browser starts, whose loop Django takes for asynchronous code."""
    page = signed_in(LEADER).get(ADDRESS).content
    with (
        served(page, {}) as ours,
        served(*with_plotly(page)) as theirs,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser())
        own, whole = ColdTab(browser, ours), ColdTab(browser, theirs)

        def open_both() -> None:
            for tab in (own, whole):
                tab.close()
            for tab in (own, whole):
                tab.open()
            sleep(0.3)  # processes that were closed take a moment to go

        name = "charts drawn cold in Chromium / with the whole of plotly"
        yield Pair(name, own.draw, whole.draw, 0.5, rounds=9, before=open_both)
        browser.close()


def with_plotly(page: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The page and its files where plotly draws: asked for at once, as our own modules are."""
    ours = re.compile(rb'<link rel="modulepreload"[^>]*>\s*')
    scripts = {f"js/charts/{path.name}": path.read_bytes() for path in WITH_PLOTLY.glob("*.js")}
    scripts["js/charts.js"] = scripts.pop("js/charts/charts.js")
    return ours.sub(b"", page).replace(b"</head>", PRELOAD + b"</head>"), {
        **scripts,
        "plotly.min.js": PLOTLY.read_bytes(),
    }


class ColdTab:
    """A tab on a site of which nothing but a small picture was loaded yet."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser, self._site = browser, site
        self._context: BrowserContext | None = None

    def close(self) -> None:
        """Nothing of the last run stays."""
        if self._context:
            self._context.close()

    def open(self) -> None:
        """A new one, whose process has started: that is no part of drawing."""
        self._context = self._browser.new_context(viewport=WINDOW)
        self._tab = self._context.new_page()
        self._tab.goto(f"{self._site}/static/img/favicon.svg")

    def draw(self) -> None:
        """Opens the page and returns when every chart is drawn."""
        self._tab.goto(self._site + ADDRESS, wait_until="commit")
        self._tab.wait_for_function(ALL_DRAWN)


@contextmanager
def served(page: bytes, instead: dict[str, bytes]) -> Iterator[str]:
    """A site that has the page and its files; those in `instead` take the place of ours."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = urlparse(self.path).path.removeprefix("/static/")
            is_file = not name.startswith("/")
            body = instead.get(name) or content(name) if is_file else page
            kind = mimetypes.guess_type(name)[0] if is_file else "text/html; charset=utf-8"
            self.send_response(200)
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said: object) -> None:
            """Nothing: the rows are all that is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@cache
def content(name: str) -> bytes:
    """The bytes of a static file; kept, so that no time is spent looking for it."""
    path = find(name)
    assert path is not None, name
    return Path(str(path)).read_bytes()


def script_bytes(page: str) -> int:
    """What all scripts of a page with charts weigh, each compressed as the server sends it."""
    return sum(len(gzip.compress(content(name), 6)) for name in with_imports(named_scripts(page)))


def named_scripts(page: str) -> list[str]:
    """The scripts that a page asks for by name."""
    return re.findall(r'<(?:script[^>]*src|link rel="modulepreload" href)="/static/([^"]+)"', page)


def with_imports(names: Iterable[str]) -> set[str]:
    """The scripts named and those that they import, however deep."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [str(_beside(name, one)) for one in IMPORTED.findall(content(name).decode())]
    return found


def _beside(name: str, relative: str) -> Path:
    return Path("/", name).parent.joinpath(relative).resolve().relative_to("/")
