""" "12 nền tảng (…)" whose list has another length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporting.lint.faults import Fault
from reporting.lint.numbers import COUNT, Token
from reporting.lint.plain import CAPITAL
from reporting.lint.prose import Prose, Sentence, Text

LENGTH = "list-length"

_MOST = 60
# What is counted, up to where the list begins. A verb of another thought ends it.
_NOUN = r"[^\d.,;:()%\[\]]{2,90}?"
_NOUNS = r"[^\d.,;:()%\[\]]{2,60}?(?:,[^\d.,;:()%\[\]]{2,30}?)?"
_IN_BRACKETS = re.compile(
    rf"\s({_NOUNS})\s*\(\s*(?:gồm|bao gồm|là|đó là|cụ thể)?\s*:?\s*([^()]*(?:\([^()]*\)[^()]*)*)\)",
    re.IGNORECASE,
)
_BEHIND_COLON = re.compile(
    rf"\s({_NOUN}),?\s*(?:(?:bao gồm|gồm có|gồm|đó là|cụ thể là|cụ thể|trong đó có|là)\s*:?\s+|:\s*)(.+)",
    re.IGNORECASE,
)
# "Số nền tảng (tên các nền tảng): 12, gồm: …"
_COUNT_FIRST = re.compile(
    r"\s*,?\s*(?:bao gồm|gồm có|gồm|đó là|cụ thể là|cụ thể)\s*:?\s+(.+)|\s*\(([^()]+)\)", re.IGNORECASE
)
_LABEL_ENDS = re.compile(r"(?:^|\W)số\s[^.;:]{2,80}:\s*$|(?:^|\W)số\s[^.;:]{2,60}\slà\s*$", re.IGNORECASE)
_OPEN_ENDED = re.compile(
    r"…|\.\.\.|v\.\s?v|(?:^|\W)(?:như|ví dụ|chẳng hạn|tiêu biểu|kể cả|trong đó|nhất là|đặc biệt"
    r"|vân vân)(?:\W|$)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?<!\bTP)\.(?:\s|$)|;\s*(?:tăng|giảm|trong đó|đạt|chiếm|không đổi|không thay đổi|giữ nguyên|so với"
    r"|như|còn|bằng|nhiều hơn|ít hơn|thêm|bớt)(?!\w).*|,\s*(?:tăng|giảm)\s+\d.*",
    re.DOTALL,
)
_AND = re.compile(r"\s(?:và|cùng|cùng với)\s")
# "… và …" that may be within one name: of an office, or in small letters.
_ONE_NAME = re.compile(
    rf"(?:Bộ|Sở|Phòng|Ban|Cục|Vụ|Viện|Trung tâm|Trường|Hội|Ngành)\s\w+(?:\s\w+){{0,5}}\svà\s"
    rf"|\svà\s(?!\S*[{CAPITAL}\d])"
)
_NOT_A_NAME = re.compile(
    r"^\W*(?:\d|mỗi|các|những|đạt|chiếm|tăng|giảm|có\s|được\s|đã\s|để\s|cho\s|từ\s|trên\s|dưới\s)|%",
    re.IGNORECASE,
)
_NOTE_OPENS = re.compile(
    r"^\s*(?:\[?\d+\]?[.:)]?\s*)?(?:bao gồm|gồm có|gồm|đó là|cụ thể|các [\w\s]{3,40})\s*:?\s*(.+)$",
    re.IGNORECASE | re.DOTALL,
)


def lengths(text: Text) -> Iterator[Fault]:
    """A count of things and the list of them, in brackets, behind a colon or in a footnote."""
    for sentence in text.sentences:
        for token in sentence.tokens:
            if token.kind == COUNT and not token.is_soft and 2 <= token.value <= _MOST:
                yield from _compared(text, sentence, token)


def _compared(text: Text, sentence: Sentence, token: Token) -> Iterator[Fault]:
    listed = _listed(sentence, token) or _in_footnote(text, sentence.prose, token)
    if not listed:
        return
    lengths = _lengths(listed)
    count = int(token.value)
    if not lengths or count in lengths:
        return
    found = min(lengths, key=lambda length: abs(length - count))
    # Far from the count, the list is of something else: "34 giáo viên có máy tính (để bàn, bảng, xách tay)".
    if abs(found - count) <= max(2, count // 3):
        yield sentence.prose.fault(LENGTH, "list-length", token.start, token.end, computed=found)


def _listed(sentence: Sentence, token: Token) -> str:
    """The words of the list behind a count in its own sentence; "" for none."""
    after = sentence.after(token)
    bracketed = _IN_BRACKETS.match(after)
    if bracketed:
        return bracketed[2]
    if _LABEL_ENDS.search(sentence.before(token)):
        behind = _COUNT_FIRST.match(after)
        if behind:
            return _cut(behind[1] or behind[2])
    behind = _BEHIND_COLON.match(after)
    return _cut(behind[2]) if behind else ""


def _cut(words: str) -> str:
    """The list without what follows it in the sentence."""
    return _ENDS.split(words, maxsplit=1)[0].strip().removesuffix(".")


def _in_footnote(text: Text, prose: Prose, token: Token) -> str:
    """The list in the footnote that is called right behind what is counted."""
    for at, name in prose.passage.anchors:
        between = prose.passage.text[token.end : at] if at > token.end else ""
        if between and re.fullmatch(rf"\s{_NOUNS}\W{{0,2}}", between) and (notes := text.notes.get(name)):
            found = _NOTE_OPENS.match(" ".join(note.text for note in notes))
            return _cut(found[1]) if found else ""
    return ""


def _lengths(words: str) -> set[int]:
    """How many things a list may be read to name; nothing where it is no list of names, or an open one."""
    if _OPEN_ENDED.search(words):
        return set()
    mark = ";" if ";" in words else ","
    parts = [part for part in re.split(rf"{mark}(?![^()]*\))", words) if part.strip()]
    if (
        len(parts) < 2
        or all(part.rstrip()[-1:].isdigit() for part in parts)
        or any(_NOT_A_NAME.search(part.strip()) for part in parts)
    ):
        return set()
    if any(len(part.split()) > 14 for part in parts):
        return set()
    joined = [part for part in parts if _AND.search(part)]
    if not joined:
        return {len(parts)}
    # "A, B và C" are three, whatever "Sổ điểm và học bạ" or "Sở Khoa học và Công nghệ" may be.
    if joined == [parts[-1]] and len(_AND.findall(parts[-1])) == 1 and not _ONE_NAME.search(parts[-1]):
        return {len(parts) + 1}
    return set(range(len(parts), len(parts) + sum(len(_AND.findall(part)) for part in parts) + 1))
