"""Reading completeness: what was expected in each period of a reader's units, counted every way.

A fixed number of statements, however many units, forms and periods there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from collection import grouping
from collection.authority import with_extension
from collection.completeness import Count, Expected, counted_by
from collection.deadlines import Deadline
from collection.models import Extension, ReportingPeriod, Submission
from indicators.models import Form
from schools.models import OrgUnit, User


@dataclass(frozen=True)
class Line:
    """One row of a table: what is counted, and its count; `under` opens it where it can be opened."""

    code: str
    name: str
    count: Count
    under: str = ""


_COLUMNS = (
    *("period", "org_unit", "form", "state", "due_on", "first_submitted_at"),
    *("has_extension", "org_unit__code", "org_unit__name"),
)


@dataclass
class CompletenessReading:
    """What one reader sees of `period`, below `unit` or everything that is theirs."""

    user: User
    period: ReportingPeriod
    periods: Sequence[ReportingPeriod]
    managing: Sequence[OrgUnit]
    unit: OrgUnit | None
    today: dt.date

    @cached_property
    def _rows(self) -> list[tuple[Expected, str, str]]:
        """Expected phiếu of all opened periods, each with code and name of its unit. One statement."""
        scope = Submission.objects.visible_to(self.user).of_existing_units()
        if self.unit is not None:
            scope = scope.under(self.unit.code)
        found = with_extension(scope).order_by("org_unit__code", "form__position")
        return [
            (Expected(period, unit, form, Deadline(state, due, _day(first)), is_extended), code, name)
            for period, unit, form, state, due, first, is_extended, code, name in found.values_list(*_COLUMNS)
        ]

    @cached_property
    def now(self) -> list[Expected]:
        """Those of the period shown."""
        return [row for row, _code, _name in self._rows if row.period_id == self.period.pk]

    @cached_property
    def total(self) -> Count:
        """Everything together."""
        return counted_by(self.now, lambda row: True, self.today).get(True, Count())

    @cached_property
    def by_unit(self) -> list[Line]:
        """A line an office where there are several, else a line a unit."""
        offices = self._by_office()
        return offices if len(offices) > 1 else self._by_single_unit()

    def _by_office(self) -> list[Line]:
        above = grouping.lineages(self.managing, on=self.period.hierarchy_date)
        tops = {self.unit.pk} if self.unit else grouping.tops(self.user, self.managing, above)
        counts = counted_by(self.now, lambda row: grouping.group_of(row.unit_id, above, tops), self.today)
        return [
            self._own(unit, counts[unit.pk])
            if unit.pk in tops
            else Line(unit.code, unit.name, counts[unit.pk], unit.code)
            for unit in self.managing
            if unit.pk in counts
        ]

    def _own(self, unit: OrgUnit, count: Count) -> Line:
        """The unit at the top, with what stands under it and under no office."""
        return Line(unit.code, _("%(unit)s và đơn vị trực thuộc trực tiếp") % {"unit": unit.name}, count)

    def _by_single_unit(self) -> list[Line]:
        names = {row.unit_id: (code, name) for row, code, name in self._rows}
        counts = counted_by(self.now, lambda row: row.unit_id, self.today)
        return [Line(*names[pk], count) for pk, count in counts.items()]

    @cached_property
    def by_form(self) -> list[Line]:
        """A line a form, in their order."""
        counts = counted_by(self.now, lambda row: row.form_id, self.today)
        forms = Form.objects.filter(indicator_set=self.period.indicator_set_id).order_by("position", "code")
        return [Line(form.code, form.label, counts[form.pk]) for form in forms if form.pk in counts]

    @cached_property
    def by_period(self) -> list[Line]:
        """A line a period, the newest first."""
        counts = counted_by((row for row, _code, _name in self._rows), lambda row: row.period_id, self.today)
        return [Line(one.code, one.name, counts[one.pk]) for one in self.periods if one.pk in counts]

    @cached_property
    def extensions(self) -> list[Extension]:
        """More time that was given in the period, the latest first."""
        rows = Submission.objects.visible_to(self.user).of_existing_units().filter(period=self.period)
        if self.unit is not None:
            rows = rows.under(self.unit.code)
        given = Extension.objects.filter(submission__in=rows.order_by().values("pk"))
        return list(
            given.select_related("submission__org_unit", "submission__form", "granted_by").order_by(
                "-granted_at", "-pk"
            )
        )

    @property
    def subject(self) -> str:
        """Whose completeness it is."""
        return self.unit.name if self.unit else _("Mọi đơn vị trong phạm vi của bạn")


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None
