"""Workbooks put together part by part, so that any part can be wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Parts = dict[str, str | bytes]
AnyParts = Mapping[str, str | bytes] | Mapping[str, bytes] | Mapping[str, str]


def relations(*kinds_and_targets: tuple[str, str]) -> str:
    """A .rels part; the relations are rId1, rId2 ..."""
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds_and_targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def sheet(rows: str, *, after: str = "") -> str:
    """A worksheet part around the XML of its rows."""
    return f'{_HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def parts_of(
    *sheets: str,
    names: tuple[str, ...] = (),
    texts: str | None = None,
    styles: str | None = None,
    book: str = "",
) -> Parts:
    """The parts of a workbook with these sheets (whole parts, as `sheet` gives them)."""
    names = names or tuple(f"Trang {number}" for number in range(1, len(sheets) + 1))
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    extra = [
        (kind, name, content)
        for kind, name, content in (
            ("sharedStrings", "sharedStrings.xml", texts),
            ("styles", "styles.xml", styles),
        )
        if content is not None
    ]
    sheet_relations = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    parts: Parts = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(*sheet_relations, *((kind, name) for kind, name, _ in extra)),
    }
    for number, content in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = content
    for _kind, name, content in extra:
        parts[f"xl/{name}"] = content
    return parts


def packed(
    parts: Mapping[str, str | bytes] | Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The parts as one archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return archive.getvalue()


def shared(*items: str) -> str:
    """A sharedStrings part around the XML of its items."""
    return f'{_HEAD}<sst xmlns="{MAIN}">{"".join(items)}</sst>'


def workbook(rows: str, *, texts: str | None = None, styles: str | None = None, book: str = "") -> bytes:
    """A workbook of one sheet, from the XML of its rows."""
    return packed(parts_of(sheet(rows), texts=texts, styles=styles, book=book))
