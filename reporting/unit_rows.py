"""What every single unit brings to a period: read from its submissions and their values.

Both ways of keeping totals, the update after a decision and the full rebuild, start here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from collection.models import DataValue, ReportingPeriod, Submission
from collection.values import lookup_for, values_of
from collection.workflow import COUNTED, Basis
from indicators.arithmetic import Contribution
from indicators.asking import FormLayout
from indicators.models import DataElement, Form, Indicator
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


@dataclass(frozen=True)
class Answers:
    """The submissions of some units in one period, with their values by element code."""

    submissions: dict[int, list[Submission]]
    values: Mapping[int, Mapping[str, DataValue]]


class Measures:
    """An indicator set's indicators and forms, loaded once for all units."""

    def __init__(self, indicator_set_id: int) -> None:
        self.indicators = list(Indicator.objects.filter(indicator_set_id=indicator_set_id))
        forms = Form.objects.filter(indicator_set_id=indicator_set_id)
        self.layouts = {form.pk: FormLayout.load(form) for form in forms}
        self.period_rules = {indicator.pk: indicator.period_rule for indicator in self.indicators}
        self.choice_elements = {
            element.code: element
            for element in DataElement.objects.filter(
                indicator_set_id=indicator_set_id, choice_list__isnull=False
            ).prefetch_related("choice_list__choices")
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

    def contributions(
        self, values: Mapping[str, DataValue], asked: frozenset[str]
    ) -> dict[int, Contribution]:
        """Contributions of one unit by indicator id; those that are nothing are left out."""
        if not values:  # most units of a period that has just opened: work it out once for each kind
            if asked not in self._silent:
                self._silent[asked] = self._evaluate(values, asked)
            return self._silent[asked]
        return self._evaluate(values, asked)

    def _evaluate(self, values: Mapping[str, DataValue], asked: frozenset[str]) -> dict[int, Contribution]:
        lookup = lookup_for(values, asked)
        brought = ((indicator.pk, contribution(indicator, lookup)) for indicator in self.indicators)
        return {pk: one for pk, one in brought if one}

    def choices(self, values: Mapping[str, DataValue]) -> dict[int, frozenset[int]]:
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
    ids = [one.pk for several in submissions.values() for one in several]
    return Answers(dict(submissions), values_of(ids))


def unit_rows(measures: Measures, answers: Answers, states: Mapping[int, str] | None = None) -> UnitRows:
    """The rows of all units in `answers`, as if their submissions stood in `states` (by id)."""
    rows = UnitRows()
    overridden = states or {}
    for unit_id, submissions in answers.submissions.items():
        asked = measures.asked(submissions)
        for basis in Basis:
            values: dict[str, DataValue] = {}
            for one in submissions:
                if overridden.get(one.pk, one.state) in COUNTED[basis]:
                    values.update(answers.values.get(one.pk, {}))
            for indicator_id, brought in measures.contributions(values, asked).items():
                rows.contributions[basis, unit_id, indicator_id] = brought
            for element_id, chosen in measures.choices(values).items():
                rows.choices[basis, unit_id, element_id] = chosen
    return rows


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
