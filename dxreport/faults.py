"""The pages of what cannot be answered: what is not there, and what only a button may ask for.

The other refusals need no view of ours: Django's own hand their sentence to `403.html`, and the pages of
what broke (`400.html`, `500.html`) rely on nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render

# Whose views write sentences for readers; what others raise speaks to programmers.
OURS = {"dxreport", "reporting", "collection", "schools", "indicators"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not there, with what the view says of it. Unknown and out of sight read the same."""
    said = exception.args[0] if exception.args else ""
    sentence = said if isinstance(said, str) and _is_own_view(request) else ""
    return render(request, "404.html", {"sentence": sentence}, status=404)


def _is_own_view(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and str(match.func.__module__).partition(".")[0] in OURS


class Faults:
    """Middleware: faults of one's own views as pages for readers, also on a developer's machine (DEBUG).

    An address that takes only what a button sends answers a reader with a page too, not with a blank.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        shown = render(request, "405.html", status=response.status_code)
        shown["Allow"] = response["Allow"]
        return shown

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view does not find; the page of DEBUG would say what the demo's visitors cannot use."""
        return not_found(request, exception) if isinstance(exception, Http404) else None
