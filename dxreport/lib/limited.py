"""Run a function over bytes that are not ours, in a child process that cannot hurt us.

The child has a bound on memory, processor time, time and answer, writes no files and leaves no core
dump. It starts without Django, and unless asked otherwise without installed packages, so it is quick, and
what it knows is the standard library. Nothing it says is executed: it answers in JSON.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dxreport.lib import limited_child
from dxreport.lib.limited_child import Refused

__all__ = ["Crashed", "LimitReached", "Limits", "Outcome", "Refused", "run"]

MIB = 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
# Secrets and database addresses stay here; some Pythons find their own library by the second.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH")
# Appended, so that no folder of ours ever hides a module of the standard library.
_START = "import sys; sys.path.append({!r}); from dxreport.lib.limited_child import main; main()"


@dataclass(frozen=True)
class Limits:
    """What a child may use: bytes of address space, seconds of processor, seconds in all, bytes of answer."""

    memory: int = 512 * MIB
    # A thousand times an honest file. Python may run in circles once its memory is spent; this ends it.
    cpu_seconds: int = 10
    wall_seconds: float = 30
    output: int = 64 * MIB


@dataclass(frozen=True)
class Outcome:
    """What the function gave, value by value, and the most memory the child held (bytes)."""

    values: list[Any]
    peak_memory: int


class LimitReached(Exception):
    """The child went past a limit: "memory", "cpu", "wall" or "output"."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class Crashed(Exception):
    """The child met an error that its function does not know, or ended without a word."""


def run(
    function: Callable[..., Iterator[Any]],
    data: bytes | Path,
    *,
    limits: Limits = Limits(),
    with_packages: bool = False,
    **arguments: Any,
) -> Outcome:
    """`function(stream, **arguments)` in a child, over `data` (bytes, or a file) as a seekable stream.

    `function` is a generator at the top of a module that imports the standard library and such modules
    only, `with_packages` also installed ones (which take their time to load); it gives values that JSON can
    carry. Raises Refused as the function raised it, LimitReached, and
    Crashed.
    """
    request = {
        "module": function.__module__,
        "function": function.__qualname__,
        "arguments": arguments,
        "memory": limits.memory,
        "cpu_seconds": limits.cpu_seconds,
        "output": limits.output,
    }
    alone = ["-I"] if with_packages else ["-I", "-S"]
    command = [sys.executable, *alone, "-c", _START.format(str(_ROOT)), json.dumps(request)]
    with _opened(data) as stream:
        said, code = _collected(command, stream, limits)
    return _outcome(said, code)


def _opened(data: bytes | Path) -> IO[bytes]:
    if isinstance(data, Path):
        return data.open("rb")
    # Without a name on disk: it is gone with the last process that holds it.
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    stream.write(data)
    stream.seek(0)
    return stream


def _collected(command: list[str], stream: IO[bytes], limits: Limits) -> tuple[bytes, int]:
    """What the child wrote and its exit code. However this ends, no child is left behind."""
    deadline = time.monotonic() + limits.wall_seconds
    with subprocess.Popen(
        command,
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        start_new_session=True,
    ) as child:
        try:
            assert child.stdout is not None
            # The child stops at the limit itself; the margin is for its last line.
            said = _read_until(child.stdout.fileno(), deadline, limits.output + MIB)
            return said, child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise LimitReached("wall") from None
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)


def _read_until(source: int, deadline: float, most: int) -> bytes:
    said = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise LimitReached("wall")
            chunk = os.read(source, MIB)
            if not chunk:
                return bytes(said)
            said += chunk
            if len(said) > most:
                raise LimitReached("output")


def _outcome(said: bytes, code: int) -> Outcome:
    *lines, last = said.splitlines() or [b""]
    if code == -signal.SIGXCPU:
        raise LimitReached("cpu")
    try:
        ending = json.loads(last)
        how, *what = ending["end"]
    except (ValueError, TypeError, KeyError):
        # A process that cannot even say that its memory ran out, or that the system ended.
        raise Crashed(f"ended with {code} without a word") from None
    match how:
        case limited_child.DONE:
            return Outcome(json.loads(b"[" + b",".join(lines) + b"]"), ending["peak"])
        case limited_child.REFUSED:
            raise Refused(what[0], **what[1])
        case limited_child.LIMIT:
            raise LimitReached(what[0])
    raise Crashed(what[0])
