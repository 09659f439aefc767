"""Builds templates/documents/report.docx, the Word template of reports (Decree 30/2020/NĐ-CP).

    manage.py build_report_template

The file is what reports are made from, and a department may edit it in Word: text, fonts, margins,
even the order of its parts, as long as the tags in braces stay whole. This script is how the
delivered file came about; running it again gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dxreport.lib.files import with_fixed_dates
from reporting.report.letterhead import MOTTO, NATION
from reporting.report.template.filling import add_footnotes_part

FONT = "Times New Roman"
BLACK = RGBColor(0, 0, 0)
TEXT_WIDTH = 165  # mm, between margins of 30 and 15 on A4
SENDER_WIDTH, NATION_WIDTH = 66, 99
CELL_MARGINS = 3.8  # mm, both sides of a cell together, as Word has them unless told otherwise
# Rules, in mm. Under the motto as long as it; under issuer and subject between a third and a half of the
# line above, which holds for issuers of 44 to 66 mm and for a subject that fills its line.
ISSUER_RULE, MOTTO_RULE, SUBJECT_RULE = 22, 56, 56
INDENT = Mm(10)
CENTRE, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT

# Style -> (size in points, bold, italic, alignment, first-line indent, space before, space after).
STYLES: dict[str, tuple[float, bool, bool, Any, Any, float, float]] = {
    "Nội dung": (14, False, False, JUSTIFY, INDENT, 0, 6),
    "Căn cứ": (14, False, True, JUSTIFY, INDENT, 0, 6),
    "Gợi ý bổ sung": (14, False, True, JUSTIFY, INDENT, 0, 6),
    "Đầu văn bản": (13, False, False, CENTRE, None, 0, 0),
    "Tên loại": (14, True, False, CENTRE, None, 18, 0),
    "Trích yếu": (14, True, False, CENTRE, None, 0, 0),
    "Nhãn số liệu": (12, False, True, CENTRE, None, 4, 0),
    "Kính gửi": (14, False, False, LEFT, None, 0, 0),
    "Tên bảng": (12, True, False, CENTRE, None, 6, 4),
    "Ô bảng": (12, False, False, LEFT, None, 1, 1),
    "Ô bảng giữa": (12, False, False, CENTRE, None, 1, 1),
    "Đầu bảng": (12, True, False, CENTRE, None, 2, 2),
    "Ghi chú bảng": (12, False, True, LEFT, None, 3, 6),
    "Hình": (12, False, False, CENTRE, None, 6, 0),
    "Tên hình": (12, True, False, CENTRE, None, 4, 6),
    "Nơi nhận": (11, False, False, LEFT, None, 0, 0),
    "Chức vụ người ký": (14, True, False, CENTRE, None, 0, 0),
    "Họ tên người ký": (14, True, False, CENTRE, None, 0, 0),
    "Tên phụ lục": (14, True, False, CENTRE, None, 0, 0),
    "Kèm theo": (13, False, True, CENTRE, None, 0, 8),
}
# Columns of tables, in mm, and which of them stand in the middle; a table of another number has ANY_WIDTHS.
TABLES = (((13, 62, 20, 24, 25, 21), (0, 2, 3, 4, 5)), ((13, 32, 120), (0, 1)))
ANY_WIDTHS = (13, 62, 18, 18, 18, 18, 18)
HEADINGS = {1: (True, False, 12), 2: (True, False, 9), 3: (False, False, 6)}
UPPER = ("Tên loại", "Chức vụ người ký")
SPACED = ("Nội dung", "Căn cứ", "Gợi ý bổ sung")


def build() -> bytes:
    """The template as a .docx file."""
    document = Document()
    _page(document)
    _styles(document)
    add_footnotes_part(document)
    _head(document)
    _body(document)
    _end(document)
    _appendix(document)
    properties = document.core_properties
    properties.title, properties.author, properties.language = "Mẫu báo cáo", "dxreport", "vi-VN"
    properties.comments, properties.last_modified_by = "", ""
    properties.created = properties.modified = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    packed = io.BytesIO()
    document.save(packed)
    return with_fixed_dates(packed.getvalue())


def _page(document: Any) -> None:
    """A4 with the margins of the decree; the page number in the top margin, not on the first page."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    run = number.add_run()
    run.font.name, run.font.size = FONT, Pt(13)
    for part in ("begin", "PAGE", "end"):
        run._r.append(_field(part))


