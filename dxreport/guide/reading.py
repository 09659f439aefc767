"""The text of the guide as sections: what stands in a topic's template under each heading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from dxreport.guide.contents import TOPICS, Topic
from dxreport.lib.folding import fold


@dataclass(frozen=True)
class Section:
    """One section of a topic: where it stands, its heading, and all its text in one line."""

    topic: Topic
    anchor: str
    heading: str
    text: str

    @property
    def url(self) -> str:
        return f"{self.topic.url}#{self.anchor}"

    @property
    def folded(self) -> str:
        """What a search looks through."""
        with translation.override("vi"):
            return fold(f"{self.topic.title} {self.heading} {self.text}")


class _Reader(HTMLParser):
    """Collects `<section id>` with the words of its h2 and of the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[tuple[str, list[str], list[str]]] = []
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self.sections.append((dict(attrs)["id"] or "", [], []))
        self._in_heading = self._in_heading or tag == "h2"
        if tag in ("p", "li", "dt", "dd", "h3", "td", "th", "figcaption"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        self._in_heading = self._in_heading and tag != "h2"

    def handle_data(self, data: str) -> None:
        if self.sections:
            _anchor, heading, text = self.sections[-1]
            (heading if self._in_heading else text).append(data)


@cache
def body_of(topic: Topic) -> SafeString:
    """The topic as HTML, without its frame: the same for every reader."""
    with translation.override("vi"):
        return render_to_string(topic.template)


@cache
def sections_of(topic: Topic) -> tuple[Section, ...]:
    """The sections of a topic in order."""
    reader = _Reader()
    reader.feed(body_of(topic))
    reader.close()
    return tuple(
        Section(topic, anchor, _one_line(heading), _one_line(text))
        for anchor, heading, text in reader.sections
    )


@cache
def searchable() -> tuple[tuple[Section, str], ...]:
    """Every section of the guide with its folded text."""
    return tuple((section, section.folded) for topic in TOPICS.values() for section in sections_of(topic))


def _one_line(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
