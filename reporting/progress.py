"""How far a round of reporting has come in a unit's subtree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from collection.models import ReportingPeriod, Submission
from collection.workflow import COUNTED_OFFICIAL, COUNTED_PROVISIONAL
from schools.models.units import OrgUnitQuerySet


@dataclass(frozen=True)
class Progress:
    """Numbers of submissions, and when one of them was last submitted or decided on."""

    expected: int = 0
    submitted: int = 0
    approved: int = 0
    last_change: dt.datetime | None = None


def read_progress(units: OrgUnitQuerySet, periods: Sequence[ReportingPeriod]) -> Progress:
    """Progress of the submissions of `units` in `periods`. One query."""
    found = Submission.objects.filter(period__in=periods, org_unit__in=units).aggregate(
        expected=Count("pk"),
        submitted=Count("pk", filter=Q(state__in=COUNTED_PROVISIONAL)),
        approved=Count("pk", filter=Q(state__in=COUNTED_OFFICIAL)),
        last_submitted=Max("submitted_at"),
        last_decided=Max("decided_at"),
    )
    moments = [at for at in (found["last_submitted"], found["last_decided"]) if at is not None]
    return Progress(found["expected"], found["submitted"], found["approved"], max(moments, default=None))
