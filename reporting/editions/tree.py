"""What each unit of a subtree brings to each figure, as an edition keeps it.

A unit's own part is what its sum holds beyond the units right below it. So the parts of all units add
up to the figure, and whoever reads an edition years later can do that sum again from it alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.arithmetic import Contribution
from indicators.models import Indicator
from reporting.contributions import NOTHING
from reporting.models import ChoiceCount
from reporting.reading import read_totals, rows_of
from schools.models import OrgUnit, Placement
from schools.models.units import OrgUnitQuerySet, in_force


@dataclass(frozen=True)
class UnitShare:
    """One unit: where it stood, and its own part of each figure by indicator code.

    `choices` are the labels that it brings to an indicator which counts distinct ones.
    """

    code: str
    name: str
    kind: str
    parent: str
    brings: Mapping[str, Contribution] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Tree = dict[str, UnitShare]


def read_tree(
    top: OrgUnit,
    below: OrgUnitQuerySet,
    period: ReportingPeriod,
    basis: Basis,
    indicators: Sequence[Indicator],
) -> Tree:
    """The units of `below` (`top` among them) by code: four statements, whatever their number."""
    units = list(below.select_related("kind").order_by("code"))
    codes = {one.pk: one.code for one in units}
    placed = Placement.objects.filter(in_force(period.hierarchy_date), unit__in=below.order_by().values("pk"))
    parents = {
        unit: codes.get(parent, "") for unit, parent in placed.values_list("unit", "parent") if unit != top.pk
    }
    sums = _own_sums(units, period, basis, parents, codes)
    chosen = _own_choices(units, period, basis, parents, codes)
    return {
        one.code: UnitShare(
            code=one.code,
            name=one.name,
            kind=one.kind.code,
            parent=parents.get(one.pk, ""),
            brings=_by_code(sums.get(one.code, {}), indicators),
            choices=_labels(chosen.get(one.code, {}), indicators),
        )
        for one in units
    }


def _own_sums(
    units: Sequence[OrgUnit],
    period: ReportingPeriod,
    basis: Basis,
    parents: Mapping[int, str],
    codes: Mapping[int, str],
) -> dict[str, dict[int, Contribution]]:
    """By unit code and indicator id what remains of a unit's sum without the units right below it."""
    own: dict[str, dict[int, Contribution]] = defaultdict(lambda: defaultdict(Contribution))
    for (unit, _period, indicator), total in read_totals(rows_of(units, [period]), basis).items():
        own[codes[unit]][indicator] += total
        if parent := parents.get(unit):
            own[parent][indicator] -= total
    return own


_Choices = dict[str, dict[tuple[int, str, str], int]]


def _own_choices(
    units: Sequence[OrgUnit],
    period: ReportingPeriod,
    basis: Basis,
    parents: Mapping[int, str],
    codes: Mapping[int, str],
) -> _Choices:
    """By unit code in how many forms of its own each choice is in use: (position, element, choice)."""
    own: _Choices = defaultdict(lambda: defaultdict(int))
    rows = ChoiceCount.objects.filter(rows_of(units, [period]), basis=basis, units__gt=0).order_by()
    names = ("choice__position", "element__code", "choice__group", "choice__name")
    for unit, count, position, *key in rows.values_list("org_unit", "units", *names):
        found = (position, *key)
        own[codes[unit]][found] += count
        if parent := parents.get(unit):
            own[parent][found] -= count
    return own


def _by_code(sums: Mapping[int, Contribution], indicators: Sequence[Indicator]) -> dict[str, Contribution]:
    return {one.code: found for one in indicators if (found := sums.get(one.pk, NOTHING))}


def _labels(counts: Mapping[Any, int], indicators: Sequence[Indicator]) -> dict[str, tuple[str, ...]]:
    """Of each distinct indicator the labels in use, in the order of their list."""
    used = sorted(key for key, count in counts.items() if count > 0)
    found = {}
    for one in indicators:
        if one.kind == Indicator.Kind.DISTINCT:
            found[one.code] = tuple(
                label
                for _position, element, group, label in used
                if element == one.numerator and one.choice_group in ("", group)
            )
    return {code: labels for code, labels in found.items() if labels}


# --- As plain data ------------------------------------------------------------------------


def to_data(tree: Tree) -> list[dict[str, Any]]:
    """The units in order of code; of each figure numerator, denominator, units counted and expected."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "kind": one.kind,
            "parent": one.parent,
            "brings": {
                code: [part.numerator, part.denominator, part.counted, part.expected]
                for code, part in one.brings.items()
            },
            "choices": {code: list(labels) for code, labels in one.choices.items()},
        }
        for one in tree.values()
    ]


def from_data(units: Sequence[Mapping[str, Any]]) -> Tree:
    """The tree that `to_data` wrote."""
    return {
        one["code"]: UnitShare(
            code=one["code"],
            name=one["name"],
            kind=one["kind"],
            parent=one["parent"],
            brings={code: Contribution(*part) for code, part in one["brings"].items()},
            choices={code: tuple(labels) for code, labels in one["choices"].items()},
        )
        for one in units
    }
