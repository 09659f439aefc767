"""The indicators of one unit as its form stands, for the page on which it is filled in.

They are computed over what is saved, by the same arithmetic as every published figure, and count
nothing towards one until the form is submitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from collection.asked import TRAITS_AT_ONCE, Asked
from collection.entries import Held
from collection.values import lookup_for
from dxreport.lib.numbers import format_number, format_percent
from indicators.arithmetic import percentage
from indicators.formula import Lookup, elements_of, evaluate, parse
from indicators.kept import Catalogue
from indicators.models import Indicator


@dataclass(frozen=True)
class LiveIndicator:
    """One indicator of one unit, formatted; `numerator` and `denominator` are None where missing.

    `section` is the code of the form's section in which its numerator's first element is asked.
    """

    code: str
    name: str
    section: str
    display: str
    numerator: str | None
    denominator: str | None

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return {**vars(self)}


def live_indicators(values: Mapping[str, Held], asked: Asked, catalogue: Catalogue) -> list[LiveIndicator]:
    """The indicators that the asked elements give, in the set's order. Pure."""
    lookup = lookup_for(values, asked.codes)
    return [_computed(one, section, values, asked, lookup) for one, section in _shown_with(catalogue, asked)]


@lru_cache(maxsize=TRAITS_AT_ONCE)
def _shown_with(catalogue: Catalogue, asked: Asked) -> tuple[tuple[Indicator, str], ...]:
    """The indicators to show with a form, each with the code of its section.

    A share of units says nothing of a single one, which is or is not, so it is left out.
    """
    found = []
    for one in catalogue.indicators:
        first = next((code for code in elements_of(one.numerator) if code in asked.codes), None)
        of_units = one.kind == Indicator.Kind.RATIO and not elements_of(one.denominator)
        if first is not None and not of_units:
            found.append((one, asked.section_codes[first]))
    return tuple(found)


def _computed(
    one: Indicator, section: str, values: Mapping[str, Held], asked: Asked, lookup: Lookup
) -> LiveIndicator:
    if one.kind == Indicator.Kind.RATIO:
        numerator, denominator = _number(one.numerator, lookup), _number(one.denominator, lookup)
        display = format_percent(percentage(numerator, denominator))
        return LiveIndicator(one.code, one.label, section, display, _text(numerator), _text(denominator))
    is_distinct = one.kind == Indicator.Kind.DISTINCT
    number = _distinct(one, values, asked) if is_distinct else _number(one.numerator, lookup)
    return LiveIndicator(one.code, one.label, section, format_number(number), _text(number), None)


def _number(formula: str, lookup: Lookup) -> int | None:
    found = evaluate(formula, lookup)
    return found if isinstance(found, int) else None


def _text(number: int | None) -> str | None:
    return None if number is None else format_number(number)


def _distinct(one: Indicator, values: Mapping[str, Held], asked: Asked) -> int | None:
    """How many entries of the list (of the group, where there is one) the unit chose."""
    [term] = parse(one.numerator)
    value = values.get(term.element)
    if value is None or value.choices is None:
        return None
    groups = asked.choice_groups[term.element]
    return sum(1 for code in value.choices if not one.choice_group or groups.get(code) == one.choice_group)
