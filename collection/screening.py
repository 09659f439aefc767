"""Which numbers of some submissions stand out: reading for many at once, judging by outliers.py.

A count is judged against the unit's earlier periods. Against other units only shares are judged,
those of the ratio indicators: a large school has more of everything, and the share is what the
province is asked for. Others are the submissions of the same form and period that were handed in
by units of the same education levels, and of half to twice the size that the share is a share of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from collection.asked import AskedForms
from collection.models import Anomaly, DataValue, ReportingPeriod, Submission
from collection.outliers import FEWEST_PEERS, FEWEST_PERIODS, Rate, Verdict, against_history, against_peers
from collection.workflow import COUNTED_PROVISIONAL
from indicators import formula
from indicators.arithmetic import ratio
from indicators.formula import Gap, Term
from indicators.kept import catalogue_of
from indicators.models import DataElement, Indicator
from schools.traits import MANAGED_BY

# A country has thousands of primary schools; the first few hundred of them say what is usual.
PEERS_AT_MOST = 400

Numbers = dict[str, int | Gap]
Alike = tuple[int, frozenset[str]]  # form, levels and kind


@dataclass(frozen=True)
class Outlier:
    """A number that stands out: a count, or `number` of `size` as `indicator` has it."""

    element: DataElement
    kind: Anomaly.Kind
    number: int
    size: int | None
    indicator: Indicator | None
    verdict: Verdict


@dataclass
class Screened:
    """One submission's counts by element code, its shares by indicator id, and what stands out."""

    numbers: Numbers
    shares: dict[int, tuple[int, int]] = field(default_factory=dict)
    outliers: list[Outlier] = field(default_factory=list)

    def stands(self, anomaly: Anomaly) -> bool:
        """Whether what `anomaly` was found for still stands there, the same number."""
        if anomaly.indicator_id is not None:
            return self.shares.get(anomaly.indicator_id) == (anomaly.number, anomaly.size)
        return self.numbers.get(anomaly.element.code) == anomaly.number


def screen(submissions: Sequence[Submission]) -> dict[int, Screened]:
    """Every submission, by id, as it stands now. All are of one period; the statements do not grow
    with them, nor with their peers."""
    if not submissions:
        return {}
    period, forms = submissions[0].period, AskedForms(submissions)
    elements = {one.pk: forms.of(one).elements for one in submissions}
    counts = {
        element.pk: element
        for asked in elements.values()
        for element in asked.values()
        if element.type == DataElement.Type.COUNT
    }
    peers = _peers(submissions, period)
    numbers = _numbers({pk for pks in peers.values() for pk in pks} | elements.keys(), counts)
    found = {one.pk: Screened(numbers[one.pk]) for one in submissions}
    catalogue = catalogue_of(submissions[0].form.indicator_set)
    indicators = _shares_of(catalogue.indicators, {element.code for element in counts.values()})
    shares = {pk: dict(_shares(indicators, numbers[pk])) for pk in numbers}
    for one in submissions:
        found[one.pk].shares = shares[one.pk]
        others = [shares[pk] for pk in peers.get(_alike(one), ()) if pk != one.pk]
        found[one.pk].outliers += _among_peers(indicators, elements[one.pk], shares[one.pk], others)
    earlier = _earlier(submissions, period, counts)
    for one in submissions:
        found[one.pk].outliers += _over_time(elements[one.pk], numbers[one.pk], earlier[one.org_unit_id])
    return found


def _alike(submission: Submission) -> Alike:
    return _alike_by(submission.form_id, submission.traits)


def _alike_by(form_id: int, traits: Iterable[str]) -> Alike:
    """Who manages a school does not make it another school."""
    return form_id, frozenset(word for word in traits if not word.startswith(MANAGED_BY))


def _peers(submissions: Sequence[Submission], period: ReportingPeriod) -> dict[Alike, list[int]]:
    """Ids of the submissions that were handed in, for each kind of unit among `submissions`."""
    wanted = {_alike(one) for one in submissions}
    rows = Submission.objects.filter(
        period=period, form__in={form for form, _words in wanted}, state__in=COUNTED_PROVISIONAL
    ).order_by("org_unit__code")
    alike: dict[Alike, list[int]] = defaultdict(list)
    for pk, form, traits in rows.values_list("pk", "form", "traits"):
        kind = _alike_by(form, traits)
        if kind in wanted and len(alike[kind]) < PEERS_AT_MOST:
            alike[kind].append(pk)
    return {kind: pks for kind, pks in alike.items() if len(pks) >= FEWEST_PEERS}


