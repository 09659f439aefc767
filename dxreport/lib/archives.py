"""Zip archives that are not ours, looked over before anything in them is unpacked.

Runs in the limited child, so it knows the standard library only. Sizes come from the archive's own
directory, which zipfile then holds each part to.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from dxreport.lib.limited_child import Refused

MIB = 1024 * 1024
# A small part may well be nothing but repetition; what matters is what unpacks to megabytes.
_RATIO_MATTERS_ABOVE = MIB
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LONGEST_NAME = 240
_ZIP = b"PK\x03\x04"
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar")
_CLUTTER = (".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Bounds:
    """The most an archive may hold: parts, bytes unpacked, and how many times a part may grow."""

    entries: int
    unpacked: int
    ratio: int


def opened(stream: IO[bytes], bounds: Bounds) -> zipfile.ZipFile:
    """The archive in `stream`, within `bounds`. Raises Refused."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        raise Refused("half") from None
    parts = archive.infolist()
    if len(parts) > bounds.entries:
        raise Refused("entries", found=len(parts), most=bounds.entries)
    seen: set[str] = set()
    for part in parts:
        _check_name(part.filename, seen)
        _check_packing(part, bounds)
    if sum(part.file_size for part in parts) > bounds.unpacked:
        raise Refused("size", most=bounds.unpacked // MIB)
    return archive


def _check_name(name: str, seen: set[str]) -> None:
    # zipfile turns "\" into "/" and cuts at NUL where the system would, so these are what is left.
    strange = name.startswith("/") or ":" in name or "\\" in name or len(name) > _LONGEST_NAME
    if strange or ".." in name.split("/") or not name.isprintable():
        raise Refused("name", part=shortened(name))
    if name.lower() in seen:
        raise Refused("twice", part=shortened(name))
    seen.add(name.lower())


def _check_packing(part: zipfile.ZipInfo, bounds: Bounds) -> None:
    if part.flag_bits & _ENCRYPTED:
        raise Refused("encrypted")
    if part.compress_type not in _METHODS:
        raise Refused("method", part=shortened(part.filename))
    if part.file_size > max(_RATIO_MATTERS_ABOVE, part.compress_size * bounds.ratio):
        raise Refused("ratio", part=shortened(part.filename), most=bounds.ratio)


def shortened(name: str) -> str:
    """A name from a file, fit to stand in a sentence."""
    kept = "".join(letter if letter.isprintable() else "?" for letter in name)
    return kept if len(kept) <= 60 else f"{kept[:59]}…"


def files(
    stream: IO[bytes], *, entries: int, unpacked: int, ratio: int, largest: int
) -> Iterator[tuple[str, int]]:
    """The files in an archive that somebody sent, as (name, bytes): what `limited.run` runs for a bundle.

    Folders, and what macOS and Windows add unasked, are left out. Raises Refused.
    """
    head = stream.read(len(_ZIP))
    if head != _ZIP:
        raise Refused("empty-file" if not head else "not-zip")
    # What is left out counts twice at most: macOS adds a shadow to every file.
    archive = opened(stream, Bounds(entries * 2 + 100, unpacked, ratio))
    found = [part for part in archive.infolist() if not part.is_dir() and not _is_clutter(part.filename)]
    if any(part.filename == "[Content_Types].xml" for part in found):
        raise Refused("is-workbook")
    if not found:
        raise Refused("no-files")
    if len(found) > entries:
        raise Refused("entries", found=len(found), most=entries)
    for part in found:
        if part.filename.lower().endswith(_ARCHIVES):
            raise Refused("nested", part=shortened(part.filename))
        if part.file_size > largest:
            raise Refused("large-file", part=shortened(part.filename), most=largest // MIB)
        yield part.filename, part.file_size


def _is_clutter(name: str) -> bool:
    *folders, last = name.split("/")
    return "__MACOSX" in folders or last.startswith("~$") or last.lower() in _CLUTTER
