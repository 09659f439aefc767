"""Reports and appendices as files: one place that knows the formats, and over which template each is made."""

from __future__ import annotations

from dxreport.lib.downloads import DOCX
from reporting.appendix import Appendix
from reporting.appendix_workbook import appendix_workbook
from reporting.document_templates import Kind, template_data, template_in_use
from reporting.report.content import Report
from reporting.report.html import to_html
from reporting.report.letterhead import letterhead
from reporting.report.pdf import to_pdf
from reporting.report.word import to_docx
from schools.models import OrgUnit

CONTENT_TYPES = {"docx": DOCX, "pdf": "application/pdf", "html": "text/html; charset=utf-8"}


def render(written: Report, file_format: str, *, unit: OrgUnit) -> bytes:
    """The report of `unit` in one of CONTENT_TYPES. Raises PdfUnavailable."""
    if file_format == "docx":
        return to_docx(written, template_data(unit, Kind.REPORT))
    return to_pdf(written) if file_format == "pdf" else to_html(written)


def render_appendix(appendix: Appendix) -> bytes:
    """The workbook of an appendix over its unit's form. Raises AppendixError."""
    unit = appendix.unit
    own = template_in_use(unit, Kind.APPENDIX)
    head = letterhead(unit, on=appendix.period.hierarchy_date)
    return appendix_workbook(appendix, head, bytes(own.data) if own else None)
