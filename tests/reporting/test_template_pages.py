"""Putting one's own Word template in place of the delivered one: who may, what is told, what is kept."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reporting.actions import keep_template, retire_template
from reporting.actions.templates import TemplateConflict, TemplateUnfit
from reporting.document_templates import KINDS, Kind, template_data, template_in_use
from reporting.models import DocumentTemplate
from reporting.report.word import TEMPLATE
from schools.models import AuditEvent
from tests.province import Province, build_province
from tests.reporting.test_template_check import edited

OWN = edited(("Nơi nhận:", "NƠI NHẬN"))
ADDRESS = "/report/template/"


@pytest.fixture
def province(db: None) -> Province:
    return build_province()


@pytest.fixture
def client_of(province: Province) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(province.person(name))
        return client

    return sign_in


@pytest.fixture
def anything_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No check: it has tests of its own, and takes a second."""
    monkeypatch.setitem(KINDS, Kind.REPORT, replace(KINDS[Kind.REPORT], check=lambda data: []))


def send(client: Client, data: bytes = OWN, unit: str = "DN") -> Any:
    return client.post(ADDRESS, {"unit": unit, "file": SimpleUploadedFile("mau-so.docx", data)}, follow=True)


def test_a_good_template_is_used_by_the_unit_and_those_below(
    province: Province, client_of: Callable[[str], Client]
) -> None:
    answer = send(client_of("officer"))
    assert "Mẫu đã qua kiểm tra và được dùng từ bây giờ." in answer.content.decode()
    for code in ("DN", "DN-1", "DN-101"):
        assert template_data(province.unit(code), Kind.REPORT) == OWN
    file = client_of("officer").get("/report.docx?period=2022")
    texts = [cell.text for table in docx.Document(io.BytesIO(file.content)).tables for cell in table._cells]
    assert any("NƠI NHẬN" in text for text in texts)


def test_a_bad_template_changes_nothing_and_its_faults_are_told(client_of: Callable[[str], Client]) -> None:
    bad = edited(("{{ subject }}", "{{ subjet }}"), ("{{ post }}", "{{ lipsum() }}"))
    answer = send(client_of("officer"), bad)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "có phải là “subject”?" in text
    assert "Thẻ {{ lipsum() }} gọi hàm" in text
    assert "Chưa có gì thay đổi" in text
    assert not DocumentTemplate.objects.exists()


def test_without_a_file_the_page_asks_for_one(client_of: Callable[[str], Client]) -> None:
    answer = client_of("officer").post(ADDRESS, {"unit": "DN"})
    assert answer.status_code == 422
    assert "Hãy chọn một tệp" in answer.content.decode()


def test_a_file_too_large_is_not_read_to_its_end(client_of: Callable[[str], Client]) -> None:
    answer = send(client_of("officer"), b"PK\x03\x04" + b"0" * (6 * 2**20))
    assert answer.status_code == 422
    assert "Tệp lớn hơn 5 MB" in answer.content.decode()


@pytest.mark.usefixtures("anything_goes")
def test_the_nearest_template_above_is_used_and_the_one_before_is_kept(province: Province) -> None:
    officer = province.person("officer")
    for unit, data in (("DN", b"first"), ("DN", b"second"), ("DN-1", b"office")):
        keep_template(unit=province.unit(unit), kind=Kind.REPORT, data=data, file_name="mau.docx", by=officer)
    used = {code: template_data(province.unit(code), Kind.REPORT) for code in ("DN", "DN-101", "DN-2")}
    assert used == {"DN": b"second", "DN-101": b"office", "DN-2": b"second"}
    kept = DocumentTemplate.objects.get(retired_at__isnull=False)
    assert bytes(kept.data) == b"first"
    assert kept.sha256 == hashlib.sha256(b"first").hexdigest()


@pytest.mark.usefixtures("anything_goes")
def test_going_back_leaves_the_delivered_one_and_is_told_in_the_trail(province: Province) -> None:
    officer, unit = province.person("officer"), province.unit("DN")
    keep_template(unit=unit, kind=Kind.REPORT, data=OWN, file_name="mau.docx", by=officer)
    retire_template(unit=unit, kind=Kind.REPORT, by=officer)
    assert template_in_use(unit, Kind.REPORT) is None
    assert template_data(unit, Kind.REPORT) == TEMPLATE.read_bytes()
    events = AuditEvent.objects.filter(action__startswith="template.").order_by("pk")
    assert [(one.action, one.unit_code) for one in events] == [
        ("template.replace", "DN"),
        ("template.retire", "DN"),
    ]
    assert events[0].subject == f"Mẫu báo cáo (Word) của {unit.name}"
    assert events[0].detail["sha256"] == hashlib.sha256(OWN).hexdigest()
    with pytest.raises(TemplateConflict):
        retire_template(unit=unit, kind=Kind.REPORT, by=officer)


@pytest.mark.parametrize("person", ["clerk_101", "reviewer_1", "leader", "auditor"])
def test_only_who_looks_after_templates_may_change_them(province: Province, person: str) -> None:
    by, unit = province.person(person), province.unit("DN-1")
    with pytest.raises(PermissionDenied):
        keep_template(unit=unit, kind=Kind.REPORT, data=OWN, file_name="mau.docx", by=by)
    with pytest.raises(PermissionDenied):
        retire_template(unit=unit, kind=Kind.REPORT, by=by)


def test_an_unfit_file_is_refused_by_the_action_itself(province: Province) -> None:
    unit, by = province.unit("DN"), province.person("officer")
    with pytest.raises(TemplateUnfit, match="không phải văn bản Word"):
        keep_template(unit=unit, kind=Kind.REPORT, data=b"x", file_name="x", by=by)


@pytest.mark.usefixtures("anything_goes")
def test_files_are_handed_out_as_they_came(province: Province, client_of: Callable[[str], Client]) -> None:
    kept = keep_template(
        unit=province.unit("DN"),
        kind=Kind.REPORT,
        data=OWN,
        file_name="mau.docx",
        by=province.person("officer"),
    )
    client = client_of("officer")
    assert client.get(f"{ADDRESS}{kept.pk}/file/").content == OWN
    assert client.get(f"{ADDRESS}delivered/").content == TEMPLATE.read_bytes()
    assert client.get(f"{ADDRESS}{kept.pk + 1}/file/").status_code == 404
    page = client.get(ADDRESS).content.decode()
    assert kept.sha256 in page
    assert "mau.docx" in page


@pytest.mark.usefixtures("anything_goes")
def test_the_page_asks_as_much_for_many_templates_as_for_one(
    province: Province, client_of: Callable[[str], Client]
) -> None:
    client = client_of("officer")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ADDRESS).status_code == 200
        return len(queries)

    send(client)
    before = count()
    for _again in range(10):
        send(client)
    assert count() == before


def test_the_report_leads_to_its_template_for_whoever_may_change_it(
    client_of: Callable[[str], Client],
) -> None:
    assert "/report/template/?unit=DN" in client_of("officer").get("/report/").content.decode()
    assert "/report/template/" not in client_of("leader").get("/report/").content.decode()
