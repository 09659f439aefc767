"""Which parts of a figure keep it from its target: plain functions on whole numbers, no database.

Each part is asked what it would lack if it were held to the target of the whole. What parts lack,
and what others have beyond the target, add up to what the whole lacks.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from indicators.arithmetic import percentage
from indicators.models import Target
from reporting.figures import Figure

# Targets are kept in hundredths of a percent: in these, what is lacking is a whole number.
_SCALE = 10_000

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Shortfall:
    """What one part lacks: whole people (or schools, devices), and its share of all that parts lack.

    `people` is None for a part at or beyond the target. `share` is in percent, half-up to two decimals.
    """

    people: int | None
    share: Decimal | None
    scaled: int


def shortfalls(parts: Mapping[Key, Figure], target: Target | None) -> dict[Key, Shortfall]:
    """What each part that has a value lacks of `target`; nothing without a target, or for figures
    that are no ratio."""
    if target is None:
        return {}
    scaled = {key: _scaled(figure, target) for key, figure in parts.items()}
    known = {key: lack for key, lack in scaled.items() if lack is not None}
    together = sum(lack for lack in known.values() if lack > 0)
    return {key: _shortfall(lack, together) for key, lack in known.items()}


def _scaled(figure: Figure, target: Target) -> int | None:
    """What is lacking, in ten-thousandths; negative beyond the target; None where nothing can be said."""
    if not figure.is_ratio or figure.numerator is None or not figure.denominator:
        return None
    lack = int(target.value * 100) * figure.denominator - _SCALE * figure.numerator
    return -lack if target.comparison == Target.Comparison.AT_MOST else lack


def _shortfall(lack: int, together: int) -> Shortfall:
    if lack <= 0:
        return Shortfall(None, None, lack)
    return Shortfall(-(-lack // _SCALE), percentage(lack, together), lack)
