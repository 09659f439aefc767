"""Over which template the Word file of an edition is made: the one in use then, now and ever after."""

import hashlib

import pytest

from reporting.actions import keep_template, retire_template
from reporting.document_templates import KINDS, Kind, hashes_in_use
from reporting.editions import freezing
from reporting.editions.rendering import render
from reporting.editions.snapshot import read_snapshot
from reporting.report.content import from_data
from reporting.report.word import TEMPLATE
from tests.reporting.test_template_check import edited

pytestmark = pytest.mark.usefixtures("ready", "db")
OWN = edited(("Nơi nhận:", "NƠI NHẬN"))


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_an_edition_says_which_template_it_was_made_over(edition):
    assert edition.content["templates"][Kind.REPORT] == hash_of(TEMPLATE.read_bytes())


def test_its_word_file_is_made_over_it_again_when_another_is_in_use(ready, draft):
    officer, unit = ready.person("officer"), ready.unit("DN")
    keep_template(unit=unit, kind=Kind.REPORT, data=OWN, file_name="mau.docx", by=officer)
    content = freezing.freeze(read_snapshot(draft.pk), templates=hashes_in_use(unit))
    assert content["templates"][Kind.REPORT] == hash_of(OWN)
    report = from_data(content["report"])
    then = render("docx", content, report)
    retire_template(unit=unit, kind=Kind.REPORT, by=officer)
    assert hashes_in_use(unit)[Kind.REPORT] == hash_of(KINDS[Kind.REPORT].delivered.read_bytes())
    assert render("docx", content, report) == then
    assert render("docx", {**content, "templates": {}}, report) != then
