"""The appendix of an edition is filled into the form that its unit used, and into that one ever after."""

import io

import pytest
from openpyxl import load_workbook

from reporting.actions import keep_template, retire_template
from reporting.appendix_template import FORM_SHEET, build
from reporting.document_templates import Kind
from reporting.editions.verifying import rerender
from reporting.models import EditionFile
from tests.reporting.editions.making import published
from tests.workbooks import changed

pytestmark = pytest.mark.usefixtures("ready", "db")


def form(ready):
    def own(book):
        book[FORM_SHEET]["A3"] = "Mẫu riêng của Sở"

    return changed(build(list(ready.indicator_set.indicators.order_by("position", "code"))), own)


def test_an_edition_keeps_to_the_form_that_was_in_use(ready, draft):
    officer, unit = ready.person("officer"), ready.unit("DN")
    kept = keep_template(unit=unit, kind=Kind.APPENDIX, data=form(ready), file_name="mau.xlsx", by=officer)
    edition = published(ready, draft, reason="Dùng mẫu của Bộ")
    retire_template(unit=unit, kind=Kind.APPENDIX, by=officer)
    assert edition.content["templates"]["appendix"] == kept.sha256
    file = bytes(edition.files.get(kind=EditionFile.Kind.XLSX).data)
    assert load_workbook(io.BytesIO(file))[FORM_SHEET]["A3"].value == "Mẫu riêng của Sở"
    assert rerender(edition, EditionFile.Kind.XLSX) == file
