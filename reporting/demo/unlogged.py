"""Many statements without the log that DEBUG keeps of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def unlogged() -> Iterator[None]:
    """With DEBUG, Django writes out and keeps the text of every statement with all its parameters.

    For the half million rows of a demo province that takes seconds, and memory for good.
    """
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        del connection.make_debug_cursor
