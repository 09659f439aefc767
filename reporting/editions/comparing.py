"""Two sides figure by figure, and behind each changed figure the units whose part of it changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.arithmetic import Contribution
from indicators.formula import elements_of
from reporting.contributions import NOTHING
from reporting.editions.sides import Side
from reporting.editions.tree import UnitShare

FigureData = Mapping[str, Any]
# What makes a figure another one; a new target or footnote does not.
_COMPARED = ("numerator", "denominator", "value", "counted", "expected", "names")


@dataclass(frozen=True)
class UnitChange:
    """A unit whose own part of a figure changed; `came` and `went`: names it newly adds, or no more."""

    code: str
    name: str
    before: Contribution
    after: Contribution
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


@dataclass(frozen=True)
class FigureChange:
    """A figure that is another one; None where one side does not know the indicator."""

    code: str
    before: FigureData | None
    after: FigureData | None
    elements: tuple[str, ...]
    has_other_formula: bool
    units: tuple[UnitChange, ...]

    @property
    def name(self) -> str:
        """The indicator's name, as it is called now where it still is."""
        known = self.after or self.before
        return str(known["name"]) if known else ""

    @property
    def kind(self) -> str:
        """The indicator's kind."""
        known = self.after or self.before
        return str(known["kind"]) if known else ""

    @property
    def difference(self) -> Decimal | None:
        """Of the values as printed; None where one is missing."""
        values = [one["value"] for one in (self.before, self.after) if one is not None]
        if len(values) < 2 or None in values:
            return None
        return Decimal(values[1]) - Decimal(values[0])


@dataclass(frozen=True)
class Comparison:
    """Everything that two sides differ in; `alike` counts the figures that are the same."""

    earlier: Side
    later: Side
    changed: tuple[FigureChange, ...]
    alike: int


def compare(earlier: Side, later: Side) -> Comparison:
    """In the order of the earlier side, then what is new."""
    codes = list(dict.fromkeys([*earlier.figures, *later.figures]))
    changed = tuple(_change(code, earlier, later) for code in codes if _differs(code, earlier, later))
    return Comparison(earlier, later, changed, len(codes) - len(changed))


def _differs(code: str, earlier: Side, later: Side) -> bool:
    before, after = earlier.figures.get(code), later.figures.get(code)
    if before is None or after is None:
        return True
    return any(before[name] != after[name] for name in _COMPARED) or _has_other_formula(code, earlier, later)


def _has_other_formula(code: str, earlier: Side, later: Side) -> bool:
    before, after = earlier.formulas.get(code), later.formulas.get(code)
    return before is not None and after is not None and before != after


def _change(code: str, earlier: Side, later: Side) -> FigureChange:
    formulas = [side.formulas[code] for side in (earlier, later) if code in side.formulas]
    sides = [side for one in formulas for side in (one["numerator"], one["denominator"]) if side]
    return FigureChange(
        code=code,
        before=earlier.figures.get(code),
        after=later.figures.get(code),
        elements=elements_of(*sides),
        has_other_formula=_has_other_formula(code, earlier, later),
        units=tuple(_unit_changes(code, earlier, later)),
    )


def _unit_changes(code: str, earlier: Side, later: Side) -> list[UnitChange]:
    found = []
    for unit in sorted(earlier.units.keys() | later.units.keys()):
        old, new = earlier.units.get(unit), later.units.get(unit)
        before, after = _part(old, code), _part(new, code)
        names = [set(one.choices.get(code, ())) if one else set() for one in (old, new)]
        if before != after or names[0] != names[1]:
            known = new or old
            assert known is not None
            came, went = names[1] - names[0], names[0] - names[1]
            found.append(
                UnitChange(unit, known.name, before, after, tuple(sorted(came)), tuple(sorted(went)))
            )
    return found


def _part(unit: UnitShare | None, code: str) -> Contribution:
    return unit.brings.get(code, NOTHING) if unit else NOTHING
