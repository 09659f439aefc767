"""Conditions of an address, carried on to another one."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


def without(query: QueryDict, *names: str) -> QueryDict:
    """A copy of `query` that may be changed, without the conditions named."""
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def with_one(query: QueryDict, name: str, value: str) -> str:
    """ "?name=value&..." with everything else that `query` says."""
    changed = query.copy()
    changed[name] = value
    return f"?{changed.urlencode()}"


def hidden_inputs(query: QueryDict) -> SafeString:
    """The conditions as inputs that a form carries along."""
    pairs = ((name, value) for name, values in query.lists() for value in values)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)
