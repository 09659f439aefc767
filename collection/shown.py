"""How the content of a cell is shown to people, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from collection.entries import Content, Held, State
from dxreport.lib.numbers import DASH, format_change, format_number
from indicators.arithmetic import percentage
from indicators.models import DataElement


def shown(content: Content, element: DataElement) -> str:
    """ "7.661", "Có", "Zalo, K12 online", a reasoned gap in words, or a dash for nothing."""
    if content.state == State.EMPTY:
        return DASH
    if content.state == State.NOT_AVAILABLE:
        return _("không có số liệu: %(reason)s") % {"reason": content.reason}
    if content.state == State.NOT_APPLICABLE:
        return _("không áp dụng")
    return _entered(content, element)


def answers_of(element: DataElement) -> list[tuple[str, str]]:
    """What may be chosen as an answer: value and label; nothing where a number or a text is typed."""
    if element.type == DataElement.Type.YES_NO:
        return [("1", _("Có")), ("0", _("Không"))]
    if element.choice_list is None:
        return []
    return [(choice.code, choice.label) for choice in element.choice_list.choices.all()]


def change_shown(now: Held | None, before: Held | None, element: DataElement) -> str:
    """A count's change since the last period: "+12 (+2,04%)"; "" where there is nothing to compare."""
    if element.type != DataElement.Type.COUNT or now is None or before is None:
        return ""
    if now.number is None or before.number is None:
        return ""
    difference = now.number - before.number
    share = percentage(difference, before.number)
    shown_difference = format_change(Decimal(difference))
    if not difference or share is None:
        return shown_difference
    return f"{shown_difference} ({format_change(share)}%)"


def _entered(content: Content, element: DataElement) -> str:
    match element.type:
        case DataElement.Type.COUNT:
            return format_number(content.number)
        case DataElement.Type.YES_NO:
            return dict(answers_of(element))["1" if content.number else "0"]
        case DataElement.Type.TEXT:
            return content.text
    labels = dict(answers_of(element))
    return ", ".join(labels.get(code, code) for code in content.choices or ()) or _("không mục nào")
