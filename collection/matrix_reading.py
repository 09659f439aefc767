"""Reading what the matrix of a period shows: a fixed number of statements for any number of units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.http import QueryDict
from django.utils.functional import cached_property

from collection import authority, grouping
from collection.filters import with_period
from collection.flags import flag_counts
from collection.matrix import NO_FLAGS, Fact
from collection.matrix_filter import MatrixFilter
from collection.models import ReportingPeriod, ReturnedCell, Submission
from indicators.models import Form
from schools.models import EducationLevel, OrgUnit, User
from schools.roles import Permission


@dataclass
class MatrixReading:
    """What a reader chose and sees: the filter, the period, the submissions with their facts."""

    user: User
    query: QueryDict
    today: dt.date

    @cached_property
    def periods(self) -> list[ReportingPeriod]:
        """Single periods, the newest first."""
        return list(ReportingPeriod.objects.single().order_by("-ends_on"))

    @cached_property
    def managing(self) -> list[OrgUnit]:
        """The units in the reader's scope under which others stand."""
        return grouping.managing_units(OrgUnit.objects.visible_to(self.user))

    @cached_property
    def filter(self) -> MatrixFilter:
        """The reader's choice; without one, the newest period that was opened."""
        return MatrixFilter(
            with_period(self.query, self.periods),
            queryset=Submission.objects.for_matrix(self.user),
            periods=self.periods,
            units=self.managing,
            levels=EducationLevel.objects.all(),
            own=[unit for unit in self.managing if unit.pk in self.user.scope_unit_ids],
            today=self.today,
        )

    @cached_property
    def period(self) -> ReportingPeriod | None:
        """The period shown; None before any was opened."""
        code = self.filter.data.get("period")
        return next((period for period in self.periods if period.code == code), None)

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether anything but the period was chosen."""
        return any(self.query.get(name) for name in self.filter.filters if name != "period")

    @cached_property
    def forms(self) -> list[Form]:
        """Forms of the period's indicator set, in order."""
        if self.period is None:
            return []
        return list(
            Form.objects.filter(indicator_set=self.period.indicator_set_id).order_by("position", "code")
        )

    @cached_property
    def facts(self) -> list[Fact]:
        """All submissions of the units of which some submission passes the filter."""
        if self.period is None:
            return []
        units = self.filter.qs.order_by().values("org_unit")
        rows = Submission.objects.for_matrix(self.user).filter(period=self.period, org_unit__in=units)
        return facts_of(rows, self.user)


def facts_of(rows: Iterable[Submission], user: User) -> list[Fact]:
    """Submissions with their flags, returned cells, and what `user` may do. Four statements or five."""
    found = list(rows)
    ids = [row.pk for row in found]
    flags = flag_counts(found)
    returned = dict(
        ReturnedCell.objects.filter(submission__in=ids, resolved_at__isnull=True)
        .order_by()
        .values_list("submission")
        .annotate(Count("pk"))
    )
    rights = authority.rights_at(user, [row.org_unit for row in found])
    return [
        Fact(
            row,
            flags.get(row.pk, NO_FLAGS),
            returned.get(row.pk, 0),
            Permission.REVIEW in rights[row.org_unit_id],
            row.submitted_by_id == user.pk,
        )
        for row in found
    ]
