"""What is asked about a cell that may be right: one line of explanation answers it. Pure.

Two things make a cell worth a question, and neither stops a save:

- a count that differs from last period's by more than its element's `change_limit` percent and by
  at least `change_least` (both are the catalogue's). From 0 there is no percentage: every change
  that reaches `change_least` is asked about, because something began that was not there;
- a share above 100 %, said at the first cell of its numerator, where no rule of the catalogue
  compares the same cells (`indicators.kept.Catalogue.shares`).

Whoever submits has answered every question: the explanation travels to the reviewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from collection.asked import Asked
from collection.entries import Held
from collection.values import lookup_for
from dxreport.lib.numbers import format_change, format_number, format_percent
from indicators.arithmetic import percentage
from indicators.formula import elements_of, evaluate
from indicators.models import DataElement, Indicator


class Kind(Enum):
    """Why a cell is asked about."""

    CHANGE = "change"
    SHARE = "share"


@dataclass(frozen=True)
class Question:
    """Why one cell needs a word; `sentence` holds both numbers, in the reader's language."""

    kind: Kind
    sentence: str


Questions = dict[str, tuple[Question, ...]]


def questions_of(
    values: Mapping[str, Held], before: Mapping[str, Held] | None, asked: Asked, shares: Sequence[Indicator]
) -> Questions:
    """What is asked about the cells of one submission, by element code; a cell may be asked twice.

    `before` is what the unit gave in the period before, None where there was none. Whether a
    question is answered is another matter: see `is_answered`.
    """
    found: Questions = {}
    for code, question in (*_changes(values, before or {}, asked), *_above_hundred(values, asked, shares)):
        found[code] = (*found.get(code, ()), question)
    return found


def is_answered(value: Held | None) -> bool:
    """Whether somebody explained what stands in a cell."""
    return value is not None and bool(value.explanation)


def sentence_of(questions: Iterable[Question]) -> str:
    """Several questions about one cell as one text, with what to do."""
    return _("%(why)s. Hãy kiểm tra lại số; nếu đúng, hãy ghi một dòng giải trình.") % {
        "why": "; ".join(question.sentence for question in questions)
    }


def is_unusual(now: int, before: int, *, limit: int, least: int) -> bool:
    """Whether a change is larger than `limit` percent of what was, and at least `least`."""
    difference = abs(now - before)
    return difference >= max(least, 1) and difference * 100 > limit * before


def _changes(
    values: Mapping[str, Held], before: Mapping[str, Held], asked: Asked
) -> Iterator[tuple[str, Question]]:
    for code, was in before.items():
        element, value = asked.elements.get(code), values.get(code)
        if element is None or value is None or element.type != DataElement.Type.COUNT:
            continue
        if element.change_limit is None or value.number is None or was.number is None:
            continue
        if is_unusual(value.number, was.number, limit=element.change_limit, least=element.change_least):
            yield code, Question(Kind.CHANGE, _change_sentence(value.number, was.number))


def _change_sentence(now: int, before: int) -> str:
    numbers = {"before": format_number(before), "now": format_number(now)}
    share = percentage(now - before, before)
    if share is None:
        return _("Kỳ trước là %(before)s, kỳ này là %(now)s") % numbers
    change = f"{format_change(share)}%"
    return _("Thay đổi %(change)s so với kỳ trước (%(before)s → %(now)s)") % {**numbers, "change": change}


def _above_hundred(
    values: Mapping[str, Held], asked: Asked, shares: Sequence[Indicator]
) -> Iterator[tuple[str, Question]]:
    lookup = lookup_for(values, asked.codes)
    for one in shares:
        cells = [code for code in elements_of(one.numerator) if code in asked.codes]
        if not cells or not any(code in asked.codes for code in elements_of(one.denominator)):
            continue
        numerator, denominator = evaluate(one.numerator, lookup), evaluate(one.denominator, lookup)
        if not isinstance(numerator, int) or not isinstance(denominator, int) or numerator <= denominator:
            continue
        yield cells[0], Question(Kind.SHARE, _share_sentence(one, numerator, denominator))


def _share_sentence(one: Indicator, numerator: int, denominator: int) -> str:
    names = {
        "name": one.label,
        "numerator": format_number(numerator),
        "denominator": format_number(denominator),
    }
    share = percentage(numerator, denominator)
    if share is None:
        return _("“%(name)s” có tử số %(numerator)s mà mẫu số là %(denominator)s") % names
    return _("“%(name)s” là %(share)s, vượt 100%% (%(numerator)s so với %(denominator)s)") % {
        **names,
        "share": format_percent(share),
    }
