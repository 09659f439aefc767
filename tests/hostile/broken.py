"""Files that the reader itself must refuse: no workbook at all, a dangerous one, a broken one.

Each is made when it is wanted, from a few lines; nothing hostile lies in the repository.
"""

from __future__ import annotations

import codecs
import io
import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.packing import MAIN, Parts, packed, parts_of, relations, shared, sheet, workbook

MIB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Hostile:
    """A file, and what is said of it: the code of the refusal, and the sheet and cell where there is one."""

    name: str
    make: Callable[[], bytes]
    code: str
    sheet: str = ""
    cell: str = ""


def good() -> Parts:
    return parts_of(sheet(ONE))


def with_part(name: str, content: str | bytes) -> Callable[[], bytes]:
    """A good workbook with this part added, or instead of its own."""
    return lambda: packed({**good(), name: content})


def without(name: str) -> Callable[[], bytes]:
    return lambda: packed({part: content for part, content in good().items() if part != name})


def of_rows(rows: str, **options: str) -> Callable[[], bytes]:
    return lambda: workbook(rows, **options)


def of_sheets(*names: str) -> Callable[[], bytes]:
    return lambda: packed(parts_of(*[sheet(ONE)] * len(names), names=names))


# --- no workbook --------------------------------------------------------------------------


def random_bytes() -> bytes:
    return random.Random(131).randbytes(5000)


