"""Text files: a passage is a paragraph, which may be wrapped over lines."""

from __future__ import annotations

import re
from typing import IO

from reporting.lint.readers.budget import Taken
from reporting.lint.readers.decoding import decoded

OPENS_ITEM = re.compile(
    r"\s*(?:[-–—+•*·]\s|[IVXL]{1,7}[.)]\s|\d{1,2}(?:\.\d{1,2})*[.)]?\s+[^\W\d]|[a-zđ]\)\s|(?:Điều|Chương"
    r"|Phần|Mục|Bảng|Phụ lục)\s)"
)
_ENDS = re.compile(r"[.;:!?]\s*$")
# A shorter line was ended by whoever wrote it.
_WRAPPED = 60


def read(source: IO[bytes], taken: Taken) -> None:
    """Take the paragraphs of a text file."""
    open_lines: list[str] = []
    first = 0
    for number, line in enumerate([*decoded(source.read()).split("\n"), ""], start=1):
        if open_lines and not (line.strip() and goes_on(open_lines[-1], line)):
            last = number - 1
            taken.add(
                "\n".join(open_lines), where=("line", first) if first == last else ("lines", first, last)
            )
            open_lines = []
        if line.strip():
            first = first if open_lines else number
            open_lines.append(line)


def goes_on(before: str, line: str) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if OPENS_ITEM.match(line) or len(before.rstrip()) < _WRAPPED:
        return False
    begins = line.lstrip()[:1]
    return not _ENDS.search(before) or begins.islower()
