"""What stands in a cell of a workbook, and what it means: the same words both ways.

The words are Vietnamese in every workbook, whoever downloads it: a file is passed on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from collection.entries import Content, State
from collection.parsing import NONE_CHOSEN
from indicators.models import DataElement

Type = DataElement.Type
LANGUAGE = "vi"

NOT_AVAILABLE, NOT_APPLICABLE = "Không có số liệu", "Không áp dụng"
NONE, CLEAR = "Không mục nào", "Xóa"
YES, NO = "Có", "Không"
SEPARATOR = "; "
REASON_MARK = ": "

# Why a cell is without an answer -> the word for it, in the order in which they are offered.
GAP_WORDS: dict[str, str] = {
    State.NOT_AVAILABLE: NOT_AVAILABLE,
    State.NOT_APPLICABLE: NOT_APPLICABLE,
    NONE_CHOSEN: NONE,
    State.EMPTY: CLEAR,
}
_SPACES = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[;\n]")


def folded(text: str) -> str:
    """`text` as words are compared: composed, small letters, single spaces.

    Diacritics stay: they tell words apart.
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()


_GAPS = {folded(word): gap for gap, word in GAP_WORDS.items()}
_YES_NO = {folded(YES): "1", folded(NO): "0", "1": "1", "0": "0"}


def gap_words(element: DataElement) -> list[str]:
    """The words that may stand for an empty cell of `element`."""
    return [word for gap, word in GAP_WORDS.items() if gap != NONE_CHOSEN or element.type == Type.CHOICES]


def value_written(content: Content, element: DataElement) -> int | str | None:
    """What the cell of an answer holds: a number, a word, or nothing."""
    if content.state != State.ENTERED:
        return None
    match element.type:
        case Type.COUNT:
            return content.number
        case Type.YES_NO:
            return YES if content.number else NO
        case Type.TEXT:
            return content.text
    names = choice_names(element)
    return SEPARATOR.join(names.get(code, code) for code in content.choices or ()) or None


def gap_written(content: Content) -> str | None:
    """The word for a cell without an answer; None for one that was never answered."""
    if content.choices == ():
        return NONE
    return GAP_WORDS.get(content.state) if content.state != State.EMPTY else None


def cell_written(content: Content, element: DataElement) -> int | str | None:
    """Answer or gap in one cell, a missing figure with its reason: "Không có số liệu: chưa thống kê"."""
    gap = gap_written(content)
    if gap is None:
        return value_written(content, element)
    return f"{gap}{REASON_MARK}{content.reason}" if content.reason else gap


def choice_names(element: DataElement) -> dict[str, str]:
    """The names of an element's list by code, in Vietnamese and in the list's order."""
    if element.choice_list is None:
        return {}
    return {choice.code: choice.name for choice in element.choice_list.choices.all()}


@dataclass(frozen=True)
class Answer:
    """What a cell says, in the terms of the form's inputs."""

    value: str = ""
    chosen: tuple[str, ...] = ()
    gap: str = ""
    reason: str = ""


def gap_of(text: str) -> str | None:
    """What a word for an empty cell means; None where it is no such word."""
    return _GAPS.get(folded(text))


def answer_of(text: str, element: DataElement, *, takes_words: bool) -> Answer:
    """What `text` in the cell of `element` says; with `takes_words` it may be a word for a gap.

    Text that is none of the words stays what was typed: the form's own reader refuses it.
    """
    if takes_words and not text[:1].isdigit() and (found := _worded(text)):
        return found
    match element.type:
        case Type.YES_NO:
            return Answer(value=_YES_NO.get(folded(text), text.strip()))
        case Type.CHOICE | Type.CHOICES:
            return Answer(chosen=_chosen(text, element))
    return Answer(value=text)


def _worded(text: str) -> Answer | None:
    word, mark, reason = text.partition(REASON_MARK.strip())
    gap = gap_of(word)
    if gap is None or (mark and gap != State.NOT_AVAILABLE):
        return None
    return Answer(gap=gap, reason=reason.strip())


def _chosen(text: str, element: DataElement) -> tuple[str, ...]:
    """Codes of the entries named in `text`, by name or code; unknown names stay as they are."""
    names = choice_names(element)
    known = {folded(name): code for code, name in names.items()} | {folded(code): code for code in names}
    parts = [part.strip() for part in _SEPARATORS.split(text)]
    return tuple(known.get(folded(part), part) for part in parts if part)
