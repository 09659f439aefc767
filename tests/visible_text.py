"""What a page says in its text, labels and charts, apart from what is marked as Vietnamese."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

# Vietnamese letters that English has not: the Latin letters with marks that Vietnamese uses.
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Attributes that are read out or shown.
SPOKEN = ("alt", "aria-label", "aria-description", "placeholder", "title", "label")
BUTTONS = {"submit", "button", "reset"}


class _Reader(HTMLParser):
    """Collects words by whether they stand in an element marked as Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.marked: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._script = ""

    @property
    def _language(self) -> str:
        return next((language for _tag, language in reversed(self._open) if language), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open.append((tag, given.get("lang", "")))
        if tag == "script":
            self._script = given.get("type", "text/javascript")
        for name in SPOKEN:
            self._take(given.get(name, ""))
        if tag == "input" and given.get("type") in BUTTONS:
            self._take(given.get("value", ""))
        if tag in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _language in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        inside = self._open[-1][0] if self._open else ""
        if inside == "script" and self._script == "application/json":
            for text in _strings(json.loads(data)):
                self._take(text)
        elif inside not in ("script", "style"):
            self._take(data)

    def _take(self, text: str) -> None:
        words = " ".join(text.split())
        if words:
            (self.marked if self._language == "vi" else self.texts).append(words)


def _strings(value: object) -> Iterator[str]:
    """All texts in a decoded JSON value; a chart's title and labels are words of the page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def words_of(html: str) -> list[str]:
    """The texts of a page outside elements marked lang="vi", in order."""
    return _read(html).texts


def marked_words_of(html: str) -> list[str]:
    """The texts of a page inside elements marked lang="vi", in order."""
    return _read(html).marked


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


# What has been translated, or is not shown, or is not markup: blank in the eyes of `template_words`.
_HIDDEN = [
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"{%\s*comment\b.*?{%\s*endcomment\s*%}",
        r"{#.*?#}",
        r"<!--.*?-->",
        r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}",
        r"{%\s*trans(?:late)?\s.*?%}",
        r"""_\((?:".*?"|'.*?')\)""",
    )
]
_TAGS = re.compile(r"{%\s*(.*?)\s*%}|{{\s*(.*?)\s*}}", re.DOTALL)
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")


def template_words(source: str) -> list[str]:
    """The texts that a template shows without translating them, quoted values in its tags included."""
    for hidden in _HIDDEN:
        source = hidden.sub(" ", source)
    quoted = [
        " ".join(filter(None, literal))
        for tag in _TAGS.finditer(source)
        for literal in _QUOTED.findall(tag.group(1) or tag.group(2) or "")
    ]
    return words_of(_TAGS.sub(" ", source)) + quoted
