"""What every test may use: a guarded browser, axe-core, and the versions a run was made on."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import translation
from playwright.sync_api import BrowserContext

from tests.audit_trail import trail_can_be_emptied_between_tests as _trail_can_be_emptied_between_tests
from tests.browser import axe_violations, watch
from tests.live import AnswersUnderWay, counted
from tools.found import find_browser, version_of
from tools.system_packages import NEEDS, advice

__all__ = ["_trail_can_be_emptied_between_tests"]  # a fixture is used by standing here

# Playwright leaves its event loop running in the test's thread, which Django takes for asynchronous
# code: it would refuse to query there, and keep a second connection beside that of the fixtures.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
connections._connections = threading.local()  # type: ignore[attr-defined]


NEEDS_A_DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_blocker"}


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what one database is enough for; let a browser test that fails try once more.

    A second try is reported in the summary (-raR), and is there for a machine that stalls, not for
    a test that depends on chance.
    """
    for item in items:
        if not item.get_closest_marker("django_db") and NEEDS_A_DATABASE.isdisjoint(item.fixturenames):  # type: ignore[attr-defined]
            item.add_marker("any_database")
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_report_header() -> str:
    return f"on: {_ran_on()}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"Ran on {_ran_on()}.")


def pytest_sessionstart() -> None:
    settings.TEST_FOLDER.mkdir(exist_ok=True)


@pytest.hookimpl(trylast=True)  # after the databases in it are taken down, also where a run stops early
def pytest_sessionfinish() -> None:
    shutil.rmtree(settings.TEST_FOLDER, ignore_errors=True)


@cache
def _ran_on() -> str:
    """Database and browser of this run with their versions, as "SQLite 3.40.1, Chromium 156.0 (PATH)"."""
    browser = find_browser()
    return f"{_database()}, " + (f"Chromium {version_of(browser)} ({browser})" if browser else "no browser")


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    # Not through the connection itself, which pytest-django guards outside of tests.
    with closing(connection.get_new_connection(connection.get_connection_params())) as opened:
        return f"PostgreSQL {opened.info.parameter_status('server_version').split()[0]}"


@pytest.fixture(autouse=True)
def reader_of_vietnamese_again() -> Iterator[None]:
    """A page opened in English leaves its thread speaking English; the next test starts afresh."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def catalogue_is_read_again_when_a_test_adds_to_it() -> Iterator[None]:
    """A test makes an indicator or a target as it goes; what changes them in life says so itself."""
    from django.db.models.signals import post_save

    from indicators import kept
    from indicators.models import Indicator, Target

    def forget(**_saved: object) -> None:
        kept._kept.cache_clear()

    for model in (Indicator, Target):
        post_save.connect(forget, sender=model)
    yield
    for model in (Indicator, Target):
        post_save.disconnect(forget, sender=model)


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


@pytest.fixture(scope="session")
def answers_under_way() -> Iterator[AnswersUnderWay]:
    answers = AnswersUnderWay()
    with counted(answers):
        yield answers


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], answers_under_way: AnswersUnderWay
) -> Iterator[Callable[..., BrowserContext]]:
    """pytest-playwright's factory, from which `page` and `context` come too, with every page watched.

    A test passes only when none of its pages had a fault (see `tests.browser.watch`), and ends
    only when the server has answered what its pages asked.
    """
    faults: list[str] = []
    opened: list[BrowserContext] = []

    def create(**options: Any) -> BrowserContext:
        context = new_context(**options)
        watch(context, faults)
        opened.append(context)
        context.on("close", lambda closed: opened.remove(closed))
        return context

    yield create
    for context in list(opened):
        context.close()
    answers_under_way.wait_for_the_last()
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def axe_source() -> str:
    return (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def axe(axe_source: str) -> Callable[..., list[str]]:
    """`axe(page)` gives the accessibility faults of a page, a line each; `assert axe(page) == []`.

    Rules may be named after the page: then only those are tried.
    """
    return lambda page, *rules: axe_violations(page, axe_source, *rules)
