"""Fills a Word template: tags by Jinja in our own small language, footnotes and pictures by us."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate
from markupsafe import Markup

from dxreport.lib.files import with_fixed_dates
from reporting.report.template.grammar import Environment
from reporting.report.template.sample import SAMPLE

EMU_PER_MM = 36_000
_NUMBER = re.compile(rb"""<w:footnote\b[^>]*?\bw:id=["'](-?\d+)["']""")
# What may follow in the settings, where order matters.
_AFTER_FOOTNOTES = (
    "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang",
    "w:clrSchemeMapping", "w:doNotIncludeSubdocsInStats", "w:shapeDefaults", "w:decimalSymbol",
    "w:listSeparator",
)  # fmt: skip
_SUPERSCRIPT = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_DRAWING = (
    "<w:r><w:drawing>"
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{id}" name="{name}" descr="{alt}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{id}" name="{name}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


class Filling(DocxTemplate):
    """A template being filled. `run`, `mark` and `picture` make what its `{{r … }}` tags print."""

    def __init__(self, template: bytes) -> None:
        super().__init__(io.BytesIO(template))
        self.init_docx()
        self._footnotes = _footnotes_part(self.docx)
        numbers = [int(found) for found in _NUMBER.findall(self._footnotes.blob)]
        # Programs count their separators from -1 or from 0, and the template may have notes of its own.
        self._numbered = max([0, *numbers])
        self._pictures = 0

    def run(self, text: str) -> Markup:
        """Words, without a line break."""
        return Markup('<w:r><w:t xml:space="preserve">{}</w:t></w:r>').format(text)

    def mark(self, note: int) -> Markup:
        """The place of the note of this number, which begins at 1."""
        return Markup(f'<w:r>{_SUPERSCRIPT}<w:footnoteReference w:id="{self._numbered + note}"/></w:r>')

    def picture(self, png: bytes, *, width: float, height: float, alt: str) -> Markup:
        """A picture in the line, `width` by `height` mm, with the words for those who do not see it."""
        self._pictures += 1
        relation, _image = self.docx.part.get_or_add_image(io.BytesIO(png))
        return Markup(
            _DRAWING.format(
                relation=relation,
                id=self._pictures,
                name=f"Hình {self._pictures}",
                alt=escape(alt),
                width=round(width * EMU_PER_MM),
                height=round(height * EMU_PER_MM),
            )
        )

    def fill(self, context: Mapping[str, Any], notes: Sequence[str] = ()) -> None:
        """Print `context` and the footnotes. Raises TemplateRefused where the template says more."""
        self.render(context, jinja_env=_environment(), autoescape=True)
        style = _style_id(self.docx, "footnote text")
        added = "".join(
            _footnote(self._numbered + number, text, style) for number, text in enumerate(notes, start=1)
        )
        part = self._footnotes
        part._blob = part.blob.replace(b"</w:footnotes>", f"{added}</w:footnotes>".encode())

    def packed(self, *, title: str, author: str, made_on: dt.date, is_draft: bool = False) -> bytes:
        """The .docx file. The same content gives the same bytes."""
        properties = self.docx.core_properties
        properties.title, properties.author = title[:255], author[:255]
        properties.language, properties.comments, properties.last_modified_by = "vi-VN", "", ""
        properties.content_status = "Draft" if is_draft else ""
        properties.created = properties.modified = dt.datetime.combine(made_on, dt.time())
        file = io.BytesIO()
        self.docx.save(file)
        return with_fixed_dates(file.getvalue())

    def fix_tables(self, xml: str) -> Any:
        """docxtpl mends broken XML without a word; a template that breaks it is no template."""
        parse_xml(xml)
        return super().fix_tables(xml)


@cache
def _environment() -> Environment:
    """One for all, since it keeps what it compiled: the same template is filled again and again."""
    return Environment(SAMPLE)


def _footnotes_part(document: Any) -> Any:
    """The part that holds footnotes; a program that finds none in a template may have left it out."""
    for one in document.part.package.iter_parts():
        if one.content_type == CONTENT_TYPE.WML_FOOTNOTES:
            return one
    return add_footnotes_part(document)


def add_footnotes_part(document: Any) -> Any:
    """The empty footnotes that Word wants before any other."""
    rule = "<w:footnote w:type='{0}' w:id='{1}'><w:p><w:r><w:{0}/></w:r></w:p></w:footnote>"
    rules = rule.format("separator", -1) + rule.format("continuationSeparator", 0)
    xml = f"<w:footnotes {nsdecls('w')}>{rules}</w:footnotes>"
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>{xml}".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    listed = "<w:footnote w:id='-1'/><w:footnote w:id='0'/>"
    document.settings.element.insert_element_before(
        parse_xml(f"<w:footnotePr {nsdecls('w')}>{listed}</w:footnotePr>"), *_AFTER_FOOTNOTES
    )
    return part


def _footnote(number: int, text: str, style: str) -> str:
    look = f'<w:pPr><w:pStyle w:val="{escape(style)}"/></w:pPr>' if style else ""
    return (
        f'<w:footnote w:id="{number}"><w:p>{look}<w:r>{_SUPERSCRIPT}<w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
    )


def _style_id(document: Any, name: str) -> str:
    """The name by which paragraphs call a style; programs translate it. Empty where there is none."""
    return next((one.style_id for one in document.styles if one.name.lower() == name), "")
