"""The dashboard of a unit, and the page that says why a figure is what it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.board import read_board
from reporting.dashboard import summarise
from reporting.explanation import explain
from reporting.places import topmost_unit
from reporting.selection import Selection, SelectionError, fallback_options, read_selection
from schools.models import User

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[HttpRequest, User, Selection, Rest], HttpResponse]


def selected(page: Page[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Give a page the signed-in user and the selection of its address; an unknown one is a 404 page."""

    @require_safe
    @login_required
    @wraps(page)
    def view(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        assert isinstance(request.user, User)
        try:
            selection = read_selection(request.GET.get("period"), request.GET.get("basis"))
        except SelectionError as error:
            context = {"message": str(error), "options": fallback_options(request.path)}
            return render(request, "reporting/no_selection.html", context, status=404)
        return page(request, request.user, selection, *args, **kwargs)

    return view


@selected
def dashboard(request: HttpRequest, user: User, selection: Selection) -> HttpResponse:
    """The dashboard of the highest unit of the signed-in user."""
    top = topmost_unit(user)
    if top is None:
        return render(request, "reporting/no_unit.html")
    return _board_page(request, user, selection, top.code)


@selected
def unit(request: HttpRequest, user: User, selection: Selection, code: str) -> HttpResponse:
    """The same page of any unit that the user may see."""
    return _board_page(request, user, selection, code)


def _board_page(request: HttpRequest, user: User, selection: Selection, code: str) -> HttpResponse:
    chosen = {name: request.GET.get(name, "") for name in ("indicator", "kind")}
    board = read_board(user, code, selection, **chosen)
    kept = {name: value for name, value in chosen.items() if value}
    context = {
        "board": board,
        "place": board.place,
        "summary": summarise(board),
        "crumbs": [(one.name, selection.unit_url(one.code)) for one in board.place.above],
        "periods": selection.period_options(request.path, **kept),
        "bases": selection.basis_options(request.path, **kept),
    }
    return render(request, "reporting/dashboard.html", context)


@selected
def figure(request: HttpRequest, user: User, selection: Selection, code: str, indicator: str) -> HttpResponse:
    """Why a figure is what it is."""
    explanation = explain(user, code, indicator, selection)
    place = explanation.place
    context = {
        "explanation": explanation,
        "figure": explanation.figure,
        "indicator": explanation.figure.indicator,
        "crumbs": [(one.name, selection.unit_url(one.code)) for one in (*place.above, place.unit)],
        "periods": selection.period_options(request.path),
        "bases": selection.basis_options(request.path),
    }
    return render(request, "reporting/figure.html", context)
