"""What one unit brings to each indicator: plain functions, no database."""

from collections.abc import Iterable, Sequence

from indicators import formula
from indicators.arithmetic import Contribution
from indicators.formula import Gap, Lookup
from indicators.models import DataElement, Indicator

NOTHING = Contribution()
EXPECTED = Contribution(expected=1)
_OUTSIDE = (Gap.NOT_ASKED, Gap.NOT_APPLICABLE)


def contribution(indicator: Indicator, lookup: Lookup) -> Contribution:
    """The contribution of one unit whose answers `lookup` gives.

    A unit that is not asked one of the two sides, or to which it does not apply, is not
    expected; one that misses a side is expected and brings nothing.
    """
    if indicator.kind == Indicator.Kind.NOT_APPLICABLE:
        return NOTHING
    numerator = formula.evaluate(indicator.numerator, lookup)
    denominator = formula.evaluate(indicator.denominator, lookup) if indicator.denominator else 0
    if numerator in _OUTSIDE or denominator in _OUTSIDE:
        return NOTHING
    if isinstance(numerator, Gap) or isinstance(denominator, Gap):
        return EXPECTED
    if indicator.kind == Indicator.Kind.DISTINCT:
        return Contribution(counted=1, expected=1)
    return Contribution(numerator, denominator, counted=1, expected=1)


def over_span(period_rule: str, by_period: Sequence[Contribution]) -> Contribution:
    """One unit's contribution over several periods, given in time order.

    A stock takes the last period. A flow takes the sum; the unit counts as covered only when it
    gave every period in which it was asked.
    """
    if period_rule == DataElement.PeriodRule.LAST:
        return by_period[-1]
    asked = [one for one in by_period if one.expected]
    if not asked:
        return NOTHING
    total = sum(asked, NOTHING)
    return Contribution(total.numerator, total.denominator, int(total.counted == total.expected), 1)


def choices_over_span(period_rule: str, by_period: Sequence[Iterable[int]]) -> frozenset[int]:
    """Ids of the choices in use over several periods: those of the last, or the union of all."""
    if period_rule == DataElement.PeriodRule.LAST:
        return frozenset(by_period[-1])
    return frozenset().union(*by_period)
