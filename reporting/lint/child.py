"""A file from its bytes to its passages and faults: the function that the limited child runs.

The rules run there as well: what a text does to them is bounded as what a file does to its reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from dxreport.lib.limited_child import Refused
from reporting.lint.prose import Text
from reporting.lint.readers import document, html, markdown, plain_text, workbook
from reporting.lint.readers.budget import Taken
from reporting.lint.rules import faults_of


def examined(
    source: IO[bytes],
    *,
    kind: str,
    passages: int,
    characters: int,
    entries: int,
    unpacked: int,
    ratio: int,
    rows: int,
    cells: int,
) -> Iterator[Any]:
    """{"passages": [...], "faults": [...]} of a file of `kind`: "docx", "xlsx", "txt", "md" or "html".

    Raises Refused.
    """
    taken = Taken(passages, characters)
    package = {"entries": entries, "unpacked": unpacked, "ratio": ratio}
    match kind:
        case "docx":
            document.read(source, taken, **package)
        case "xlsx":
            workbook.read(source, taken, bounds={**package, "rows": rows, "cells": cells})
        case "html":
            html.read(source, taken)
        case "md":
            markdown.read(source, taken)
        case _:
            plain_text.read(source, taken)
    if not taken.passages:
        raise Refused("no-words")
    yield {"passages": taken.passages, "faults": faults_of(Text(taken.passages, is_draft=taken.is_draft))}
