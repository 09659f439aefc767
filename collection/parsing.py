"""The entry form's post: what was typed, as text to show back, and as entries to save.

A cell of element `code` comes as `v-code` (value), `s-code` (why it is empty), `r-code` (reason),
`e-code` (explanation) and `b-code` (version seen). A cell whose `b-code` is absent was not on
the page and is left alone, so a post that was cut off clears nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from collection.asked import Asked
from collection.entries import CellRefused, Content, Entry, HeldVersion, State, require_text
from collection.shown import answers_of
from dxreport.lib.numbers import DASH, VIETNAMESE, NumberRefused, format_number, notation, parse_count
from indicators.models import DataElement

# Said of a list of choices: answered, with nothing chosen.
NONE_CHOSEN = "none"
GAPS = (State.EMPTY, State.NOT_AVAILABLE, State.NOT_APPLICABLE)
FIELDS = ("v-", "s-", "r-", "e-", "b-", "x-")
_MAX_VERSION_DIGITS = 9


@dataclass(frozen=True)
class Typed:
    """One cell as text: from the post, or from the stored value in the reader's notation."""

    value: str = ""
    chosen: tuple[str, ...] = ()
    gap: str = ""
    reason: str = ""
    explanation: str = ""
    base: str = "0"


@dataclass
class Posted:
    """A read post. `errors` (element code -> sentence) are cells that could not be read."""

    typed: dict[str, Typed] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    explanations: dict[str, str] = field(default_factory=dict)


def typed_of(value: HeldVersion | None, element: DataElement) -> Typed:
    """How a stored value stands in its inputs."""
    if value is None:
        return Typed()
    content = Content.of(value)
    if content.state in GAPS:
        gap = "" if content.state == State.EMPTY else content.state
        return Typed("", (), gap, content.reason, content.explanation, str(value.version))
    if element.type in (DataElement.Type.CHOICE, DataElement.Type.CHOICES):
        chosen = content.choices or ()
        gap = NONE_CHOSEN if content.choices == () else ""
        return Typed("", chosen, gap, "", content.explanation, str(value.version))
    return Typed(_as_text(content, element), (), "", "", content.explanation, str(value.version))


def _as_text(content: Content, element: DataElement) -> str:
    if element.type == DataElement.Type.COUNT:
        # Readers of English group with commas, which a count does not accept: theirs stays plain.
        is_vietnamese = notation() == VIETNAMESE
        return format_number(content.number) if is_vietnamese else str(content.number)
    return content.text if element.type == DataElement.Type.TEXT else str(content.number)


def typed_shown(typed: Typed, element: DataElement) -> str:
    """What stands in a cell's inputs, in words: for a page that cannot show the inputs again."""
    labels = dict(answers_of(element))
    if element.choice_list is not None:
        parts = [", ".join(labels.get(code, code) for code in typed.chosen)]
    elif element.type == DataElement.Type.YES_NO:
        parts = [labels.get(typed.value, "")]
    else:
        parts = [typed.value.strip()]
    if typed.gap == NONE_CHOSEN:
        parts.append(_("không mục nào"))
    elif typed.gap in State.values:
        parts.append(str(State(typed.gap).label))
    parts += [typed.reason.strip(), typed.explanation.strip()]
    return "; ".join(part for part in parts if part) or DASH


def kept_fields(post: QueryDict) -> dict[str, list[str]]:
    """The part of a post that a person typed, for keeping it over a lost session."""
    return {key: post.getlist(key) for key in post if key.startswith(FIELDS)}


def read(post: QueryDict, asked: Asked) -> Posted:
    """Read every cell of a post. Cells that the form does not ask become entries too: the save
    refuses them by name."""
    posted = Posted()
    for code in _codes(post):
        element = asked.elements.get(code)
        typed = _typed(post, code, element)
        posted.typed[code] = typed
        if element is None:
            posted.entries.append(Entry(code, State.EMPTY))
            continue
        try:
            posted.entries.append(entry_of(code, typed, element))
        except (NumberRefused, Unreadable) as error:
            posted.errors[code] = str(error)
    _read_explanations(post, posted)
    return posted


def _read_explanations(post: QueryDict, posted: Posted) -> None:
    for key in post:
        if key.startswith("x-"):
            text = posted.explanations[key[2:]] = post.get(key, "").strip()
            try:
                require_text(text)
            except CellRefused as error:
                posted.errors[key] = _("Giải trình %(rule)s: %(why)s") % {"rule": key[2:62], "why": error}


class Unreadable(ValueError):
    """A cell that makes no sense as posted."""


def _codes(post: QueryDict) -> Iterable[str]:
    return (key[2:] for key in post if key.startswith("b-"))


def _typed(post: QueryDict, code: str, element: DataElement | None) -> Typed:
    several = element is not None and element.type in (DataElement.Type.CHOICE, DataElement.Type.CHOICES)
    values = post.getlist(f"v-{code}")
    return Typed(
        value="" if several else (values[-1] if values else ""),
        chosen=tuple(value for value in values if value) if several else (),
        gap=post.get(f"s-{code}", ""),
        reason=post.get(f"r-{code}", ""),
        explanation=post.get(f"e-{code}", ""),
        base=post.get(f"b-{code}", ""),
    )


def entry_of(code: str, typed: Typed, element: DataElement) -> Entry:
    """What was typed into a cell of `element`, as an entry. Raises NumberRefused or Unreadable."""
    base = _base_version(typed.base)
    note = typed.explanation.strip()
    if typed.gap and typed.gap != NONE_CHOSEN:
        # What was typed with the keyboard is never dropped silently; a radio cannot be unchosen,
        # so there the word in the list wins.
        if typed.value.strip() and element.type in (DataElement.Type.COUNT, DataElement.Type.TEXT):
            raise Unreadable(
                _("Ô vừa có nội dung vừa được đánh dấu là trống. Hãy xóa nội dung, hoặc chọn “theo ô nhập”.")
            )
        return Entry(code, typed.gap, reason=typed.reason.strip(), explanation=note, base_version=base)
    match element.type:
        case DataElement.Type.COUNT:
            number = parse_count(typed.value)
        case DataElement.Type.YES_NO:
            number = _yes_no(typed.value)
        case DataElement.Type.TEXT:
            number = None
        case _:
            return _choices(code, typed, note, base)
    text = typed.value.strip() if element.type == DataElement.Type.TEXT else ""
    state = State.EMPTY if number is None and not text else State.ENTERED
    return Entry(code, state, number=number, text=text, explanation=note, base_version=base)


def _choices(code: str, typed: Typed, note: str, base: int) -> Entry:
    if typed.gap == NONE_CHOSEN and typed.chosen:
        raise Unreadable(_("Ô vừa chọn mục vừa ghi “không mục nào”. Hãy bỏ một trong hai."))
    if typed.gap != NONE_CHOSEN and not typed.chosen:
        return Entry(code, State.EMPTY, explanation=note, base_version=base)
    return Entry(code, choices=typed.chosen, explanation=note, base_version=base)


def _yes_no(text: str) -> int | None:
    if text in ("", "0", "1"):
        return int(text) if text else None
    raise Unreadable(_("Hãy chọn có hoặc không."))


def _base_version(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= _MAX_VERSION_DIGITS:
        return int(text)
    raise Unreadable(_("Trang gửi lên không đầy đủ. Hãy tải lại trang rồi nhập lại ô này."))
