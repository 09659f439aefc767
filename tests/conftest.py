"""What every test may use: a guarded browser, axe-core, and the versions a run was made on."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

from tools.found import find_browser, version_of
from tools.system_packages import NEEDS, advice

# Playwright keeps an event loop in the test's thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_report_header() -> list[str]:
    return [f"database: {_database()}", f"browser: {_browser() or 'none found'}"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"Ran on {_database()} and {_browser() or 'no browser'}.")


def _database() -> str:
    """Product and version of the database that this run's settings name."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    connection.close()
    return f"PostgreSQL {version.split()[0]}"


def _browser() -> str | None:
    browser = find_browser()
    return f"Chromium {version_of(browser)} ({browser})" if browser else None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The distribution's browser. Without one the browser tests fail; they never skip."""
    browser = find_browser()
    if browser is None:
        pytest.fail(advice([need for need in NEEDS["tests"] if need.purpose == "browser"]), pytrace=False)
    return {**browser_type_launch_args, "executable_path": browser}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": settings.TIME_ZONE}


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., BrowserContext]]:
    """pytest-playwright's factory (`page` and `context` come from it too), with a guard.

    The test fails when any of its pages broke the content security policy, let an error
    escape, logged one, missed a file, or asked another host for something.
    """
    faults: list[str] = []

    def create(**options: Any) -> BrowserContext:
        context = new_context(**options)
        _watch(context, faults)
        return context

    yield create
    assert faults == []


def _watch(context: BrowserContext, faults: list[str]) -> None:
    def console(message: ConsoleMessage) -> None:
        # Files that failed to load are judged by their response, where a refused page is no fault.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"console: {message.text}")

    def error(failure: WebError) -> None:
        faults.append(f"uncaught: {failure.error}")

    def request(sent: Request) -> None:
        address = urlsplit(sent.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in {
            "localhost",
            "127.0.0.1",
        }:
            faults.append(f"asked another host: {sent.url}")

    def response(answer: Response) -> None:
        is_file = not answer.request.is_navigation_request() and answer.request.resource_type not in {
            "xhr",
            "fetch",
        }
        if answer.status >= 400 and is_file:
            faults.append(f"{answer.status}: {answer.url}")

    context.on("console", console)
    context.on("weberror", error)
    context.on("request", request)
    context.on("response", response)


@pytest.fixture(scope="session")
def axe_source() -> str:
    return (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def axe(axe_source: str) -> Callable[[Page], list[str]]:
    """`axe(page)` gives the accessibility faults that axe-core finds, a line each: rule, advice, elements."""

    def run(page: Page) -> list[str]:
        # Through the debugger: a script added to the page would be stopped by our own policy.
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": axe_source})
        answer = session.send(
            "Runtime.evaluate",
            {
                "expression": f"axe.run(document, {{runOnly: {AXE_RULES}}}).then(found => found.violations)",
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        session.detach()
        assert "exceptionDetails" not in answer, answer
        return [_violation(violation) for violation in answer["result"]["value"]]

    return run


def _violation(violation: dict[str, Any]) -> str:
    elements = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']} [{elements}]"
