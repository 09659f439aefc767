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
}


def render(kind: str, content: Mapping[str, Any], report: Report) -> bytes:
    """One file. The same content gives the same bytes. Raises PdfUnavailable."""
    if kind == Kind.JSON:
        return canonical(content)
    if kind == Kind.DOCX:
        return to_docx(report, _template(Template.REPORT, content))
    if kind == Kind.XLSX:
        form = _template(Template.APPENDIX, content)
        return appendix_workbook(report.appendix, report.letterhead, form)
    return DOCUMENTS[kind](report)


def _template(kind: Template, content: Mapping[str, Any]) -> bytes:
    """The file that this edition's document is made from."""
    return template_of_hash(kind, content["templates"].get(kind, ""))
