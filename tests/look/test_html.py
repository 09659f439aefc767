"""Every page is HTML in which the Nu HTML checker finds neither an error nor a warning."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from schools.models import User
from tests.pages import CODES, LOOK_PAGES, PAGES, Place, prepare_pages
from tests.province import PASSWORD

pytestmark = [pytest.mark.any_database, pytest.mark.django_db, pytest.mark.urls("tests.look.urls")]

CHECKER = settings.NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
WRONG = {"error", "non-document-error"}
READERS = {page.person for page in PAGES}
PLACE = Place(codes=CODES, people={person: person for person in READERS}, password=PASSWORD)


def complaints(files: Iterable[Path]) -> list[str]:
    """What the checker says of `files`, a line each; its remarks on style (info) are not counted."""
    command = ["java", "-jar", str(CHECKER), "--format", "json", *map(str, files)]
    # It says what it finds on the error stream, and ends with 1 when there is any.
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    return [
        f"{Path(one['url']).stem}, line {one.get('lastLine')}: {one['message']} [{one.get('extract', '')}]"
        for one in json.loads(said)["messages"]
        if one["type"] in WRONG or one.get("subType") == "warning"
    ]


def test_every_page_is_valid(tmp_path):
    prepare_pages()
    browsers = {person: Client() for person in READERS}
    for person, browser in browsers.items():
        if person:
            browser.force_login(User.objects.get(username=person))
    files = []
    for number, page in enumerate((*PAGES, *LOOK_PAGES)):
        answer = browsers[page.person].get(PLACE.address(page), follow=True)
        files.append(tmp_path / f"{number}-{page.name}.html")
        files[-1].write_bytes(answer.content)

    assert complaints(files) == []


@pytest.mark.parametrize("body", ["<p><div></div></p>", "<ul><p>x</p></ul>", '<img src="a.png">'])
def test_a_page_that_is_not_is_found_out(tmp_path, body):
    page = tmp_path / "wrong.html"
    page.write_text(f'<!doctype html><html lang="vi"><head><title>x</title></head><body>{body}</body></html>')

    assert complaints([page]) != []
