"""Which target an indicator is held to, whether it is met, and what is still needed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dxreport.lib.numbers import format_number, format_percent
from indicators.models import Indicator, Target


class Status(TextChoices):
    """Where a figure stands against its target."""

    MET = "met", _("đạt")
    NOT_MET = "not_met", _("chưa đạt")
    NO_TARGET = "no_target", _("không có mục tiêu")
    NO_VALUE = "no_value", _("chưa có số liệu")
    NOT_APPLICABLE = "not_applicable", _("không áp dụng")


_SIGNS = {
    Target.Comparison.AT_LEAST: "≥",
    Target.Comparison.MORE_THAN: ">",
    Target.Comparison.AT_MOST: "≤",
}


def target_for(
    targets: Iterable[Target], *, year: int, unit_codes: Sequence[str] = (), levels: Sequence[str] = ()
) -> Target | None:
    """The target of one indicator that holds for a unit in `year`, or None.

    `unit_codes` are the unit and those above it, nearest first; the nearest with a target of its
    own wins, then an education level, then the nation. Of that scope's targets the first year not
    before `year` counts; when all lie in the past, the last of them.
    """
    by_scope: dict[tuple[str, str], list[Target]] = {}
    for target in targets:
        by_scope.setdefault((target.scope, target.scope_code), []).append(target)
    scopes = [
        *((Target.Scope.UNIT, code) for code in unit_codes),
        *((Target.Scope.LEVEL, code) for code in levels),
        (Target.Scope.NATIONAL, ""),
    ]
    found: list[Target] = next((by_scope[scope] for scope in scopes if scope in by_scope), [])
    ahead = [target for target in found if target.year >= year]
    if ahead:
        return min(ahead, key=lambda target: target.year)
    return max(found, key=lambda target: target.year, default=None)


def requirement(kind: str, target: Target) -> str:
    """What a target asks, in the reader's notation: "≥ 50%", "> 50%", "≤ 1.200"."""
    show = format_percent if kind == Indicator.Kind.RATIO else format_number
    return f"{_SIGNS[Target.Comparison(target.comparison)]} {show(target.value)}"


def status(kind: str, value: Decimal | int | None, target: Target | None) -> Status:
    """Where `value` (in percent for a ratio) stands against `target`.

    Compare the exact value, not the rounded one: 49,996% is shown as 50% and does not reach 50%.
    """
    if kind == Indicator.Kind.NOT_APPLICABLE:
        return Status.NOT_APPLICABLE
    if value is None:
        return Status.NO_VALUE
    if target is None:
        return Status.NO_TARGET
    return Status.MET if _satisfies(Decimal(value), target) else Status.NOT_MET


def gap(kind: str, numerator: int | None, denominator: int | None, target: Target | None) -> int | None:
    """How many more of what the numerator counts would meet the target of a ratio: at least 1.

    For a target that must not be exceeded: how many too many there are. None when the target is
    met, and where there is no ratio or no target.
    """
    if kind != Indicator.Kind.RATIO or target is None or numerator is None or not denominator:
        return None
    # In hundredths of a percent, which targets are kept in, everything stays a whole number.
    wanted, whole = int(target.value * 100) * denominator, 10_000
    if target.comparison == Target.Comparison.AT_MOST:
        missing = numerator - wanted // whole
    elif target.comparison == Target.Comparison.MORE_THAN:
        missing = wanted // whole + 1 - numerator
    else:
        missing = -(-wanted // whole) - numerator
    return missing if missing > 0 else None


def _satisfies(value: Decimal, target: Target) -> bool:
    if target.comparison == Target.Comparison.AT_MOST:
        return value <= target.value
    if target.comparison == Target.Comparison.MORE_THAN:
        return value > target.value
    return value >= target.value
