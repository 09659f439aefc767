"""Which columns of a list its reader sees: as the address says, else as they chose last."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect

from .queries import without
from .tables import BaseTable

COLUMNS, REMEMBER, USUAL = "columns", "remember", "usual"
A_YEAR = 365 * 24 * 60 * 60


def usual_columns(table: BaseTable) -> list[str]:
    """Those shown to whoever has chosen nothing."""
    return [column.name for column in table.columns.iterall() if column.name not in table.extra]


def chosen_columns(request: HttpRequest, table: BaseTable) -> list[str]:
    """What the address says ("columns=code.name"), else what its reader chose last, else the usual ones."""
    if COLUMNS in request.GET:
        return _named(table, request.GET.getlist(COLUMNS)) or usual_columns(table)
    reader, _, text = request.COOKIES.get(COLUMNS, "").partition(":")
    kept = _named(table, [text]) if reader == str(request.user.pk) else []
    return kept or usual_columns(table)


def remember_columns(request: HttpRequest, table: BaseTable) -> HttpResponseRedirect:
    """Keep the columns that were ticked, and lead to their address, which is fit to be passed on.

    An address alone is not remembered: it may be somebody else's. The cookie belongs to this list's
    address and names its reader, for schools share their computers.
    """
    ticked = [] if request.GET[REMEMBER] == USUAL else request.GET.getlist(COLUMNS)
    names = _named(table, ticked)
    query = without(request.GET, COLUMNS, REMEMBER, "page")
    if names:
        query[COLUMNS] = ".".join(names)
    answer = HttpResponseRedirect(f"{request.path}?{query.urlencode()}" if query else request.path)
    if not names:
        answer.delete_cookie(COLUMNS, path=request.path, samesite="Lax")
        return answer
    answer.set_cookie(
        COLUMNS,
        f"{request.user.pk}:{'.'.join(names)}",
        max_age=A_YEAR,
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _named(table: BaseTable, texts: list[str]) -> list[str]:
    """The columns of the list that are named, in the order of the list."""
    named = set(".".join(texts).split("."))
    return [column.name for column in table.columns.iterall() if column.name in named]
