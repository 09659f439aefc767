"""The pages of the application, asked for as a browser would and read from their HTML.

They are asked for in the name of somebody who may see them: a page has no other face than the one that
its readers get. Nothing is changed by reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpRequest, QueryDict
from django.urls import resolve
from django.utils import timezone

from reporting.appendix import Appendix
from reporting.reconciling.facts import Facts, Told
from schools.hierarchy import ancestor_ids, standing_day
from schools.models import Membership, OrgUnit, User
from schools.roles import PERMISSIONS, Permission

_INDICATOR = re.compile(r"/indicators/([^/]+)/")
# heading of a column -> what of a figure stands in it
_COLUMNS = {
    "Kết quả": "value",
    "Tử số": "numerator",
    "Mẫu số": "denominator",
    "Độ bao phủ": "coverage",
}
HOST = "localhost"


def reader_of(unit: OrgUnit) -> User | None:
    """Somebody with an account in force who may see `unit`."""
    day = standing_day(unit, timezone.localdate())
    above = ancestor_ids([unit.pk], on=day).get(unit.pk, [])
    roles = [role for role, given in PERMISSIONS.items() if Permission.VIEW in given]
    seeing = Membership.objects.filter(unit__in=above, role__in=roles, is_active=True, user__is_active=True)
    found = seeing.select_related("user").order_by("user__username").first()
    return found.user if found else None


def ask(address: str, reader: User) -> str:
    """The answer of the view behind an address of ours, as `reader` gets it."""
    path, _mark, query = address.partition("?")
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.GET = QueryDict(query)
    request.META = {"SERVER_NAME": HOST, "SERVER_PORT": "80", "REQUEST_METHOD": "GET", "QUERY_STRING": query}
    request.user = reader
    match = request.resolver_match = resolve(path)
    answer = match.func(request, *match.args, **match.kwargs)
    return str(answer.content.decode())


@dataclass
class Row:
    """A row of a table: the text of each cell, and the indicators that its links name."""

    cells: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


class _Tables(HTMLParser):
    """The rows of all tables of a page, and every link to a figure with its words."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.links: list[tuple[str, str, str]] = []
        self._in_cell = False
        self._link: tuple[str, str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "tr":
            self.rows.append(Row())
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].cells.append("")
            self._in_cell = True
        elif tag == "a":
            found = _INDICATOR.search(known.get("href") or "")
            if found:
                self._link = (found[1], known.get("class") or "", [])
                if self.rows:
                    self.rows[-1].codes.append(found[1])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False
        elif tag == "a" and self._link:
            code, kind, words = self._link
            self.links.append((code, kind, "".join(words).strip()))
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1].cells[-1] += data
        if self._link:
            self._link[2].append(data)


def _tables(page: str) -> _Tables:
    parser = _Tables()
    parser.feed(page)
    return parser


def read_figures_page(page: str, facts: Facts) -> Iterator[Told]:
    """The page of all figures of a unit: four numbers of each."""
    rows = _tables(page).rows
    header = next((row.cells for row in rows if "Kết quả" in row.cells), [])
    columns = {at: _COLUMNS[name] for at, name in enumerate(header) if name in _COLUMNS}
    for row in rows:
        if not row.codes:
            continue
        code = row.codes[0]
        for at, aspect in columns.items():
            yield Told(code, aspect, f"dòng {code}", facts[code][aspect], row.cells[at].strip())


def read_dashboard(page: str, facts: Facts) -> Iterator[Told]:
    """The tiles of a dashboard."""
    for code, kind, text in _tables(page).links:
        if "fig" in kind.split():
            yield Told(code, "value", "ô chỉ số", facts[code]["value"], text)


def read_appendix_page(page: str, appendix: Appendix) -> Iterator[Told]:
    """The rows of the appendix."""
    shown: dict[str, str] = {code: text for code, kind, text in _tables(page).links if kind == "why"}
    for row in appendix.rows:
        for line in row.lines:
            yield Told(line.code, "result", f"dòng {row.number}", line.result, shown.get(line.code, ""))
