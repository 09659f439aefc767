"""Any figure on any page can be added up again from what its own page says, down to the cells of the forms.

What recomputes it here shares nothing with the code: whole-number arithmetic on the exact strings of the
trace, and the figures once more from raw rows (tests/second_calculation.py).
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from schools.models import OrgUnit, User
from tests.second_calculation import percent, recomputed

pytestmark = [pytest.mark.usefixtures("demo_of_twelve"), pytest.mark.django_db]

SEED, FIGURES = 131, 50
PAGES = (
    "/",
    "/?period=2022&basis=provisional",
    "/units/DN/?period=2022..2023",
    "/units/DN-GN/?period=2023",
    "/units/{school}/",
    "/units/DN/?period=2023&level=primary",
    "/units/DN/?period=2023&ownership=public&hierarchy=now",
    "/units/DN/figures/?period=2022..2023",
    "/units/DN-CJ/figures/?period=2022",
    "/units/DN/charts/?period=2023",
    "/explore/?unit=DN&period=2023",
    "/appendix/?period=2022..2023",
    "/appendix/?unit=DN-CJ&period=2023",
    "/report/?period=2022..2023",
    "/report/?unit=DN-GN&period=2023&basis=provisional",
    "/report/?unit={school}&period=2022",
)
STATES = {"official": ("approved",), "provisional": ("submitted", "approved")}
A_FIGURE = re.compile(r"/units/([^/]+)/indicators/([^/]+)/")

Trace = dict[str, Any]


@pytest.fixture
def leader(client: Client) -> Client:
    client.force_login(User.objects.get(username="lanhdao"))
    return client


@pytest.fixture
def read(leader: Client) -> Callable[[str], Trace]:
    """The trace of the figure whose page has such an address."""

    @cache
    def traced(address: str) -> Trace:
        path, _mark, query = address.partition("?")
        answer = leader.get(f"{path.rstrip('/')}.json?{query}")
        assert answer.status_code == 200, address
        return dict(answer.json())

    return traced


def figures_on(page: str, content: str) -> list[str]:
    """The addresses of all figures that a page leads to, each once, in order."""
    links = (urljoin(page, html.unescape(one)) for one in re.findall(r'href="([^"]+)"', content))
    return list(dict.fromkeys(one for one in links if A_FIGURE.fullmatch(urlsplit(one).path)))


def schools() -> list[str]:
    """Codes of all schools, in order."""
    found = OrgUnit.objects.filter(kind__code="school").order_by("code")
    return list(found.values_list("code", flat=True))


def number(text: str | None) -> int | None:
    return None if text is None else int(text)


def total(parts: list[Trace], key: str) -> int:
    return sum(int(part[key] or 0) for part in parts)


def faults(trace: Trace) -> Iterator[str]:
    """What in a trace does not give its own figure."""
    figure, parts = trace["figure"], trace["contributions"]
    numerator, denominator = number(figure["numerator"]), number(figure["denominator"])
    kind = trace["indicator"]["kind"]
    if kind == "ratio" and numerator is not None and denominator:
        if figure["value"] != percent(numerator, denominator):
            yield f"{numerator} ÷ {denominator} is not {figure['value']} %"
        cut = trace["rounding"]["quotient"].replace(".", "")
        if int(cut) != numerator * 10**6 // denominator:
            yield f"the quotient is not {trace['rounding']['quotient']}"
    elif kind != "ratio" and figure["value"] != figure["numerator"]:
        yield f"counted {figure['numerator']}, shown {figure['value']}"
    if not parts:
        return
    for key in ("units_counted", "units_expected"):
        if total(parts, key) != int(figure[key]):
            yield f"{key}: the parts have {total(parts, key)}, the figure {figure[key]}"
    if kind == "distinct":
        together = {choice for part in parts for choice in part["choices"]}
        if together != {one["choice"] for one in trace["choices"]} or len(together) != (numerator or 0):
            yield f"the choices are {together}, not {numerator}"
        return
    for key in ("numerator", "denominator"):
        if total(parts, key) != (number(figure[key]) or 0):
            yield f"{key}: the parts have {total(parts, key)}, the figure {figure[key]}"


def test_fifty_random_figures_follow_from_what_their_pages_say(leader, read):
    draw = random.Random(SEED)
    school = draw.choice(schools())
    listed = {}
    for page in (one.format(school=school) for one in PAGES):
        listed[page] = figures_on(page, leader.get(page).content.decode())
        assert listed[page], f"no figure on {page}"
    drawn = [draw.choice(listed[draw.choice(list(listed))]) for _ in range(FIGURES)]
    print(f"seed {SEED}:", *drawn, sep="\n")  # shown with a failure
    found = {address: list(faults(read(address))) for address in drawn}
    assert {address: said for address, said in found.items() if said} == {}
    assert {address for address in drawn if not is_what_raw_rows_give(read(address))} == set()
    assert len({urlsplit(address).path for address in drawn}) > FIGURES // 2


def test_a_trace_that_does_not_give_its_figure_is_found_out(read):
    address = "/units/DN/indicators/A1.1/?period=2023"
    trace = read(address)
    assert list(faults(trace)) == []
    for change in (
        {"figure": {**trace["figure"], "value": "12.34"}},
        {"figure": {**trace["figure"], "units_expected": "99"}},
        {"contributions": trace["contributions"][1:]},
        {"rounding": {**trace["rounding"], "quotient": "0.123456"}},
    ):
        assert list(faults({**trace, **change})), change


@cache
def from_raw_rows(unit: str, periods: tuple[str, ...], basis: str) -> dict[str, Any]:
    return recomputed(unit, list(periods), STATES[basis])


def is_what_raw_rows_give(trace: Trace) -> bool:
    """Whether it is; slices and the hierarchy as now are walked down to their cells below instead."""
    if trace["level"] or trace["ownership"] or trace["hierarchy"] != "reported":
        return True
    given = from_raw_rows(trace["unit"]["code"], tuple(trace["periods"]), trace["basis"])
    figure = trace["figure"]
    found = (number(figure["numerator"]), number(figure["denominator"]))
    return (given[trace["indicator"]["code"]] or (None, None)) == found


# --- Down to the cells ------------------------------------------------------------------

Sums = tuple[int, int]


def of_cells(trace: Trace) -> Sums:
    """What a unit's own cells bring, by the formula as the trace has it, each period for itself."""
    by_period: dict[str, dict[str, Trace]] = {}
    for cell in trace["cells"]:
        by_period.setdefault(cell["period"], {})[cell["element"]] = cell
    formula = trace["indicator"]
    sums = [0, 0]
    for cells in by_period.values():
        sides = side(formula["numerator"], cells), side(formula["denominator"] or "none", cells)
        if sides[0] is not None and (sides[1] is not None or not formula["denominator"]):
            sums = [sums[0] + sides[0], sums[1] + (sides[1] or 0)]
    return sums[0], sums[1]


