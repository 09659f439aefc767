"""A workbook of plain rows, written while it is being sent: memory does not grow with its length.

`dxreport.lib.workbooks` holds a whole workbook and is right wherever one is designed; a list of
187,000 learners would take minutes and a gigabyte that way. Every text is an inline string, which no
spreadsheet evaluates; what looks like a formula also keeps its mark of being text when it is edited.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from .workbooks import FONT_NAME, FORMULA_MARKS, LARGEST_EXACT, Value, clean

ROWS_A_SHEET = 1_048_576
ROWS_A_PIECE = 500
NARROWEST, WIDEST = 10, 48

_FIRST_DAY = dt.date(1899, 12, 30)
_HEAD, _MARKED, _DAY, _COUNT = range(1, 5)  # places in cellXfs below; 0 is a plain cell
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FORMAT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="{FONT_NAME}"/></font>\
<font><b/><sz val="11"/><name val="{FONT_NAME}"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE7ECF2"/></patternFill></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="5"><xf xfId="0"/>\
<xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1">\
<alignment vertical="center" wrapText="1"/></xf>\
<xf xfId="0" quotePrefix="1"/>\
<xf xfId="0" numFmtId="164" applyNumberFormat="1"/>\
<xf xfId="0" numFmtId="3" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""


class _Sink:
    """Where the archive is written; what came since the last time is taken from it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def streamed_workbook(
    head: Sequence[str], rows: Iterable[Sequence[Value]], *, title: str, widths: Sequence[int]
) -> Iterator[bytes]:
    """The bytes of an .xlsx file with `head` over `rows`, piece by piece.

    `widths`: letters that each column holds. Sheets are named `title`; rows that one sheet cannot hold go on
    in a second one under the same head. The same content gives the same bytes.
    """
    sink, sheets, left = _Sink(), 0, iter(rows)
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:  # type: ignore[call-overload]
        ended = False
        while not ended:
            sheets += 1
            with archive.open(_part(f"xl/worksheets/sheet{sheets}.xml"), "w") as part:
                part.write(_before_rows(head, widths).encode())
                last = 1
                for piece in _pieces(left, ROWS_A_SHEET - 1):
                    part.write(_lines(piece, last + 1).encode())
                    last += len(piece)
                    yield sink.take()
                part.write(_after_rows(len(head), last).encode())
            ended = last < ROWS_A_SHEET
        for name, text in _frame(title, sheets):
            archive.writestr(_part(name), text)
    yield sink.take()


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name)  # of 1980: the moment is no part of the content
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _pieces(rows: Iterator[Sequence[Value]], most: int) -> Iterator[list[Sequence[Value]]]:
    """At most `most` of the rows, some at a time."""
    piece: list[Sequence[Value]] = []
    taken = 0
    while taken < most:
        row = next(rows, None)
        if row is None:
            break
        taken += 1
        piece.append(row)
        if len(piece) == ROWS_A_PIECE:
            yield piece
            piece = []
    if piece:
        yield piece


def _before_rows(head: Sequence[str], widths: Sequence[int]) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{min(max(width, NARROWEST), WIDEST)}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    cells = "".join(
        f'<c r="{get_column_letter(number)}1" s="{_HEAD}" t="inlineStr">'
        f"<is><t>{escape(clean(text))}</t></is></c>"
        for number, text in enumerate(head, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
        ' state="frozen"/></sheetView></sheetViews>'
        f'<cols>{columns}</cols><sheetData><row r="1">{cells}</row>'
    )


def _lines(rows: Sequence[Sequence[Value]], first: int) -> str:
    letters = [get_column_letter(number) for number in range(1, len(rows[0]) + 1)]
    return "".join(
        f'<row r="{number}">'
        + "".join(_cell(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True))
        + "</row>"
        for number, row in enumerate(rows, start=first)
    )


def _cell(place: str, value: Value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, int) and abs(value) > LARGEST_EXACT:
        value = str(value)
    if isinstance(value, str):
        return f'<c r="{place}"{_text(value)}'
    if isinstance(value, int):
        return f'<c r="{place}" s="{_COUNT}"><v>{value}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="{_DAY}"><v>{(value - _FIRST_DAY).days}</v></c>'
    return f'<c r="{place}"><v>{value:f}</v></c>'


@lru_cache(maxsize=4096)  # lists say the same few words again and again
def _text(text: str) -> str:
    style = f' s="{_MARKED}"' if text.startswith(FORMULA_MARKS) else ""
    shown = escape(clean(text)).replace("\r", "&#13;")
    return f'{style} t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _after_rows(columns: int, last: int) -> str:
    return (
        f'</sheetData><autoFilter ref="A1:{get_column_letter(columns)}{last}"/>'
        '<pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
    )


def _frame(title: str, sheets: int) -> Iterator[tuple[str, str]]:
    """The parts around the sheets, by name."""
    numbers = range(1, sheets + 1)
    names = [_sheet_name(title, number) for number in numbers]
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_FORMAT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_FORMAT}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_FORMAT}.worksheet+xml"/>'
            for number in numbers
        )
        + "</Types>",
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    sheet_parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*sheet_parts, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in zip(numbers, names, strict=True)
        )
        + "</sheets><definedNames>"
        + "".join(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{number - 1}">'
            f"{escape(_quoted(name))}!$1:$1</definedName>"
            for number, name in zip(numbers, names, strict=True)
        )
        + "</definedNames></workbook>",
    )


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(parts, start=1)
        )
        + "</Relationships>"
    )


def _sheet_name(title: str, number: int) -> str:
    """At most 31 letters, none of []:*?/\\, no apostrophe at an end."""
    plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in clean(title)).strip("' ")
    more = "" if number == 1 else f" ({number})"
    return (plain[: 31 - len(more)].rstrip() or "1") + more


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
