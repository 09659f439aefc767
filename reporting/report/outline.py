"""The outline of a report and its sentences, as the files in templates/documents/outlines have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from reporting.report.conditions import Condition
from reporting.report.markup import Named, Prompt
from reporting.report.tokens import ReportError, TokenError, codes_in

OUTLINES = Path(settings.BASE_DIR) / "templates" / "documents" / "outlines"
DEFAULT = "default"


class OutlineError(ReportError):
    """An outline that cannot be read; the message names the file and the entry."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with tokens; `yes` and `no` replace it for a unit that answers for itself alone."""

    text: str
    yes: str | None = None
    no: str | None = None
    about: str = ""
    kinds: frozenset[str] = frozenset()
    when: Condition | None = None

    @property
    def subjects(self) -> list[str]:
        """Codes and words that the sentence names, in order."""
        texts = (self.text, self.yes or "", self.no or "", f"{{{self.about}.value}}" if self.about else "")
        return list(dict.fromkeys(subject for text in texts for subject in codes_in(text)))


@dataclass(frozen=True)
class Group:
    """One paragraph: sentences that follow one another, after an opening where there is one."""

    sentences: tuple[Sentence, ...]
    opening: str = ""


@dataclass(frozen=True)
class Shown:
    """A table or chart by name, for units of some kinds or all."""

    named: Named
    kinds: frozenset[str] = frozenset()


Entry = Group | Prompt | Shown


@dataclass(frozen=True)
class OutlineSection:
    """One of the numbered sections of the results: what was reached, and what stands in the way."""

    heading: str
    covers: frozenset[str]
    results: tuple[Entry, ...] = ()
    difficulties: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Part:
    """I, II, III, IV. The part with `sections` (an empty tuple counts) holds the results.

    `key` is what drafts know the part by, however its heading may be worded.
    """

    key: str
    heading: str
    content: tuple[Entry, ...]
    sections: tuple[OutlineSection, ...] | None = None


@dataclass(frozen=True)
class Outline:
    """A whole outline."""

    subject: str
    appendix_title: str
    parts: tuple[Part, ...]
    closing: str

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Everything that any sentence of the outline names."""
        entries = [entry for part in self.parts for entry in (*part.content, *_of_sections(part))]
        sentences = (one for entry in entries if isinstance(entry, Group) for one in entry.sentences)
        return frozenset(subject for one in sentences for subject in one.subjects)


def _of_sections(part: Part) -> list[Entry]:
    return [entry for section in part.sections or () for entry in (*section.results, *section.difficulties)]


@lru_cache(maxsize=32)
def load_outline(set_code: str) -> Outline:
    """The outline for an indicator set, or the default one. Raises OutlineError."""
    path = OUTLINES / f"{set_code}.yaml"
    if set_code == DEFAULT or not path.is_file():
        path = OUTLINES / f"{DEFAULT}.yaml"
    try:
        return read_outline(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, KeyError, TypeError, OutlineError, TokenError) as error:
        raise OutlineError(f"Không đọc được đề cương báo cáo {path.name}: {error}") from error


def read_outline(data: Mapping[str, Any]) -> Outline:
    """An outline from what its file holds. Raises OutlineError, TokenError, KeyError."""
    return Outline(
        subject=data["subject"],
        appendix_title=data["appendix_title"],
        parts=tuple(_part(one) for one in data["parts"]),
        closing=data["closing"],
    )


def _part(data: Mapping[str, Any]) -> Part:
    sections = data.get("sections")
    return Part(
        key=data["key"],
        heading=data["heading"],
        content=_entries(data.get("content", ())),
        sections=None if sections is None else tuple(_section(one) for one in sections),
    )


def _section(data: Mapping[str, Any]) -> OutlineSection:
    return OutlineSection(
        heading=data["heading"],
        covers=frozenset(data["covers"]),
        results=_entries(data.get("results", ())),
        difficulties=_entries(data.get("difficulties", ())),
    )


def _entries(data: Sequence[Any]) -> tuple[Entry, ...]:
    return tuple(_entry(one) for one in data)


def _entry(data: Any) -> Entry:
    if isinstance(data, str) or "text" in data:
        return Group((_sentence(data),))
    if "prompt" in data:
        return Prompt(data["prompt"])
    for kind in ("table", "chart"):
        if kind in data:
            name, _space, code = data[kind].partition(" ")
            return Shown(Named(kind, name, code), frozenset(data.get("kinds", ())))
    if "sentences" not in data:
        raise OutlineError(f"mục không rõ loại: {', '.join(data)}")
    return Group(tuple(_sentence(one) for one in data["sentences"]), data.get("opening", ""))


def _sentence(data: str | Mapping[str, Any]) -> Sentence:
    if isinstance(data, str):
        data = {"text": data}
    unknown = data.keys() - {"text", "yes", "no", "about", "kinds", "when"}
    if unknown:
        raise OutlineError(f"câu có phần không rõ: {', '.join(sorted(map(str, unknown)))}")
    sentence = Sentence(
        text=data["text"],
        yes=data.get("yes"),
        no=data.get("no"),
        about=data.get("about", ""),
        kinds=frozenset(data.get("kinds", ())),
        when=_condition(data["when"]) if "when" in data else None,
    )
    _ = sentence.subjects  # a token that cannot be read is found here, not while a report is made
    return sentence


def _condition(text: str) -> Condition:
    """Read "A2.1 not_met" or "B1.9 below 100"."""
    code, state, *limit = text.split()
    try:
        if state == "below" and len(limit) == 1:
            return Condition(code, state, Decimal(limit[0]))
    except InvalidOperation as error:
        raise OutlineError(f"điều kiện không rõ: {text}") from error
    if state not in {"met", "not_met"} or limit:
        raise OutlineError(f"điều kiện không rõ: {text}")
    return Condition(code, state)
