"""Text as people search for it: without diacritics, case or doubled spaces."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[\u0300-\u036f]")


def fold(text: str) -> str:
    """ "Trường THPT  Đắk Song" -> "truong thpt dak song".

    Both sides of a search are folded, so that it answers alike on every database: SQLite knows
    upper and lower case of ASCII only, and neither database drops Vietnamese marks by itself.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower().replace("đ", "d")
    return _SPACES.sub(" ", plain.replace("\x00", "")).strip()
