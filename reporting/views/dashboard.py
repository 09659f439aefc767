"""The dashboard of a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from collection.models import ReportingPeriod
from reporting.board import read_board
from reporting.dashboard import summarise
from reporting.keeping import kept, state_of, with_state
from reporting.places import topmost_unit
from reporting.selection import Selection, SelectionError, fallback_options, read_selection
from reporting.switches import switches
from reporting.unit_tabs import unit_tabs
from schools.models import User


def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For signed-in readers, whom the view gets as second argument.

    An unknown period, basis or slice becomes a page that says where to go.
    """

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
        assert isinstance(request.user, User)
        try:
            return view(request, request.user, **kwargs)
        except SelectionError as error:
            context = {"message": str(error), "options": fallback_options(request.path)}
            return render(request, "reporting/no_selection.html", context, status=404)

    return require_safe(login_required(answer))


def selected(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A `page` whose view gets the selection of its address as third argument."""

    @wraps(view)
    def answer(request: HttpRequest, user: User, **kwargs: str) -> HttpResponse:
        selection = read_selection(request.GET)
        return view(request, user, selection, **kwargs)

    return page(answer)


@page
def dashboard(request: HttpRequest, user: User) -> HttpResponse:
    """The dashboard of the highest unit of the signed-in user."""
    top = topmost_unit(user)
    if top is None:
        return render(request, "reporting/no_unit.html")
    return _board_page(request, user, top.code)


@page
def unit(request: HttpRequest, user: User, code: str) -> HttpResponse:
    """The same page of any unit that the user may see."""
    return _board_page(request, user, code)


@dataclass(frozen=True)
class BoardPage:
    """What a dashboard says, as text, and how its parts look, as HTML; kept between requests."""

    title: str
    heading: str
    lede: str
    crumbs: str
    controls: str
    notices: str
    content: str


def _board_page(request: HttpRequest, user: User, code: str) -> HttpResponse:
    chosen = {name: request.GET.get(name, "") for name in ("indicator", "kind")}
    periods = with_state(ReportingPeriod.objects.all())
    selection = read_selection(request.GET, periods)
    address = (request.path, code, selection.query, *chosen.values())
    shown = kept(
        state_of(selection.periods),
        user,
        address,
        lambda: _build_board_page(user, request.path, code, selection, **chosen),
    )
    return render(request, "reporting/dashboard.html", {"page": shown})


def _build_board_page(
    user: User, path: str, code: str, selection: Selection, *, indicator: str, kind: str
) -> BoardPage:
    board = read_board(user, code, selection, indicator=indicator, kind=kind)
    summary = summarise(board)
    more = {name: value for name, value in (("indicator", indicator), ("kind", kind)) if value}
    place = board.place
    crumbs = {
        "crumbs": [(one.name, selection.unit_url(one.code)) for one in place.above],
        "here": place.unit.name,
    }
    controls = switches(selection, path, **more)
    notices = {
        **controls,
        "tabs": unit_tabs(selection, place.unit.code, "reporting:unit"),
        "is_illustrative": summary.is_illustrative,
    }
    return BoardPage(
        title=place.unit.name,
        heading=summary.heading,
        lede=summary.lede,
        crumbs=render_to_string("reporting/partials/crumbs.html", crumbs),
        controls=render_to_string("reporting/partials/selectors.html", controls),
        notices=render_to_string("reporting/partials/unit_notices.html", notices),
        content=render_to_string("reporting/partials/board.html", {"board": board, "summary": summary}),
    )
