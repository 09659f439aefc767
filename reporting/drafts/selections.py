"""The selection that a draft is written on, and the draft that belongs to a selection."""

from __future__ import annotations

from collection.workflow import Basis
from reporting.models import Draft
from reporting.selection import Selection, read_periods
from schools.models import OrgUnit


def selection_of(draft: Draft) -> Selection:
    """The period and basis of a draft, among all periods: one query."""
    periods = read_periods()
    period = next(one for one in periods if one.pk == draft.period_id)
    return Selection(period, Basis(draft.basis), periods)


def draft_of(unit: OrgUnit, selection: Selection) -> Draft | None:
    """The draft of a unit on the selection's period, with its sections at hand; None before it is begun."""
    rows = Draft.objects.filter(unit=unit, period=selection.period).prefetch_related("sections")
    return rows.select_related("unit", "period").first()


def texts_of(draft: Draft | None) -> dict[str, str] | None:
    """The texts of a draft by section, as `reporting.report.build.report` takes them."""
    return None if draft is None else {one.key: one.text for one in draft.sections.all()}
