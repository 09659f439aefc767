"""Chance with a name: each thing drawn has a generator of its own.

So adding an element or a school type leaves every other draw as it was.
"""

from random import Random


def draw(seed: int, *names: str) -> Random:
    """A generator that depends on the seed and the names, and on nothing drawn before."""
    return Random(f"{seed}/{'/'.join(names)}")


def spread(seed: int, count: int, low: int, high: int, *names: str) -> list[int]:
    """`count` whole numbers between `low` and `high`, both included."""
    chance = draw(seed, *names)
    return [chance.randint(low, high) for _ in range(count)]
