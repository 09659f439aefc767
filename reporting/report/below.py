"""The units below the one that reports: read once, and only where a text names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.models import Target
from reporting.figures import Figure, FigureSet
from reporting.models import Totals
from schools.models import Ancestry, OrgUnit
from schools.models.units import in_force


@dataclass(frozen=True)
class UnitFigure:
    """What one of the units below has of an indicator."""

    name: str
    figure: Figure


@dataclass(frozen=True)
class Missing:
    """A unit that was asked and is not counted."""

    code: str
    name: str


@dataclass(frozen=True)
class Below:
    """Figures of the units directly below, and who is missing, by code of the indicator.

    Each is asked for once, when a text first names something of it.
    """

    read_units: Callable[[], Mapping[str, Sequence[UnitFigure]]]
    read_missing: Callable[[], Mapping[str, Sequence[Missing]]]

    @cached_property
    def _units(self) -> Mapping[str, Sequence[UnitFigure]]:
        return self.read_units()

    @cached_property
    def _missing(self) -> Mapping[str, Sequence[Missing]]:
        return self.read_missing()

    def units(self, code: str) -> list[UnitFigure]:
        """The units of the highest kind that have a value, the best first, then by name."""
        known = [one for one in self._units.get(code, ()) if one.figure.value is not None]
        return sorted(known, key=lambda one: (_worse_by(one.figure), one.name))

    def missing(self, code: str) -> Sequence[Missing]:
        """The units that were asked and do not count, in order of code."""
        return self._missing.get(code, ())

    def best(self, code: str) -> list[UnitFigure]:
        """The units with the best value; none where all have the same."""
        units = self.units(code)
        return _alike(units, units[0]) if units else []

    def worst(self, code: str) -> list[UnitFigure]:
        """The units with the worst value; none where all have the same."""
        units = self.units(code)
        return _alike(units, units[-1]) if units else []


NOBODY = Below(dict, dict)


def _worse_by(figure: Figure) -> object:
    assert figure.value is not None
    at_most = figure.target is not None and figure.target.comparison == Target.Comparison.AT_MOST
    return figure.value if at_most else -figure.value


def _alike(units: Sequence[UnitFigure], one: UnitFigure) -> list[UnitFigure]:
    found = [other for other in units if other.figure.value == one.figure.value]
    return [] if len(found) == len(units) else found


def read_below(unit: OrgUnit, period: ReportingPeriod, basis: Basis) -> Below:
    """What stands below `unit` at the end of the period; nothing is read yet."""
    return Below(lambda: _read_units(unit, period, basis), lambda: _read_missing(unit, period, basis))


def _read_units(unit: OrgUnit, period: ReportingPeriod, basis: Basis) -> dict[str, list[UnitFigure]]:
    """Figures of the children of the highest kind: offices are not set beside schools."""
    children = list(
        OrgUnit.objects.filter(
            pk__in=Ancestry.objects.filter(in_force(period.hierarchy_date), ancestor=unit, depth=1).values(
                "descendant"
            )
        )
        .select_related("kind")
        .order_by("kind__position", "code")
    )
    children = [one for one in children if one.kind_id == children[0].kind_id]
    if not children:
        return {}
    loaded = FigureSet.load(units=children, periods=[period], basis=basis)
    found: dict[str, list[UnitFigure]] = defaultdict(list)
    for child in children:
        for figure in loaded.of(child, period):
            found[figure.code].append(UnitFigure(child.name, figure))
    return found


def _read_missing(unit: OrgUnit, period: ReportingPeriod, basis: Basis) -> dict[str, list[Missing]]:
    """Units that lack something of their own: an office whose schools alone are missing is none of them."""
    placed = Ancestry.objects.filter(in_force(period.hierarchy_date)).order_by()
    under = placed.filter(ancestor=unit).values("descendant")
    rows = list(
        Totals.objects.filter(period=period, basis=basis, org_unit__in=under, counted__lt=F("expected"))
        .order_by("org_unit__code", "indicator__code")
        .values_list(
            "org_unit", "org_unit__code", "org_unit__name", "indicator__code", F("expected") - F("counted")
        )
    )
    parents = dict(placed.filter(descendant__in=under, depth=1).values_list("descendant", "ancestor"))
    of_children: dict[tuple[int | None, str], int] = defaultdict(int)
    for pk, _code, _name, indicator, lack in rows:
        of_children[parents.get(pk), indicator] += lack
    found: dict[str, list[Missing]] = defaultdict(list)
    for pk, code, name, indicator, lack in rows:
        if lack > of_children[pk, indicator]:
            found[indicator].append(Missing(code, name))
    return found
