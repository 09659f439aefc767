"""What a catalogue says, held in memory until it changes: rules, indicators and the layouts of forms.

A catalogue changes a few times a year and is read with every saved cell. Each process keeps what it
has read under the set's `revision`, which whoever changes the catalogue makes anew
(`indicators.actions.mark_changed`) and which is read with the rows that point at the set. So what is
kept can be newer than its key, never older. Rows from here are shared by requests: nobody changes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from uuid import UUID

from indicators.asking import FormLayout
from indicators.formula import elements_of
from indicators.models import Choice, DataElement, Form, Indicator, IndicatorSet, Rule, Target

SETS_AT_ONCE = 8


class Catalogue:
    """One indicator set as it stood when it was read; each part is read when first asked for."""

    def __init__(self, set_id: int) -> None:
        self._set_id = set_id
        self._layouts: dict[int, FormLayout] = {}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The set's rules in order of code: one query."""
        return tuple(Rule.objects.filter(indicator_set=self._set_id).order_by("code"))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The set's indicators in their order: one query."""
        rows = Indicator.objects.filter(indicator_set=self._set_id).select_related("section")
        return tuple(rows.order_by("position", "code"))

    @cached_property
    def targets(self) -> Mapping[int, Sequence[Target]]:
        """The targets of the set's indicators by indicator id: one query."""
        targets: dict[int, list[Target]] = defaultdict(list)
        for target in Target.objects.filter(indicator__indicator_set=self._set_id):
            targets[target.indicator_id].append(target)
        return dict(targets)

    @cached_property
    def choices(self) -> Mapping[int, Choice]:
        """The entries of the set's lists by id, in the order of their lists: one query."""
        rows = Choice.objects.filter(choice_list__indicator_set=self._set_id)
        return {one.pk: one for one in rows.order_by("position", "code")}

    @cached_property
    def listed(self) -> Mapping[int, str]:
        """Codes of the elements that are answered from a list, by id: one query."""
        rows = DataElement.objects.filter(indicator_set=self._set_id, choice_list__isnull=False)
        return dict(rows.order_by().values_list("pk", "code"))

    @cached_property
    def shares(self) -> tuple[Indicator, ...]:
        """Ratios of two sums of elements that no rule compares: where above 100 % is worth a question.

        A pair says only that two answers go together, so it does not speak of their sizes.
        """
        spoken = [
            set(elements_of(rule.left, rule.right)) for rule in self.rules if rule.kind != Rule.Kind.PAIR
        ]
        return tuple(
            one
            for one in self.indicators
            if one.kind == Indicator.Kind.RATIO
            and elements_of(one.numerator)
            and elements_of(one.denominator)
            if not any(set(elements_of(one.numerator, one.denominator)) <= codes for codes in spoken)
        )

    def layout(self, form: Form) -> FormLayout:
        """The layout of one of the set's forms: two queries, three where it has lists."""
        if form.pk not in self._layouts:
            self._layouts[form.pk] = FormLayout.load(form)
        return self._layouts[form.pk]


def catalogue_of(indicator_set: IndicatorSet) -> Catalogue:
    """What `indicator_set` says, as of its `revision`."""
    return _kept(indicator_set.pk, indicator_set.revision)


@lru_cache(maxsize=SETS_AT_ONCE)
def _kept(set_id: int, revision: UUID) -> Catalogue:
    return Catalogue(set_id)
