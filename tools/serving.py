"""A server of our own for the tools that look at pages."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

STARTED_WITHIN = 120  # seconds


@contextmanager
def serving(command: Sequence[str]) -> Iterator[str]:
    """Run `command` with a free address, HOST:PORT, at its end; gives the URL, and ends it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    server = subprocess.Popen([*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://{address}/accounts/login/")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str) -> None:
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end:
        try:
            urlopen(url).close()
            return
        except HTTPError:
            return
        except URLError:
            time.sleep(0.2)
    sys.exit(f"No answer at {url} within {STARTED_WITHIN} s")