def _field(part: str) -> Any:
    if part in ("begin", "end"):
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), part)
        return element
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = f" {part} "
    return element


def _styles(document: Any) -> None:
    styles = document.styles
    _language(styles.element)
    _letters(styles["Normal"], 14)
    styles["Normal"].paragraph_format.space_after = Pt(0)
    styles["Normal"].paragraph_format.line_spacing = 1.0
    for name, (size, bold, italic, alignment, indent, before, after) in STYLES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.quick_style = True
        _letters(style, size, bold=bold, italic=italic)
        _paragraph(style.paragraph_format, alignment, indent, before, after)
        style.font.all_caps = True if name in UPPER else None
    for name in SPACED:
        styles[name].paragraph_format.line_spacing = 1.15
    for level, (bold, italic, before) in HEADINGS.items():
        style = styles[f"Heading {level}"]
        _letters(style, 14, bold=bold, italic=italic)
        _paragraph(style.paragraph_format, LEFT, INDENT, before, 6)
        style.paragraph_format.keep_with_next = True
        style.font.all_caps = True if level == 1 else None
    _footnote_styles(styles)


def _language(styles: Any) -> None:
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")


def _letters(style: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    """One typeface for every script; the theme's, which headings come with, would win otherwise."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = BLACK


def _paragraph(form: Any, alignment: Any, indent: Any, before: float, after: float) -> None:
    form.alignment, form.first_line_indent = alignment, indent
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _footnote_styles(styles: Any) -> None:
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    _letters(text, 11)
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True


def _head(document: Any) -> None:
    table = _columns(document, SENDER_WIDTH, NATION_WIDTH)
    sender, nation = table.rows[0].cells
    _line(sender, "{%p if head.superior %}", "Đầu văn bản")
    _line(sender, "{{ head.superior }}", "Đầu văn bản", upper=True)
    _line(sender, "{%p endif %}", "Đầu văn bản")
    _line(sender, "{{ head.issuer }}", "Đầu văn bản", upper=True, bold=True)
    _rule(sender, SENDER_WIDTH - CELL_MARGINS, ISSUER_RULE)
    _line(sender, "Số: {{ number }}/{{ head.symbol }}", "Đầu văn bản")
    _line(nation, NATION, "Đầu văn bản", bold=True, size=12)
    _line(nation, MOTTO, "Đầu văn bản", bold=True)
    _rule(nation, NATION_WIDTH - CELL_MARGINS, MOTTO_RULE)
    _line(nation, "{{ place_and_date }}", "Đầu văn bản", italic=True)
    _line(document, "Báo cáo", "Tên loại")
    _line(document, "{{ subject }}", "Trích yếu")
    _rule(document, TEXT_WIDTH, SUBJECT_RULE)
    _line(document, "{%p for label in labels %}", "Nhãn số liệu")
    _line(document, "({{ label }})", "Nhãn số liệu")
    _line(document, "{%p endfor %}", "Nhãn số liệu")
    _line(document, "{%p if head.addressees %}", "Kính gửi")
    _line(document, "", "Kính gửi")
    addressees = _columns(document, 62, TEXT_WIDTH - 62)
    label, names = addressees.rows[0].cells
    _line(label, "Kính gửi:", "Kính gửi").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _line(names, "{%p for one in head.addressees %}", "Kính gửi")
    form = _line(names, "- {{ one }}{{ '.' if loop.last else ';' }}", "Kính gửi").paragraph_format
    form.left_indent, form.first_line_indent = Mm(3), Mm(-3)
    _line(names, "{%p endfor %}", "Kính gửi")
    _line(document, "{%p endif %}", "Kính gửi")


def _body(document: Any) -> None:
    """One branch for each kind of block; the styles decide how it looks."""
    branches = [
        ("block.kind == 'heading' and block.level == 1", "{{ block.text }}", "Heading 1"),
        ("block.kind == 'heading' and block.level == 2", "{{ block.text }}", "Heading 2"),
        ("block.kind == 'heading' and block.level == 3", "{{ block.text }}", "Heading 3"),
        ("block.style == 'ground'", "{{r block.runs }}", "Căn cứ"),
        ("block.style == 'prompt'", "{{r block.runs }}", "Gợi ý bổ sung"),
        ("block.style == 'item'", "- {{r block.runs }}", "Nội dung"),
        ("block.style == 'body'", "{{r block.runs }}", "Nội dung"),
    ]
    _line(document, "{%p for block in blocks %}", "Nội dung")
    for condition, text, style in branches:
        _line(document, f"{{%p if {condition} %}}", "Nội dung")
        _line(document, text, style)
        _line(document, "{%p endif %}", "Nội dung")
    _line(document, "{%p if block.kind == 'table' %}", "Nội dung")
    _line(document, "{{ block.caption }}", "Tên bảng").paragraph_format.keep_with_next = True
    for number, (widths, centred) in enumerate(TABLES):
        _line(document, f"{{%p {'elif' if number else 'if'} block.columns == {len(widths)} %}}", "Nội dung")
        _table(document, widths, centred)
    _line(document, "{%p else %}", "Nội dung")
    _any_table(document)
    _line(document, "{%p endif %}", "Nội dung")
    _line(document, "{{ block.note }}", "Ghi chú bảng")
    _line(document, "{%p endif %}", "Nội dung")
    _line(document, "{%p if block.kind == 'chart' %}", "Nội dung")
    _line(document, "{{r block.picture }}", "Hình").paragraph_format.keep_with_next = True
    _line(document, "{{ block.title }}", "Tên hình")
    _line(document, "{%p if block.note %}", "Nội dung")
    _line(document, "{{ block.note }}", "Ghi chú bảng")
    _line(document, "{%p endif %}", "Nội dung")
    _line(document, "{%p endif %}", "Nội dung")
    _line(document, "{%p endfor %}", "Nội dung")


def _table(document: Any, widths: tuple[float, ...], centred: tuple[int, ...]) -> None:
    """A table of as many columns as it has widths."""
    table = _grid(document, 4, widths)
    for column in range(len(widths)):
        _line(table.rows[0].cells[column], f"{{{{ block.header[{column}] }}}}", "Đầu bảng")
        style = "Ô bảng giữa" if column in centred else "Ô bảng"
        _line(table.rows[2].cells[column], f"{{{{ row[{column}].text }}}}", style)
    _line(table.rows[1].cells[0], "{%tr for row in block.rows %}", "Ô bảng")
    _line(table.rows[3].cells[0], "{%tr endfor %}", "Ô bảng")


def _any_table(document: Any) -> None:
    """A table of any number of columns from two: a number, a name, and others that share what is left.

    docxtpl fits the grid to the columns that there are; so the cells of those state no width.
    """
    table = _grid(document, 4, ANY_WIDTHS)
    header, opening, row, closing = table.rows
    for line, member, part, style in (
        (header, "block.header", "", "Đầu bảng"),
        (row, "row", ".text", "Ô bảng giữa"),
    ):
        first = [f"{{{{ {member}[{column}]{part} }}}}" for column in (0, 1)]
        loop = [f"{{%tc for one in {member} %}}", "{%tc if loop.index > 2 %}", f"{{{{ one{part} }}}}"]
        tags = (*first, *loop, "{%tc endif %}", "{%tc endfor %}")
        for cell, tag in zip(line.cells, tags, strict=True):
            _line(cell, tag, style)
        for cell in line.cells[2:]:
            width = cell._tc.get_or_add_tcPr().get_or_add_tcW()
            width.type, width.w = "auto", 0
    row.cells[1].paragraphs[0].style = "Ô bảng"
    _line(opening.cells[0], "{%tr for row in block.rows %}", "Ô bảng")
    _line(closing.cells[0], "{%tr endfor %}", "Ô bảng")


def _end(document: Any) -> None:
    _line(document, "", "Nội dung")
    table = _columns(document, TEXT_WIDTH / 2, TEXT_WIDTH / 2)
    recipients, signature = table.rows[0].cells
    _line(recipients, "Nơi nhận:", "Nơi nhận", bold=True, italic=True, size=12)
    _line(recipients, "{%p for one in head.recipients %}", "Nơi nhận")
    _line(recipients, "- {{ one }}{{ '.' if loop.last else ';' }}", "Nơi nhận")
    _line(recipients, "{%p endfor %}", "Nơi nhận")
    _line(signature, "{%p for post in head.posts %}", "Chức vụ người ký")
    _line(signature, "{{ post }}", "Chức vụ người ký")
    _line(signature, "{%p endfor %}", "Chức vụ người ký")
    for _blank in range(4):
        _line(signature, "", "Họ tên người ký")
    _line(signature, "{{ head.signer }}", "Họ tên người ký")


def _appendix(document: Any) -> None:
    label = _line(document, "Phụ lục", "Tên phụ lục")
    label.paragraph_format.page_break_before = True
    _line(document, "{{ appendix_title }}", "Tên phụ lục", upper=True)
    reference = "(Kèm theo Báo cáo số {{ number }}/{{ head.symbol }} {{ made_on }} của {{ head.name }})"
    _line(document, reference, "Kèm theo")
    widths = (13, 68, 84)
    table = _grid(document, 4, widths)
    for cell, text in zip(
        table.rows[0].cells, ("STT", "Nội dung triển khai", "Kết quả (số liệu)"), strict=True
    ):
        _line(cell, text, "Đầu bảng")
    _line(table.rows[1].cells[0], "{%tr for row in rows %}", "Ô bảng")
    number, subject, result = table.rows[2].cells
    _line(number, "{{ row.number }}", "Ô bảng giữa")
    _line(subject, "{{ row.subject }}", "Ô bảng")
    _line(result, "{%p for text in row.texts %}", "Ô bảng")
    _line(result, "{{ text }}", "Ô bảng")
    _line(result, "{%p endfor %}", "Ô bảng")
    _line(table.rows[3].cells[0], "{%tr endfor %}", "Ô bảng")
    _line(document, "{%p if appendix_notes %}", "Ghi chú bảng")
    _line(document, "Ghi chú:", "Ghi chú bảng", bold=True)
    _line(document, "{%p for note in appendix_notes %}", "Ghi chú bảng")
    _line(document, "{{ loop.index }}. {{ note }}", "Ghi chú bảng")
    _line(document, "{%p endfor %}", "Ghi chú bảng")
    _line(document, "{%p endif %}", "Ghi chú bảng")


def _line(
    place: Any,
    text: str,
    style: str,
    *,
    upper: bool = False,
    bold: bool | None = None,
    italic: bool | None = None,
    size: float | None = None,
) -> Any:
    """A paragraph in a cell or in the document; a new cell's empty paragraph is used first."""
    empty = [one for one in place.paragraphs[:1] if not one.runs and one.style.name == "Normal"]
    paragraph = empty[0] if empty and place._element.tag == qn("w:tc") else place.add_paragraph()
    paragraph.style = style
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.all_caps = bold, italic, upper or None
    run.font.size = Pt(size) if size else None
    return paragraph


def _rule(place: Any, width: float, length: float) -> None:
    """A line of `length` mm in the middle of `width` mm: the upper border of a thin paragraph."""
    paragraph = _line(place, "", "Đầu văn bản")
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((width - length) / 2)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(6)
    form.space_before = Pt(4)
    border = "<w:top w:val='single' w:sz='6' w:space='1' w:color='000000'/>"
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"), "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _columns(document: Any, *widths: float) -> Any:
    """A row of cells without lines, for what stands side by side."""
    table = document.add_table(rows=1, cols=len(widths))
    _set_widths(table, widths)
    return table


def _grid(document: Any, rows: int, widths: tuple[float, ...]) -> Any:
    """A table with lines, whose first row is repeated on every page."""
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    _set_widths(table, widths)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
    return table


def _set_widths(table: Any, widths: tuple[float, ...]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
