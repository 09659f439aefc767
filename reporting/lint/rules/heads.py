"""A number or a day that the head of a document leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporting.lint.faults import Fault
from reporting.lint.prose import Text

BLANK = "blank-heading"

_HEAD = 25
_BLANK = r"[\s.…_·]*"
_NUMBER = re.compile(rf"(?:^|\s|\|)(?P<words>Số\s*:?{_BLANK}/\s*(?:\d{{4}}/)?[A-ZĐ][\w&Đ-]*)", re.IGNORECASE)
_DATE = re.compile(
    rf"(?:^|[\s,])(?P<words>ngày(?P<day>{_BLANK}|\s*\d{{1,2}}\s*)tháng(?P<month>{_BLANK}|\s*\d{{1,2}}\s*)năm(?P<year>{_BLANK}(?:\d{{0,4}})|\s*[\d.…]+))",
    re.IGNORECASE,
)
_BEGUN = re.compile(r"\s*(?:I|1)\s*[.)]\s|\s*Kính gửi", re.IGNORECASE)


def blanks(text: Text) -> Iterator[Fault]:
    """ "Số: …/BC-SGDĐT", "ngày … tháng 3 năm 2024". A draft is given both when it is issued."""
    if text.is_draft:
        return
    has_number = has_date = False
    for part in text.parts[:_HEAD]:
        if _BEGUN.match(part.text):
            return
        found = _NUMBER.search(part.text)
        if found and not has_number:
            has_number = True
            yield part.fault(BLANK, "no-number", *found.span("words"))
        for found in _DATE.finditer(part.text):
            missing = [name for name in ("day", "month", "year") if not re.search(r"\d", found[name])]
            if missing and not has_date and _is_head(part.text, found.start("words")):
                has_date = True
                yield part.fault(BLANK, f"no-{missing[0]}", *found.span("words"))


def _is_head(words: str, start: int) -> bool:
    """Whether a date stands behind the name of a place, or alone: not within a sentence."""
    before = re.split(r"\s{3,}|\|", words[:start])[-1].strip()
    return not before or bool(re.fullmatch(r"[^\d:;.()]{2,60},", before))
