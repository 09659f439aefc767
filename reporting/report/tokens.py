"""Tokens in the sentences of a report: `{A1.1.numerator}`, `{unit.who}`.

A token names a subject (an indicator's code, or a group of words such as "unit") and, after the
last dot, an aspect of it. Sentences are data that people edit, so whatever cannot be read is an
error that names the token; nothing is ever printed with its braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dxreport.lib.numbers import format_number
from reporting.figures import Figure
from reporting.notes import LANGUAGE, count, listed
from reporting.sentences import inside_sentence

_BRACED = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"([A-Za-z][A-Za-z0-9]*(?:\.[0-9]+)*)\.([a-z_]+)", re.ASCII)


class ReportError(ValueError):
    """A report that cannot be written as its outline or letterhead wants it; the message says why."""


class TokenError(ReportError):
    """A token that cannot be read or resolved; the message names it and what is possible."""


@dataclass(frozen=True)
class Token:
    """`{subject.aspect}`."""

    subject: str
    aspect: str

    def __str__(self) -> str:
        return f"{{{self.subject}.{self.aspect}}}"


@dataclass(frozen=True)
class Resolved:
    """What stands for a token: its text and the exact value behind it; `code` is blank for words."""

    text: str
    code: str = ""
    exact: str = ""


def _number(value: int | None) -> tuple[str, str] | None:
    return None if value is None else (count(value), str(value))


def _value(figure: Figure) -> tuple[str, str] | None:
    return None if figure.value is None else (figure.display_in(LANGUAGE), str(figure.value))


def _rest(figure: Figure) -> tuple[str, str] | None:
    if figure.numerator is None or figure.denominator is None:
        return None
    return _number(figure.denominator - figure.numerator)


def _asked(number: int) -> tuple[str, str] | None:
    return _number(number) if number else None


def _target(figure: Figure) -> tuple[str, str] | None:
    if figure.target is None:
        return None
    sign = "%" if figure.is_ratio else ""
    return f"{format_number(figure.target.value, language=LANGUAGE)}{sign}", str(figure.target.value)


def _words(text: str) -> tuple[str, str] | None:
    return (text, "") if text else None


# Aspects of a figure: the text and the exact value, or None where there is nothing to say.
ASPECTS: dict[str, Callable[[Figure], tuple[str, str] | None]] = {
    "numerator": lambda figure: _number(figure.numerator),
    "denominator": lambda figure: _number(figure.denominator),
    "value": _value,
    "rest": _rest,
    "counted": lambda figure: _asked(figure.units_counted),
    "expected": lambda figure: _asked(figure.units_expected),
    "target": _target,
    "gap": lambda figure: _number(figure.gap),
    "names": lambda figure: _words(listed(figure.names)),
    "name": lambda figure: _words(inside_sentence(figure.indicator.name)),
    "measure": lambda figure: _words(figure.indicator.unit_of_measure),
    "reason": lambda figure: _words(inside_sentence(figure.indicator.not_applicable_reason).rstrip(".")),
}
# What a figure says of units asked, and not of what they answered.
WITHOUT_VALUE = frozenset({"counted", "expected", "target", "name", "measure", "reason"})


@lru_cache(maxsize=1024)
def parse(template: str) -> tuple[str | Token, ...]:
    """Words and tokens of `template`, in order. Raises TokenError."""
    return tuple(_parts(template))


def _parts(template: str) -> Iterator[str | Token]:
    end = 0
    for found in _BRACED.finditer(template):
        yield from _plain(template[end : found.start()])
        name = _NAME.fullmatch(found[1])
        if name is None:
            raise TokenError(f"Không đọc được ký hiệu “{found[0]}”; hãy viết như {{A1.1.numerator}}.")
        yield Token(name[1], name[2])
        end = found.end()
    yield from _plain(template[end:])


def _plain(text: str) -> Iterator[str]:
    if "{" in text or "}" in text:
        raise TokenError(f"Thừa dấu ngoặc nhọn trong câu “{text.strip()}”.")
    if text:
        yield text


def codes_in(template: str) -> list[str]:
    """The subjects that `template` names, each once, in order."""
    return list(dict.fromkeys(part.subject for part in parse(template) if isinstance(part, Token)))


def resolve(
    token: Token, *, figures: Mapping[str, Figure], words: Mapping[str, Mapping[str, str]]
) -> Resolved | None:
    """What stands for `token`; None where the figure has nothing to say on it.

    The one place where a token becomes text. Raises TokenError for a token that nothing could
    ever stand for.
    """
    if token.subject in words:
        if token.aspect not in words[token.subject]:
            raise TokenError(_unknown(token, words[token.subject]))
        return Resolved(words[token.subject][token.aspect])
    figure = figures.get(token.subject)
    if figure is None:
        raise TokenError(f"Không có chỉ số “{token.subject}” (ký hiệu {token}).")
    if token.aspect not in ASPECTS:
        raise TokenError(_unknown(token, ASPECTS))
    found = ASPECTS[token.aspect](figure)
    return None if found is None else Resolved(found[0], figure.code, found[1])


def _unknown(token: Token, known: Mapping[str, object]) -> str:
    return f"Không có “{token.aspect}” trong ký hiệu {token}; có thể dùng: {', '.join(known)}."


def fill(template: str, words: Mapping[str, Mapping[str, str]]) -> str:
    """`template` with its words; for texts that name no figure. Raises TokenError."""
    parts = (
        part if isinstance(part, str) else resolve(part, figures={}, words=words) for part in parse(template)
    )
    return "".join(part if isinstance(part, str) else part.text for part in parts if part is not None)
