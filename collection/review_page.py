"""What a reviewer reads first: the cells of a submitted form in the order in which they want looking at.

Plain values, formatted once, no query, no write. Every asked cell stands in exactly one group: what was
returned and came again, what is flagged, what is explained, what changed much since the period
before; what is left keeps the order of the form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from collection.asked import Asked
from collection.entries import Content, State
from collection.models import DataValue
from collection.questions import Questions
from collection.rounds import Returned
from collection.shown import change_shown, shown
from collection.views.violations import Violated
from dxreport.lib.numbers import DASH
from indicators.models import DataElement

Type = DataElement.Type
# A change since the period before that is worth reading before the rest of the form, in percent.
MUCH = 10


class Group(StrEnum):
    """Why a cell stands where it does on the page; the first that holds."""

    AGAIN = "again"
    FLAGGED = "flagged"
    EXPLAINED = "explained"
    CHANGED = "changed"
    REST = "rest"


@dataclass(frozen=True)
class Note:
    """One remark on a cell: a chip (its class and word), perhaps a sentence and where it leads."""

    tone: str
    word: str
    text: str
    address: str = ""


@dataclass(frozen=True)
class ReviewRow:
    """One cell as the reviewer sees it."""

    code: str
    label: str
    measure: str
    previous: str
    shown: str
    change: str
    notes: Sequence[Note]
    returned: Returned | None  # since it was returned: what stood there, and why it came back
    is_accepted: bool
    explanation: str
    is_footnote: bool  # whether the explanation stands in the report
    error: str
    reason: str | None  # what the reviewer typed, None for a cell that is not to be returned


@dataclass(frozen=True)
class Rows:
    """A group of rows; those of the rest are a section of the form each."""

    group: Group
    title: str
    rows: Sequence[ReviewRow]
    is_open: bool

    @property
    def is_again(self) -> bool:
        """Whether these cells came back: what stood there before then stands beside them."""
        return self.group == Group.AGAIN


@dataclass(frozen=True)
class ReviewData:
    """Everything that the rows are made of, by element code."""

    asked: Asked
    values: Mapping[str, DataValue]
    previous: Mapping[str, DataValue] | None  # None: there is no earlier period
    violations: Sequence[Violated] = ()
    questions: Questions = field(default_factory=dict)
    outliers: Mapping[str, Sequence[Note]] = field(default_factory=dict)
    footnotes: Collection[str] = ()
    returned: Mapping[str, Returned] = field(default_factory=dict)  # those of the last round
    errors: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


def groups_of(data: ReviewData) -> list[Rows]:
    """The groups that hold something, in the order in which they are read."""
    placed: dict[Group, list[str]] = {group: [] for group in Group}
    notes = {code: tuple(_notes(code, data)) for code in data.asked.elements}
    for code in data.asked.elements:
        placed[_group(code, notes[code], data)].append(code)
    placed[Group.CHANGED].sort(key=lambda code: _share(code, data), reverse=True)
    rows = {code: _row(code, notes[code], data) for code in data.asked.elements}
    titles = {
        Group.AGAIN: _("Đã nộp lại sau khi bị trả lại"),
        Group.FLAGGED: _("Cần xem kỹ"),
        Group.EXPLAINED: _("Có giải trình"),
        Group.CHANGED: _("Thay đổi nhiều so với kỳ trước"),
    }
    found = [
        _rows(group, title, [rows[code] for code in placed[group]], data)
        for group, title in titles.items()
        if placed[group]
    ]
    rest = frozenset(placed[Group.REST])
    for section in data.asked.sections:
        codes = [one.element.code for one in section.elements if one.element.code in rest]
        if codes:
            found.append(_rows(Group.REST, section.section.label, [rows[code] for code in codes], data))
    return found


def _rows(group: Group, title: str, rows: Sequence[ReviewRow], data: ReviewData) -> Rows:
    """What was accepted before stays accepted: on a resubmission only what came again is unfolded."""
    wants_looking = group == Group.AGAIN if data.returned else group != Group.REST
    return Rows(group, title, rows, wants_looking or any(row.error or row.reason is not None for row in rows))


def _group(code: str, notes: Sequence[Note], data: ReviewData) -> Group:
    if code in data.returned:
        return Group.AGAIN
    if any(note.tone != "info" for note in notes):
        return Group.FLAGGED
    if notes:
        return Group.EXPLAINED
    return Group.CHANGED if _changed_much(code, data) else Group.REST


def _notes(code: str, data: ReviewData) -> Iterator[Note]:
    value = data.values.get(code)
    for one in data.violations:
        if code in dict(one.cells):
            yield Note("bad" if one.is_hard else "miss", one.code, one.sentence)
            if one.explanation:
                yield Note("info", _("giải trình"), one.explanation)
    for question in data.questions.get(code, ()):
        yield Note("miss", _("khác thường"), f"{question.sentence}.")
    yield from data.outliers.get(code, ())
    if value is not None and value.state in (State.NOT_AVAILABLE, State.NOT_APPLICABLE):
        yield Note("none", value.get_state_display(), "")
    if value is not None and value.explanation:
        yield Note("info", _("giải trình"), value.explanation)


def _changed_much(code: str, data: ReviewData) -> bool:
    """Whether a count moved by a tenth or more, or another kind of answer is not what it was."""
    value, before = data.values.get(code), (data.previous or {}).get(code)
    if value is None or before is None:
        return False
    if value.number is not None and before.number is not None and _is_count(code, data):
        return _share(code, data) >= MUCH
    return Content.of(value) != Content.of(before) and data.asked.elements[code].type != Type.TEXT


def _is_count(code: str, data: ReviewData) -> bool:
    return data.asked.elements[code].type == Type.COUNT


def _share(code: str, data: ReviewData) -> Decimal:
    """The size of a change in percent of what was; from 0, and between words, it has none and goes first."""
    value, before = data.values.get(code), (data.previous or {}).get(code)
    if value is None or before is None or value.number is None or before.number is None:
        return Decimal("Infinity")
    if not before.number or not _is_count(code, data):
        return Decimal("Infinity") if value.number != before.number else Decimal(0)
    return Decimal(abs(value.number - before.number) * 100) / before.number


def _row(code: str, notes: Sequence[Note], data: ReviewData) -> ReviewRow:
    element, value = data.asked.elements[code], data.values.get(code)
    before = (data.previous or {}).get(code)
    return ReviewRow(
        code=code,
        label=element.label,
        measure=element.measure,
        previous=shown(Content.of(before), element) if data.previous is not None else DASH,
        shown=shown(Content.of(value), element),
        change=change_shown(value, before, element),
        notes=notes,
        returned=data.returned.get(code),
        is_accepted=bool(data.returned) and code not in data.returned,
        explanation=value.explanation if value is not None else "",
        is_footnote=code in data.footnotes,
        error=data.errors.get(code, ""),
        reason=data.reasons.get(code),
    )
