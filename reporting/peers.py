"""Schools like one school: of the same levels and of similar size, read as if they were one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet, Sum

from indicators.arithmetic import Contribution
from indicators.kept import catalogue_of
from indicators.models import Choice, DataElement, Indicator
from reporting.figures import Figure, FigureSet
from reporting.models import ChoiceCount, Totals
from reporting.selection import Selection
from schools.models import EducationLevel, OrgUnit

# With fewer, a reader who knows one school could work out another.
FEWEST = 5


@dataclass(frozen=True)
class Peers:
    """How many schools are like the one asked about, itself among them, and their figures as one unit."""

    schools: int
    figures: tuple[Figure, ...]


def read_peers(unit: OrgUnit, selection: Selection, *, scopes: Sequence[str] = ()) -> Peers | None:
    """The schools of `unit`'s levels, from half to twice its size, in the selection's period and basis.

    Size is the largest whole of which a stock indicator tells a part, in the circular's set the
    number of learners: what a school has reported itself, so that a new indicator set brings its
    own. The worklist calls the same span similar. `scopes` say which targets hold (Place.scopes).

    All schools, as reported, whatever the slice and hierarchy: only their sums are shown. None
    for a unit that is no school, has not reported, or has fewer than FEWEST like it. Five statements.
    """
    levels = list(EducationLevel.objects.filter(profiles__unit=unit).values_list("code", flat=True))
    if not levels:
        return None
    reported = _reported(selection, levels)
    size = reported.filter(org_unit=unit).aggregate(size=Max("denominator"))["size"]
    if not size:
        return None
    sizes = reported.order_by().values("org_unit").annotate(size=Max("denominator"))
    similar = sizes.filter(size__gte=-(-size // 2), size__lte=2 * size).values("org_unit")
    schools = similar.count()
    if schools < FEWEST:
        return None
    catalogue = catalogue_of(selection.period.indicator_set)
    where = {"period": selection.period, "basis": selection.basis, "org_unit__in": similar}
    figure_set = FigureSet(
        catalogue.indicators,
        _sums(unit, where),
        _choices(unit, where, catalogue.choices),
        catalogue.targets,
        {unit.pk: scopes},
    )
    return Peers(schools, tuple(figure_set.of(unit, selection.period)))


def _reported(selection: Selection, levels: Sequence[str]) -> QuerySet[Totals]:
    """The shares of stocks in what schools that teach exactly `levels` have reported."""
    named = Count("profile__levels", filter=Q(profile__levels__code__in=levels))
    alike = OrgUnit.objects.annotate(taught=Count("profile__levels"), named=named)
    return Totals.objects.filter(
        org_unit__in=alike.filter(taught=len(levels), named=len(levels)).values("pk"),
        period=selection.period,
        basis=selection.basis,
        indicator__kind=Indicator.Kind.RATIO,
        indicator__period_rule=DataElement.PeriodRule.LAST,
    )


def _sums(unit: OrgUnit, where: dict[str, object]) -> dict[tuple[int, int, int], Contribution]:
    rows = Totals.objects.filter(**where).order_by().values_list("period", "indicator")
    numbers = {name: Sum(name) for name in ("numerator", "denominator", "counted", "expected")}
    # Their order is that of the fields of a Contribution.
    return {
        (unit.pk, period, indicator): Contribution(*map(int, sums))
        for period, indicator, *sums in rows.annotate(**{f"sum_{name}": one for name, one in numbers.items()})
    }


def _choices(
    unit: OrgUnit, where: dict[str, object], known: Mapping[int, Choice]
) -> dict[tuple[int, int, str], list[Choice]]:
    used = ChoiceCount.objects.filter(**where, units__gt=0).order_by()
    rows = set(used.values_list("period", "element__code", "choice").distinct())
    return {
        (unit.pk, period, element): [one for pk, one in known.items() if (period, element, pk) in rows]
        for period, element, _pk in rows
    }
