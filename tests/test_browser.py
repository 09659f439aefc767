"""The guard over the browser tests and axe-core themselves: they must see what they are there to see."""

import asyncio
import threading
import time

import pytest
from django.db import connections

from tests.browser import watch

PATIENCE = 15  # seconds until a fault that the browser has not told of counts as unseen
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def faults(browser, live_server):
    """A page of ours whose faults are collected instead of failing the test, and those faults."""
    found: list[str] = []
    context = browser.new_context(base_url=live_server.url)
    watch(context, found)
    context.route("http://elsewhere.example/**", lambda route: route.abort())
    page = context.new_page()
    page.goto("/accounts/login/")
    assert not found, "\n".join(found)
    yield page, found
    context.close()


# Each trick works like a mistake in a page: what the browser is asked to do, and what must be seen.
MISTAKES = [
    ("inline style", "add('style', {textContent: 'body { color: red }'})", "Content Security Policy"),
    ("inline script", "add('script', {textContent: 'window.ran = true'})", "Content Security Policy"),
    ("escaped error", "setTimeout(() => { throw new Error('escaped') })", "uncaught: escaped"),
    ("logged error", "console.error('logged')", "console: logged"),
    ("missing file", "add('img', {src: '/static/not-there.png'})", "404: "),
    ("another host", "add('img', {src: 'http://elsewhere.example/'})", "asked another host"),
]


@pytest.mark.parametrize(("mistake", "seen"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_the_guard_sees_a_mistake(faults, mistake, seen):
    page, found = faults
    page.evaluate(
        f"""() => {{
            const add = (tag, properties) =>
                document.head.append(Object.assign(document.createElement(tag), properties));
            {mistake};
        }}"""
    )
    deadline = time.monotonic() + PATIENCE
    while not any(seen in fault for fault in found) and time.monotonic() < deadline:
        page.wait_for_timeout(50)

    assert any(seen in fault for fault in found), found


def test_axe_core_sees_an_image_without_text_under_our_policy(page, live_server, axe):
    page.goto(f"{live_server.url}/accounts/login/")
    before = axe(page)
    page.evaluate("document.body.append(document.createElement('img'))")

    assert {line.split(":")[0] for line in set(axe(page)) - set(before)} >= {"image-alt"}


def test_a_running_event_loop_as_playwright_leaves_it_brings_no_second_connection():
    async def connection_inside_a_loop():
        return connections["default"]

    seen = []

    def in_a_thread_without_a_loop():
        seen.extend([connections["default"], asyncio.run(connection_inside_a_loop())])

    thread = threading.Thread(target=in_a_thread_without_a_loop)
    thread.start()
    thread.join()

    assert seen[0] is seen[1]
