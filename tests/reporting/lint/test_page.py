"""The page that a file is dropped on: findings in the text, and nothing kept."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import expect

from reporting.lint.checking import LIMITS, examine
from reporting.lint.shown import shown
from tests.entering import enter
from tests.province import Province, build_province
from tests.reporting.lint.samples import as_docx, as_xlsx

FAULTY = "Có 200/231 cơ sở xây dựng kế hoạch, đạt tỉ lệ 86.5%; 188/231 cơ sở có sổ điểm điện tử, đạt 81,39%."


@pytest.fixture
def province(db: None) -> Province:
    return build_province()


def sent(client: Client, data: bytes, name: str):
    return client.post("/lint/", {"file": SimpleUploadedFile(name, data)})


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_findings_are_marked_in_the_text_and_nothing_is_kept(province, client):
    client.force_login(province.person("officer"))
    client.get("/lint/")
    before = rows()
    page = sent(client, as_docx(FAULTY), "bao-cao.docx")
    assert page.status_code == 200
    assert rows() == before
    html = page.content.decode()
    assert "2 điểm cần xem lại trong bao-cao.docx" in html
    assert "<mark>86.5%" in html
    for number in (1, 2):
        assert f'id="mark-{number}" href="#finding-{number}"' in html
        assert f'<li id="finding-{number}">' in html
        assert f'<a href="#mark-{number}">đoạn 1</a>' in html


def test_a_text_without_faults_says_so(province, client):
    client.force_login(province.person("leader"))
    page = sent(client, as_xlsx("| Trường | 231 |"), "bang.xlsx")
    assert "Không thấy điểm nào cần xem lại trong bang.xlsx" in page.content.decode()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"x", "a.docx", "Đây không phải tệp Word .docx"),
        (b"%PDF", "a.pdf", "Chỉ soát được tệp"),
        (b"a" * (LIMITS.file + 1), "a.txt", "Tệp lớn hơn 10 MB"),
    ],
    ids=["docx", "pdf", "large"],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(province, client, data, name, sentence):
    client.force_login(province.person("officer"))
    page = sent(client, data, name)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_what_a_file_holds_is_text_on_the_page(province, client):
    client.force_login(province.person("officer"))
    text = "<script>alert(1)</script> Có 200/231 cơ sở, đạt 86,5%."
    html = sent(client, text.encode(), "<b>.txt").content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert(1)" not in html
    assert "<b>.txt" not in html


def test_of_a_long_text_only_what_stands_around_the_findings_is_shown():
    lines = [f"Đoạn {number} không có gì." for number in range(400)]
    lines[200] = FAULTY
    blocks = shown(examine("\n\n".join(lines).encode(), "a.md"))
    assert [block.left_out for block in blocks] == [199, 0, 0, 0, 198]
    assert [piece.text for piece in blocks[2].pieces if piece.found] == ["86.5%"]


@pytest.mark.browser
@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
def test_findings_are_read_without_a_script_at_any_width(live_server, new_context, axe):
    person = build_province().person("officer")
    context = new_context(viewport={"width": 360, "height": 780})
    enter(context, person, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/lint/")
    page.get_by_label("Tệp .docx, .xlsx, .txt, .md hoặc .html").set_input_files(
        {"name": "bao-cao.docx", "mimeType": "application/msword", "buffer": as_docx(FAULTY)}
    )
    page.get_by_role("button", name="Soát văn bản").click()
    expect(page.get_by_role("heading", name="2 điểm cần xem lại trong bao-cao.docx")).to_be_visible()
    page.get_by_role("link", name="đoạn 1").first.click()
    expect(page.locator("#mark-1")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert axe(page) == []