def half() -> bytes:
    whole = packed(good())
    return whole[: len(whole) // 2]


def damaged() -> bytes:
    """A workbook with one byte of its sheet changed on the way."""
    whole = bytearray(packed(good(), method=zipfile.ZIP_STORED))
    whole[whole.index(b"<sheetData>")] ^= 0xFF
    return bytes(whole)


KINDS = [
    Hostile("nothing", lambda: b"", "empty-file"),
    Hostile("one byte", lambda: b"P", "text"),
    Hostile("noise", random_bytes, "not-workbook"),
    Hostile("a .csv", lambda: "Mã;Số giáo viên\nDN-101;31\n".encode(), "text"),
    Hostile("a .csv in UTF-16", lambda: codecs.BOM_UTF16_LE + "Mã\t31\n".encode("utf-16-le"), "text"),
    Hostile("a web page named .xlsx", lambda: b"<html><table><tr><td>31</table></html>", "text"),
    Hostile("an XML spreadsheet of 2003", lambda: b'<?xml version="1.0"?><Workbook/>', "text"),
    Hostile("an old .xls", lambda: OLE + bytes(2000), "old-xls"),
    Hostile(
        "a workbook with a password",
        lambda: OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    Hostile("a PDF", lambda: b"%PDF-1.7\n\x00\x01\x02", "not-workbook"),
    Hostile("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "not-workbook"),
    Hostile(
        "an .ods",
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        "ods",
    ),
    Hostile("an .xlsb", with_part("xl/workbook.bin", b"\x83\x01"), "xlsb"),
    Hostile("a Word document", with_part("word/document.xml", "<w/>"), "not-workbook"),
    Hostile("a zip of pictures", lambda: packed({"a.png": b"\x89PNG", "b.png": b"\x89PNG"}), "missing-part"),
    Hostile("an empty zip", lambda: packed({}), "not-workbook"),
    Hostile("half a file", half, "half"),
    Hostile("a file without its last bytes", lambda: packed(good())[:-30], "half"),
    Hostile("a file with a damaged byte", damaged, "broken-part"),
]


# --- packed to harm -----------------------------------------------------------------------


def with_flag() -> bytes:
    """A zip whose directory says that a part is encrypted."""
    whole = bytearray(packed(good()))
    entry = whole.index(b"PK\x01\x02")
    whole[entry + 8] |= 1
    return bytes(whole)


def with_twin(name: str) -> Callable[[], bytes]:
    """A workbook with its first sheet a second time, under `name`."""

    def make() -> bytes:
        archive = io.BytesIO(packed(good()))
        with zipfile.ZipFile(archive, "a") as file:
            part = zipfile.ZipInfo(name)
            file.NameToInfo.pop(name, None)  # else zipfile warns
            file.writestr(part, sheet('<row r="1"><c r="A1"><v>999</v></c></row>'))
        return archive.getvalue()

    return make


def with_declared_size(size: int) -> Callable[[], bytes]:
    """A workbook whose directory tells an untrue size of its first part."""

    def make() -> bytes:
        whole = bytearray(packed(good()))
        entry = whole.index(b"PK\x01\x02")
        whole[entry + 24 : entry + 28] = struct.pack("<I", size)
        return bytes(whole)

    return make


def many_parts(number: int) -> Callable[[], bytes]:
    return lambda: packed(
        {**good(), **{f"xl/part{n}.xml": "" for n in range(number)}}, method=zipfile.ZIP_STORED
    )


def text_bomb() -> bytes:
    return packed(parts_of(sheet(ONE), texts=shared("<si><t>" + "A" * 30 * MIB + "</t></si>")))


def space_bomb() -> bytes:
    return packed(parts_of(sheet(ONE + " " * 30 * MIB)))


PACKING = [
    Hostile("an encrypted part", with_flag, "encrypted"),
    Hostile("a part packed with bzip2", lambda: packed(good(), method=zipfile.ZIP_BZIP2), "method"),
    Hostile("a part packed with LZMA", lambda: packed(good(), method=zipfile.ZIP_LZMA), "method"),
    Hostile("201 parts", many_parts(201), "entries"),
    Hostile("20,000 parts", many_parts(20_000), "entries"),
    Hostile("a part that climbs out", with_part("xl/../../etc/passwd", "x"), "name"),
    Hostile("a part with an absolute name", with_part("/etc/passwd", "x"), "name"),
    Hostile("a part on a drive", with_part("C:/windows/x.xml", "x"), "name"),
    Hostile("a part with a backslash", with_part("xl\\..\\x.xml", "x"), "name"),
    Hostile("a part with a very long name", with_part("x" * 5000, "x"), "name"),
    Hostile("a part with a line break in its name", with_part("xl/a\nb.xml", "x"), "name"),
    Hostile("the same part twice", with_twin(SHEET), "twice"),
    Hostile("the same part twice, in capitals", with_twin(SHEET.upper()), "twice"),
    Hostile("a bomb in the shared texts", text_bomb, "ratio"),
    Hostile("a bomb of white space", space_bomb, "ratio"),
    Hostile("a part that says it is 4 GB", with_declared_size(0xFFFFFFF0), "ratio"),
    Hostile("a part that says it is smaller than it is", with_declared_size(20), "broken-part"),
]

# --- what it carries ----------------------------------------------------------------------


def declared(content_type: str) -> Callable[[], bytes]:
    """A workbook with an innocent part of this declared type."""

    def make() -> bytes:
        parts = good()
        types = str(parts["[Content_Types].xml"])
        override = f'<Override PartName="/xl/thing.xml" ContentType="{content_type}"/></Types>'
        return packed(
            {**parts, "[Content_Types].xml": types.replace("</Types>", override), "xl/thing.xml": "<a/>"}
        )

    return make


def related(kind: str) -> Callable[[], bytes]:
    """A workbook whose first relation is of this kind, to an innocent part."""
    return with_part("xl/_rels/workbook.xml.rels", relations((kind, "thing.xml")))


CARRIED = [
    Hostile("macros", with_part("xl/vbaProject.bin", OLE), "macros"),
    Hostile(
        "a workbook declared with macros",
        declared("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "macros",
    ),
    Hostile("macros under another name", declared("application/vnd.ms-office.vbaProject"), "macros"),
    Hostile("a macro sheet", with_part("xl/macrosheets/sheet1.xml", "<a/>"), "macros"),
    Hostile("a macro sheet by relation", related("xlMacrosheet"), "macros"),
    Hostile("a link to another file", with_part("xl/externalLinks/externalLink1.xml", "<a/>"), "links"),
    Hostile("a link by relation", related("externalLink"), "links"),
    Hostile("an embedded object", with_part("xl/embeddings/oleObject1.bin", OLE), "embedded"),
    Hostile("an ActiveX control", with_part("xl/activeX/activeX1.xml", "<a/>"), "embedded"),
    Hostile("a data connection", with_part("xl/connections.xml", "<a/>"), "connections"),
    Hostile("a query", with_part("xl/queryTables/queryTable1.xml", "<a/>"), "connections"),
]


# --- parts that do not fit ----------------------------------------------------------------


def entities(depth: int = 9) -> str:
    """A billion laughs."""
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{rows}]>'


def in_encoding(name: str, data: bytes) -> bytes:
    return (
        (
            f'<?xml version="1.0" encoding="{name}"?><worksheet xmlns="{MAIN}"><sheetData>'
            '<row><c t="inlineStr"><is><t>'
        ).encode()
        + data
        + b"</t></is></c></row></sheetData></worksheet>"
    )


def one_sheet_listed_twice() -> bytes:
    parts = parts_of(sheet(ONE), sheet(ONE))
    same = relations(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet1.xml"))
    return packed({**parts, "xl/_rels/workbook.xml.rels": same})


PARTS = [
    Hostile("no list of types", without("[Content_Types].xml"), "missing-part"),
    Hostile("no relations", without("_rels/.rels"), "missing-part"),
    Hostile("no workbook part", without("xl/workbook.xml"), "missing-part"),
    Hostile("no relations of the workbook", without("xl/_rels/workbook.xml.rels"), "missing-part"),
    Hostile("no sheet part", without(SHEET), "missing-part"),
    Hostile(
        "no shared texts",
        with_part(
            "xl/_rels/workbook.xml.rels",
            relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
        ),
        "missing-part",
    ),
    Hostile(
        "two workbooks in one",
        with_part(
            "_rels/.rels", relations(("officeDocument", "xl/workbook.xml"), ("officeDocument", "xl/b.xml"))
        ),
        "missing-part",
    ),
    Hostile(
        "a sheet that leads nowhere",
        with_part("xl/_rels/workbook.xml.rels", relations()),
        "missing-sheet",
        "Trang 1",
    ),
    Hostile("no sheet in the list", lambda: packed(parts_of()), "no-sheets"),
    Hostile("51 sheets", of_sheets(*(f"S{n}" for n in range(51))), "sheets"),
    Hostile("two sheets of one name", of_sheets("Số liệu", "Số liệu"), "duplicate-sheet", "Số liệu"),
    Hostile(
        "two sheets of one name, in capitals", of_sheets("Số liệu", "SỐ LIỆU"), "duplicate-sheet", "SỐ LIỆU"
    ),
    Hostile("one sheet under two names", one_sheet_listed_twice, "duplicate-sheet", "Trang 2"),
    Hostile(
        "a billion laughs",
        with_part(SHEET, entities() + f'<worksheet xmlns="{MAIN}">&e8;</worksheet>'),
        "doctype",
    ),
    Hostile(
        "an entity that reads a file",
        with_part("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'),
        "doctype",
    ),
    Hostile(
        "a declaration in the list of types", with_part("[Content_Types].xml", "<!DOCTYPE a><a/>"), "doctype"
    ),
    Hostile("XML that stops", with_part(SHEET, sheet(ONE)[:-20]), "broken-part"),
    Hostile("XML that is none", with_part("xl/workbook.xml", b"\x00\x01\x02"), "broken-part"),
    Hostile("a zip in the place of a part", with_part("xl/workbook.xml", packed(good())), "broken-part"),
    Hostile(
        "letters in another encoding", with_part(SHEET, in_encoding("UTF-8", b"Tr\xb0\xeang")), "broken-part"
    ),
    Hostile("an encoding that does not exist", with_part(SHEET, in_encoding("tcvn3", b"Tr")), "broken-part"),
    Hostile("NUL in a text", with_part(SHEET, in_encoding("UTF-8", b"a\x00b")), "broken-part"),
    Hostile("a sheet without its table", with_part(SHEET, f'<worksheet xmlns="{MAIN}"/>'), "broken-part"),
    Hostile("a sheet of another language", with_part(SHEET, "<svg><sheetData/></svg>"), "broken-part"),
    Hostile("nothing in any sheet", of_rows(""), "no-rows"),
    Hostile(
        "formats in 60,000 rows and no content",
        of_rows("".join(f'<row r="{n}"><c r="B{n}" s="1"/></row>' for n in range(1, 60_000))),
        "no-rows",
    ),
]


# --- cells --------------------------------------------------------------------------------


def cell(reference: str, content: str = "<v>1</v>", kind: str = "") -> str:
    return f'<c r="{reference}"{kind and f" t={chr(34)}{kind}{chr(34)}"}>{content}</c>'


def of_cell(reference: str, content: str = "<v>1</v>", kind: str = "", row: int = 7) -> Callable[[], bytes]:
    return of_rows(f'<row r="{row}">{cell(reference, content, kind)}</row>')


def at(name: str, make: Callable[[], bytes], code: str, reference: str) -> Hostile:
    return Hostile(name, make, code, "Trang 1", reference)


def a_million_rows() -> bytes:
    return workbook("".join(f"<row><c><v>{number}</v></c></row>" for number in range(1_000_000)))


DATE_STYLE = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
LONG = "x" * 33_000

CELLS = [
    at("rows out of order", of_rows('<row r="5"/><row r="3"/>'), "order", "A3"),
    at("a row twice", of_rows(ONE + ONE), "order", "A1"),
    at("cells out of order", of_rows(f'<row r="7">{cell("C7")}{cell("B7")}</row>'), "order", "B7"),
    at("a cell twice", of_rows(f'<row r="7">{cell("C7")}{cell("C7")}</row>'), "order", "C7"),
    at("a cell in the wrong row", of_cell("C8"), "order", "C8"),
    at("a row beyond the last", of_rows('<row r="1048577"/>'), "reference", ""),
    at("a row in letters", of_rows('<row r="1e3"/>'), "reference", ""),
    at("a row below zero", of_rows('<row r="-1"/>'), "reference", ""),
    at("row zero", of_rows('<row r="0"/>'), "order", "A0"),
    at("a column beyond the last", of_cell("XFE7"), "reference", ""),
    at("a reference with dollars", of_cell("$C$7"), "reference", ""),
    at("a reference of a thousand letters", of_cell("A" * 1000 + "7"), "reference", ""),
    at("a shared text that is not there", of_cell("C7", "<v>5</v>", "s"), "shared-text", "C7"),
    at("a shared text before the first", of_cell("C7", "<v>-1</v>", "s"), "shared-text", "C7"),
    at("a cell of an unknown type", of_cell("C7", kind="money"), "kind", "C7"),
    at("a yes or no that is neither", of_cell("C7", "<v>5</v>", "b"), "kind", "C7"),
    at("1e400", of_cell("C7", "<v>1e400</v>"), "number", "C7"),
    at("NaN", of_cell("C7", "<v>NaN</v>"), "number", "C7"),
    at("minus infinity", of_cell("C7", "<v>-INF</v>"), "number", "C7"),
    at("a number with a comma", of_cell("C7", "<v>1.234,5</v>"), "number", "C7"),
    at("a number of 30,000 digits", of_cell("C7", f"<v>{'9' * 30_000}</v>"), "number", "C7"),
    at(
        "a date of the year 30,000,000",
        of_rows('<row r="7"><c r="C7" s="0"><v>1e10</v></c></row>', styles=DATE_STYLE),
        "number",
        "C7",
    ),
    at(
        "a text too long for a cell", of_cell("C7", f"<is><t>{LONG}</t></is>", "inlineStr"), "long-text", "C7"
    ),
    at(
        "a number in white space too long for a cell",
        of_cell("C7", f"<v>{' ' * 33_000}1</v>"),
        "long-text",
        "C7",
    ),
    Hostile(
        "a shared text too long for a cell",
        of_rows(ONE, texts=shared(f"<si><t>{LONG}</t></si>")),
        "long-shared-text",
    ),
    at("a million rows", a_million_rows, "too-many-rows", "A50001"),
]

BROKEN = [*KINDS, *PACKING, *CARRIED, *PARTS, *CELLS]