def _numbers(ids: Collection[int], counts: Mapping[int, DataElement]) -> dict[int, Numbers]:
    """Counts by submission id and element code; plain tuples, as there may be tens of thousands."""
    found: dict[int, Numbers] = {pk: {} for pk in ids}
    rows = DataValue.objects.filter(submission__in=ids).order_by()
    for pk, element, state, number in rows.values_list("submission", "element", "state", "number"):
        if element not in counts:
            continue
        if number is not None:
            found[pk][counts[element].code] = number
        elif state == DataValue.State.NOT_APPLICABLE:
            found[pk][counts[element].code] = Gap.NOT_APPLICABLE
    return found


def _shares_of(indicators: Sequence[Indicator], counts: Collection[str]) -> list[Indicator]:
    """Ratios of asked counts to asked counts: not those of answers to yes-or-no over units."""
    return [
        one
        for one in indicators
        if one.kind == Indicator.Kind.RATIO
        and all(
            not term.choice and term.element in counts
            for term in (*formula.parse(one.numerator), *formula.parse(one.denominator))
        )
    ]


def _shares(indicators: Sequence[Indicator], numbers: Numbers) -> Iterator[tuple[int, tuple[int, int]]]:
    def lookup(term: Term) -> int | Gap:
        return numbers.get(term.element, Gap.MISSING)

    for one in indicators:
        number, size = formula.evaluate(one.numerator, lookup), formula.evaluate(one.denominator, lookup)
        if isinstance(number, int) and isinstance(size, int) and size > 0:
            yield one.pk, (number, size)


def _among_peers(
    indicators: Sequence[Indicator],
    asked: Mapping[str, DataElement],
    own: Mapping[int, tuple[int, int]],
    others: Sequence[Mapping[int, tuple[int, int]]],
) -> list[Outlier]:
    """The shares that stand out; of several over the same cell the one that does so most."""
    found: dict[str, Outlier] = {}
    for one in indicators:
        leading = asked.get(formula.elements_of(one.numerator)[0])
        if leading is None or one.pk not in own:
            continue
        rates = [_rate(share[one.pk]) for share in others if one.pk in share]
        verdict = against_peers(_rate(own[one.pk]), rates)
        if verdict is None:
            continue
        before = found.get(leading.code)
        if before is None or abs(verdict.score) > abs(before.verdict.score):
            found[leading.code] = Outlier(leading, Anomaly.Kind.PEERS, *own[one.pk], one, verdict)
    return list(found.values())


def _rate(share: tuple[int, int]) -> Rate:
    percent = ratio(*share)
    assert percent is not None  # a share has a size above 0
    return Rate(share[1], percent)


def _earlier(
    submissions: Sequence[Submission], period: ReportingPeriod, counts: Mapping[int, DataElement]
) -> dict[int, dict[int, list[int]]]:
    """What the units handed in for each count in earlier periods, by unit id and element id."""
    found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    periods = ReportingPeriod.objects.single().filter(
        indicator_set=period.indicator_set_id, ends_on__lt=period.starts_on
    )
    ids = list(periods.values_list("pk", flat=True))
    if len(ids) < FEWEST_PERIODS:
        return found
    rows = DataValue.objects.filter(
        period__in=ids,
        org_unit__in=[one.org_unit_id for one in submissions],
        number__isnull=False,
        submission__state__in=COUNTED_PROVISIONAL,
    ).order_by()
    for unit, element, number in rows.values_list("org_unit", "element", "number"):
        if number is not None and element in counts:
            found[unit][element].append(number)
    return found


def _over_time(
    asked: Mapping[str, DataElement], numbers: Numbers, earlier: Mapping[int, Sequence[int]]
) -> list[Outlier]:
    found = []
    for code, number in numbers.items():
        element = asked.get(code)
        if element is None or not isinstance(number, int):
            continue
        verdict = against_history(number, earlier.get(element.pk, ()))
        if verdict is not None:
            found.append(Outlier(element, Anomaly.Kind.HISTORY, number, None, None, verdict))
    return found
