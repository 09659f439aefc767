"""The harness of `make bench`, on a clock that the test winds."""

from collections.abc import Callable

import pytest

from bench.harness import Pair, Result, Weight, measure, report, weigh


class Clock:
    """Stands still except when a task lets time pass."""

    def __init__(self) -> None:
        self.now = 0.0
        self.done: list[str] = []

    def __call__(self) -> float:
        return self.now

    def task(self, name: str, *seconds: float) -> Callable[[], None]:
        """A task that takes the seconds given, run after run, the last one ever after."""
        left = list(seconds)

        def run() -> None:
            self.done.append(name)
            self.now += left.pop(0) if len(left) > 1 else left[0]

        return run


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_ratio_compares_medians_and_leaves_the_first_run_out(clock):
    # Cold 100 s; then 3, 3 and a hiccup of 50, against a steady 2.
    pair = Pair("page", clock.task("subject", 100, 3, 50, 3), clock.task("baseline", 2), limit=2, rounds=3)

    assert measure(pair, clock).ratio == 1.5


def test_both_sides_take_turns(clock):
    measure(Pair("page", clock.task("s", 1), clock.task("b", 1), limit=2, rounds=2), clock)

    assert clock.done == ["s", "b"] * 3


@pytest.mark.parametrize(("ratio", "is_over"), [(1.99, False), (2.0, False), (2.01, True)])
def test_a_result_is_over_only_above_its_limit(ratio, is_over):
    assert Result("page", ratio, limit=2).is_over is is_over


def test_the_report_has_a_row_for_each_pair_and_tells_when_one_is_over():
    rows: list[str] = []
    quick = Pair("quick", lambda: None, lambda: sum(range(1000)), limit=1, rounds=5)
    slow = Pair("slow", lambda: sum(range(1000)), lambda: None, limit=1, rounds=5)

    assert report([quick], rows.append) is True
    assert report([slow, quick], rows.append) is False
    assert [row.split()[-1] for row in rows if row.startswith(("quick", "slow"))] == ["ok", "over", "ok"]


@pytest.mark.parametrize(("bytes_sent", "is_over"), [(6144, False), (6145, True)])
def test_a_weight_is_over_only_above_its_limit(bytes_sent, is_over):
    assert weigh(Weight("page, bytes", lambda: bytes_sent, limit=6144)).is_over is is_over


@pytest.mark.parametrize(("asked", "is_over"), [(None, False), (6, False), (7, True)])
def test_a_result_is_over_when_it_asks_the_database_more_often_than_it_may(asked, is_over):
    assert Result("save", 1, limit=2, statements=asked, most_statements=6).is_over is is_over


def test_what_prepares_a_run_is_not_measured(clock):
    pair = Pair(
        "save", clock.task("s", 2), clock.task("b", 1), limit=3, rounds=2, before=clock.task("p", 100)
    )

    assert measure(pair, clock).ratio == 2
    assert clock.done == ["p", "s", "b"] * 3
