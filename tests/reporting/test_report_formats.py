"""The report in Word, HTML and PDF: the same text in each, in the form that each should have."""

import io
import itertools
import re
import zipfile
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from django.core.management import call_command
from docx.shared import Mm

from reporting.report.build import report
from reporting.report.content import ChartBlock, Paragraph, Report, Table
from reporting.report.html import to_html
from reporting.report.letterhead import MOTTO, NATION
from reporting.report.pdf import PdfUnavailable, to_pdf
from reporting.report.typeface import FONT_FOLDER
from reporting.report.word import TEMPLATE, to_docx
from reporting.report.word_template import build as build_template
from schools.models import OrgUnit
from tests.reporting import published

pytestmark = pytest.mark.usefixtures("published_figures", "db")

SVG = "http://www.w3.org/2000/svg"  # a name, which nothing fetches
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


# --- Word ----------------------------------------------------------------------------------


def word(written: Report) -> Any:
    return docx.Document(io.BytesIO(to_docx(written)))


def all_text(document: Any) -> str:
    return "\n".join("".join(node.itertext()) for node in document.element.body.iter(f"{W}p"))


def test_the_word_file_says_all_that_the_content_says(written: Report) -> None:
    text = all_text(word(written))
    for block in written.blocks:
        if isinstance(block, ChartBlock):
            assert block.title in text
        elif isinstance(block, Table):
            assert all(cell.text in text for row in block.rows for cell in row)
        else:
            assert block.text in text
    for row in written.appendix.rows:
        assert all(line in text for line in row.texts)
    assert NATION in text
    assert MOTTO in text
    assert "Đắk Nông, ngày 05 tháng 3 năm 2024" in text
    assert "{" not in text


def test_a_space_that_must_not_break_stays_one_in_word(published_figures: None) -> None:
    office = OrgUnit.objects.select_related("kind").get(code="DN-CJ")
    text = all_text(word(report(office, published.selection())))
    assert "và\N{NO-BREAK SPACE}Đào\N{NO-BREAK SPACE}tạo" in text


def test_the_word_page_is_that_of_decree_30(written: Report) -> None:
    section = word(written).sections[0]
    size = (section.page_width, section.page_height)
    assert [round(one / Mm(1)) for one in size] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one / Mm(1)) for one in margins] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert not section.first_page_header.paragraphs[0].text


def test_every_style_of_the_word_file_is_set_in_times(written: Report) -> None:
    styles = word(written).styles
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Nội dung", "Ô bảng", "footnote text"):
        fonts = styles[name].element.rPr.rFonts
        assert {fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "cs")} == {"Times New Roman"}
    assert b'w:lang w:val="vi-VN"' in part(to_docx(written), "word/styles.xml")


def part(archive: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as parts:
        return parts.read(name)


def test_footnotes_are_real_and_each_is_referred_to_once(written: Report) -> None:
    data = to_docx(written)
    notes = ElementTree.fromstring(part(data, "word/footnotes.xml"))
    texts = {
        int(note.attrib[f"{W}id"]): "".join(note.itertext()).strip()
        for note in notes
        if f"{W}type" not in note.attrib
    }
    assert texts == {note.number: note.text for note in written.notes}
    body = ElementTree.fromstring(part(data, "word/document.xml"))
    references = [int(one.attrib[f"{W}id"]) for one in body.iter(f"{W}footnoteReference")]
    assert references == sorted(texts)


def test_markup_and_tags_in_a_name_stay_text_in_every_format(department: OrgUnit) -> None:
    hostile = 'Sở <b>&"x"</b> {{ 7*7 }} {% if x %}'
    OrgUnit.objects.filter(pk=department.pk).update(name=hostile)
    found = report(OrgUnit.objects.get(pk=department.pk), published.selection())
    assert hostile in all_text(word(found))
    assert hostile.replace("<", "&lt;").split("&lt;b")[0] in to_html(found).decode()
    assert "<b>&" not in to_html(found).decode()
    assert to_pdf(found).startswith(b"%PDF")


def test_the_word_file_is_the_same_at_any_time(written: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    first = to_docx(written)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *seconds: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert to_docx(written) == first


def test_the_word_file_names_itself(written: Report) -> None:
    properties = word(written).core_properties
    assert properties.title.startswith("Báo cáo kết quả thực hiện Đề án")
    assert properties.author == "Sở Giáo dục và Đào tạo Đắk Nông"
    assert properties.created.date() == published.MADE_ON


def test_the_template_in_the_repository_is_what_the_script_builds() -> None:
    assert TEMPLATE.read_bytes() == build_template()


def test_the_command_restores_the_template(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(
        "reporting.management.commands.build_report_template.TEMPLATE", tmp_path / "report.docx"
    )
    call_command("build_report_template", stdout=io.StringIO())
    assert (tmp_path / "report.docx").read_bytes() == TEMPLATE.read_bytes()


# --- HTML ----------------------------------------------------------------------------------


class Outline(HTMLParser):
    """Headings, links, styles and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(written: Report) -> Outline:
    found = Outline()
    found.feed(to_html(written).decode())
    return found


def test_the_html_file_says_all_that_the_content_says(written: Report) -> None:
    text = re.sub(r"\s+", " ", "".join(page(written).text))
    for block in written.blocks:
        if isinstance(block, Paragraph):
            # A footnote's number stands within the sentence.
            words = [one.text for one in block.inlines if hasattr(one, "text")]
            assert all(one.strip() in text for one in words)
    for note in written.notes:
        assert note.text in text


def test_the_html_file_asks_for_nothing_else(written: Report) -> None:
    html = to_html(written).decode()
    assert "http:" not in html.replace(SVG, "")
    assert "https:" not in html
    assert "@font-face" not in html
    assert "<script" not in html
    assert "link" not in {tag for tag, _name, _value in page(written).attributes}
    assert '<html lang="vi">' in html


def test_its_headings_go_down_one_level_at_a_time(written: Report) -> None:
    levels = page(written).levels
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_figure_in_the_html_keeps_its_exact_value(written: Report) -> None:
    values = {value for tag, name, value in page(written).attributes if (tag, name) == ("data", "value")}
    assert {"7661", "9083", "84.34", "10813"} <= values


# --- PDF -----------------------------------------------------------------------------------


def inflated(pdf: bytes) -> bytes:
    """All objects of a PDF, unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return b"\n".join(unpacked)


def test_the_pdf_is_tagged_in_vietnamese_and_set_in_our_own_typeface(written: Report) -> None:
    objects = inflated(to_pdf(written))
    assert b"/StructTreeRoot" in objects
    assert b"/Marked true" in objects
    assert b"/Lang (vi)" in objects
    assert b"pdfuaid:part" in objects
    fonts = set(re.findall(rb"/BaseFont /[A-Z]{6}\+([A-Za-z-]+)", objects))
    assert fonts == {b"Tinos", b"Tinos-Bold", b"Tinos-Italic", b"Tinos-Bold-Italic"}


def test_the_pdf_is_the_same_at_any_time(written: Report) -> None:
    assert to_pdf(written) == to_pdf(written)


def test_without_its_typeface_no_pdf_is_made(written: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.report.pdf.FONT_FOLDER", FONT_FOLDER / "nowhere")
    with pytest.raises(PdfUnavailable, match="make setup"):
        to_pdf(written)
