"""Conditions of phrases: "A2.1 chưa đạt", "B1.9 dưới 100", and whether a figure meets one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dxreport.lib.numbers import format_number
from indicators.targets import Status
from reporting.figures import Figure
from reporting.notes import LANGUAGE
from reporting.report.comparison import Earlier

# What a state is called where authors write it.
STATES = {
    "met": "đạt",
    "not_met": "chưa đạt",
    "up": "tăng",
    "down": "giảm",
    "same": "không đổi",
    "below": "dưới",
    "above": "trên",
    "known": "có số liệu",
    "unknown": "chưa có số liệu",
    "yes": "có",
    "no": "không",
}
_BY_WORDS = {words: state for state, words in STATES.items()}
LIMITED = frozenset({"below", "above"})
# What a unit answers for itself; without an answer the figure is said to be missing.
ANSWERS = frozenset({"yes", "no"})
# Not about a figure: a phrase for a section that has nothing else to say.
EMPTY = "nếu trống"


@dataclass(frozen=True)
class Condition:
    """When a phrase is said; `limit` is the number of "dưới" and "trên"."""

    code: str
    state: str
    limit: Decimal | None = None

    @property
    def words(self) -> str:
        """As authors write it: "B1.9 dưới 99,5"."""
        limit = "" if self.limit is None else f" {format_number(self.limit, language=LANGUAGE)}"
        return f"{self.code} {STATES[self.state]}{limit}"


def read_condition(code: str, words: str) -> Condition | None:
    """The condition that `words` put to the figure of `code`; None where nobody knows them."""
    words = " ".join(unicodedata.normalize("NFC", words).split())
    if words in _BY_WORDS:
        state = _BY_WORDS[words]
        return None if state in LIMITED else Condition(code, state)
    name, _space, number = words.rpartition(" ")
    state = _BY_WORDS.get(name, "")
    limit = _limit(number)
    return Condition(code, state, limit) if state in LIMITED and limit is not None else None


def _limit(text: str) -> Decimal | None:
    """A limit as Viet Nam writes numbers: "1.200", "99,5"."""
    try:
        number = Decimal(text.rstrip("%").replace(".", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def holds(condition: Condition, figure: Figure, earlier: Earlier | None) -> bool | None:
    """Whether the figure meets it; None where it cannot be said, as of a change without an earlier value."""
    if condition.state == "known":
        return figure.value is not None
    if condition.state == "unknown":
        return figure.value is None
    if condition.limit is not None:
        below = condition.state == "below"
        if figure.value is None:
            return None
        return figure.value < condition.limit if below else figure.value > condition.limit
    return _JUDGED[condition.state](figure, earlier)


def _meets(wanted: Status) -> Callable[[Figure, Earlier | None], bool | None]:
    def judge(figure: Figure, _earlier: Earlier | None) -> bool | None:
        return figure.status == wanted if figure.status in (Status.MET, Status.NOT_MET) else None

    return judge


def _changes(wanted: int) -> Callable[[Figure, Earlier | None], bool | None]:
    def judge(figure: Figure, earlier: Earlier | None) -> bool | None:
        change = earlier.change(figure) if earlier else None
        return None if change is None else (change > 0) - (change < 0) == wanted

    return judge


def _answers(wanted: bool) -> Callable[[Figure, Earlier | None], bool | None]:
    def judge(figure: Figure, _earlier: Earlier | None) -> bool | None:
        return None if figure.numerator is None else bool(figure.numerator) is wanted

    return judge


_JUDGED: Mapping[str, Callable[[Figure, Earlier | None], bool | None]] = {
    "met": _meets(Status.MET),
    "not_met": _meets(Status.NOT_MET),
    "up": _changes(1),
    "same": _changes(0),
    "down": _changes(-1),
    "yes": _answers(True),
    "no": _answers(False),
}
