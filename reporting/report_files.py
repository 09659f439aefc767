"""A report as a file: one place that knows the formats, and over which template the Word file is made."""

from __future__ import annotations

from dxreport.lib.downloads import DOCX
from reporting.document_templates import Kind, template_data
from reporting.report.content import Report
from reporting.report.html import to_html
from reporting.report.pdf import to_pdf
from reporting.report.word import to_docx
from schools.models import OrgUnit

CONTENT_TYPES = {"docx": DOCX, "pdf": "application/pdf", "html": "text/html; charset=utf-8"}


def render(written: Report, file_format: str, *, unit: OrgUnit) -> bytes:
    """The report of `unit` in one of CONTENT_TYPES. Raises PdfUnavailable."""
    if file_format == "docx":
        return to_docx(written, template_data(unit, Kind.REPORT))
    return to_pdf(written) if file_format == "pdf" else to_html(written)
