"""The bytes of a text file as text, or why they are none."""

from __future__ import annotations

from dxreport.lib.limited_child import Refused

_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf", b"{\\rtf")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 that says so. Raises Refused."""
    if not data.strip():
        raise Refused("empty-file")
    if data.startswith(_ARCHIVES):
        raise Refused("not-text")
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("encoding") from None
    if "\x00" in text:
        raise Refused("not-text")
    return text.replace("\r\n", "\n").replace("\r", "\n")
