"""Reading sums: stored ones where the question is the usual one, else summed from the units' rows.

As reported and without a slice, the totals table holds the answer. A slice is the sum of the rows of
its schools. As now, a unit answers for what its present subtree reported, wherever that stood: the
stored rows of what has moved are added and taken away, so that a unit whose subtree has not changed is
still one stored row (docs/adr/0023).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, Value

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.arithmetic import Contribution
from indicators.kept import Catalogue, catalogue_of
from indicators.models import Choice, DataElement
from reporting.models import ChoiceCount, Totals
from reporting.parts import Parts, parts_of
from reporting.slices import EVERYTHING, Hierarchy, Slice
from schools.models import OrgUnit


@dataclass(frozen=True)
class Wanted:
    """Rows to be read: of these units in these periods, of all indicators (ids) or some.

    `choices` says whether the lists that distinct indicators count are wanted too.
    """

    units: Sequence[OrgUnit]
    periods: Sequence[ReportingPeriod]
    indicators: Collection[int] | None = None
    choices: bool = True

    @property
    def rows(self) -> Q:
        """As a condition on stored rows; ids as lists: a subquery makes PostgreSQL leave the index."""
        found = Q(org_unit__in=[one.pk for one in self.units], period__in=[one.pk for one in self.periods])
        return found if self.indicators is None else found & Q(indicator__in=list(self.indicators))


@dataclass(frozen=True)
class Sums:
    """Totals by (unit, period, indicator) id; choices in use by (unit id, period id, element code)."""

    totals: dict[tuple[int, int, int], Contribution]
    choices: dict[tuple[int, int, str], list[Choice]]


def read_sums(
    wanted: Sequence[Wanted],
    basis: Basis,
    hierarchy: Hierarchy = Hierarchy.REPORTED,
    only: Slice = EVERYTHING,
) -> Sums:
    """Everything `wanted`, of one indicator set: one statement for stored rows.

    Summed, two, and at most four more to find out what has moved or ended.
    """
    asked = [one for one in wanted if one.units and one.periods]
    if not asked:
        return Sums({}, {})
    if hierarchy == Hierarchy.REPORTED and not only:
        return _stored(asked, basis)
    parts = parts_of([(one.units, one.periods) for one in asked], hierarchy, only)
    listing = [number for number, one in enumerate(asked) if one.choices]
    catalogue = catalogue_of(asked[0].periods[0].indicator_set)
    return Sums(
        _summed_totals(parts, asked, basis),
        _summed_choices(parts, listing, basis, catalogue) if listing else {},
    )


def _any(wanted: Sequence[Wanted]) -> Q:
    rows = Q()
    for one in wanted:
        rows |= one.rows
    return rows


# --- Stored ------------------------------------------------------------------------------

_IS_CHOICE = -1  # no number of units counted


def _stored(wanted: Sequence[Wanted], basis: Basis) -> Sums:
    """Stored totals and choices in one statement: a choice in use is a row with a mark for its coverage."""
    catalogue = catalogue_of(wanted[0].periods[0].indicator_set)
    totals = Totals.objects.filter(_any(wanted), basis=basis).order_by()
    rows = totals.values_list(
        "org_unit", "period", "indicator", "numerator", "denominator", "counted", "expected"
    )
    listed = [Wanted(one.units, one.periods) for one in wanted if one.choices]
    if listed and catalogue.listed:
        counts = ChoiceCount.objects.filter(_any(listed), basis=basis, units__gt=0).order_by()
        rows = rows.union(
            counts.values_list(
                "org_unit", "period", "element", "choice", "units", Value(_IS_CHOICE), Value(0)
            ),
            all=True,
        )
    sums, used = {}, []
    for unit, period, about, first, second, counted, expected in rows:
        if counted == _IS_CHOICE:
            used.append((unit, period, catalogue.listed[about], first))
        else:
            sums[unit, period, about] = Contribution(first, second, counted, expected)
    return Sums(sums, _in_order(used, catalogue))


def _in_order(
    used: Iterable[tuple[int, int, str, int]], catalogue: Catalogue
) -> dict[tuple[int, int, str], list[Choice]]:
    """Choices in use by (unit id, period id, element code), in the order of their lists."""
    ids: dict[tuple[int, int, str], set[int]] = defaultdict(set)
    for unit, period, element, choice in used:
        ids[unit, period, element].add(choice)
    return {
        key: [choice for pk, choice in catalogue.choices.items() if pk in several]
        for key, several in ids.items()
    }


def rows_of(units: Sequence[OrgUnit], periods: Sequence[ReportingPeriod]) -> Q:
    """The rows of `units` in `periods`."""
    return Wanted(units, periods).rows


def read_totals(where: Q, basis: Basis) -> dict[tuple[int, int, int], Contribution]:
    """Stored totals by (unit, period, indicator) id: one query; `where` as of `rows_of`, or narrower."""
    return {
        (unit, period, indicator): Contribution(*numbers)
        for unit, period, indicator, *numbers in Totals.objects.filter(where, basis=basis)
        .order_by()
        .values_list("org_unit", "period", "indicator", "numerator", "denominator", "counted", "expected")
    }


def read_choices(where: Q, basis: Basis) -> dict[tuple[int, int, str], list[Choice]]:
    """The choices in use by (unit id, period id, element code), in the order of their list: one query."""
    choices: dict[tuple[int, int, str], list[Choice]] = defaultdict(list)
    counts = ChoiceCount.objects.filter(where, basis=basis, units__gt=0).select_related("choice", "element")
    for count in counts.order_by("choice__position", "choice__code"):
        choices[count.org_unit_id, count.period_id, count.element.code].append(count.choice)
    return dict(choices)


# --- Summed ------------------------------------------------------------------------------

_TOTALS = """
{parts}
SELECT parts.top, parts.period, t.indicator_id,
    SUM(parts.weight * t.numerator), SUM(parts.weight * t.denominator),
    SUM(parts.weight * t.counted), SUM(parts.weight * t.expected)
