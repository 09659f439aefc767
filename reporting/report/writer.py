"""Turns the prose of a section into paragraphs about one unit's figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reporting.figures import Figure
from reporting.notes import figure_notes, is_asked
from reporting.report import tokens
from reporting.report.aspects import NOTES
from reporting.report.below import NOBODY, Below
from reporting.report.comparison import Earlier
from reporting.report.conditions import ANSWERS, Condition, holds
from reporting.report.content import FigureText, Inline, Mark, Note, Paragraph, Text
from reporting.report.markup import Choice, Footnote, Part, Prose, Words
from reporting.report.sentences import Decided, Undecided, ends_sentence, sentences
from reporting.report.tokens import Resolved, Token
from reporting.sentences import inside_sentence

# "Đường truyền Internet: …": what follows goes on in small letters, and is named where it is missing.
_OPENING = re.compile(r"([^.:!?]{1,120}): ?")


@dataclass
class Writer:
    """Writes paragraphs and keeps the footnotes: a figure's notes stand where it is first given."""

    figures: Mapping[str, Figure]
    words: Mapping[str, Mapping[str, str]]
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    below: Below = NOBODY
    _noted: set[str] = field(default_factory=set)
    _notes: list[Note] = field(default_factory=list)

    def paragraph(self, prose: Prose) -> Paragraph | None:
        """One paragraph; None where the unit has nothing to say.

        A sentence about a figure that the unit is not asked for falls out. Figures without value are
        named together at the end. Raises TokenError.
        """
        opening, parts = _opening(prose)
        written: list[Sequence[Inline]] = []
        missing: dict[str, Figure] = {}
        for sentence in sentences(self._decided(parts)):
            found = self._sentence(sentence)
            written += [found.inlines] if found.inlines else []
            missing |= {one.code: one for one in found.missing if one.code not in missing}
        if missing:
            written.append([Text(f"Chưa có số liệu về: {'; '.join(map(_name, missing.values()))}.")])
        if not written:
            return None
        begun = [Text(f"{opening}: ")] if opening else []
        inlines = [*begun, *_joined(written, capital=not opening)]
        return Paragraph(tuple(inlines), style="item" if prose.item else "body")

    def holds(self, condition: Condition) -> bool | None:
        """Whether a phrase's condition is met; None where it cannot be judged. Raises TokenError."""
        if condition.code not in self.figures:
            raise tokens.TokenError(f"Không có chỉ số “{condition.code}” (điều kiện “{condition.words}”).")
        return holds(condition, self.figures[condition.code], self.earlier.get(condition.code))

    def _decided(self, parts: Iterable[Part]) -> Iterator[Decided]:
        """The parts that are said, with the phrases that their conditions choose in their place."""
        for part in parts:
            if not isinstance(part, Choice):
                yield part
            elif part.condition is None:
                yield from self._decided(part.yes)
            else:
                yield from self._chosen(part, part.condition)

    def _chosen(self, choice: Choice, condition: Condition) -> Iterator[Decided]:
        answer = self.holds(condition)
        if answer is None:
            yield Undecided(condition.code, condition.state in ANSWERS, ends_sentence(choice.yes))
        else:
            yield from self._decided(choice.yes if answer else choice.no)

    def _sentence(self, parts: Sequence[Decided]) -> _Written:
        told = [one for one in parts if isinstance(one, Token)]
        open_questions = [one for one in parts if isinstance(one, Undecided)]
        concerned = [self._figure(one.subject) for one in told if one.subject not in self.words]
        concerned += [self._figure(one.code) for one in open_questions]
        if not all(map(is_asked, concerned)):
            return _NOTHING
        if open_questions:
            lacking = [self._figure(one.code) for one in open_questions if one.is_told]
            return _Written((), (*lacking, *self._without_value(told)))
        if not all(map(self._says, told)):
            return _Written((), self._without_value(told))
        return _Written(tuple(inline for part in parts for inline in self._inlines(part)))

    def _figure(self, code: str) -> Figure:
        if code not in self.figures:
            raise tokens.TokenError(f"Không có chỉ số “{code}” trong bộ chỉ số của kỳ này.")
        return self.figures[code]

    def _says(self, token: Token) -> bool:
        """Whether something stands for a token, or need not."""
        found = self._resolve(token)
        return found is not None and bool(found.text or found.is_optional)

    def _resolve(self, token: Token) -> tokens.Resolved | None:
        return tokens.resolve(
            token, figures=self.figures, words=self.words, earlier=self.earlier, below=self.below
        )

    def _inlines(self, part: Decided) -> list[Inline]:
        if isinstance(part, Words):
            return [Text(part.text)]
        if isinstance(part, Footnote):
            return self._own_note(part)
        if isinstance(part, Undecided):
            return []
        if part.aspect == NOTES and part.subject in self.figures:
            return self._marks(self.figures[part.subject])
        found = self._resolve(part)
        if found is None or not found.text:
            return []
        return [_inline(found, part.aspect)]

    def _own_note(self, note: Footnote) -> list[Inline]:
        inlines = [inline for part in self._decided(note.parts) for inline in self._inlines(part)]
        text = "".join(one.text for one in inlines if not isinstance(one, Mark)).strip()
        return [self._mark(text)] if text else []

    def _without_value(self, told: Iterable[Token]) -> tuple[Figure, ...]:
        """The figures for which a sentence cannot be said. One that has a value lacks nothing: the
        sentence spoke of something else of it, such as a gap that does not exist."""
        named = (self.figures[one.subject] for one in told if one.subject in self.figures)
        return tuple(figure for figure in named if figure.value is None)

    def _marks(self, figure: Figure) -> list[Inline]:
        if figure.code in self._noted:
            return []
        self._noted.add(figure.code)
        return [self._mark(text) for text in figure_notes(figure)]

    def _mark(self, text: str) -> Mark:
        note = Note(len(self._notes) + 1, text)
        self._notes.append(note)
        return Mark(note)


@dataclass(frozen=True)
class _Written:
    """A sentence as inlines, and the figures that had no value for it."""

    inlines: tuple[Inline, ...] = ()
    missing: tuple[Figure, ...] = ()


_NOTHING = _Written()


def _inline(found: Resolved, aspect: str) -> Inline:
    if not found.code:
        return Text(found.text)
    return FigureText(found.text, found.code, found.exact, aspect=aspect)


def _name(figure: Figure) -> str:
    return inside_sentence(figure.indicator.name)


def _opening(prose: Prose) -> tuple[str, tuple[Part, ...]]:
    """The words before the colon that an item begins with, and the rest."""
    first = prose.parts[0] if prose.parts else None
    found = _OPENING.match(first.text) if prose.item and isinstance(first, Words) else None
    if found is None or first is None or not isinstance(first, Words):
        return "", prose.parts
    rest = first.text[found.end() :]
    return found[1], ((replace(first, text=rest),) if rest else ()) + prose.parts[1:]


def _joined(sentences: Sequence[Sequence[Inline]], *, capital: bool) -> list[Inline]:
    """Sentences with a space between them; after an opening the first one begins as it is written."""
    first, *others = sentences
    joined = _capitalised(first) if capital else list(first)
    for one in others:
        joined += [Text(" "), *_capitalised(one)]
    return joined


def _capitalised(inlines: Sequence[Inline]) -> list[Inline]:
    first, *rest = inlines
    if isinstance(first, Mark):
        return list(inlines)
    return [replace(first, text=first.text[:1].upper() + first.text[1:]), *rest]
