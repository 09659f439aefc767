"""A report as a Word document, over the template that a department may edit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from markupsafe import Markup

from dxreport.lib.workbooks import clean
from reporting.notes import full_date
from reporting.report.content import Block, ChartBlock, Heading, Inline, Mark, Paragraph, Report
from reporting.report.drawing import can_paint
from reporting.report.painting import png
from reporting.report.pictures import picture_of
from reporting.report.template.filling import Filling

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "documents" / "report.docx"


def to_docx(report: Report, template: bytes | None = None) -> bytes:
    """The .docx file, over the delivered template or one that passed the check. The same report over the
    same template gives the same bytes."""
    filling = Filling(TEMPLATE.read_bytes() if template is None else template)
    filling.fill(context(report, filling), [_clean(note.text) for note in report.notes])
    return filling.packed(
        title=_clean(report.title),
        author=_clean(report.letterhead.name),
        made_on=report.made_on,
        is_draft=report.is_draft,
    )


def context(report: Report, filling: Filling) -> dict[str, Any]:
    """What the template's tags may name; `reporting.report.template.sample` has a specimen of each."""
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
        "blocks": [_block(one, filling) for one in report.blocks],
        "appendix_title": _clean(report.appendix_title),
        "rows": [
            {
                "number": str(row.number),
                "subject": _clean(row.subject),
                "texts": [_clean(one) for one in row.texts],
            }
            for row in report.appendix.rows
        ],
        "appendix_notes": [_clean(one) for one in report.appendix.notes],
    }


def _block(block: Block, filling: Filling) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": block.kind, "level": block.level, "text": _clean(block.text)}
    if isinstance(block, Paragraph):
        return {"kind": block.kind, "style": block.style, "runs": _runs(block.inlines, filling)}
    if isinstance(block, ChartBlock):
        return _chart(block, filling) if can_paint() else _block(block.as_table, filling)
    return {
        "kind": block.kind,
        "columns": len(block.header),
        "caption": _clean(block.caption),
        "header": [_clean(one) for one in block.header],
        "rows": [[{"text": _clean(cell.text)} for cell in row] for row in block.rows],
        "note": _clean(block.note),
    }


def _chart(block: ChartBlock, filling: Filling) -> dict[str, Any]:
    drawing = picture_of(block)
    picture = filling.picture(png(drawing), width=drawing.width, height=drawing.height, alt=_clean(block.alt))
    return {
        "kind": block.kind,
        "title": _clean(block.title),
        "picture": picture,
        "note": _clean(block.note),
    }


def _runs(inlines: Iterable[Inline], filling: Filling) -> Markup:
    """A sentence as the template's {{r … }} wants it: the XML of its runs."""
    runs = (
        filling.mark(one.note.number) if isinstance(one, Mark) else filling.run(clean(one.text))
        for one in inlines
    )
    return Markup("").join(runs)


def _clean(text: str) -> str:
    """Text that XML can hold, on one line; a space that does not break stays one."""
    return re.sub(r"[ \t\r\n]+", " ", clean(text)).strip()
