"""A text as it is read: composed letters, one kind of space and of dash, and the way back."""

from __future__ import annotations

import re
import unicodedata

_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys(
            "\t\n\r\x0b\x0c\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
            "\u2028\u2029\u202f\u205f\u3000",
            " ",
        ),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043", "-"),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "\uff05": "%",
        "\u2044": "/",
        "\u2215": "/",
        "\uff0f": "/",
    }
)
# A class of capital letters for patterns; a range from "À" to "Ỹ" would hold small ones as well.
CAPITAL = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x1EFA)) if letter.isupper())

# Nothing to be seen: soft hyphens, joiners, marks of direction and of byte order.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")


class Plain:
    """The text for reading, and the way back from its offsets to those of the text as written."""

    def __init__(self, exact: str) -> None:
        self.exact = exact
        self._origins: list[int] | None = None
        if unicodedata.is_normalized("NFC", exact) and not _UNSEEN.search(exact):
            self.text = exact.translate(_SAME_LENGTH)
        else:
            self.text, self._origins = _composed(exact)

    def exact_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as written that `start` to `end` was read from."""
        if self._origins is None:
            return start, end
        return self._origins[start], self._origins[end]


def _composed(exact: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    origins: list[int] = []
    for found in _CLUSTER.finditer(exact):
        composed = unicodedata.normalize("NFC", _UNSEEN.sub("", found[0])).translate(_SAME_LENGTH)
        letters.append(composed)
        origins += [found.start()] * len(composed)
    return "".join(letters), [*origins, len(exact)]
