"""Tokens in the sentences of a report: `{A1.1.numerator}`, `{unit.who}`.

A token names a subject (an indicator's code, or a group of words such as "unit") and, after the
last dot, an aspect of it. Sentences are data that people edit, so whatever cannot be read is an
error that names the token; nothing is ever printed with its braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.figures import Figure
from reporting.report.aspects import ASPECTS, Told
from reporting.report.below import NOBODY, Below
from reporting.report.comparison import Earlier

_BRACED = re.compile(r"\{([^{}]*)\}")
NAME = re.compile(r"([A-Za-z][A-Za-z0-9]*(?:\.[0-9]+)*)\.([a-z_]+)", re.ASCII)


class ReportError(ValueError):
    """A report that cannot be written as its outline, letterhead or authors want it; the message says why.

    What is `filled` into a message is kept beside it: reports are composed in Vietnamese, and whoever
    reads that one could not be may read another language.
    """

    def __init__(self, message: str | Promise, **filled: object) -> None:
        super().__init__(message)
        self.filled = filled

    def __str__(self) -> str:
        message = super().__str__()
        return message % self.filled if self.filled else message


class TokenError(ReportError):
    """A token that cannot be read or resolved; the message names it and what is possible."""


@dataclass(frozen=True)
class Token:
    """`{subject.aspect}`; `at` are its first place and the one after its last in the text it stands in."""

    subject: str
    aspect: str
    at: tuple[int, int] = field(default=(0, 0), compare=False)

    def __str__(self) -> str:
        return f"{{{self.subject}.{self.aspect}}}"


@dataclass(frozen=True)
class Resolved:
    """What stands for a token: its text and the exact value behind it; `code` is blank for words.

    A blank text leaves no sentence to say, unless it `is_optional`.
    """

    text: str
    code: str = ""
    exact: str = ""
    is_optional: bool = False


@lru_cache(maxsize=1024)
def parse(template: str) -> tuple[str | Token, ...]:
    """Words and tokens of `template`, in order. Raises TokenError."""
    return tuple(_parts(template))


def _parts(template: str) -> Iterator[str | Token]:
    end = 0
    for found in _BRACED.finditer(template):
        yield from _plain(template[end : found.start()])
        name = NAME.fullmatch(found[1])
        if name is None:
            raise TokenError(
                _("Không đọc được ký hiệu “%(token)s”; hãy viết như {A1.1.numerator}."), token=found[0]
            )
        yield Token(name[1], name[2])
        end = found.end()
    yield from _plain(template[end:])


def _plain(text: str) -> Iterator[str]:
    if "{" in text or "}" in text:
        raise TokenError(_("Thừa dấu ngoặc nhọn trong câu “%(text)s”."), text=text.strip())
    if text:
        yield text


def codes_in(template: str) -> list[str]:
    """The subjects that `template` names, each once, in order."""
    return list(dict.fromkeys(part.subject for part in parse(template) if isinstance(part, Token)))


def resolve(
    token: Token,
    *,
    figures: Mapping[str, Figure],
    words: Mapping[str, Mapping[str, str]],
    earlier: Mapping[str, Earlier] | None = None,
    below: Below = NOBODY,
) -> Resolved | None:
    """What stands for `token`; None where the figure has nothing to say on it, and blank where it need not.

    The one place where a token becomes text. Raises TokenError for a token that nothing could
    ever stand for.
    """
    if token.subject in words:
        if token.aspect not in words[token.subject]:
            raise _unknown(token, words[token.subject])
        return Resolved(words[token.subject][token.aspect])
    figure = figures.get(token.subject)
    if figure is None:
        raise TokenError(
            _("Không có chỉ số “%(code)s” (ký hiệu %(token)s)."), code=token.subject, token=str(token)
        )
    if token.aspect not in ASPECTS:
        raise _unknown(token, ASPECTS)
    kind = ASPECTS[token.aspect]
    found = kind.say(Told(figure, (earlier or {}).get(figure.code), below))
    if kind.optional:
        return Resolved(found[0] if found else "", is_optional=True)
    if found is None:
        return None
    return Resolved(found[0]) if kind.clause else Resolved(found[0], figure.code, found[1])


@dataclass(frozen=True)
class Aspect:
    """A token that may be put into a text: its source, what authors call it, and what it says today."""

    token: str
    label: str
    text: str


def aspects_of(figure: Figure, earlier: Earlier | None = None, below: Below = NOBODY) -> list[Aspect]:
    """What may be said of `figure`: every aspect that says something today."""
    told = Told(figure, earlier, below)
    found = ((name, kind, kind.say(told)) for name, kind in ASPECTS.items())
    return [
        Aspect(f"{{{figure.code}.{name}}}", kind.words, said[0])
        for name, kind, said in found
        if said is not None
    ]


def _unknown(token: Token, known: Mapping[str, object]) -> TokenError:
    return TokenError(
        _("Không có “%(aspect)s” trong ký hiệu %(token)s; có thể dùng: %(known)s."),
        aspect=token.aspect,
        token=str(token),
        known=", ".join(known),
    )


def fill(template: str, words: Mapping[str, Mapping[str, str]]) -> str:
    """`template` with its words; for texts that name no figure. Raises TokenError."""
    parts = (
        part if isinstance(part, str) else resolve(part, figures={}, words=words) for part in parse(template)
    )
    return "".join(part if isinstance(part, str) else part.text for part in parts if part is not None)
