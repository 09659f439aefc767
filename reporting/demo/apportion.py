"""Sharing whole numbers out exactly. Plain integers, no rounding error, no database."""

from collections.abc import Sequence
from fractions import Fraction


def half_up(value: Fraction) -> int:
    """The nearest whole number of a value that is not negative; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def apportion(total: int, weights: Sequence[int], caps: Sequence[int] | None = None) -> list[int]:
    """`total` shared out in proportion to `weights`, by largest remainder, nobody above their cap.

    What a capped receiver cannot take goes to the others in proportion. An equal remainder goes
    to whoever comes first. Raises ValueError when the receivers cannot take it all.
    """
    limits = list(caps) if caps is not None else [total] * len(weights)
    shares = [0] * len(weights)
    open_to_more = [i for i, weight in enumerate(weights) if weight > 0 and limits[i] > 0]
    if total < 0 or total > sum(limits[i] for i in open_to_more):
        raise ValueError(f"cannot share {total} among {len(open_to_more)} receivers")
    rest = total
    while open_to_more:
        sum_of_weights = sum(weights[i] for i in open_to_more)
        full = [i for i in open_to_more if weights[i] * rest >= limits[i] * sum_of_weights]
        if not full:
            _by_largest_remainder(rest, weights, open_to_more, shares)
            break
        for i in full:
            shares[i] = limits[i]
            rest -= limits[i]
        filled = set(full)
        open_to_more = [i for i in open_to_more if i not in filled]
    return shares


def _by_largest_remainder(
    total: int, weights: Sequence[int], receivers: Sequence[int], shares: list[int]
) -> None:
    """Fill `shares` of `receivers`. A quota below a cap, rounded up, still is within the cap."""
    sum_of_weights = sum(weights[i] for i in receivers)
    for i in receivers:
        shares[i] = weights[i] * total // sum_of_weights
    missing = total - sum(shares[i] for i in receivers)
    by_remainder = sorted(receivers, key=lambda i: (-(weights[i] * total % sum_of_weights), i))
    for i in by_remainder[:missing]:
        shares[i] += 1


def ranked(scores: Sequence[int], among: Sequence[int]) -> list[int]:
    """The positions of `among` by falling score; a tie goes to the first."""
    return sorted(among, key=lambda i: (-scores[i], i))


def highest(count: int, scores: Sequence[int], among: Sequence[int]) -> list[int]:
    """The `count` positions of `among` with the highest scores, in order of position."""
    return sorted(ranked(scores, among)[:count])
