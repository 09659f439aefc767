"""One way for every list to be answered: a page of it with its tools, or all of it as a file.

A list is a table, a filter, a queryset and a permission; here is what all lists have in common. Its
view serves two addresses, that of the page and that of its files:

    path("things/", views.thing_list, name="thing_list"),
    file_of("things/", views.thing_list, name="thing_file"),

    def thing_list(request, file_format=""):
        filters = ThingFilter(request.GET, queryset=Thing.objects.visible_to(request.user).for_list())
        return answer_list(request, ThingTable(filters.qs), filters, "things.html", file_format)

The template includes `tables/filters.html` and renders the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, re_path
from django.utils import timezone
from django.utils.safestring import SafeString
from django_filters import FilterSet
from django_tables2 import RequestConfig

from .column_choice import COLUMNS, REMEMBER, chosen_columns, remember_columns, usual_columns
from .delimited import streamed_csv
from .downloads import CSV, XLSX, file_name, streamed_attachment
from .queries import hidden_inputs, with_one, without
from .sheet_stream import streamed_workbook
from .tables import BaseTable

SIZES = (25, 50, 100, 200)
USUAL_SIZE = 50
PAGE, SIZE = "page", "per_page"


@dataclass(frozen=True)
class Choice:
    """A column to show, a kind of file or a size of page: its name, words, address, whether chosen."""

    name: str
    label: str
    url: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Tools:
    """What stands around the rows of a list; `kept`: the inputs that the choice of columns carries along."""

    columns: list[Choice]
    files: list[Choice]
    sizes: list[Choice]
    kept: SafeString


def file_of(place: str, view: Callable[..., HttpResponseBase], *, name: str) -> URLPattern:
    """The address of the files of the list at `place`."""
    return re_path(rf"^{re.escape(place)}file\.(?P<file_format>csv|xlsx)$", view, name=name)


def answer_list(
    request: HttpRequest,
    table: BaseTable,
    filters: FilterSet,
    template: str,
    file_format: str = "",
    *,
    per_page: int = USUAL_SIZE,
    **context: Any,
) -> HttpResponseBase:
    """The page of a list, or the file of all that its filter leaves: the same columns in the same order.

    The template gets, besides `context`: `table` with its tools, `filter`, `kept` (the inputs that the form
    of the filter carries along) and `clear` (where conditions are gone; "" where there are none).
    """
    if REMEMBER in request.GET:
        return remember_columns(request, table)
    RequestConfig(request, paginate=False).configure(table)
    table.show_only(chosen_columns(request, table))
    if file_format:
        return _file(table, file_format)
    _paginate(request, table, per_page)
    table.prepare([row.record for row in table.paginated_rows])
    table.tools = _tools(request, table, per_page)
    others = without(request.GET, PAGE, *filters.form.fields)
    filtered = any(request.GET.get(name) for name in filters.form.fields)
    context |= {
        "filter": filters,
        "table": table,
        "kept": hidden_inputs(others),
        "clear": f"{request.path}?{others.urlencode()}".removesuffix("?") if filtered else "",
    }
    return render(request, template, context)


def _file(table: BaseTable, file_format: str) -> HttpResponseBase:
    head, rows = table.written_head(), table.written_rows()
    name = file_name(table.file_name, timezone.localdate().isoformat(), extension=file_format)
    if file_format == "csv":
        return streamed_attachment(streamed_csv(chain([head], rows)), CSV, name)
    pieces = streamed_workbook(head, rows, title=str(table.name), widths=table.written_widths())
    return streamed_attachment(pieces, XLSX, name)


def _paginate(request: HttpRequest, table: BaseTable, per_page: int) -> None:
    """The page of the address; the first where it names none, the last where there are not so many."""
    try:
        table.paginate(page=request.GET.get(PAGE, 1), per_page=_size(request, per_page))
    except PageNotAnInteger:
        table.page = table.paginator.page(1)
    except EmptyPage:
        table.page = table.paginator.page(table.paginator.num_pages)


def _size(request: HttpRequest, usual: int) -> int:
    """How many rows a page has. Any other number than those offered could ask for a whole country at once."""
    asked = request.GET.get(SIZE, "")
    return next((size for size in SIZES if str(size) == asked), usual)


def _tools(request: HttpRequest, table: BaseTable, per_page: int) -> Tools:
    everything, shown = list(table.columns.iterall()), [column.name for column in table.columns]
    filed = without(request.GET, PAGE, SIZE, COLUMNS)
    if shown != usual_columns(table):
        filed[COLUMNS] = ".".join(shown[1:])
    after = f"?{filed.urlencode()}" if filed else ""
    sized, size = without(request.GET, PAGE), _size(request, per_page)
    return Tools(
        columns=[Choice(one.name, str(one.header), is_chosen=one.visible) for one in everything[1:]],
        files=[Choice(kind, kind.upper(), f"file.{kind}{after}") for kind in ("csv", "xlsx")],
        sizes=[Choice(f"{one}", f"{one}", with_one(sized, SIZE, str(one)), one == size) for one in SIZES],
        kept=hidden_inputs(without(request.GET, PAGE, COLUMNS)),
    )
