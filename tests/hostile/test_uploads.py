"""The same files through the page that takes them: a 4xx with a sentence, and no figure changed."""

from __future__ import annotations

import html
import time

import pytest

from collection import actions
from collection.models import DataValue
from collection.workbooks.layout import Kind
from tests.collection.conftest import client_of, province
from tests.hostile.broken import BROKEN
from tests.hostile.mistaken import MISTAKEN, Mistaken, put
from tests.province import approved, submitted
from tests.tables import everything, nothing_changes
from tests.test_bad_input import TRACES
from tests.workbooks import changed, template, upload

__all__ = ["client_of", "province"]  # fixtures, used by standing here

SECONDS = 30


def main_of(answer) -> str:
    """The text of the page's own part."""
    page = html.unescape(answer.content.decode())
    return page[page.index("<main") : page.index("</main>")]


def test_no_file_that_is_not_ours_leaves_anything(client_of):
    client = client_of("clerk_101")
    wrong = []
    with nothing_changes():
        for hostile in BROKEN:
            begun = time.monotonic()
            answer = upload(client, hostile.make(), "số liệu.xlsx")
            said = main_of(answer)
            named = hostile.sheet in said and hostile.cell in said and "Hãy" in said
            if answer.status_code != 422 or not named or time.monotonic() - begun > SECONDS:
                wrong.append((hostile.name, answer.status_code))
    assert wrong == []


def figures() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table; but the file itself is kept, to be given back with its cells marked."""
    return {name: rows for name, rows in everything().items() if name not in ("Upload", "AuditEvent")}


@pytest.mark.parametrize("mistaken", MISTAKEN, ids=lambda mistaken: mistaken.name)
def test_a_workbook_of_ours_that_is_wrong_changes_no_figure(province, client_of, mistaken: Mistaken):
    person = "clerk_101" if mistaken.kind == Kind.UNIT else "reviewer_1"
    units = ["DN-101"] if mistaken.kind == Kind.UNIT else ["DN-101", "DN-102"]
    data = mistaken.make(template(mistaken.kind, *map(province.submission, units)))
    client, before, begun = client_of(person), figures(), time.monotonic()
    answer = upload(client, data)
    said = main_of(answer)
    assert answer.status_code == mistaken.status
    assert mistaken.said in said
    assert mistaken.cell in said
    assert not TRACES.search(said)
    assert figures() == before
    assert time.monotonic() - begun < SECONDS


def closed(province) -> None:
    actions.close_period(period=province.period, by=province.person("officer"))


def waiting(province) -> None:
    submitted(province.submission("DN-101"), by=province.person("clerk_101"))


def decided(province) -> None:
    approved(
        province.submission("DN-101"), by=province.person("clerk_101"), reviewer=province.person("reviewer_1")
    )


@pytest.mark.parametrize(
    ("happened", "said"), [(closed, "đã khóa"), (waiting, "đang chờ duyệt"), (decided, "đã được duyệt")]
)
def test_a_workbook_that_comes_too_late_is_refused_as_a_whole(province, client_of, happened, said):
    data = changed(template(Kind.UNIT, province.submission("DN-101")), put(31))
    happened(province)
    with nothing_changes():
        answer = upload(client_of("clerk_101"), data)
    assert answer.status_code == 409
    assert said in main_of(answer)


def test_headings_in_decomposed_letters_do_no_harm(province, client_of):
    decomposed = next(one for one in MISTAKEN if one.name == "headings in decomposed letters")
    data = changed(decomposed.make(template(Kind.UNIT, province.submission("DN-101"))), put(31))
    answer = upload(client_of("clerk_101"), data)
    assert answer.status_code == 302
    assert not DataValue.objects.exists()
