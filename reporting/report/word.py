"""A report as a Word document, over the template that a department may edit."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from docx.opc.constants import CONTENT_TYPE
from docxtpl import DocxTemplate

from dxreport.lib.files import with_fixed_dates
from dxreport.lib.workbooks import clean
from reporting.notes import full_date
from reporting.report.content import Block, Heading, Inline, Mark, Note, Paragraph, Report

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "documents" / "report.docx"
_MARK = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
_FOOTNOTE = (
    '<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="footnotetext"/></w:pPr>'
    '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)


@dataclass(frozen=True)
class Runs:
    """A sentence as the template's {{r … }} wants it: the XML of its runs."""

    inlines: tuple[Inline, ...]

    def __html__(self) -> str:
        return "".join(map(_run, self.inlines))

    __str__ = __html__


def to_docx(report: Report) -> bytes:
    """The .docx file. The same report gives the same bytes."""
    template = DocxTemplate(TEMPLATE)
    template.render(_context(report), autoescape=True)
    _add_footnotes(template.docx, report.notes)
    properties = template.docx.core_properties
    properties.title, properties.author = _clean(report.title)[:255], _clean(report.letterhead.name)[:255]
    properties.language, properties.comments, properties.last_modified_by = "vi-VN", "", ""
    properties.created = properties.modified = dt.datetime.combine(report.made_on, dt.time())
    packed = io.BytesIO()
    template.docx.save(packed)
    return with_fixed_dates(packed.getvalue())


def _context(report: Report) -> dict[str, Any]:
    head = report.letterhead
    return {
        "head": {
            "superior": _clean(head.superior),
            "issuer": _clean(head.issuer),
            "name": _clean(head.name),
            "symbol": _clean(head.symbol),
            "posts": [_clean(one) for one in head.posts],
            "signer": _clean(head.signer),
            "addressees": [_clean(one) for one in head.addressees],
            "recipients": [_clean(one) for one in head.recipients],
        },
        "number": report.number_words,
        "place_and_date": _clean(head.place_and_date(report.made_on)),
        "made_on": full_date(report.made_on),
        "subject": _clean(report.subject),
        "labels": [_clean(one) for one in report.labels],
        "blocks": [_block(one) for one in report.blocks],
        "appendix_title": _clean(report.appendix_title),
        "rows": [
            {
                "number": row.number,
                "subject": _clean(row.subject),
                "texts": [_clean(one) for one in row.texts],
            }
            for row in report.appendix.rows
        ],
        "appendix_notes": [_clean(one) for one in report.appendix.notes],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": block.kind, "level": block.level, "text": _clean(block.text)}
    if isinstance(block, Paragraph):
        return {"kind": block.kind, "style": block.style, "runs": Runs(block.inlines)}
    return {
        "kind": block.kind,
        "caption": _clean(block.caption),
        "header": [_clean(one) for one in block.header],
        "rows": [[{"text": _clean(cell.text)} for cell in row] for row in block.rows],
        "note": _clean(block.note),
    }


def _clean(text: str) -> str:
    """Text that XML can hold, on one line; a space that does not break stays one."""
    return re.sub(r"[ \t\r\n]+", " ", clean(text)).strip()


def _run(one: Inline) -> str:
    if isinstance(one, Mark):
        return _MARK.format(number=one.note.number)
    return f'<w:r><w:t xml:space="preserve">{escape(clean(one.text))}</w:t></w:r>'


def _add_footnotes(document: Any, notes: Iterable[Note]) -> None:
    """Real footnotes, which Word numbers and lays out; docxtpl knows none."""
    part = next(
        one for one in document.part.package.iter_parts() if one.content_type == CONTENT_TYPE.WML_FOOTNOTES
    )
    added = "".join(_FOOTNOTE.format(number=note.number, text=escape(_clean(note.text))) for note in notes)
    part._blob = part.blob.replace(b"</w:footnotes>", f"{added}</w:footnotes>".encode())
