"""Numbers of sections that come twice, or that leave one out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporting.lint.faults import Fault
from reporting.lint.passages import CELL, NOTE
from reporting.lint.plain import CAPITAL
from reporting.lint.prose import Prose, Text

NUMBERING = "numbering"

_ROMAN = re.compile(
    r"\s*(?P<shown>(?:(?P<label>Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+)?(?P<number>[IVXL]{1,7}))"
    rf"(?P<end>[.:/)-]\s*|\s+(?=[{CAPITAL}])|$)"
)
_ARTICLE = re.compile(r"\s*(?P<shown>(?P<label>Điều|ĐIỀU)\s+(?P<number>\d{1,3}))[.:]\s*")
_DOTTED = re.compile(
    r"\s*(?P<shown>(?P<number>\d{1,2}(?:\.\d{1,2}){1,4}))" rf"(?:[.)]\s*(?=\D)|\s+(?=[{CAPITAL}]))"
)
_PLAIN = re.compile(r"\s*(?P<shown>(?P<number>\d{1,2}))[.)]\s*(?=[^\W\d]|[“\"(])")
_LETTER = re.compile(r"\s*(?P<shown>(?P<number>[a-zđ]))\)\s*")
_CAPITAL = re.compile(rf"\s*(?P<shown>(?P<number>[A-HĐ]))\.\s+(?=[{CAPITAL}])")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_BEGINS_ANEW = re.compile(
    r"\s*(?:phụ\s+lục|phần\s+thứ|biểu\s+mẫu|mẫu\s+số|nơi\s+nhận|ghi\s+chú|\[)", re.IGNORECASE
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
# A number that is this far on belongs to something else.
_FARTHEST = 4


@dataclass
class _Level:
    kind: str
    last: int


@dataclass(frozen=True)
class _Mark:
    """A number of a section as it stands: its kind, value, and where the words it opens lie."""

    kind: str
    value: int
    shown: str
    start: int
    end: int


def numbering(text: Text) -> Iterator[Fault]:
    """I, II, III, III; 1., 2., 4.; a) b) d); 2.1, 2.2, 2.2; Điều 1, Điều 3."""
    levels: list[_Level] = []
    for part in text.parts:
        if part.passage.kind in (CELL, NOTE):
            continue
        if _BEGINS_ANEW.match(part.text):
            levels = [level for level in levels if level.kind == "article"]
        for mark in _marks(part, levels):
            reason, expected = _step(levels, mark)
            if reason:
                yield part.fault(
                    NUMBERING,
                    reason,
                    mark.start,
                    mark.end,
                    computed=_shown(mark, expected),
                    number=mark.shown,
                )


def _marks(part: Prose, levels: list[_Level]) -> Iterator[_Mark]:
    words = part.text
    found = _ARTICLE.match(words)
    if found:
        yield _mark(part, found, "article", int(found["number"]))
        return
    found = _CAPITAL.match(words)
    if (
        found
        and _continues(levels, "capital", ord(found["number"]) - ord("A") + 1)
        and found["number"] != "I"
    ):
        yield _mark(part, found, "capital", ord(found["number"]) - ord("A") + 1)
        return
    found = _ROMAN.match(words)
    if found and (value := _roman(found["number"])) and (found["end"].strip() or found["label"]):
        yield _mark(part, found, f"roman {(found['label'] or '').lower()}", value)
        return
    found = _DOTTED.match(words)
    if found:
        *above, last = found["number"].split(".")
        yield _mark(part, found, ".".join(above) + ".", int(last))
        return
    found = _PLAIN.match(words)
    if found:
        yield _mark(part, found, "plain", int(found["number"]))
        return
    found = _LETTER.match(words)
    if found and found["number"] in _LETTERS:
        yield _mark(part, found, "letter", _LETTERS.index(found["number"]) + 1)


def _mark(part: Prose, found: re.Match[str], kind: str, value: int) -> _Mark:
    words = part.text[found.end() : found.end() + 80]
    heading = re.split(r"[.:;]\s|\n", words, maxsplit=1)[0]
    end = found.end() + len(heading.rstrip())
    return _Mark(kind, value, found["shown"], found.start("shown"), max(end, found.end("shown")))


def _continues(levels: list[_Level], kind: str, value: int) -> bool:
    """Whether a mark that could be two things goes on with a list that is open, or begins one."""
    last = next((level.last for level in reversed(levels) if level.kind == kind), 0)
    return value == last + 1 or 0 < last == value


def _step(levels: list[_Level], mark: _Mark) -> tuple[str, int]:
    """Take a mark into the open levels: ("", 0), or what is wrong and the number that should stand there."""
    same = [at for at, level in enumerate(levels) if level.kind == mark.kind]
    for at in reversed(same):
        if mark.value == levels[at].last + 1 or _skips_letter(levels[at], mark):
            del levels[at + 1 :]
            levels[at].last = mark.value
            return "", 0
    if not same or mark.value == 1:
        # The first of its kind here: a list of its own, whatever it begins with.
        if same and mark.kind.startswith(("roman", "article")) and levels[same[-1]].last == 1:
            return "numbered-twice", 2
        levels.append(_Level(mark.kind, mark.value))
        return "", 0
    at = same[-1]
    last, levels[at].last = levels[at].last, mark.value
    del levels[at + 1 :]
    if mark.value <= last:
        return ("numbered-twice", last + 1) if mark.value == last else ("numbered-back", last + 1)
    return ("number-missing", last + 1) if mark.value - last <= _FARTHEST else ("", 0)


def _skips_letter(level: _Level, mark: _Mark) -> bool:
    """Whether a list of letters goes from d) to e): the đ) of official lists is often left out."""
    return mark.kind == "letter" and _LETTERS[level.last - 1] == "d" and _LETTERS[mark.value - 1] == "e"


def _shown(mark: _Mark, value: int) -> str:
    """The number that should stand there, written as those beside it."""
    head = mark.shown[: len(mark.shown) - len(re.split(r"[\s.]", mark.shown)[-1])]
    match mark.kind.split(" ")[0]:
        case "roman":
            return head + _to_roman(value)
        case "letter":
            return _LETTERS[value - 1] if value <= len(_LETTERS) else str(value)
        case "capital":
            return chr(ord("A") + value - 1)
    return head + str(value)


def _roman(written: str) -> int:
    """The value of a Roman number; 0 for letters that are none."""
    values = [_VALUES[letter] for letter in written]
    value = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return value if 0 < value < 40 and _to_roman(value) == written else 0


def _to_roman(value: int) -> str:
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
