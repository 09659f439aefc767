"""Keeping totals: after every decision on a submission, and from scratch.

An update adds, for each unit above the one that reported, what the decision changed. A rebuild
sums everything again; both must give the same rows, and `differences` says where they do not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import connection, transaction

from collection.models import ReportingPeriod, Submission
from collection.workflow import Basis
from indicators.arithmetic import Contribution
from reporting.contributions import NOTHING
from reporting.models import ChoiceCount, Revision, Totals
from reporting.unit_rows import Measures, UnitRows, combine, in_batches, load_answers, unit_rows
from schools.hierarchy import ancestor_ids

ROWS_PER_STATEMENT = 3000  # eight parameters a row stay below SQLite's 32,766

TotalsKey = tuple[int, int, Basis, int]  # unit, period, basis, indicator
ChoiceKey = tuple[int, int, Basis, int, int]  # unit, period, basis, element, choice


@dataclass
class Sums:
    """Totals and choice counts by key; also used for differences, which may be negative."""

    totals: dict[TotalsKey, Contribution] = field(default_factory=lambda: defaultdict(Contribution))
    choices: dict[ChoiceKey, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, period_id: int, rows: UnitRows, above: Mapping[int, Sequence[int]], sign: int = 1) -> None:
        """Add the rows of units to each of the units in `above[unit]` (itself included)."""
        for (basis, unit_id, indicator_id), brought in rows.contributions.items():
            part = brought if sign > 0 else NOTHING - brought
            for ancestor in above.get(unit_id, (unit_id,)):
                key = (ancestor, period_id, basis, indicator_id)
                self.totals[key] = self.totals[key] + part
        for (basis, unit_id, element_id), chosen in rows.choices.items():
            for ancestor in above.get(unit_id, (unit_id,)):
                for choice_id in chosen:
                    self.choices[ancestor, period_id, basis, element_id, choice_id] += sign

    def without_zeros(self) -> "Sums":
        """Only the rows that say something."""
        return Sums(
            {key: value for key, value in self.totals.items() if value},
            {key: value for key, value in self.choices.items() if value},
        )


def members(period: ReportingPeriod) -> list[ReportingPeriod]:
    """The single periods that `period` is made of, in time order: itself unless it is a span."""
    if period.first is None or period.last is None:
        return [period]
    return list(
        ReportingPeriod.objects.single()
        .filter(
            indicator_set=period.indicator_set_id,
            starts_on__gte=period.first.starts_on,
            ends_on__lte=period.last.ends_on,
        )
        .order_by("starts_on", "ends_on")
    )


def on_submissions_changed(
    sender: object, submissions: Sequence[Submission], previous: Mapping[int, str], **kwargs: object
) -> None:
    """Receiver: carry decisions on submissions of one period into the totals above them."""
    if submissions:
        _update(submissions[0].period, [one.org_unit_id for one in submissions], previous)


def on_period_opened(sender: object, period: ReportingPeriod, **kwargs: object) -> None:
    """Receiver: a period's expected units are known from its first day."""
    rebuild([period, *_spans_over(period)])


def _spans_over(period: ReportingPeriod) -> list[ReportingPeriod]:
    spans = ReportingPeriod.objects.filter(
        indicator_set=period.indicator_set_id,
        first__starts_on__lte=period.starts_on,
        last__ends_on__gte=period.ends_on,
    )
    return [] if period.is_span else list(spans.select_related("first", "last"))


def _lock(periods: Iterable[ReportingPeriod]) -> None:
    """Let changes of the same totals follow one another; SQLite's write lock does so already."""
    ids = sorted(period.pk for period in periods)
    if connection.features.has_select_for_update:
        rows = ReportingPeriod.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        list(rows.values_list("pk"))


def _mark_changed(periods: Iterable[ReportingPeriod]) -> None:
    """Let whoever keeps what these totals gave read them anew, once the change is committed.

    Called under the lock of the periods, which the change holds to its end anyway.
    """
    Revision.objects.bulk_create(
        [Revision(period=period, value=uuid4()) for period in periods],
        update_conflicts=True,
        unique_fields=["period"],
        update_fields=["value"],
    )


