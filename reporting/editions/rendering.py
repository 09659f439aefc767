"""The files of an edition, made from its content alone: now, and years later again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dxreport.lib.downloads import DOCX, XLSX
from reporting.appendix_workbook import appendix_workbook
from reporting.document_templates import Kind as Template
from reporting.document_templates import template_of_hash
from reporting.editions.freezing import canonical
from reporting.models import EditionFile
from reporting.report.content import Report
from reporting.report.html import to_html
from reporting.report.pdf import to_pdf
from reporting.report.word import to_docx

Kind = EditionFile.Kind

CONTENT_TYPES = {
    Kind.DOCX: DOCX,
    Kind.PDF: "application/pdf",
    Kind.HTML: "text/html; charset=utf-8",
    Kind.XLSX: XLSX,
    Kind.JSON: "application/json",
}
DOCUMENTS: dict[str, Callable[[Report], bytes]] = {
    Kind.PDF: to_pdf,
    Kind.HTML: to_html,
    Kind.XLSX: lambda report: appendix_workbook(report.appendix, report.letterhead),
}


def render(kind: str, content: Mapping[str, Any], report: Report) -> bytes:
    """One file. The same content gives the same bytes. Raises PdfUnavailable."""
    if kind == Kind.JSON:
        return canonical(content)
    if kind == Kind.DOCX:
        used = content["templates"].get(Template.REPORT, "")
        return to_docx(report, template_of_hash(Template.REPORT, used))
    return DOCUMENTS[kind](report)