FROM parts JOIN {totals} t ON t.org_unit_id = parts.unit AND t.period_id = parts.period
WHERE t.basis = %s AND ({narrowed})
GROUP BY parts.top, parts.period, t.indicator_id
"""
_CHOICES = """
{parts}
SELECT parts.top, parts.period, e.code, c.choice_id
FROM parts JOIN {counts} c ON c.org_unit_id = parts.unit AND c.period_id = parts.period
JOIN {elements} e ON e.id = c.element_id
WHERE c.basis = %s AND parts.question IN ({questions})
GROUP BY parts.top, parts.period, e.code, c.choice_id
HAVING SUM(parts.weight * c.units) > 0
"""


def _summed_totals(
    parts: Parts, wanted: Sequence[Wanted], basis: Basis
) -> dict[tuple[int, int, int], Contribution]:
    narrowed = " OR ".join(_narrowed(number, one) for number, one in enumerate(wanted))
    indicators = [pk for one in wanted for pk in one.indicators or ()]
    statement = _TOTALS.format(parts=parts.sql, totals=Totals._meta.db_table, narrowed=narrowed)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parts.params, str(basis), *indicators])
        return {
            (top, period, indicator): Contribution(*map(int, numbers))
            for top, period, indicator, *numbers in cursor.fetchall()
        }


def _narrowed(question: int, wanted: Wanted) -> str:
    """The rows that a question is about: of all indicators, of some or of none."""
    if wanted.indicators is None:
        return f"parts.question = {question}"
    if not wanted.indicators:
        return "1 = 0"
    marks = ", ".join(["%s"] * len(wanted.indicators))
    return f"(parts.question = {question} AND t.indicator_id IN ({marks}))"


def _summed_choices(
    parts: Parts, questions: Sequence[int], basis: Basis, catalogue: Catalogue
) -> dict[tuple[int, int, str], list[Choice]]:
    statement = _CHOICES.format(
        parts=parts.sql,
        counts=ChoiceCount._meta.db_table,
        elements=DataElement._meta.db_table,
        questions=", ".join(map(str, questions)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parts.params, str(basis)])
        return _in_order(cursor.fetchall(), catalogue)
