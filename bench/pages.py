"""The pages that people open most, against the least that a signed-in page can do."""

from collections.abc import Callable, Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.harness import Pair
from collection.models import Submission
from schools.models import User

LEADER, CLERK = "lanhdao", "truong"
BASELINE = "/bench/one-query/"


def page(client: Client, path: str) -> Callable[[], object]:
    """A reading of `path`; anything but a page is loud."""

    def read() -> object:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer

    return read


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def statements(read: Callable[[], object]) -> int:
    """How many statements a reading asks of the database; to begin and end a transaction is none."""
    with CaptureQueriesContext(connection) as captured:
        read()
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in captured)


def pages() -> Iterator[Pair]:
    """The pages beside the dashboard, which has a group of its own."""
    leader = signed_in(LEADER)
    baseline = page(leader, BASELINE)
    clerk = User.objects.get(username=CLERK)
    form = (
        Submission.objects.visible_to(clerk)
        .select_related("period", "org_unit", "form")
        .latest("period__ends_on")
    )
    address = f"/submissions/{form.period.code}/{form.org_unit.code}/{form.form.code}/"
    rows = (
        ("why a figure is what it is", page(leader, "/units/DN/indicators/A2.1/"), 30),
        ("appendix", page(leader, "/appendix/"), 30),
        ("entry form", page(signed_in(CLERK), address), 30),
    )
    for name, subject, limit in rows:
        subject()  # what stays in memory is read once
        asked = statements(subject)
        yield Pair(f"{name} / page of one query", subject, baseline, limit, statements=asked)
