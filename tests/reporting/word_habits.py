"""The delivered template as Word would leave it after somebody edited it.

No Word was at hand to make the file with. This does by hand what files saved by Word 2016 and later are known
to hold: runs split in the middle of a tag by revision marks, proofing marks and bookmarks between them, curly
quotes, paragraph ids, a drawing with its fallback, rsids in the settings, and Word's own properties.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from itertools import count

_RUN = re.compile(r"<w:r>(<w:rPr/>|<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>([^<]*)</w:t></w:r>")
_NAMESPACES = (
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_DRAWING = (
    '<w:p w14:paraId="1A2B3C4D" w14:textId="77777777"><w:r><mc:AlternateContent><mc:Choice Requires="wps">'
    '<w:drawing><wp:inline><wp:extent cx="914400" cy="9525"/><wp:docPr id="1" name="Straight Connector 1"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri='
    '"http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvCnPr/><wps:spPr/>'
    "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    '<mc:Fallback><w:pict><v:line from="0,0" to="1in,0"/></w:pict></mc:Fallback></mc:AlternateContent>'
    "</w:r></w:p>"
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>Normal.dotm</Template>'
    "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
)


def saved_by_word(template: bytes) -> bytes:
    """The template after Word: the same text, cut into pieces."""
    return with_parts(
        template,
        {
            "word/document.xml": lambda xml: _with_drawing(_split(_declared(xml))),
            "word/header1.xml": lambda xml: _split(xml),
            "word/settings.xml": lambda xml: xml.replace("<w:rsids>", '<w:rsids><w:rsid w:val="00D1A2B3"/>'),
            "docProps/app.xml": lambda xml: _APP,
        },
    )


def with_parts(data: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """The archive with some of its parts changed; a part that is not there is changed from nothing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes[name](part.decode()) if name in changes else part)
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name](""))
    return packed.getvalue()


def _declared(xml: str) -> str:
    head, body = xml.split("<w:body>", 1)
    missing = [one for one in _NAMESPACES.split(" xmlns:")[1:] if f"xmlns:{one.split('=')[0]}=" not in head]
    head = head.rstrip().removesuffix(">") + "".join(f" xmlns:{one}" for one in missing) + ">"
    return f"{head}<w:body>{body}"


def _split(xml: str) -> str:
    """Each run in pieces of three letters, the way revisions and the speller leave tags."""
    bookmarks = count(100)

    def pieces(found: re.Match[str]) -> str:
        letters, text = found[1] or "", _curly(found[2])
        letters = letters.replace("<w:rPr>", '<w:rPr><w:lang w:val="vi-VN"/>')
        kept = re.findall(r"(?:&\w+;|.){1,3}", text)
        runs = [
            f'<w:r w:rsidR="00D1A2B{n % 10}" w:rsidRPr="00D1A2C{n % 10}">{letters}'
            f'<w:t xml:space="preserve">{piece}</w:t></w:r>'
            for n, piece in enumerate(kept)
        ]
        if len(runs) > 2:
            mark = next(bookmarks)
            runs[1] = f'<w:proofErr w:type="spellStart"/>{runs[1]}<w:proofErr w:type="spellEnd"/>'
            runs[2] = (
                f'<w:bookmarkStart w:id="{mark}" w:name="_GoBack{mark}"/>'
                f'<w:bookmarkEnd w:id="{mark}"/>{runs[2]}'
            )
        return "".join(runs)

    return _RUN.sub(pieces, xml)


def _curly(text: str) -> str:
    """Word's autocorrection of straight quotes."""
    return re.sub("'([^']*)'", "‘\\1’", text)


def _with_drawing(xml: str) -> str:
    return xml.replace("<w:sectPr", f"{_DRAWING}<w:sectPr", 1)
