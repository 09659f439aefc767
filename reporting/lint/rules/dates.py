"""Days that no calendar has, and documents that carry out one dated after them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from reporting.lint.faults import Fault
from reporting.lint.numbers import DATE, Token
from reporting.lint.prose import Prose, Sentence, Text

NO_SUCH_DATE, LATER = "no-such-date", "later-document"

_IN_FIGURES = re.compile(r"(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.IGNORECASE)
_IN_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:(?:\s+năm\s+|/)(\d{4}))?", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"ngày\s+(\d{1,2})/(\d{1,2})", re.IGNORECASE)
_MONTH = re.compile(r"tháng\s+(\d{1,2})(?:/|\s+năm\s+)(\d{4})", re.IGNORECASE)
_LEAP_YEAR = 2024  # what a day without a year is measured by


def parts_of(token: Token) -> tuple[int | None, int, int | None]:
    """Day, month and year of a date as written; None for what is not there."""
    written = token.text
    if found := _IN_FIGURES.fullmatch(written) or _IN_WORDS.fullmatch(written):
        day, month, year = found.groups()
        return int(day), int(month), int(year) if year else None
    if found := _DAY_AND_MONTH.fullmatch(written):
        return int(found[1]), int(found[2]), None
    found = _MONTH.fullmatch(written)
    return (None, int(found[1]), int(found[2])) if found else (None, 1, None)


def date_of(token: Token) -> dt.date | None:
    """The day of a date that is whole and exists."""
    day, month, year = parts_of(token)
    try:
        return dt.date(year, month, day) if year and day else None
    except ValueError:
        return None


def impossible_dates(text: Text) -> Iterator[Fault]:
    """31/02/2023, ngày 30 tháng 02, tháng 13/2023."""
    for part in text.parts:
        for token in part.tokens:
            if token.kind == DATE:
                yield from _checked(part, token)


def _checked(part: Prose, token: Token) -> Iterator[Fault]:
    day, month, year = parts_of(token)
    if not 1 <= month <= 12:
        yield part.fault(NO_SUCH_DATE, "no-such-month", token.start, token.end, month=month)
        return
    if day is None:
        return
    days = (
        calendar.monthrange(year or _LEAP_YEAR, month)[1]
        if (year or _LEAP_YEAR) <= 9999 and (year or 1) >= 1
        else 31
    )
    if not 1 <= day <= days:
        named = {"month": month, "days": days, "day": day}
        reason = "no-such-day-in-year" if month == 2 and year and day == 29 else "no-such-day"
        yield part.fault(
            NO_SUCH_DATE, reason, token.start, token.end, **named, **({"year": year} if year else {})
        )


# --- one document carries out another -----------------------------------------------------------

_KINDS = (
    r"(?:Luật|Nghị\s+định|Nghị\s+quyết|Quyết\s+định|Chỉ\s+thị|Thông\s+tư(?:\s+liên\s+tịch)?|Công\s+văn|Kế\s+hoạch|Văn\s+bản"
    r"|Hướng\s+dẫn|Chương\s+trình|Đề\s+án|Công\s+điện|Thông\s+báo|Tờ\s+trình|Báo\s+cáo|Kết\s+luận|Quy\s+chế|CV|QĐ|KH|NĐ|TT|NQ)"
)
_CARRIES_OUT = (
    r"(?:thực\s+hiện|triển\s+khai|căn\s+cứ|theo|hướng\s+dẫn|thi\s+hành|cụ\s+thể\s+hóa|cụ\s+thể\s+hoá|trên\s+cơ\s+sở|xét|chấp\s+hành"
    r"|quán\s+triệt|phúc\s+đáp|trả\s+lời)"
)
_REFERRED = re.compile(
    rf"(?<!\w){_CARRIES_OUT}\s+(?:thực\s+hiện\s+|nội\s+dung\s+|tinh\s+thần\s+|yêu\s+cầu\s+(?:của|tại)\s+|chỉ\s+đạo\s+tại\s+|các\s+)?(?P<kind>{_KINDS})"
    r"(?P<number>\s+(?:số:?\s*)?[\w./&-]*\d[\w./&-]*)?[^;.:()]{0,60}?$",
    re.IGNORECASE,
)
# Further documents of the same list: "… và Công văn số 604/BGDĐT-CNTT ngày …".
_ALSO = re.compile(
    rf"(?:;|,|và)\s*(?P<kind>{_KINDS})(?P<number>\s+(?:số:?\s*)?[\w./&-]*\d[\w./&-]*)?[^;.:()]{{0,60}}?$",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    rf"(?P<kind>{_KINDS})(?P<number>\s+(?:số:?\s*)?[\w./&-]*\d[\w./&-]*)?,?\s*(?:ban\s+hành\s+)?(?:ngày\s+)?$",
    re.IGNORECASE,
)
# What is changed or replaced by a later document does not carry it out.
_CHANGED = re.compile(
    r"sửa\s+đổi|bổ\s+sung|thay\s+thế|điều\s+chỉnh|bãi\s+bỏ|gia\s+hạn|hủy\s+bỏ", re.IGNORECASE
)
_HEADED = re.compile(r"^[^\d:;]{2,60},\s*$")
_HEAD = 25  # passages in which the place and day of a document stand


def later_documents(text: Text) -> Iterator[Fault]:
    """A reference to what was issued after the document itself, or after the document that carries it out."""
    issued = _issued_on(text)
    for sentence in text.sentences:
        yield from _references(sentence, issued)


def _references(sentence: Sentence, issued: dt.date | None) -> Iterator[Fault]:
    """Each dated document of a sentence against the one that carries it out, or against the text itself."""
    before: _Document | None = None
    carrying: _Document | None = None
    is_referred = False
    end = sentence.start
    for token in sentence.tokens:
        day = date_of(token) if token.kind == DATE else None
        if day is None:
            continue
        words = sentence.between(end, token.start)
        end = token.end
        own = _ISSUED.search(words)
        if _REFERRED.search(words) and not _CHANGED.search(words):
            carrying, is_referred = before, True
        elif not own:
            continue
        elif not (is_referred and _ALSO.search(words)):
            carrying, is_referred = None, False
        elif words.lstrip().startswith(";"):
            carrying = None
        if is_referred:
            yield from _compared(sentence, token, day, carrying, issued)
        before = _Document(day, f"{own['kind']}{own['number'] or ''}" if own else "")


class _Document(NamedTuple):
    """A document of which the text tells the day, and what it is called there."""

    day: dt.date
    name: str


def _compared(
    sentence: Sentence, token: Token, day: dt.date, carrying: _Document | None, issued: dt.date | None
) -> Iterator[Fault]:
    if carrying and carrying.name and day > carrying.day:
        named = {"other": " ".join(carrying.name.split()), "day": _shown(carrying.day)}
        yield sentence.prose.fault(LATER, "later-than-other", token.start, token.end, **named)
    elif issued and day > issued:
        yield sentence.prose.fault(LATER, "later-than-this", token.start, token.end, day=_shown(issued))


def _shown(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")


def _issued_on(text: Text) -> dt.date | None:
    """The day in the head of the document: "Đắk Nông, ngày 15 tháng 3 năm 2024"."""
    for part in text.parts[:_HEAD]:
        for token in part.tokens:
            if token.kind != DATE or not token.text.lower().startswith("ngày"):
                continue
            before = re.split(r"\s{3,}|\|", part.text[max(0, token.start - 80) : token.start])[-1]
            if _HEADED.match(before):
                return date_of(token)
    return None
