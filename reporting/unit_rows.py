"""What every single unit brings to a period: read from its submissions and their values.

Both ways of keeping totals, the update after a decision and the full rebuild, start here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from collection.models import DataValue, ReportingPeriod, Submission
from collection.values import lookup_for
from collection.workflow import COUNTED, Basis
from indicators.arithmetic import Contribution
from indicators.kept import catalogue_of
from indicators.models import Form, IndicatorSet
from reporting.contributions import NOTHING, choices_over_span, contribution, over_span

UNITS_AT_ONCE = 1000  # keeps the memory of a national rebuild flat


@dataclass
class UnitRows:
    """Contributions by (basis, unit id, indicator id); choice ids by (basis, unit id, element id)."""

    contributions: dict[tuple[Basis, int, int], Contribution] = field(default_factory=dict)
    choices: dict[tuple[Basis, int, int], frozenset[int]] = field(default_factory=dict)

    def update(self, other: "UnitRows") -> None:
        """Take over the rows of other units."""
        self.contributions.update(other.contributions)
        self.choices.update(other.choices)


class Answer(NamedTuple):
    """What a formula reads of a value, read without its model: a period has tens of thousands."""

    state: str
    number: int | None
    choices: list[str] | None


@dataclass(frozen=True)
class Brought:
    """What one unit brings: contributions by indicator id, choice ids by element id."""

    contributions: Mapping[int, Contribution]
    choices: Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Answers:
    """The submissions of some units in one period, with their values by element code."""

    submissions: dict[int, list[Submission]]
    values: Mapping[int, Mapping[str, Answer]]
    # By unit and the submissions that count: before and after a decision, and on either basis,
    # they are mostly the same.
    brought: dict[tuple[int, frozenset[int]], Brought] = field(default_factory=dict)


class Measures:
    """An indicator set's indicators and forms, loaded once for all units."""

    def __init__(self, indicator_set: IndicatorSet) -> None:
        catalogue = catalogue_of(indicator_set)
        self.indicators = catalogue.indicators
        forms = Form.objects.filter(indicator_set=indicator_set)
        self.layouts = {form.pk: catalogue.layout(form) for form in forms}
        self.period_rules = {indicator.pk: indicator.period_rule for indicator in self.indicators}
        self.choice_elements = {
            one.element.code: one.element
            for layout in self.layouts.values()
            for section in layout.whole
            for one in section.elements
            if one.element.choice_list is not None
        }
        self.element_rules = {element.pk: element.period_rule for element in self.choice_elements.values()}
        self._choice_ids = {
            code: {choice.code: choice.pk for choice in element.choice_list.choices.all()}
            for code, element in self.choice_elements.items()
            if element.choice_list is not None
        }
        self._silent: dict[frozenset[str], dict[int, Contribution]] = {}

    def asked(self, submissions: Iterable[Submission]) -> frozenset[str]:
        """Codes of all elements that a unit is asked in its forms."""
        return frozenset().union(*(self.layouts[one.form_id].codes(one.traits) for one in submissions))

    def contributions(self, values: Mapping[str, Answer], asked: frozenset[str]) -> dict[int, Contribution]:
        """Contributions of one unit by indicator id; those that are nothing are left out."""
        if not values:  # most units of a period that has just opened: work it out once for each kind
            if asked not in self._silent:
                self._silent[asked] = self._evaluate(values, asked)
            return self._silent[asked]
        return self._evaluate(values, asked)

    def _evaluate(self, values: Mapping[str, Answer], asked: frozenset[str]) -> dict[int, Contribution]:
        lookup = lookup_for(values, asked)
        brought = ((indicator.pk, contribution(indicator, lookup)) for indicator in self.indicators)
        return {pk: one for pk, one in brought if one}

    def choices(self, values: Mapping[str, Answer]) -> dict[int, frozenset[int]]:
        """Ids of the chosen entries of one unit by element id."""
        chosen = {}
        for code, element in self.choice_elements.items():
            value = values.get(code)
            if value is not None and value.choices:
                ids = self._choice_ids[code]
                chosen[element.pk] = frozenset(ids[one] for one in value.choices if one in ids)
        return chosen


def load_answers(period: ReportingPeriod, unit_ids: Sequence[int]) -> Answers:
    """Submissions and values of `unit_ids` in `period`: two queries."""
    submissions: dict[int, list[Submission]] = defaultdict(list)
    rows = Submission.objects.filter(period=period, org_unit__in=unit_ids)
    for submission in rows.only("org_unit_id", "form_id", "state", "traits"):
        submissions[submission.org_unit_id].append(submission)
    values: dict[int, dict[str, Answer]] = defaultdict(dict)
    stored = DataValue.objects.filter(
        submission__in=[one.pk for several in submissions.values() for one in several]
    ).order_by()
    for pk, code, *answer in stored.values_list("submission", "element__code", *Answer._fields):
        values[pk][code] = Answer(*answer)
    return Answers(dict(submissions), dict(values))


def unit_rows(measures: Measures, answers: Answers, states: Mapping[int, str] | None = None) -> UnitRows:
    """The rows of all units in `answers`, as if their submissions stood in `states` (by id)."""
    rows = UnitRows()
    overridden = states or {}
    for unit_id, submissions in answers.submissions.items():
        for basis in Basis:
            counted = frozenset(
                one.pk for one in submissions if overridden.get(one.pk, one.state) in COUNTED[basis]
            )
            if (unit_id, counted) not in answers.brought:
                answers.brought[unit_id, counted] = _brought(measures, answers, submissions, counted)
            brought = answers.brought[unit_id, counted]
            for indicator_id, part in brought.contributions.items():
                rows.contributions[basis, unit_id, indicator_id] = part
            for element_id, chosen in brought.choices.items():
                rows.choices[basis, unit_id, element_id] = chosen
    return rows


def _brought(
    measures: Measures, answers: Answers, submissions: Sequence[Submission], counted: frozenset[int]
) -> Brought:
    """What a unit brings where only some of its submissions count."""
    values: dict[str, Answer] = {}
    for one in submissions:
        if one.pk in counted:
            values.update(answers.values.get(one.pk, {}))
    return Brought(measures.contributions(values, measures.asked(submissions)), measures.choices(values))


def combine(measures: Measures, by_period: Sequence[UnitRows]) -> UnitRows:
    """The rows of a span from those of its periods, in time order."""
    combined = UnitRows()
    for key in {key for rows in by_period for key in rows.contributions}:
        parts = [rows.contributions.get(key, NOTHING) for rows in by_period]
        brought = over_span(measures.period_rules[key[2]], parts)
        if brought:
            combined.contributions[key] = brought
    for key in {key for rows in by_period for key in rows.choices}:
        sets = [rows.choices.get(key, frozenset()) for rows in by_period]
        chosen = choices_over_span(measures.element_rules[key[2]], sets)
        if chosen:
            combined.choices[key] = chosen
    return combined


def in_batches(unit_ids: Iterable[int], size: int = UNITS_AT_ONCE) -> Iterator[list[int]]:
    """`unit_ids` in lists of at most `size`."""
    remaining = iter(unit_ids)
    while batch := list(islice(remaining, size)):
        yield batch
