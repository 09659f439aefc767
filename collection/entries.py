"""What somebody puts into one cell, and whether it can stand there. Pure: no query, no write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from collection.models import DataValue
from dxreport.lib.numbers import MAX_COUNT, format_number
from indicators.models import DataElement

State = DataValue.State
MAX_NOTE = 400
MAX_TEXT = 4000


class Answered(Protocol):
    """What formulas read of a cell."""

    @property
    def state(self) -> str: ...
    @property
    def number(self) -> int | None: ...
    @property
    def choices(self) -> Any: ...


class Held(Answered, Protocol):
    """Whatever holds the content of a cell: a stored value, one read without its model, or a content."""

    @property
    def text(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def explanation(self) -> str: ...


class HeldVersion(Held, Protocol):
    """A value of the database: with its id, and the version by which a page knows whether it saw it."""

    @property
    def pk(self) -> int: ...
    @property
    def version(self) -> int: ...


class CellRefused(ValueError):
    """One cell's content cannot be saved; the message is for the person who entered it."""


@dataclass(frozen=True)
class Entry:
    """One cell as somebody sends it.

    `base_version` is the version of the value that the sender saw: 0 for a cell without a value,
    None for a sender who saw none (an import), whose cells the submission's version guards.
    """

    element_code: str
    state: str = State.ENTERED
    number: int | None = None
    choices: Sequence[str] | None = None
    text: str = ""
    reason: str = ""
    explanation: str = ""
    base_version: int | None = None


@dataclass(frozen=True)
class Content:
    """What stands in a cell: the part of a value that has a history."""

    state: str = State.EMPTY
    number: int | None = None
    choices: tuple[str, ...] | None = None
    text: str = ""
    reason: str = ""
    explanation: str = ""

    @classmethod
    def of(cls, value: Held | None) -> Content:
        """What `value` holds; without a value the empty content."""
        if value is None:
            return EMPTY
        choices = None if value.choices is None else tuple(value.choices)
        return cls(value.state, value.number, choices, value.text, value.reason, value.explanation)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Content:
        """What a ValueChange kept; None (there was no value) is the empty content."""
        if stored is None:
            return EMPTY
        choices = stored.get("choices")
        return cls(
            stored["state"],
            stored.get("number"),
            None if choices is None else tuple(choices),
            stored.get("text", ""),
            stored.get("reason", ""),
            stored.get("explanation", ""),
        )

    def as_json(self) -> dict[str, Any]:
        """The content for the history, without its blanks."""
        kept: dict[str, Any] = {"state": str(self.state)}
        if self.number is not None:
            kept["number"] = self.number
        if self.choices is not None:
            kept["choices"] = list(self.choices)
        kept.update(
            (name, text)
            for name, text in (
                ("text", self.text),
                ("reason", self.reason),
                ("explanation", self.explanation),
            )
            if text
        )
        return kept


EMPTY = Content()


def content_of(entry: Entry, element: DataElement, choice_codes: Sequence[str] = ()) -> Content:
    """What `entry` puts into a cell of `element`. Raises CellRefused.

    `choice_codes` are the codes of the element's list, in its order; chosen codes are kept in
    that order, so that the same choices are always the same content.
    """
    _require_notes(entry)
    if entry.state == State.ENTERED:
        return _entered(entry, element, choice_codes)
    if entry.state not in State.values:
        raise CellRefused(_("Không có trạng thái “%(state)s” cho một ô.") % {"state": entry.state})
    if entry.number is not None or entry.choices or entry.text:
        raise CellRefused(_("Ô vừa có số liệu vừa được đánh dấu là không có. Hãy xóa số hoặc bỏ dấu."))
    reason = entry.reason.strip()
    if entry.state == State.NOT_AVAILABLE and not reason:
        raise CellRefused(_("Hãy ghi lý do vì sao không có số liệu."))
    return Content(State(entry.state), reason=reason, explanation=entry.explanation.strip())


def _require_notes(entry: Entry) -> None:
    for text, limit in ((entry.reason, MAX_NOTE), (entry.explanation, MAX_NOTE), (entry.text, MAX_TEXT)):
        require_text(text, limit)


def require_text(text: str, limit: int = MAX_NOTE) -> None:
    """Raise CellRefused for text that no database takes, or that is too long to be read."""
    if "\x00" in text:
        raise CellRefused(_("Nội dung có ký tự không đọc được (NUL). Hãy gõ lại."))
    if len(text) > limit:
        raise CellRefused(_("Nội dung dài quá %(limit)s ký tự. Hãy viết ngắn lại.") % {"limit": limit})


def _entered(entry: Entry, element: DataElement, choice_codes: Sequence[str]) -> Content:
    explanation = entry.explanation.strip()
    match element.type:
        case DataElement.Type.COUNT:
            return Content(State.ENTERED, number=_number(entry.number, MAX_COUNT), explanation=explanation)
        case DataElement.Type.YES_NO:
            return Content(State.ENTERED, number=_number(entry.number, 1), explanation=explanation)
        case DataElement.Type.TEXT:
            if not entry.text.strip():
                raise CellRefused(_("Ô này cần có nội dung. Hãy nhập, hoặc chọn vì sao để trống."))
            return Content(State.ENTERED, text=entry.text.strip(), explanation=explanation)
    chosen = _chosen(entry.choices, choice_codes)
    if element.type == DataElement.Type.CHOICE and len(chosen) != 1:
        raise CellRefused(_("Hãy chọn đúng một mục."))
    return Content(State.ENTERED, choices=chosen, explanation=explanation)


def _number(number: int | None, limit: int) -> int:
    if number is None:
        raise CellRefused(_("Ô này cần một số. Hãy nhập số, hoặc chọn vì sao để trống."))
    if type(number) is not int:
        raise CellRefused(_("Ô này chỉ nhận số nguyên."))
    if number < 0:
        raise CellRefused(_("Số lượng không thể âm. Hãy nhập số từ 0 trở lên."))
    if number > limit:
        if limit == 1:
            raise CellRefused(_("Hãy chọn có hoặc không."))
        raise CellRefused(
            _("Số quá lớn: một ô nhận tối đa %(limit)s. Hãy kiểm tra lại số.")
            % {"limit": format_number(limit)}
        )
    return number


def _chosen(choices: Sequence[str] | None, choice_codes: Sequence[str]) -> tuple[str, ...]:
    if choices is None:
        raise CellRefused(_("Hãy chọn trong danh sách, hoặc chọn vì sao để trống."))
    unknown = [code for code in choices if code not in choice_codes]
    if unknown:
        raise CellRefused(_("Danh sách không có mục “%(code)s”. Hãy chọn lại.") % {"code": unknown[0][:60]})
    return tuple(code for code in choice_codes if code in choices)
