"""The pages of the appendix and the report, and the files that they hand out."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.report import outline
from reporting.report.outline import load_outline
from schools.actions import create_user
from tests.province import Province, approved, build_province

PAGES = ("/appendix/", "/report/")
FILES = {
    "/appendix.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "/report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "/report.pdf": "application/pdf",
    "/report.html": "text/html; charset=utf-8",
}


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


def test_the_addresses_are_those_that_others_rely_on() -> None:
    assert reverse("reporting:appendix") == "/appendix/"
    assert reverse("reporting:appendix_workbook") == "/appendix.xlsx"
    assert reverse("reporting:report") == "/report/"
    assert reverse("reporting:report_document", args=["docx"]) == "/report.docx"


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_nobody_reads_them_without_signing_in(province: Province, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("person", "unit", "read", "exported"),
    [
        # person, unit, what the pages answer, what the files answer
        ("officer", "", 200, 200),
        ("officer", "DN-101", 200, 200),
        ("leader", "DN", 200, 200),
        ("auditor", "DN", 200, 403),
        ("administrator", "DN", 200, 403),
        ("reviewer_1", "", 200, 200),
        ("reviewer_1", "DN-1", 200, 200),
        ("reviewer_1", "DN-101", 200, 200),
        ("reviewer_1", "DN", 404, 404),
        ("reviewer_1", "DN-2", 404, 404),
        ("reviewer_1", "DN-201", 404, 404),
        ("clerk_101", "", 200, 403),
        ("clerk_101", "DN-101", 200, 403),
        ("clerk_101", "DN-102", 404, 404),
        ("clerk_101", "DN-1", 404, 404),
        ("officer", "XX", 404, 404),
        ("officer", "DN%00", 404, 404),
    ],
)
def test_who_may_read_and_who_may_export(
    client_of: Callable[[str], Client], person: str, unit: str, read: int, exported: int
) -> None:
    client, query = client_of(person), f"?unit={unit}" if unit else ""
    assert [client.get(f"{path}{query}").status_code for path in PAGES] == [read, read]
    files = ("/appendix.xlsx", "/report.docx", "/report.html")
    assert [client.get(f"{path}{query}").status_code for path in files] == [exported] * 3


@pytest.mark.parametrize(("path", "content_type"), FILES.items())
def test_a_file_is_named_after_unit_and_period(
    client_of: Callable[[str], Client], path: str, content_type: str
) -> None:
    answer = client_of("officer").get(f"{path}?unit=DN-1&period=2022")
    assert answer.headers["Content-Type"] == content_type
    kind = "phu-luc" if "appendix" in path else "bao-cao"
    extension = path.partition(".")[2]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{kind}_DN-1_2022.{extension}"'


def test_an_unknown_format_period_or_basis_is_not_found(client_of: Callable[[str], Client]) -> None:
    client = client_of("officer")
    for path in ("/report.odt", "/report/?period=1900", "/appendix/?basis=draft", "/report.docx?period=1900"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_nothing_is_written_by_a_post(client_of: Callable[[str], Client], path: str) -> None:
    assert client_of("officer").post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_selectors_and_downloads_keep_the_address(client_of: Callable[[str], Client], path: str) -> None:
    context = client_of("officer").get(f"{path}?unit=DN-1&period=2022&basis=provisional").context
    for option in (*context["periods"], *context["bases"]):
        address = urlsplit(option.url)
        assert address.path == path
        assert parse_qs(address.query)["unit"] == ["DN-1"]
    kept = {"unit": ["DN-1"], "period": ["2022"], "basis": ["provisional"]}
    for url in (context["workbook_url"], context["report_url"], *context["document_urls"].values()):
        assert parse_qs(urlsplit(url).query) == kept


def test_only_who_may_export_is_offered_the_files(client_of: Callable[[str], Client]) -> None:
    assert "/report.docx?" in client_of("leader").get("/report/").content.decode()
    assert "/report.docx?" not in client_of("auditor").get("/report/").content.decode()
    assert "/appendix.xlsx?" not in client_of("auditor").get("/appendix/").content.decode()


def test_one_may_go_up_and_down_as_far_as_one_may_see(client_of: Callable[[str], Client]) -> None:
    def units(person: str, query: str = "") -> list[str]:
        return [one.code for one in client_of(person).get(f"/report/{query}").context["units"]]

    assert units("officer") == ["DN", "DN-1", "DN-2", "DN-301"]
    assert units("officer", "?unit=DN-1") == ["DN", "DN-1", "DN-101", "DN-102"]
    assert units("reviewer_1") == ["DN-1", "DN-101", "DN-102"]


@pytest.mark.parametrize("path", PAGES)
def test_without_any_unit_the_page_says_whom_to_ask(db: None, path: str, client: Client) -> None:
    build_province()
    client.force_login(create_user(username="ai-do", password=None, by=None))
    answer = client.get(path)
    assert answer.status_code == 200
    assert "chưa được phân quyền" in answer.content.decode()


def test_a_set_without_appendix_says_so(client_of: Callable[[str], Client]) -> None:
    assert "không có phụ lục" in client_of("officer").get("/appendix/").content.decode()


def test_an_approved_figure_stands_in_the_report_and_a_submitted_one_only_in_the_provisional(
    province: Province, client_of: Callable[[str], Client]
) -> None:
    clerk, reviewer = province.person("clerk_101"), province.person("reviewer_1")
    client = client_of("officer")
    approved(
        province.submission("DN-101"), by=clerk, reviewer=reviewer, teachers=40, teachers_with_computer=30
    )
    official = client.get("/report/").content.decode()
    assert ">75%<" in official
    assert "Tính trên 1/4 đơn vị có đủ số liệu" in official
    assert "Số liệu tạm tính" not in official
    assert "Số liệu tạm tính" in client.get("/report/?basis=provisional").content.decode()


def test_on_the_page_every_number_leads_to_its_explanation_and_in_the_files_none_does(
    province: Province, client_of: Callable[[str], Client]
) -> None:
    clerk, reviewer = province.person("clerk_101"), province.person("reviewer_1")
    approved(
        province.submission("DN-101"), by=clerk, reviewer=reviewer, teachers=40, teachers_with_computer=30
    )
    client, query = client_of("officer"), "?unit=DN-1&period=2023&basis=official"
    page = client.get(f"/report/{query}").content.decode()
    address = "/units/DN-1/indicators/T1/?period=2023"
    assert f'<a class="why" href="{address}"><data class="figure" value="75.00">75%</data></a>' in page
    numbers = re.findall(r'(<a class="why" href="[^"]+">)?<data class="figure" value="[0-9.]+">', page)
    assert numbers
    assert all(numbers)
    assert 'class="why"' not in client.get(f"/report.html{query}").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_statements_does_not_grow_with_schools(db: None, path: str) -> None:
    province = build_province(more_schools=25)
    client = Client()
    client.force_login(province.person("officer"))

    def count(unit: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{path}?unit={unit}").status_code == 200
        return len(queries)

    count("DN")
    few, many = count("DN-2"), count("DN-1")
    assert many == few
    assert many <= 18


def test_a_pdf_that_cannot_be_made_leads_back_with_a_sentence(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("reporting.report.pdf.FONT_FOLDER", tmp_path)
    answer = client_of("officer").get("/report.pdf?unit=DN-1&period=2022")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/report/?period=2022")
    assert "make setup" in str(next(iter(get_messages(answer.wsgi_request))))


def test_an_outline_that_cannot_be_read_is_said_on_the_page(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "default.yaml").write_text("subject: Kết quả {A1.1", encoding="utf-8")
    monkeypatch.setattr(outline, "OUTLINES", tmp_path)
    load_outline.cache_clear()
    try:
        answer = client_of("officer").get("/report/")
    finally:
        load_outline.cache_clear()
    assert answer.status_code == 500
    assert "Không đọc được đề cương báo cáo default.yaml" in answer.content.decode()


def test_no_inline_style_or_script_is_sent(client_of: Callable[[str], Client]) -> None:
    for path in PAGES:
        text = client_of("officer").get(path).content.decode()
        assert " style=" not in text
        assert "<style" not in text
