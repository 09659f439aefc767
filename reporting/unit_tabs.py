"""What all pages of one unit share: the tabs, the way here and the switches."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reporting.places import Place
from reporting.selection import Option, Selection
from reporting.switches import switches

# The routes that take a unit's code alone, in the order of the tabs.
TABS = {
    "reporting:unit": gettext_noop("Tổng quan"),
    "reporting:charts": gettext_noop("Biểu đồ"),
    "reporting:unit_figures": gettext_noop("Tất cả chỉ số"),
    "reporting:unit_beside": gettext_noop("Đặt cạnh nhau"),
}


def unit_tabs(selection: Selection, unit_code: str, current: str) -> list[Option]:
    """The tabs of a unit's pages; `current` is the route of the page that is open."""
    return [
        Option(_(words), f"{reverse(route, args=[unit_code])}?{selection.query}", route == current)
        for route, words in TABS.items()
    ]


def unit_frame(place: Place, selection: Selection, *, route: str, path: str, **more: str) -> dict[str, Any]:
    """The context of `reporting/unit_page.html`: what stands around the content of a unit's page.

    `route` is one of TABS, `path` the address of the page without its query, `more` the
    parameters of this page that its switches keep.
    """
    unit = place.unit
    return {
        "unit": unit,
        "crumbs": [(one.name, selection.unit_url(one.code)) for one in place.above],
        "here": unit.name,
        "tabs": unit_tabs(selection, unit.code, route),
        **switches(selection, path, **more),
    }
