"""What the browser tests of the entry form look at and do, in their own words."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Route, expect

from collection.models import DataValue, Submission
from tests.collection.conftest import address

SAVED, WAITING, INVALID = "đã lưu", "chờ gửi", "không hợp lệ"


def open_form(page: Page, submission: Submission) -> Page:
    """Open the form and wait until its script is at work."""
    page.goto(address(submission))
    return at_work(page)


def at_work(page: Page) -> Page:
    expect(page.locator("#entry[data-ready]")).to_be_attached()
    return page


def cell(page: Page, code: str) -> Locator:
    return page.locator(f"#v-{code}")


def row(page: Page, code: str) -> Locator:
    return page.locator(f"#c-{code}")


def expect_state(page: Page, code: str, words: str) -> None:
    expect(row(page, code).locator(".standing .state")).to_have_text(words)


def headline(page: Page) -> Locator:
    return page.locator("#headline")


def type_in(page: Page, code: str, text: str) -> None:
    """Type into a count's cell and leave it with the keyboard."""
    cell(page, code).fill(text)
    cell(page, code).press("Tab")


def stored(submission: Submission) -> dict[str, int | None]:
    """The numbers that the server holds, by element code."""
    rows = DataValue.objects.filter(submission=submission).values_list("element__code", "number")
    return dict(rows)


@contextmanager
def failing(page: Page, *, status: int | None = None) -> Iterator[None]:
    """While it lasts no cell gets through: no connection, or with `status` an answer of the server's."""

    def answer(route: Route) -> None:
        if status is None:
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=status, body="")

    page.context.route("**/cells/", answer)
    yield
    page.context.unroute("**/cells/")


def come_back(page: Page) -> None:
    """The line is back: what the browser says when it notices."""
    page.evaluate("window.dispatchEvent(new Event('online'))")
