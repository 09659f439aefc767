"""Numbers and dates of a text that are not written as its language writes them.

Vietnamese: 7.661 · 84,34% · 05/03/2024. English: 7,661 · 84.34% · 5 Mar 2024. What looks like a number and is
none is known by its shape: a code stands by a letter, a document's number by a slash and letters.
"""

from __future__ import annotations

import re

# 131/QĐ-TTg, 30/2020/NĐ-CP: the number of a document.
_DOCUMENT = re.compile(r"(?<!\w)\d+/(?:\d{4}/)?[A-ZĐ][\w-]*")
# What somebody typed, in quotes; and what to type: "hãy gõ 7661 hoặc 7.661".
_QUOTED = re.compile(r"“[^”]*”|(?:gõ|như|type|like) [\d.]+(?: (?:hoặc|or) [\d.]+)?(?=[.,; ]|$)")
# What belongs to a word: A1.1, DN-101, phieu_2.xlsx, 12px, #1234, an address.
_WORD = re.compile(r"\S*(?:[^\W\d]|[_#@])[-\w./:#@]*\d\S*|\d[\d.]*(?:[^\W\d]|_)\S*")
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*(?:…)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATES = [
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)\d{1,2}/\d{1,2}/\d{2,4}(?!\d)",
        r"(?<!\d)\d{4}[-/]\d{1,2}[-/]\d{1,2}(?!\d)(?:T[\d:.+Z]+)?",
        r"(?<!\d)\d{1,2}[-.]\d{1,2}[-.]\d{4}(?!\d)",
        r"(?<!\d)\d{1,2}\.? (?:[A-Z][a-z]{2,8})\.? \d{4}(?!\d)",
        r"\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}(?!\d)",
    )
]
_DATE = {
    "vi": re.compile(r"\d\d/\d\d/\d{4}"),
    "en": re.compile(r"[1-9]\d? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"),
}
_MARKS = {"vi": (r"\.", ","), "en": (",", r"\.")}
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)? ?(?:[ap]\.?m\.?|SA|CH)\b", re.IGNORECASE)


def _well_written(language: str) -> re.Pattern[str]:
    """Grouped by threes, two decimals; a quotient before rounding is below one or ends in dots."""
    thousands, decimal = _MARKS[language]
    whole = rf"(?:0|[1-9]\d{{0,2}}(?:{thousands}\d{{3}})*)"
    return re.compile(rf"{whole}(?:{decimal}\d{{1,2}})?|0{decimal}\d{{3,6}}…?|{whole}{decimal}\d{{6}}…|0\d")


_NUMBERS = {language: _well_written(language) for language in _MARKS}


def format_faults(text: str, language: str) -> list[str]:
    """What in `text` is a number or a date in another format than that of `language` ("vi", "en")."""
    rest = _QUOTED.sub(" ", text)
    found = _CLOCK.findall(rest)
    for pattern in _DATES:
        found += [date for date in pattern.findall(rest) if not _DATE[language].fullmatch(date)]
        rest = pattern.sub(" ", rest)
    rest = _WORD.sub(" ", _DOCUMENT.sub(" ", rest))
    found += [
        number
        for number in _NUMBER.findall(rest)
        if not _YEAR.fullmatch(number) and not _NUMBERS[language].fullmatch(number)
    ]
    return found
