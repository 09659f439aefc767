"""The pictures of the guide: who opens which page of a small demo province, and what is done there first.

`make guide` takes them; tests/guide/test_pictures.py walks the same scenes. **To add a picture**, write a
scene, name it in a topic (`{% picture "name" "What it shows." %}`) and run `make guide`.
"""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import NamedTuple

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from collection.actions import receive_workbook
from collection.models import Anomaly, Submission
from collection.workbooks.layout import Kind
from indicators.models import DataElement, Indicator
from reporting.demo.accounts import OFFICER
from reporting.demo.loader import load_demo
from reporting.demo.scenario import SEED
from reporting.demo.under_way import CODE, open_year_under_way
from schools.models import Membership, User
from tests.collection.entry_pages import WAITING, at_work, expect_state, type_in
from tests.workbooks import filled, template

SCHOOLS = 24  # enough for offices with a few schools each, and loaded in seconds
CLERK, REVIEWER, LEADER = "truong", "phong.cj", "lanhdao"


def nothing(page: Page) -> None:
    """The page as it opens."""


class Scene(NamedTuple):
    """One picture. `path` names codes of the place; `clip` is an element, "" the top of the page."""

    name: str
    person: str
    path: str
    before: Callable[[Page], object] = nothing
    clip: str = ""


FORM = "/submissions/{period}/{school}/{form}/"


def form_read(page: Page) -> None:
    """The form with its status line, which asks the browser's own store first."""
    at_work(page)
    expect(page.locator("#headline [role=status]")).to_be_visible()
    expect(page.locator("#headline [role=status]")).not_to_be_empty()


def show_keys(page: Page) -> None:
    at_work(page)
    page.locator("[data-opens=shortcuts]").click()


def lose_the_line(page: Page) -> None:
    """As without a connection: what is typed waits. It never reaches the server."""
    at_work(page)
    page.route("**/cells/", lambda route: route.abort("internetdisconnected"))
    type_in(page, "learner_records", "575")
    expect_state(page, "learner_records", WAITING)
    expect(page.locator("#headline [role=status]")).to_contain_text(WAITING)


def choose_all_clean(page: Page) -> None:
    page.locator("button[value=clean]").click()
    page.wait_for_load_state()


def grid_at_work(page: Page) -> None:
    expect(page.locator("#grid .tabulator-cell").first).to_be_visible()


def first_chart_drawn(page: Page) -> None:
    expect(page.locator("figure[data-chart] .is-drawn > svg").first).to_be_visible()


SCENES: tuple[Scene, ...] = (
    Scene("sign-in", "", "/accounts/login/", clip=".entrance-form form"),
    Scene("my-work", REVIEWER, "/submissions/"),
    Scene("form", CLERK, FORM, form_read),
    Scene("keys", CLERK, FORM, show_keys, clip="#shortcuts"),
    Scene("offline", CLERK, FORM, lose_the_line),
    Scene("check", CLERK, FORM + "check/"),
    Scene("returned", OFFICER, "/submissions/{period}/{returned}/{form}/", form_read),
    Scene("workbooks", CLERK, "/workbooks/"),
    Scene("preview", CLERK, "/workbooks/uploads/{upload}/"),
    Scene("matrix", REVIEWER, "/submissions/matrix/"),
    Scene("approve-many", OFFICER, "/submissions/matrix/", choose_all_clean),
    Scene("completeness", OFFICER, "/completeness/"),
    Scene("review", REVIEWER, "/submissions/{period}/{waiting}/{form}/review/"),
    Scene("grid", REVIEWER, "/grid/{period}/{form}/", grid_at_work),
    Scene("anomalies", REVIEWER, "/anomalies/"),
    Scene("periods", OFFICER, "/periods/"),
    Scene("extension", OFFICER, FORM + "extension/"),
    Scene("overview", LEADER, "/"),
    Scene("why", LEADER, "/units/{department}/indicators/{indicator}/"),
    Scene("charts", LEADER, "/units/{department}/charts/", first_chart_drawn, clip="figure[data-chart]"),
    Scene("explorer", LEADER, "/explore/"),
    Scene("appendix", OFFICER, "/appendix/"),
    Scene("report", OFFICER, "/report/"),
)


def prepare() -> dict[str, str]:
    """Load the demo province and what else the scenes show; the codes that their paths name."""
    call_command("load_catalogue", stdout=StringIO())
    load_demo(schools=SCHOOLS, seed=SEED, registers=False)
    open_year_under_way()
    school = Membership.objects.get(user__username=CLERK).unit.code
    office = Membership.objects.get(user__username=REVIEWER).unit.code
    rows = Submission.objects.with_context().filter(period__code=CODE, org_unit__kind__code="school")
    states = rows.order_by("org_unit__code")
    own = rows.get(org_unit__code=school)
    waiting = states.under(office).filter(state="submitted")
    for submission in waiting:
        _put_out_of_line(submission)
    return {
        "period": CODE,
        "department": "DN",
        "school": school,
        "form": own.form.code,
        "returned": states.filter(state="returned")[0].org_unit.code,
        "waiting": waiting[0].org_unit.code,
        "indicator": "A1.1",
        "upload": str(_send_workbook(own)),
    }


def _put_out_of_line(submission: Submission) -> None:
    """As if it had more peers than a small province has: statistics ask for a dozen."""
    Anomaly.objects.create(
        submission=submission,
        element=DataElement.objects.get(code="teachers_with_computer"),
        kind=Anomaly.Kind.PEERS,
        indicator=Indicator.objects.get(code="A1.1"),
        number=10,
        size=30,
        median="84.5",
        score="-4.2",
        compared=12,
        detected_at=timezone.now(),
    )


def _send_workbook(submission: Submission) -> int:
    """A workbook with a new number and a changed one, waiting to be confirmed; its id."""
    unit = submission.org_unit.code
    cells = {(unit, "survey_respondents"): 320, (unit, "pupils_on_platform"): 401}
    clerk = User.objects.get(username=CLERK)
    received = receive_workbook(
        data=filled(template(Kind.UNIT, submission), cells), file_name=f"phieu_{unit}.xlsx", by=clerk
    )
    assert received.upload is not None, received
    return received.upload.pk
