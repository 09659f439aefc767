"""Why a unit's part of a figure is another one: the cells that changed in between, by whom, and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from collection.addresses import codes_of
from collection.entries import Content
from collection.models import ReportingPeriod, ValueChange
from collection.shown import shown
from dxreport.lib.numbers import DASH
from reporting.editions.comparing import Comparison, UnitChange
from schools.models import AuditEvent
from schools.trail import action_words

# What moves a unit's answers into and out of the figures.
DECISIONS = ("submission.submit", "submission.approve", "submission.return", "submission.reopen")


@dataclass(frozen=True)
class Cause:
    """A cell that changed (`old` to `new`), or where no cell did, what was decided on the unit's form."""

    unit: str
    element: str
    what: str
    who: str
    at: dt.datetime
    why: str
    old: str = ""
    new: str = ""
    url: str = ""

    @property
    def is_cell(self) -> bool:
        """Whether a number changed, and not only whether the form counts."""
        return bool(self.element)


@dataclass(frozen=True)
class Causes:
    """Of all changed figures, by unit code; of a unit's cells those that a figure reads."""

    cells: Mapping[str, Sequence[Cause]]
    decisions: Mapping[str, Sequence[Cause]]

    def of(self, unit: UnitChange, elements: Iterable[str]) -> list[Cause]:
        """The changed cells of a unit that a formula reads.

        Where there are none, or the unit counts no more or newly, also the last decision on its form.
        """
        wanted = set(elements)
        cells = [one for one in self.cells.get(unit.code, ()) if one.element in wanted]
        if cells and unit.before.counted == unit.after.counted:
            return cells
        return [*cells, *self.decisions.get(unit.code, ())[-1:]]


def read_causes(found: Comparison, periods: Sequence[ReportingPeriod]) -> Causes:
    """What happened between the two readings to the units that changed: two statements, three with lists."""
    units = sorted({unit.code for one in found.changed for unit in one.units})
    elements = sorted({element for one in found.changed for element in one.elements})
    since, until = found.earlier.read_at, found.later.read_at
    events = list(
        AuditEvent.objects.filter(
            unit_code__in=units,
            period_code__in=[one.code for one in periods],
            action__in=DECISIONS,
            at__gt=since,
            at__lte=until,
        ).order_by("at", "pk")
    )
    changes = (
        ValueChange.objects.filter(
            value__org_unit__code__in=units,
            value__element__code__in=elements,
            value__period__in=periods,
            changed_at__gt=since,
            changed_at__lte=until,
        )
        .select_related(
            "changed_by",
            "value__element__choice_list",
            "value__submission__form",
            "value__submission__org_unit",
            "value__submission__period",
        )
        .prefetch_related("value__element__choice_list__choices")
        .order_by("changed_at", "pk")
    )
    cells: dict[str, list[Cause]] = defaultdict(list)
    for change in changes:
        cause = _cell(change, events)
        if cause.old != cause.new:
            cells[cause.unit].append(cause)
    decisions: dict[str, list[Cause]] = defaultdict(list)
    for event in events:
        decisions[event.unit_code].append(_decision(event))
    return Causes(cells, decisions)


def _cell(change: ValueChange, events: Sequence[AuditEvent]) -> Cause:
    value = change.value
    submission, element = value.submission, value.element
    before, after = Content.from_json(change.old), Content.from_json(change.new)
    address = reverse("collection:submission", kwargs=codes_of(submission))
    return Cause(
        unit=submission.org_unit.code,
        element=element.code,
        what=element.label,
        who=str(change.changed_by),
        at=change.changed_at,
        why=_why(change, submission.org_unit.code, submission.period.code, events) or after.explanation,
        old=shown(before, element) if change.old is not None else DASH,
        new=shown(after, element),
        url=f"{address}#c-{element.code}",
    )


def _why(change: ValueChange, unit: str, period: str, events: Sequence[AuditEvent]) -> str:
    """The reason of the last return or reopening before the change: that of the cell, if it has its own."""
    code = change.value.element.code
    before = [
        one
        for one in events
        if (one.unit_code, one.period_code) == (unit, period) and one.at <= change.changed_at
    ]
    for event in reversed(before):
        cells = event.detail.get("cells")
        own = cells.get(code, "") if isinstance(cells, dict) else ""
        if own or event.reason:
            return _("%(action)s: %(reason)s") % {
                "action": action_words(event.action),
                "reason": own or event.reason,
            }
    return ""


def _decision(event: AuditEvent) -> Cause:
    return Cause(
        unit=event.unit_code,
        element="",
        what=action_words(event.action),
        who=event.actor_name,
        at=event.at,
        why=event.reason,
    )
