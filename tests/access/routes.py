"""All routes of the house, as the URL resolver has them, and which of them an address belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.access.rows import Row


@cache
def routes() -> tuple[str, ...]:
    """Every route in the words of urls.py, as "units/<str:code>/"."""
    return tuple(
        dict.fromkeys(_plain(one) for one in _walk(get_resolver(settings.ROOT_URLCONF).url_patterns))
    )


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield before + str(one.pattern)
        else:
            yield from _walk(one.url_patterns, before + str(one.pattern))


def route_of(row: Row) -> str:
    """The route that a row's address leads to."""
    return _plain(resolve(row.path.partition("?")[0].format_map(_Example())).route)


def _plain(route: str) -> str:
    """Django gives a route now with the "^" in the middle, now without."""
    return route.replace("^", "")


class _Example(dict[str, object]):
    """Something for every name in braces, to ask which route an address leads to."""

    def __missing__(self, name: str) -> object:
        return _Example() if name == "first" else "1"


def spelled_out(table: list[Row]) -> list[Row]:
    """The table with each row for a class of routes, as "admin/*/*/add/", replaced by one for each route."""
    return [one for row in table for one in (_of_class(row) if _is_class(row) else [row])]


def _is_class(row: Row) -> bool:
    return not row.path.startswith("/")


def _of_class(row: Row) -> list[Row]:
    words = re.compile("[^/<]+".join(re.escape(part) for part in row.path.split("*")))
    matching = [route for route in routes() if words.fullmatch(route)]
    assert matching, f"“{row.path}” matches no route"
    return [replace(row, path=_address(route), is_of_class=True) for route in matching]


def _address(route: str) -> str:
    """A route of the administration, which names the kind of object, as an address with its first one."""
    model = "_".join(route.split("/")[1:3])
    return "/" + route.replace("<path:object_id>", f"{{first[{model}]}}")
