"""Putting a form of the appendix in the place of the delivered one, and what is then filled."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from reporting import appendix_workbook as workbooks
from reporting.appendix_template import FORM_SHEET, TEMPLATE, build
from reporting.document_templates import Kind, template_in_use
from reporting.models import DocumentTemplate
from schools.actions import create_user
from schools.models import OrgUnit
from schools.roles import Role
from tests.reporting import by_hand
from tests.workbooks import changed

pytestmark = pytest.mark.usefixtures("published_figures", "db")
ADDRESS = "/appendix/template/"
PERIOD = "2022..2023"


def of_our_own(book: Any) -> None:
    """What a department does to a form: a sentence of its own, and a cell moved away."""
    book[FORM_SHEET]["A3"] = "Mẫu riêng của Sở"
    book.defined_names["CS_A1.1.numerator.2"] = DefinedName(
        "CS_A1.1.numerator.2", attr_text=f"'{FORM_SHEET}'!$I$40"
    )


@pytest.fixture
def client(department: OrgUnit, client: Client) -> Client:
    client.force_login(
        create_user(username="chuyen-vien", password=None, memberships=[(department, Role.OFFICER)], by=None)
    )
    return client


def send(client: Client, data: bytes) -> Any:
    return client.post(
        ADDRESS, {"unit": "DN", "file": SimpleUploadedFile("bieu-mau.xlsx", data)}, follow=True
    )


def form_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))[FORM_SHEET]


def test_a_form_of_ones_own_is_filled_from_then_on_and_the_delivered_one_after_it(
    client: Client, department: OrgUnit, tmp_path: Any
) -> None:
    own = changed(TEMPLATE.read_bytes(), of_our_own)
    assert "Mẫu đã qua kiểm tra và được dùng từ bây giờ." in send(client, own).content.decode()
    found = template_in_use(department, Kind.APPENDIX)
    assert found is not None
    assert bytes(found.data) == own
    sheet = form_of(client.get(f"/appendix.xlsx?period={PERIOD}").content)
    assert (sheet["A3"].value, sheet["I40"].value) == ("Mẫu riêng của Sở", 7661)
    call_command("export_appendix", period=PERIOD, output=str(tmp_path / "a.xlsx"), stdout=io.StringIO())
    assert form_of((tmp_path / "a.xlsx").read_bytes())["I40"].value == 7661
    client.post(f"{ADDRESS}retire/", {"unit": "DN"})
    assert form_of(client.get(f"/appendix.xlsx?period={PERIOD}").content)["A3"].value is None


def test_what_is_wrong_with_a_form_is_told_and_nothing_changes(client: Client) -> None:
    def broken(book: Any) -> None:
        del book.defined_names["CS_A1.1.result_share"]

    answer = send(client, changed(TEMPLATE.read_bytes(), broken))
    assert answer.status_code == 422
    assert "Thiếu ô cho kết quả của A1.1" in answer.content.decode()
    assert not DocumentTemplate.objects.exists()


def test_a_form_that_cannot_be_filled_on_trial_is_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: object, **_more: object) -> bytes:
        raise KeyError("a part that nobody foresaw")

    monkeypatch.setattr(workbooks, "fill", fail)
    answer = send(client, TEMPLATE.read_bytes())
    assert "Không điền thử được vào mẫu này." in answer.content.decode()
    assert not DocumentTemplate.objects.exists()


def test_an_export_that_does_not_agree_with_the_screen_leads_back_with_a_sentence(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "fillings", lambda *_asked: {})
    answer = client.get(f"/appendix.xlsx?period={PERIOD}", follow=True)
    assert answer.redirect_chain[0][0].startswith("/appendix/?period=")
    assert "không khớp với màn hình nên chưa được xuất" in answer.content.decode()


def test_a_form_for_other_indicators_is_passed_over() -> None:
    appendix = by_hand.appendix(by_hand.figure())
    with override("vi"):
        data = workbooks.appendix_workbook(appendix, by_hand.letterhead(), TEMPLATE.read_bytes())
    assert data == workbooks.appendix_workbook(appendix, by_hand.letterhead())
    own = build([one.indicator for one in appendix.figures])
    assert workbooks.template_for([one.indicator for one in appendix.figures]) == own


def test_the_page_leads_to_the_appendix_and_back(client: Client) -> None:
    assert f'href="{ADDRESS}?unit=DN"' in client.get("/appendix/").content.decode()
    page = client.get(ADDRESS).content.decode()
    assert "dùng mẫu của hệ thống, có đủ các dòng mà Công văn 604/BGDĐT-CNTT yêu cầu." in page
    assert 'href="/appendix/?unit=DN">Phụ lục</a>' in page
    assert client.get(f"{ADDRESS}delivered/").content == TEMPLATE.read_bytes()
