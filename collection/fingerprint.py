"""A short sign of what a submission held, so that a receipt can be compared with what is stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from collection.entries import Content, Held

DIGITS = 12


def fingerprint_of(values: Mapping[str, Held]) -> str:
    """The first 12 hexadecimal digits of a SHA-256 over the codes and contents of the cells.

    The same contents give the same sign, whoever entered them and in whatever order.
    """
    cells = {code: Content.of(value).as_json() for code, value in values.items()}
    text = json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:DIGITS]
