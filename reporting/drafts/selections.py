"""The selection that a draft is written on, the draft that belongs to a selection, and its report."""

from __future__ import annotations

from dataclasses import replace

from collection.workflow import Basis
from reporting.models import Draft
from reporting.report.build import report
from reporting.report.content import Report
from reporting.selection import Selection, read_periods
from schools.models import OrgUnit

LABEL = "Bản thảo"


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


def written_report(unit: OrgUnit, selection: Selection) -> Report:
    """The report of a unit as far as it is written: the draft's text, or the delivered one before that.

    What comes from a draft says so; what was published stands in its edition. Raises ReportError.
    """
    draft = draft_of(unit, selection)
    found = report(unit, selection, texts=texts_of(draft))
    return found if draft is None else replace(found, labels=(*found.labels, LABEL))