def _update(period: ReportingPeriod, unit_ids: Sequence[int], previous: Mapping[int, str]) -> None:
    spans = _spans_over(period)
    _lock([period, *spans])
    _mark_changed([period, *spans])
    measures = Measures(period.indicator_set)
    answers = load_answers(period, unit_ids)
    before, after = unit_rows(measures, answers, previous), unit_rows(measures, answers)
    changes = Sums()
    above = ancestor_ids(unit_ids, on=period.hierarchy_date)
    changes.add(period.pk, after, above)
    changes.add(period.pk, before, above, sign=-1)
    for span in spans:
        periods = members(span)
        others = {
            one.pk: unit_rows(measures, load_answers(one, unit_ids)) for one in periods if one != period
        }
        above = _ancestors_over(periods, unit_ids)
        changes.add(span.pk, combine(measures, [others.get(one.pk, after) for one in periods]), above)
        changes.add(
            span.pk, combine(measures, [others.get(one.pk, before) for one in periods]), above, sign=-1
        )
    if not _apply(changes.without_zeros()):
        # A row was missing: the unit joined after the period had been opened.
        rebuild([period, *spans])


def _ancestors_over(periods: Sequence[ReportingPeriod], unit_ids: Sequence[int]) -> dict[int, list[int]]:
    """Where each unit stood in the last of `periods` in which it existed."""
    above: dict[int, list[int]] = {}
    for period in periods:
        above.update(ancestor_ids(unit_ids, on=period.hierarchy_date))
    return above


def _apply(changes: Sums) -> bool:
    """Add `changes` to the stored rows. False where a totals row does not exist."""
    _add_choices(changes.choices)
    rows = [
        (unit, period, str(basis), indicator, one.numerator, one.denominator, one.counted, one.expected)
        for (unit, period, basis, indicator), one in sorted(changes.totals.items())
    ]
    return _add(
        rows,
        table=Totals._meta.db_table,
        keys=("org_unit_id", "period_id", "basis", "indicator_id"),
        numbers=("numerator", "denominator", "counted", "expected"),
    )


def _add_choices(choices: Mapping[ChoiceKey, int]) -> None:
    ordered = sorted(choices.items())
    ChoiceCount.objects.bulk_create(
        [
            ChoiceCount(org_unit_id=unit, period_id=period, basis=basis, element_id=element, choice_id=choice)
            for (unit, period, basis, element, choice), _units in ordered
        ],
        ignore_conflicts=True,
        batch_size=ROWS_PER_STATEMENT,
    )
    _add(
        [
            (unit, period, str(basis), element, choice, units)
            for (unit, period, basis, element, choice), units in ordered
        ],
        table=ChoiceCount._meta.db_table,
        keys=("org_unit_id", "period_id", "basis", "element_id", "choice_id"),
        numbers=("units",),
    )


def _add(
    rows: Sequence[tuple[int | str, ...]], *, table: str, keys: Sequence[str], numbers: Sequence[str]
) -> bool:
    """`UPDATE … SET n = n + delta` for all rows in one statement a chunk; whether all were found.

    Written by hand because the ORM has no update from a list of values; both databases name the
    columns of VALUES column1, column2 … A delta may be negative, so an upsert would fail its
    own check constraints before it met the row.
    """
    matches = " AND ".join(f"{table}.{key} = d.column{n}" for n, key in enumerate(keys, start=1))
    sums = ", ".join(
        f"{number} = {table}.{number} + d.column{n}" for n, number in enumerate(numbers, start=len(keys) + 1)
    )
    row = "(" + ", ".join(["%s"] * (len(keys) + len(numbers))) + ")"
    found = 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_PER_STATEMENT):
            chunk = rows[start : start + ROWS_PER_STATEMENT]
            values = ", ".join([row] * len(chunk))
            cursor.execute(
                f"UPDATE {table} SET {sums} FROM (VALUES {values}) AS d WHERE {matches}",
                [one for several in chunk for one in several],
            )
            found += cursor.rowcount
    return found == len(rows)


