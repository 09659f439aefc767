"""The leader's page: as it is read, after a change, of a slice, and flat from 370 schools to 53,000."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator

from django.core.cache import caches
from django.http import HttpResponseBase

from bench.country import LEADER as COUNTRY_LEADER
from bench.country import country
from bench.harness import Pair, Weight
from bench.pages import BASELINE, LEADER, page, signed_in, statements

YEAR = "/?period=2023"
SLICE, AS_NOW = f"{YEAR}&level=primary&ownership=public", f"{YEAR}&hierarchy=now"
MOST_STATEMENTS = 8
MOST_BYTES = 6 * 1024


def dashboard() -> Iterator[Pair | Weight]:
    """Each row names what it is compared with."""
    leader = signed_in(LEADER)
    baseline = page(leader, BASELINE)
    rows = (
        # name, address, whether it is built anew, limit
        ("dashboard", YEAR, False, 3),
        ("dashboard after a change", YEAR, True, 40),
        ("dashboard of a slice after a change", SLICE, True, 100),
        ("dashboard as now after a change", AS_NOW, True, 60),
    )
    for name, address, is_new, limit in rows:
        read = anew(page(leader, address)) if is_new else page(leader, address)
        read()  # what stays in memory is read once
        yield Pair(
            f"{name} / page of one query",
            subject=read,
            baseline=baseline,
            limit=limit,
            statements=statements(read),
            most_statements=None if address in (AS_NOW, SLICE) else MOST_STATEMENTS,
        )
    yield Weight("dashboard: bytes of HTML and data, gzip", lambda: compressed(leader.get(YEAR)), MOST_BYTES)
    yield from _of_a_country(leader_reads=lambda address: page(leader, address))


def _of_a_country(leader_reads: Callable[[str], Callable[[], object]]) -> Iterator[Pair]:
    country()
    reads = page(signed_in(COUNTRY_LEADER), YEAR)
    reads()
    yield Pair("dashboard of 53,000 schools / of 370", reads, leader_reads(YEAR), 1.2)
    # Progress is counted anew, over all submissions below: that is not flat (docs/adr/0008).
    built = anew(reads)
    yield Pair(
        "the same after a change",
        built,
        anew(leader_reads(YEAR)),
        6,
        rounds=10,
        statements=statements(built),
    )


def anew(read: Callable[[], object]) -> Callable[[], object]:
    """The same reading when something has changed since the last: nothing of it is kept."""

    def built() -> object:
        caches["pages"].clear()
        return read()

    return built


def compressed(answer: HttpResponseBase) -> int:
    """Bytes of a page as it is sent by a server that compresses as most do."""
    return len(gzip.compress(answer.content, compresslevel=6))  # type: ignore[attr-defined]