def side(formula: str, cells: dict[str, Trace]) -> int | None:
    """A sum of elements; those that a unit is not asked fall out of it, one without answer spoils it."""
    found = []
    for term in formula.split(" + "):
        element, _mark, choice = term.partition("=")
        cell = cells.get(element)
        if element == "units":
            found.append(1)
        elif cell is not None and cell["state"] != "not_applicable":
            if cell["state"] != "entered":
                return None
            found.append(int(choice in cell["choices"]) if choice else int(cell["number"]))
    return sum(found) if found else None


def added_up(read: Callable[[str], Trace], unit: str, rest: str) -> Sums:
    """The cells of a unit and of everything below it, walked to through the contributions."""
    trace = read(f"/units/{unit}/indicators/{rest}")
    sums = of_cells(trace)
    for part in trace["contributions"]:
        if part["code"]:
            below = added_up(read, part["code"], rest)
            assert below == (int(part["numerator"] or 0), int(part["denominator"] or 0)), part
            sums = sums[0] + below[0], sums[1] + below[1]
    return sums


@pytest.mark.parametrize(
    "rest",
    [
        "A1.1/?period=2023",  # a share of a stock
        "A2.1/?period=2022..2023",  # the last period of a span
        "A5.1/?period=2022..2023",  # a flow over both its periods
        "A8.6/?period=2023",  # asked of offices
        "B1.7/?period=2023",  # units that chose one level, of those that answered
        "B1.8/?period=2022",  # a count of several elements
        "A2.1/?period=2023&level=primary",
        "A1.1/?period=2023&hierarchy=now",
    ],
)
def test_the_very_cells_of_the_forms_add_up_to_the_figure_of_the_province(read, rest):
    figure = read(f"/units/DN/indicators/{rest}")["figure"]
    assert figure["value"] is not None
    assert added_up(read, "DN", rest) == (int(figure["numerator"]), int(figure["denominator"] or 0))


def test_from_the_province_to_the_cell_of_a_form_it_is_three_clicks(leader, read):
    page = "/units/DN/indicators/A2.1/?period=2023"
    for below in ("DN-GN", "DN-GN-"):
        links = figures_on(page, leader.get(page).content.decode())
        page = next(one for one in links if urlsplit(one).path.startswith(f"/units/{below}"))
    content = leader.get(page).content.decode()
    [cell] = re.findall(r'href="(/submissions/[^"]+#c-pupils_with_computer)"', content)
    form, _mark, anchor = cell.partition("#")
    assert f'id="{anchor}"' in leader.get(form).content.decode()
