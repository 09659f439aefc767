r"""The source of a section's text: prose with tokens, as authors type it.

A paragraph is a line; "- " opens an item; "[…]" alone on a line asks the author for something.

    {A1.1.value}                              a figure, or a word such as {unit.name}
    {A2.1 chưa đạt: Còn {A2.1.rest} em.}      said only if; after "|" what is said otherwise
    {nếu trống: Không có khó khăn.}           said where the section has nothing else to say
    ^[Theo báo cáo của Phòng.]                a footnote
    {bảng targets}  {biểu đồ units A1.1}      a table or a chart, alone on a line

A backslash takes its meaning from the mark that follows it: \{ \} \| \[ \] \\ and \- at a line's start.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.report.conditions import EMPTY, STATES, Condition, read_condition
from reporting.report.tokens import NAME, ReportError, Token

Span = tuple[int, int]
NOWHERE: Span = (0, 0)
_TOKEN = re.compile(rf"\{{{NAME.pattern}\}}", re.ASCII)
_CONDITION = re.compile(r"\{([A-Za-z][A-Za-z0-9]*(?:\.[0-9]+)*)[ \u00a0]+([^:{}|\n]*): ?")
# Some keyboards put the marks of a letter behind it.
_IF_EMPTY = re.compile(rf"\{{(?:{EMPTY}|{unicodedata.normalize('NFD', EMPTY)}): ?")
_BLOCK = re.compile(r"\{(bảng|biểu đồ)[ \u00a0]+([a-z]+)(?:[ \u00a0]+([A-Za-z][A-Za-z0-9]*(?:\.[0-9]+)*))?\}")
_BLOCK_KINDS = {"bảng": "table", "biểu đồ": "chart"}
BLOCK_WORDS = {kind: words for words, kind in _BLOCK_KINDS.items()}
MOST_NAMED = 40  # tables and charts of one section
_TOO_MANY = _("Dòng %(line)s: một phần chỉ có nhiều nhất %(most)s bảng, biểu đồ; hãy bỏ dòng này.")
_DEEPEST = 8  # phrases within phrases; nobody could read more
_ESCAPABLE = r"\{}|[]-"


class MarkupError(ReportError):
    """A text that cannot be read. `line` counts from 1, `start` and `end` are places in the whole text."""

    def __init__(self, message: str | Promise, line: int, start: int, end: int, **filled: object) -> None:
        super().__init__(message, line=line, **filled)
        self.line, self.start, self.end = line, start, end


@dataclass(frozen=True)
class Words:
    """Words as they are printed."""

    text: str
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Choice:
    """A phrase said if its condition holds, and another one otherwise. Without condition: if nothing
    else of the section is said."""

    condition: Condition | None
    yes: tuple[Part, ...]
    no: tuple[Part, ...] = ()
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Footnote:
    """A footnote of the author's own."""

    parts: tuple[Part, ...]
    at: Span = field(default=NOWHERE, compare=False)


Part = Words | Token | Choice | Footnote


@dataclass(frozen=True)
class Prose:
    """One paragraph, or one item of a list."""

    parts: tuple[Part, ...]
    item: bool = False
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Prompt:
    """What the author has to add."""

    text: str
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Named:
    """The place of a table or chart, about one indicator where it has a `code`."""

    kind: str
    name: str
    code: str = ""
    at: Span = field(default=NOWHERE, compare=False)


Entry = Prose | Prompt | Named


@lru_cache(maxsize=512)
def parse(text: str) -> tuple[Entry, ...]:
    """The paragraphs of `text`. Raises MarkupError for the first that cannot be read."""
    found = []
    for one in _readings(text):
        if isinstance(one, MarkupError):
            raise one
        found.append(one)
    return tuple(found)


def errors(text: str) -> list[MarkupError]:
    """Every line that cannot be read."""
    return [one for one in _readings(text) if isinstance(one, MarkupError)]


@lru_cache(maxsize=512)
def entries(text: str) -> tuple[Entry, ...]:
    """The paragraphs that can be read, whatever stands beside them."""
    return tuple(one for one in _readings(text) if not isinstance(one, MarkupError))


