"""What `tests.lib.test_limited` runs in a child: well-behaved functions, and others."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import IO, Any

from dxreport.lib.limited_child import Refused


def lines(stream: IO[bytes], *, prefix: str = "") -> Iterator[Any]:
    for line in stream:
        yield prefix + line.decode().strip()


def surroundings(stream: IO[bytes]) -> Iterator[Any]:
    yield {"modules": sorted(sys.modules), "environment": sorted(os.environ), "folder": os.getcwd()}


def eats(stream: IO[bytes], *, megabytes: int) -> Iterator[Any]:
    kept = [b"x" * 1024 * 1024 for _ in range(megabytes)]
    yield sum(len(block) for block in kept)


def spins(stream: IO[bytes]) -> Iterator[Any]:
    yield "busy"
    while True:
        pass


def sleeps(stream: IO[bytes]) -> Iterator[Any]:
    yield "waiting"
    time.sleep(60)


def shouts(stream: IO[bytes]) -> Iterator[Any]:
    while True:
        yield "x" * 10_000


def writes(stream: IO[bytes], *, path: str) -> Iterator[Any]:
    with open(path, "wb") as file:
        file.write(b"x" * 100_000)
    yield "written"


def refuses(stream: IO[bytes]) -> Iterator[Any]:
    yield 1
    raise Refused("order", sheet="Trang 1", cell="B7")


def fails(stream: IO[bytes]) -> Iterator[Any]:
    yield 1
    raise ZeroDivisionError("on line 3")


def dies(stream: IO[bytes]) -> Iterator[Any]:
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)


def installed(stream: IO[bytes]) -> Iterator[Any]:
    import jinja2

    yield {"package": jinja2.__name__, "django": "django" in sys.modules, "environment": sorted(os.environ)}
