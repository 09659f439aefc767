"""The package around a workbook: is it one at all, what does it carry, where do its parts lie."""

from __future__ import annotations

import posixpath
import zipfile
from typing import IO

from dxreport.lib.archives import Bounds, opened, shortened
from dxreport.lib.limited_child import Refused
from dxreport.lib.xlsx.markup import Attributes, Handler, local, read

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# How Office names, inside the old container, the part that holds an encrypted workbook.
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_CONTENT_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"

# What is refused, by a piece of a part's name or of its declared type (in small letters).
_CARRIED = {
    "macros": ("vbaproject", "macroenabled", "macrosheet", "vbadata"),
    "links": ("externallink",),
    "embedded": ("embeddings/", "oleobject", "activex", "ddelink"),
    "connections": ("xl/connections", "querytable", "spreadsheetml.connections"),
}
_FOREIGN_PARTS = {
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "not-workbook",
    "ppt/presentation.xml": "not-workbook",
}


class Package:
    """The parts of one file. Raises Refused, here and in `part`, when it is not a plain workbook."""

    def __init__(self, stream: IO[bytes], bounds: Bounds) -> None:
        _check_kind(stream)
        self.archive = opened(stream, bounds)
        self._parts = {part.filename.lower(): part for part in self.archive.infolist()}
        self._check_foreign()
        for name in self._parts:
            _check_carried(name)
        read(self.archive, self.part(_CONTENT_TYPES), _ContentTypes())

    def part(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._parts[name.lower()]
        except KeyError:
            raise Refused("missing-part", part=shortened(name)) from None

    def relations(self, of: str = "") -> dict[str, tuple[str, str]]:
        """Relations of a part, of the package by default: id -> (last word of its kind, part's name)."""
        folder, name = posixpath.split(of)
        where = posixpath.join(folder, "_rels", f"{name}.rels") if of else _RELATIONS
        found = _Relations(folder)
        read(self.archive, self.part(where), found)
        return found.relations

    def _check_foreign(self) -> None:
        for name, code in _FOREIGN_PARTS.items():
            if name in self._parts:
                raise Refused(code)
        if "mimetype" in self._parts and _CONTENT_TYPES.lower() not in self._parts:
            raise Refused("ods")


def _check_kind(stream: IO[bytes]) -> None:
    """Tell by its first bytes what a file is that is no .xlsx."""
    head = stream.read(len(_OLE))
    if not head:
        raise Refused("empty-file")
    if head == _OLE:
        raise Refused("encrypted" if _ENCRYPTED_PART in stream.read() else "old-xls")
    if not head.startswith(_ZIP):
        raise Refused("text" if _is_text(head + stream.read(4096)) else "not-workbook")
    stream.seek(0)


def _is_text(data: bytes) -> bool:
    """Whether this looks like a .csv, or like a web page under the name of a workbook."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(
        byte < 32 and byte not in b"\t\n\r\x0c" for byte in data
    )


def _check_carried(name: str) -> None:
    for code, marks in _CARRIED.items():
        if any(mark in name for mark in marks):
            raise Refused(code, part=shortened(name))


class _ContentTypes(Handler):
    """Refuses by declared type what its name would hide."""

    def start(self, name: str, attributes: Attributes) -> None:
        _check_carried(attributes.get("ContentType", "").lower())


class _Relations(Handler):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.relations: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if local(name) != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        _check_carried(kind.lower())
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self.folder, attributes.get("Target", "")))
            self.relations[attributes.get("Id", "")] = (kind, target.lstrip("/"))
