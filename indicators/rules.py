"""Whether one unit's values satisfy the rules. Pure: values come through a lookup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.formula import Gap, Lookup, evaluate
from indicators.models import Rule


@dataclass(frozen=True)
class Finding:
    """A rule that does not hold, with both sides; a side is None where it has no number."""

    rule: Rule
    left: int | None
    right: int | None


def check(rules: Iterable[Rule], lookup: Lookup) -> list[Finding]:
    """The rules that the values behind `lookup` do not satisfy, in the order given.

    A rule with a side that is missing, not asked or not applicable does not speak, except that
    a pair speaks when one side has a number and the other is missing.
    """
    findings = []
    for rule in rules:
        left, right = evaluate(rule.left, lookup), evaluate(rule.right, lookup)
        if _is_broken(rule.kind, left, right):
            findings.append(Finding(rule, _number(left), _number(right)))
    return findings


def _is_broken(kind: str, left: int | Gap, right: int | Gap) -> bool:
    if kind == Rule.Kind.PAIR:
        return isinstance(left, int) != isinstance(right, int) and Gap.MISSING in (left, right)
    if isinstance(left, Gap) or isinstance(right, Gap):
        return False
    return left != right if kind == Rule.Kind.PARTS_TOTAL else left > right


def _number(side: int | Gap) -> int | None:
    return side if isinstance(side, int) else None
