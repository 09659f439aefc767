"""Turns the sentences of an outline into paragraphs about one unit's figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indicators.models import Indicator
from indicators.targets import Status
from reporting.figures import Figure
from reporting.notes import figure_notes, is_asked
from reporting.report import tokens
from reporting.report.comparison import Earlier, change_clause, target_clause
from reporting.report.content import FigureText, Inline, Mark, Note, Paragraph, Text
from reporting.report.outline import Condition, Group, Sentence
from reporting.report.tokens import Token
from reporting.sentences import inside_sentence

# The sentence of an indicator that the outline does not name.
_RATIO = "{name}: {{{code}.numerator}}/{{{code}.denominator}}, đạt tỉ lệ {{{code}.value}}."
_COUNT = "{name}: {{{code}.value}} {measure}."
_DISTINCT = "{name}: {{{code}.value}}, gồm {{{code}.names}}."
_NOT_APPLICABLE = "{name} không áp dụng: {{{code}.reason}}."


@dataclass
class Writer:
    """Writes paragraphs and keeps the footnotes: a figure's notes stand where it is first given."""

    figures: Mapping[str, Figure]
    words: Mapping[str, Mapping[str, str]]
    kind: str
    is_single: bool = False
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    _noted: set[str] = field(default_factory=set)
    _notes: list[Note] = field(default_factory=list)

    def paragraph(self, group: Group, *, compare: bool = False, item: bool = False) -> Paragraph | None:
        """One paragraph of the group's sentences; None where the unit has nothing to say.

        With `compare`, a sentence about one indicator is followed by its change and its target.
        Figures without value are named together at the end.
        """
        written: list[Sequence[Inline]] = []
        missing: list[Figure] = []
        for sentence in group.sentences:
            found = self._sentence(sentence, compare)
            written += [found.inlines] if found.inlines else []
            missing += [one for one in found.missing if one not in missing]
        if missing:
            written.append([Text(f"Chưa có số liệu về: {'; '.join(map(_name, missing))}.")])
        if not written:
            return None
        opening = [Text(f"{group.opening}: ")] if group.opening else []
        inlines = [*opening, *_joined(written, capital=not opening)]
        return Paragraph(tuple(inlines), style="item" if item or group.opening else "body")

    def plain_sentence(self, code: str) -> Group:
        """A sentence made of an indicator's name, for what the outline does not name."""
        indicator = self.figures[code].indicator
        template = {
            Indicator.Kind.RATIO: _RATIO,
            Indicator.Kind.DISTINCT: _DISTINCT,
            Indicator.Kind.NOT_APPLICABLE: _NOT_APPLICABLE,
        }.get(Indicator.Kind(indicator.kind), _COUNT)
        name = indicator.name.replace("{", "(").replace("}", ")")
        text = template.format(name=name, code=code, measure=indicator.unit_of_measure).replace(" .", ".")
        return Group((Sentence(text),))

    def holds(self, condition: Condition | None) -> bool:
        """Whether a sentence's condition is met; without figure or value it is not."""
        if condition is None:
            return True
        figure = self.figures.get(condition.code)
        if figure is None:
            raise tokens.TokenError(f"Không có chỉ số “{condition.code}” (điều kiện “{condition.state}”).")
        if condition.limit is not None:
            return figure.value is not None and figure.value < condition.limit
        return figure.status == {"met": Status.MET, "not_met": Status.NOT_MET}[condition.state]

    def _sentence(self, sentence: Sentence, compare: bool) -> _Written:
        if (sentence.kinds and self.kind not in sentence.kinds) or not self.holds(sentence.when):
            return _NOTHING
        codes = [one for one in sentence.subjects if one not in self.words]
        concerned = [self._figure(code) for code in codes]
        if not all(map(is_asked, concerned)):
            return _NOTHING
        template = self._template(sentence, concerned)
        if template is None:  # a single unit that has not answered
            return _Written((), tuple(concerned))
        return self._resolved(template, concerned, compare and template == sentence.text)

    def _figure(self, code: str) -> Figure:
        if code not in self.figures:
            raise tokens.TokenError(f"Không có chỉ số “{code}” trong bộ chỉ số của kỳ này.")
        return self.figures[code]

    def _template(self, sentence: Sentence, concerned: Sequence[Figure]) -> str | None:
        if not self.is_single or sentence.yes is None or not concerned:
            return sentence.text
        answer = concerned[0].numerator
        if answer is None:
            return None
        return sentence.yes if answer else sentence.no or ""

    def _resolved(self, template: str, concerned: Sequence[Figure], compare: bool) -> _Written:
        parts: list[Inline] = []
        for part in tokens.parse(template):
            if isinstance(part, str):
                parts.append(Text(part))
                continue
            found = tokens.resolve(part, figures=self.figures, words=self.words)
            if found is None or not found.text:
                return _Written((), self._without_value(template))
            parts.append(FigureText(found.text, found.code, found.exact) if found.code else Text(found.text))
            if len(concerned) > 1 and found.code and part.aspect not in tokens.WITHOUT_VALUE:
                parts += self._marks(self.figures[found.code])
        if len(concerned) == 1 and parts:
            figure = concerned[0]
            clauses = (
                [change_clause(figure, self.earlier.get(figure.code)), target_clause(figure)]
                if compare
                else []
            )
            # After a list of names a comma would join them.
            mark = ";" if figure.indicator.kind == Indicator.Kind.DISTINCT else ","
            parts = _with_clauses(parts, clauses, mark)
            parts += self._marks(figure) if _gives_value(template) else []
        return _Written(tuple(parts))

    def _without_value(self, template: str) -> tuple[Figure, ...]:
        """The figures for which a sentence cannot be said. One that has a value lacks nothing: the
        sentence spoke of something else of it, such as a gap that does not exist."""
        named = (self.figures[code] for code in tokens.codes_in(template) if code in self.figures)
        return tuple(figure for figure in named if figure.value is None)

    def _marks(self, figure: Figure) -> list[Inline]:
        if figure.code in self._noted:
            return []
        self._noted.add(figure.code)
        new = [Note(len(self._notes) + n, text) for n, text in enumerate(figure_notes(figure), start=1)]
        self._notes += new
        return [Mark(note) for note in new]


@dataclass(frozen=True)
class _Written:
    """A sentence as inlines, and the figures that had no value for it."""

    inlines: tuple[Inline, ...] = ()
    missing: tuple[Figure, ...] = ()


_NOTHING = _Written()


def _name(figure: Figure) -> str:
    return inside_sentence(figure.indicator.name)


def _gives_value(template: str) -> bool:
    """Whether a sentence tells what a figure is, and not only of how many units it is asked."""
    named = (part for part in tokens.parse(template) if isinstance(part, Token))
    return any(part.aspect not in tokens.WITHOUT_VALUE for part in named)


def _with_clauses(parts: Sequence[Inline], clauses: Iterable[str], mark: str) -> list[Inline]:
    """Put the clauses before the sentence's full stop: ", tăng …; đạt mục tiêu …"."""
    change, target = [*clauses, "", ""][:2]
    tail = (f"{mark} {change}" if change else "") + (f"; {target}" if target else "")
    last = parts[-1]
    if not tail or not isinstance(last, Text) or not last.text.endswith("."):
        return list(parts)
    return [*parts[:-1], Text(last.text[:-1]), Text(f"{tail}.")]


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
