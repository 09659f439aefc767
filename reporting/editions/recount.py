"""The figures of an edition added up again from what it keeps of every unit: the second calculation.

It shares nothing with the way the figures came about but rounding, which has one place in the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dxreport.lib.numbers import rounded
from indicators.models import Indicator


def recounted(content: Mapping[str, Any]) -> list[str]:
    """The codes of the figures that the units' own parts do not add up to; none in a sound edition."""
    return [one["code"] for one in content["figures"] if not _adds_up(one, content["units"])]


def _adds_up(figure: Mapping[str, Any], units: list[Mapping[str, Any]]) -> bool:
    code, kind = figure["code"], figure["kind"]
    parts = [unit["brings"][code] for unit in units if code in unit["brings"]]
    sums = [sum(one) for one in zip([0, 0, 0, 0], *parts, strict=True)]
    numerator, denominator, counted, expected = sums
    if (counted, expected) != (figure["counted"], figure["expected"]):
        return False
    if figure["value"] is None:
        return not counted or (kind == Indicator.Kind.RATIO and not denominator)
    if kind == Indicator.Kind.DISTINCT:
        used = {label for unit in units for label in unit["choices"].get(code, ())}
        return used == set(figure["names"]) and Decimal(len(used)) == Decimal(figure["value"])
    if kind == Indicator.Kind.RATIO:
        share = rounded(Decimal(100 * numerator) / Decimal(denominator))
        return sums[:2] == [figure["numerator"], figure["denominator"]] and share == Decimal(figure["value"])
    return bool(numerator == figure["numerator"] and Decimal(numerator) == Decimal(figure["value"]))
