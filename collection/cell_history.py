"""What happened to one cell, the newest first: entered, returned, submitted, decided on. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collection.entries import Content
from collection.models import DataValue, ReturnedCell, ValueChange
from collection.shown import shown
from indicators.models import DataElement
from schools.models import AuditEvent
from schools.trail import action_words


@dataclass(frozen=True)
class Moment:
    """One thing that happened: when, by whom, and for a change what stood there and what stands since."""

    at: dt.datetime
    who: str
    what: str
    old: str = ""
    new: str = ""
    note: str = ""  # explanation or reason
    source: str = ""

    @property
    def is_change(self) -> bool:
        """Whether the content of the cell changed, not only what was said about it."""
        return self.old != self.new


def moments_of(
    element: DataElement,
    changes: Iterable[ValueChange],
    returned: Iterable[ReturnedCell],
    events: Iterable[AuditEvent],
) -> list[Moment]:
    """Everything that concerns the cell of `element`.

    `events` are those of the submission but saves and returns, which `changes` and `returned` hold cell
    by cell; what concerns other cells is left out.
    """
    moments = [
        *(_change(one, element) for one in changes),
        *(
            Moment(one.returned_at, str(one.returned_by), _("Trả lại ô này"), note=one.reason)
            for one in returned
        ),
        *_events(element, events),
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _change(change: ValueChange, element: DataElement) -> Moment:
    before, after = Content.from_json(change.old), Content.from_json(change.new)
    old, new = shown(before, element), shown(after, element)
    return Moment(
        at=change.changed_at,
        who=str(change.changed_by),
        what=_("Sửa giải trình") if change.old is not None and old == new else _("Nhập số liệu"),
        old=old,
        new=new,
        note=_explanation(before.explanation, after.explanation),
        source=change.get_source_display(),
    )


def _explanation(old: str, new: str) -> str:
    if old and old != new:
        if not new:
            return _("Bỏ giải trình “%(old)s”") % {"old": old}
        return _("%(new)s (trước đó: “%(old)s”)") % {"new": new, "old": old}
    return new


def _events(element: DataElement, events: Iterable[AuditEvent]) -> Iterator[Moment]:
    for event in events:
        if element.code in event.detail.get("cells", (element.code,)):
            yield Moment(event.at, event.actor_name, action_words(event.action), note=event.reason)


@dataclass(frozen=True)
class Earlier:
    """What the unit gave for the same element in another period, and where that stands."""

    period: str
    shown: str
    explanation: str
    state: str
    codes: dict[str, str]


def earlier_of(element: DataElement, values: Iterable[DataValue]) -> list[Earlier]:
    """A row for each of the unit's other periods, in the order given."""
    return [
        Earlier(
            period=value.period.name,
            shown=shown(Content.of(value), element),
            explanation=value.explanation,
            state=value.submission.get_state_display(),
            codes={
                "period": value.period.code,
                "unit": value.org_unit.code,
                "form": value.submission.form.code,
                "element": element.code,
            },
        )
        for value in values
    ]
