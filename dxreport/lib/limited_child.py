"""The child's side of `dxreport.lib.limited`: limits first, then one function over standard input.

It runs under `python -I -S`, without our packages and without Django, and imports the function's
module only once the limits stand. It answers in lines of JSON; the last one says how it ended.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import Any

DONE, REFUSED, LIMIT, FAILED = "done", "refused", "limit", "failed"


class Refused(Exception):
    """The input is not accepted: a code for the reason, and what its sentence will name."""

    def __init__(self, code: str, **named: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.named = named


class _TooMuch(Exception):
    """The answer grew past what the parent takes."""


def main() -> None:
    """Answer the request in argv: `module`, `function`, `arguments`, `memory`, `cpu_seconds`, `output`."""
    request = json.loads(sys.argv[1])
    _limit(memory=request["memory"], cpu_seconds=request["cpu_seconds"])
    gc.disable()  # it would look through every row again and again, and the process ends soon
    ending: list[Any]
    try:
        function = getattr(importlib.import_module(request["module"]), request["function"])
        _answer(function(sys.stdin.buffer, **request["arguments"]), request["output"])
        ending = [DONE]
    except Refused as refused:
        ending = [REFUSED, refused.code, refused.named]
    except MemoryError:
        ending = [LIMIT, "memory"]
    except _TooMuch:
        ending = [LIMIT, "output"]
    except Exception as error:
        # A parser meets files that nobody foresaw; the parent says so in words and logs the name.
        ending = [FAILED, f"{type(error).__name__}: {error}"[:300]]
    print(json.dumps({"end": ending, "peak": _peak_memory()}), flush=True)
    # Without the interpreter's farewell, which needs memory that may be spent.
    os._exit(0)


def _limit(*, memory: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # At the soft limit the process ends by SIGXCPU, which the parent recognises.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _answer(values: Iterator[Any], most: int) -> None:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
    for value in values:
        line = encode(value).encode()
        most -= len(line) + 1
        if most < 0:
            raise _TooMuch
        sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _peak_memory() -> int:
    """The most memory this process held, in bytes; 0 where the system does not tell.

    `getrusage` would count the parent's memory too, which the child shared until it began.
    """
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return 0
