"""Measures pairs of callables in turns and says how many times the baseline a subject takes."""

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

Clock = Callable[[], float]


@dataclass(frozen=True)
class Pair:
    """A subject, the baseline it is compared with, and how many times slower it may be.

    `statements` are those that the subject asks of the database, as counted, and `most_statements` how
    many it may ask; `before` prepares each run of the subject and is not measured.
    """

    name: str
    subject: Callable[[], object]
    baseline: Callable[[], object]
    limit: float
    rounds: int = 30
    statements: int | None = None
    most_statements: int | None = None
    before: Callable[[], object] | None = None


@dataclass(frozen=True)
class Weight:
    """A number that is counted and not timed, such as the bytes of a page, and the most it may be."""

    name: str
    count: Callable[[], int]
    limit: int


@dataclass(frozen=True)
class Result:
    """The ratio of the two medians; `ratio` 2 means that the subject takes twice as long."""

    name: str
    ratio: float
    limit: float
    statements: int | None = None
    most_statements: int | None = None

    @property
    def is_over(self) -> bool:
        return self.ratio > self.limit or self._asks_too_much

    @property
    def _asks_too_much(self) -> bool:
        return (
            self.statements is not None
            and self.most_statements is not None
            and self.statements > self.most_statements
        )

    def __str__(self) -> str:
        asked = "" if self.statements is None else str(self.statements)
        if self.most_statements is not None:
            asked += f"/{self.most_statements}"
        verdict = "over" if self.is_over else "ok"
        return f"{self.name:<62} {self.ratio:>8.2f} {self.limit:>8.2f} {asked:>7}  {verdict}"


def weigh(weight: Weight) -> Result:
    """The number as a row among the ratios."""
    return Result(weight.name, weight.count(), weight.limit)


def measure(pair: Pair, clock: Clock = time.perf_counter) -> Result:
    """Run both sides `pair.rounds` times in turns, after one round that warms caches.

    Turns, because a busy machine then slows both alike; medians, because one hiccup says
    nothing; no garbage collection, because it strikes whoever happens to be running.
    """
    prepare = pair.before or (lambda: None)
    prepare()
    pair.subject()
    pair.baseline()
    subject: list[float] = []
    baseline: list[float] = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(pair.rounds):
            prepare()
            subject.append(_seconds(pair.subject, clock))
            baseline.append(_seconds(pair.baseline, clock))
    finally:
        gc.enable()
    ratio = median(subject) / median(baseline)
    return Result(pair.name, ratio, pair.limit, pair.statements, pair.most_statements)


def _seconds(run: Callable[[], object], clock: Clock) -> float:
    started = clock()
    run()
    return clock() - started


def report(pairs: Iterable[Pair | Weight], write: Callable[[str], object] = print) -> bool:
    """Measure every pair and weigh every weight, write a row each; whether all stayed within their limits."""
    write(f"{'name':<62} {'ratio':>8} {'limit':>8} {'SQL':>7}")
    all_within = True
    for pair in pairs:
        result = weigh(pair) if isinstance(pair, Weight) else measure(pair)
        write(str(result))
        all_within = all_within and not result.is_over
    return all_within
