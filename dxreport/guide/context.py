"""Template context processor: the way to the guide, and the hint of the page, made if the page shows them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from dxreport.guide.contents import roles_of
from dxreport.guide.fitting import address_for
from dxreport.guide.hints import hint_for


def guide_address(request: HttpRequest) -> str:
    """The part of the guide that fits the page being read and its reader."""
    match = request.resolver_match
    return address_for(match.view_name if match else "", roles_of(getattr(request, "user", None)))


def context(request: HttpRequest) -> dict[str, object]:
    return {
        "guide_url": SimpleLazyObject(lambda: guide_address(request)),
        "hint": SimpleLazyObject(lambda: hint_for(request)),
    }
