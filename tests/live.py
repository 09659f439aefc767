"""The live server's answers under way: a test waits for the last one before its tables are emptied."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.servers.basehttp import ServerHandler

PATIENCE_SECONDS = 20
QUIET_SECONDS = 0.03


class AnswersUnderWay:
    """How many requests the server works on, asked of itself: a browser forgets those it gives up.

    A page that is closed while it saves leaves its request to the server, which goes on with it.
    Emptying the tables under that save is a deadlock on PostgreSQL and an error in the next test.
    """

    def __init__(self) -> None:
        self.number = 0
        self._lock = threading.Lock()

    @contextmanager
    def one_more(self) -> Iterator[None]:
        with self._lock:
            self.number += 1
        try:
            yield
        finally:
            with self._lock:
                self.number -= 1

    def wait_for_the_last(self) -> None:
        """Return when the server has had nothing to do for a moment; fail when it never ends.

        The moment is for what a closing page has sent and the server not yet taken up.
        """
        now = busy = began = time.monotonic()
        while now - busy < QUIET_SECONDS:
            time.sleep(QUIET_SECONDS / 6)
            now = time.monotonic()
            if self.number:
                busy = now
                assert now - began < PATIENCE_SECONDS, (
                    f"the live server still works on {self.number} requests"
                )


@contextmanager
def counted(answers: AnswersUnderWay) -> Iterator[None]:
    """Count every request of Django's own server, from its first line to its connection's last byte."""
    usual = ServerHandler.run

    def run(self: ServerHandler, application: Any) -> None:
        with answers.one_more():
            usual(self, application)

    ServerHandler.run = run  # type: ignore[assignment]
    yield
    ServerHandler.run = usual  # type: ignore[method-assign]
