from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from collection import actions
from collection.asked import AskedForms
from collection.models import Submission
from collection.parsing import typed_of
from collection.values import values_of
from tests.entering import enter as enter_as
from tests.province import Province, answers, build_province

PEERS = 9  # `build_province(more_schools=PEERS)`: primary schools enough to compare DN-101 with


@pytest.fixture
def province(db: None) -> Province:
    """The small province of tests/province.py, with 2022 and 2023 open."""
    return build_province()


@pytest.fixture
def client_of(province: Province) -> Callable[[str], Client]:
    """A signed-in browser for one of the province's people, by name."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(province.person(name))
        return client

    return sign_in


@pytest.fixture
def signed_in_as(province: Province) -> Callable[[BrowserContext, str, str], None]:
    """Gives a browser the session of one of the province's people, by name, in place of the one it has."""

    def sign_in(context: BrowserContext, name: str, base_url: str) -> None:
        enter_as(context, province.person(name), base_url)

    return sign_in


@pytest.fixture
def open_as(live_server, new_context, signed_in_as) -> Callable[..., Page]:
    """A page of a context of its own, signed in as one of the province's people."""

    def open_page(name: str, **options) -> Page:
        context = new_context(base_url=live_server.url, **options)
        signed_in_as(context, name, live_server.url)
        return context.new_page()

    return open_page


def address(submission: Submission, page: str = "") -> str:
    """The path of one of a submission's pages."""
    return f"/submissions/{submission.period.code}/{submission.org_unit.code}/{submission.form.code}/{page}"


def page_post(submission: Submission, **typed: str | list[str]) -> dict[str, str | list[str]]:
    """What the browser posts from the form as it stands, with `typed` (field: text) changed.

    Fields are named as on the page with "_" for the first "-": v_teachers is v-teachers.
    """
    asked = AskedForms([submission]).of(submission)
    values = values_of([submission.pk])[submission.pk]
    fields: dict[str, str | list[str]] = {}
    for code, element in asked.elements.items():
        one = typed_of(values.get(code), element)
        fields |= {f"b-{code}": one.base, f"s-{code}": one.gap, f"r-{code}": one.reason}
        fields |= {f"e-{code}": one.explanation}
        if one.value or one.chosen:
            fields[f"v-{code}"] = list(one.chosen) if one.chosen else one.value
    return fields | {name.replace("_", "-", 1): text for name, text in typed.items()}


def hand_in_peers(province: Province, *, submit: bool = True, first: int | None = None) -> list[Submission]:
    """The schools that `more_schools` added, each with 11 to 13 of 20 teachers who have a computer.

    With `first`, only so many of them; called again, those that are left.
    """
    officer = province.person("officer")
    peers = [
        one for one in province.submissions() if one.org_unit.code.startswith("DN-9") and one.state == "draft"
    ][:first]
    batches = [(one, answers(one, teachers_with_computer=11 + n % 3)) for n, one in enumerate(peers)]
    actions.save_many(batches=batches, by=officer, source="form")
    if submit:
        actions.submit(submissions=peers, by=officer)
    return peers
