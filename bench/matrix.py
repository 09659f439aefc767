"""The reviewer's home: 370 units × forms."""

from __future__ import annotations

from collections.abc import Iterator

from bench.harness import Pair
from bench.pages import BASELINE, page, signed_in, statements
from reporting.demo.accounts import OFFICER


def matrix() -> Iterator[Pair]:
    """Every school of the province in one table, as the department's officer may open it."""
    client = signed_in(OFFICER)
    read = page(client, "/submissions/matrix/?show=units&period=2023")
    read()
    yield Pair(
        "matrix of 370 units / page of one query",
        subject=read,
        baseline=page(client, BASELINE),
        limit=50,
        rounds=10,
        statements=statements(read),
        most_statements=15,
    )