def _readings(text: str) -> Iterator[Entry | MarkupError]:
    """Every paragraph, or what is wrong with it. A table or chart takes time; nobody needs hundreds."""
    named = 0
    for number, start, line in _lines(text):
        try:
            entry = _read(line, number, start)
        except MarkupError as error:
            yield error
            continue
        named += isinstance(entry, Named)
        if isinstance(entry, Named) and named > MOST_NAMED:
            yield MarkupError(_TOO_MANY, number, start, start + len(line), most=MOST_NAMED)
        else:
            yield entry


def to_markup(written: Iterable[Entry]) -> str:
    """The source of these paragraphs: `parse` gives them back."""
    return "\n".join(map(_line, written))


def walk(parts: Iterable[Part]) -> Iterator[Part]:
    """All parts, those inside phrases and footnotes too."""
    for part in parts:
        yield part
        if isinstance(part, Choice):
            yield from walk((*part.yes, *part.no))
        elif isinstance(part, Footnote):
            yield from walk(part.parts)


def tokens_of(text: str) -> list[Token]:
    """Every token of every line that can be read."""
    prose = (entry for entry in entries(text) if isinstance(entry, Prose))
    return [part for entry in prose for part in walk(entry.parts) if isinstance(part, Token)]


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Lines that hold something: number, place in the text, the line without the spaces around it."""
    place = 0
    for number, line in enumerate(text.split("\n"), start=1):
        held = line.strip()
        if held:
            yield number, place + line.index(held), held
        place += len(line) + 1


def _read(line: str, number: int, start: int) -> Entry:
    at = (start, start + len(line))
    if line.startswith("[") and line.endswith("]"):
        return Prompt(line[1:-1].strip(), at)
    block = _BLOCK.fullmatch(unicodedata.normalize("NFC", line))
    if block is not None:
        return Named(_BLOCK_KINDS[block[1]], block[2], block[3] or "", at)
    item = line.startswith(("- ", "– "))
    scanner = _Scanner(line, number, start, 2 if item else 0)
    while line[scanner.place : scanner.place + 1] == " ":
        scanner.place += 1
    return Prose(scanner.parts(""), item, at)


@dataclass
class _Scanner:
    """Reads one line from `place` on."""

    line: str
    number: int
    start: int
    place: int
    depth: int = 0

    def parts(self, stops: str) -> tuple[Part, ...]:
        """Parts up to one of `stops`, which is left for the caller."""
        found: list[Part] = []
        if self.depth > _DEEPEST:
            raise self._error(
                _("Dòng %(line)s: các cụm lồng nhau quá sâu; hãy tách thành nhiều câu."),
                self.place,
                len(self.line),
            )
        self.depth += 1
        while self.place < len(self.line) and self.line[self.place] not in stops:
            found.append(self._part(stops))
        self.depth -= 1
        return tuple(found)

    def _part(self, stops: str) -> Part:
        if self.line[self.place] == "{":
            return self._braced()
        if self.line.startswith("^[", self.place):
            begun = self._move(2)
            parts = self.parts("]")
            self._close("]", begun, _("Dòng %(line)s: chú thích mở bằng “^[” chưa được đóng bằng “]”."))
            return Footnote(parts, self._since(begun))
        return self._words(stops)

    def _words(self, stops: str) -> Words:
        begun, text = self.place, []
        while self.place < len(self.line):
            mark = self.line[self.place]
            if mark == "\\" and self.line[self.place + 1 : self.place + 2] in [*_ESCAPABLE, "^"]:
                text.append(self.line[self.place + 1])
                self.place += 2
                continue
            if mark in stops or mark == "{" or self.line.startswith("^[", self.place):
                break
            if mark == "}":
                raise self._error(
                    _("Dòng %(line)s: thừa dấu “}”; muốn in dấu này, hãy viết “\\}”."),
                    self.place,
                    self.place + 1,
                )
            text.append(mark)
            self.place += 1
        return Words("".join(text), self._since(begun))

    def _braced(self) -> Token | Choice:
        begun = self.place
        token = _TOKEN.match(self.line, begun)
        if token is not None:
            self.place = token.end()
            return Token(token[1], token[2], self._since(begun))
        empty = _IF_EMPTY.match(self.line, begun)
        if empty is not None:
            return self._choice(None, begun, empty.end())
        head = _CONDITION.match(self.line, begun)
        if head is not None:
            condition = read_condition(head[1], head[2])
            if condition is None:
                raise self._error(
                    _("Dòng %(line)s: không có điều kiện “%(condition)s”; có thể dùng: %(known)s."),
                    begun,
                    head.end(),
                    condition=head[2].strip(),
                    known=", ".join(STATES.values()),
                )
            return self._choice(condition, begun, head.end())
        raise self._unknown(begun)

    def _choice(self, condition: Condition | None, begun: int, end: int) -> Choice:
        self.place = end
        yes = self.parts("|}")
        no: tuple[Part, ...] = ()
        if self.line[self.place : self.place + 1] == "|":
            self.place += 1
            no = self.parts("}")
        self._close("}", begun, _("Dòng %(line)s: cụm có điều kiện mở bằng “{” chưa được đóng bằng “}”."))
        return Choice(condition, yes, no, self._since(begun))

    def _close(self, mark: str, begun: int, complaint: str | Promise) -> None:
        if self.line[self.place : self.place + 1] != mark:
            raise self._error(complaint, begun, len(self.line))
        self.place += 1

    def _unknown(self, begun: int) -> MarkupError:
        closed = self.line.find("}", begun)
        end = closed + 1 if closed >= 0 else len(self.line)
        shown = self.line[begun:end]
        if closed < 0:
            complaint = _("Dòng %(line)s: dấu “{” chưa được đóng; muốn in dấu này, hãy viết “\\{”.")
        elif shown.startswith(tuple(f"{{{words}" for words in _BLOCK_KINDS)):
            complaint = _("Dòng %(line)s: bảng, biểu đồ phải đứng riêng một dòng và có tên: “%(token)s”.")
        else:
            complaint = _(
                "Dòng %(line)s: không đọc được ký hiệu “%(token)s”;"
                " hãy viết như {A1.1.value} hoặc {A1.1 đạt: …}."
            )
        return self._error(complaint, begun, end, token=shown)

    def _error(self, complaint: str | Promise, start: int, end: int, **filled: object) -> MarkupError:
        return MarkupError(complaint, self.number, self.start + start, self.start + end, **filled)

    def _move(self, by: int) -> int:
        begun = self.place
        self.place += by
        return begun

    def _since(self, begun: int) -> Span:
        return (self.start + begun, self.start + self.place)


def _line(entry: Entry) -> str:
    if isinstance(entry, Prompt):
        return f"[{entry.text}]"
    if isinstance(entry, Named):
        return f"{{{BLOCK_WORDS[entry.kind]} {entry.name}{f' {entry.code}' if entry.code else ''}}}"
    text = "".join(map(_written, entry.parts))
    if entry.item:
        return f"- {text}"
    return f"\\{text}" if text.startswith(("- ", "[")) else text


def _written(part: Part, marks: str = "") -> str:
    """A part as it is typed; `marks` would end what it stands in."""
    if isinstance(part, Words):
        return escaped(part.text, marks)
    if isinstance(part, Token):
        return str(part)
    if isinstance(part, Footnote):
        return f"^[{''.join(_written(one, ']') for one in part.parts)}]"
    yes = "".join(_written(one, "|") for one in part.yes)
    no = "".join(_written(one) for one in part.no)
    head = EMPTY if part.condition is None else part.condition.words
    return f"{{{head}: {yes}{f'|{no}' if no else ''}}}"


def escaped(text: str, marks: str = "") -> str:
    """Words as they are typed, so that none of their marks means anything."""
    text = re.sub(r"\\(?=[\\{}|\[\]^-])|\\$", r"\\\\", text)
    text = re.sub(r"[{}]", r"\\\g<0>", text).replace("^[", r"\^[")
    return re.sub(rf"[{re.escape(marks)}]", r"\\\g<0>", text) if marks else text