def _computed(period: ReportingPeriod) -> Sums:
    """All totals of a period or span, from its values."""
    measures = Measures(period.indicator_set)
    periods = members(period)
    units = Submission.objects.filter(period__in=periods).order_by("org_unit")
    sums = Sums()
    for batch in in_batches(units.values_list("org_unit", flat=True).distinct()):
        by_period = [unit_rows(measures, load_answers(one, batch)) for one in periods]
        rows = combine(measures, by_period) if period.is_span else by_period[0]
        sums.add(period.pk, rows, _ancestors_over(periods, batch))
    return sums.without_zeros()


def _stored(period: ReportingPeriod) -> Sums:
    sums = Sums()
    totals = Totals.objects.filter(period=period).values_list(
        "org_unit", "basis", "indicator", "numerator", "denominator", "counted", "expected"
    )
    for unit, basis, indicator, *numbers in totals.iterator():
        sums.totals[unit, period.pk, Basis(basis), indicator] = Contribution(*numbers)
    counts = ChoiceCount.objects.filter(period=period).values_list(
        "org_unit", "basis", "element", "choice", "units"
    )
    for unit, basis, element, choice, units in counts.iterator():
        sums.choices[unit, period.pk, Basis(basis), element, choice] = units
    return sums.without_zeros()


@transaction.atomic
def rebuild(periods: Iterable[ReportingPeriod]) -> int:
    """Recompute and store all totals of `periods`; returns the number of rows written."""
    chosen = list(periods)
    _lock(chosen)
    _mark_changed(chosen)
    written = 0
    for period in chosen:
        sums = _computed(period)
        Totals.objects.filter(period=period).delete()
        ChoiceCount.objects.filter(period=period).delete()
        Totals.objects.bulk_create(
            (
                Totals(
                    org_unit_id=unit,
                    period_id=period_id,
                    basis=basis,
                    indicator_id=indicator,
                    numerator=one.numerator,
                    denominator=one.denominator,
                    counted=one.counted,
                    expected=one.expected,
                )
                for (unit, period_id, basis, indicator), one in sums.totals.items()
            ),
            batch_size=ROWS_PER_STATEMENT,
        )
        ChoiceCount.objects.bulk_create(
            (
                ChoiceCount(
                    org_unit_id=unit,
                    period_id=period_id,
                    basis=basis,
                    element_id=element,
                    choice_id=choice,
                    units=units,
                )
                for (unit, period_id, basis, element, choice), units in sums.choices.items()
            ),
            batch_size=ROWS_PER_STATEMENT,
        )
        written += len(sums.totals) + len(sums.choices)
    return written


@dataclass(frozen=True)
class Difference:
    """A row that is not what a rebuild gives; `key` is unit, period, basis, indicator or choice."""

    key: TotalsKey | ChoiceKey
    stored: Contribution | int
    computed: Contribution | int


def differences(periods: Iterable[ReportingPeriod]) -> list[Difference]:
    """Where the stored totals of `periods` differ from a rebuild; empty when all agree."""
    found: list[Difference] = []
    for period in periods:
        stored, computed = _stored(period), _computed(period)
        found += [
            Difference(key, stored.totals.get(key, NOTHING), computed.totals.get(key, NOTHING))
            for key in sorted(stored.totals.keys() | computed.totals.keys())
            if stored.totals.get(key, NOTHING) != computed.totals.get(key, NOTHING)
        ]
        found += [
            Difference(key, stored.choices.get(key, 0), computed.choices.get(key, 0))
            for key in sorted(stored.choices.keys() | computed.choices.keys())
            if stored.choices.get(key, 0) != computed.choices.get(key, 0)
        ]
    return found
