"""Measures pairs of callables in turns and says how many times the baseline a subject takes."""

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

Clock = Callable[[], float]


@dataclass(frozen=True)
class Pair:
    """A subject, the baseline it is compared with, and how many times slower it may be."""

    name: str
    subject: Callable[[], object]
    baseline: Callable[[], object]
    limit: float
    rounds: int = 30


@dataclass(frozen=True)
class Result:
    """The ratio of the two medians; `ratio` 2 means that the subject takes twice as long."""

    name: str
    ratio: float
    limit: float

    @property
    def is_over(self) -> bool:
        return self.ratio > self.limit

    def __str__(self) -> str:
        return f"{self.name:<60} {self.ratio:>8.2f} {self.limit:>8.2f}  {'over' if self.is_over else 'ok'}"


def measure(pair: Pair, clock: Clock = time.perf_counter) -> Result:
    """Run both sides `pair.rounds` times in turns, after one round that warms caches.

    Turns, because a busy machine then slows both alike; medians, because one hiccup says
    nothing; no garbage collection, because it strikes whoever happens to be running.
    """
    pair.subject()
    pair.baseline()
    subject: list[float] = []
    baseline: list[float] = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(pair.rounds):
            subject.append(_seconds(pair.subject, clock))
            baseline.append(_seconds(pair.baseline, clock))
    finally:
        gc.enable()
    return Result(pair.name, median(subject) / median(baseline), pair.limit)


def _seconds(run: Callable[[], object], clock: Clock) -> float:
    started = clock()
    run()
    return clock() - started


def report(pairs: Iterable[Pair], write: Callable[[str], object] = print) -> bool:
    """Measure every pair, write a row each; whether all stayed within their limits."""
    write(f"{'name':<60} {'ratio':>8} {'limit':>8}")
    all_within = True
    for pair in pairs:
        result = measure(pair)
        write(str(result))
        all_within = all_within and not result.is_over
    return all_within
