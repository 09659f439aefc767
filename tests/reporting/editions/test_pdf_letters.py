"""The letters of a PDF, read without where they stand."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from weasyprint import HTML

from reporting.editions.pdf_letters import letters


def bare(text: str) -> str:
    return "".join(text.split())


def test_they_are_those_that_another_reader_finds_on_every_page() -> None:
    data = HTML(
        string="<p>Tỷ lệ <b>84,34%</b>, <i>đạt</i></p><p style='break-before: page'>7.661 học sinh</p>"
    ).write_pdf()
    other = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert bare(letters(data)) == bare(other) == "Tỷlệ84,34%,đạt7.661họcsinh"


def test_a_page_without_content_has_none() -> None:
    file = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(file)
    assert letters(file.getvalue()) == ""


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(PyPdfError):
        letters(b"not a PDF")
