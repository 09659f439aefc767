"""XML parts read as a stream, without the features that make XML dangerous."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from dxreport.lib.archives import shortened
from dxreport.lib.limited_child import Refused

# Large enough that one giant token is not scanned again for every small piece of it.
_CHUNK = 1024 * 1024
_OUT_OF_MEMORY = 1
_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_SEPARATOR = " "
RELATION_ID = tuple(
    f"{namespace}{_SEPARATOR}id"
    for namespace in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
)

Attributes = dict[str, str]


def named(*tags: str) -> dict[str, str]:
    """The full names of these elements of a spreadsheet, in both editions of the standard -> short name."""
    return {f"{namespace}{_SEPARATOR}{tag}": tag for namespace in _MAIN for tag in tags}


def local(name: str) -> str:
    """An element's name without its namespace."""
    return name.rpartition(_SEPARATOR)[2]


class Handler:
    """What a part is read with; a subclass gives meaning to what comes by."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of text, up to a few thousand characters."""


def stream(archive: zipfile.ZipFile, part: zipfile.ZipInfo, handler: Handler) -> Iterator[None]:
    """Feed `part` to `handler`, pausing after each piece. Raises Refused."""
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    # No part of a workbook declares a document type; entities, and so their bombs, need one.
    parser.StartDoctypeDeclHandler = _refuse_doctype(part.filename)
    try:
        with archive.open(part) as source:
            while chunk := source.read(_CHUNK):
                parser.Parse(chunk, False)
                yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        if error.code == _OUT_OF_MEMORY:
            raise MemoryError from None
        raise Refused("broken-part", part=shortened(part.filename)) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        LookupError,
    ):
        # Damaged data, an unknown encoding.
        raise Refused("broken-part", part=shortened(part.filename)) from None


def read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, handler: Handler) -> None:
    """Feed all of `part` to `handler`. Raises Refused."""
    for _pause in stream(archive, part, handler):
        pass


def _refuse_doctype(part: str) -> Callable[..., None]:
    def refuse(*_declaration: object) -> None:
        raise Refused("doctype", part=shortened(part))

    return refuse
