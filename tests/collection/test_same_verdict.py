"""Whatever door the same typed cells come through, each cell meets the same verdict.

Rows of typed text are generated, good and bad mixed. The page's form, saving cell by cell, the
grid and a workbook must refuse the same cells with the same sentence, store the same content in the
others, and then say the same of them.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from collection import actions, authority
from collection.cells import typed_from
from collection.entries import Content
from collection.models import DataValue, Submission
from collection.parsing import Typed
from collection.workbooks.layout import (
    CODE,
    EXPLANATION,
    FORM_SHEET,
    GAP,
    IDENTITY_SHEET,
    REASON,
    VALUE,
    Kind,
)
from collection.workbooks.preview import Outcome as Preview
from collection.workbooks.preview import check
from collection.workbooks.template import template_of
from collection.workbooks.words import GAP_WORDS
from dxreport.lib.reading import Cell, Sheet, Workbook
from dxreport.lib.reading import Kind as CellKind
from dxreport.lib.reading import Row as SheetRow
from indicators.actions import mark_changed
from indicators.models import DataElement
from schools.models import User
from tests.collection.conftest import address
from tests.province import enter
from tests.tables import undone

Row = dict[str, Typed]

# --- what people type -------------------------------------------------------------------------

NOTES = st.sampled_from(["", "", "đã kiểm đếm lại", "  ", "a\x00b", "x" * 401])
GAPS = st.sampled_from(["", "", "", "", "not_available", "not_applicable", "empty", "none", "lạ"])
NUMBERS = st.one_of(
    st.integers(0, 60).map(str),
    st.integers(0, 10**13).map(lambda number: f"{number:,}".replace(",", ".")),
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(-9, 10**6, places=2).map(lambda number: str(number).replace(".", ",")),
    st.sampled_from(["", " ", "7 661", "7\u00a0661", "7,661", "7.66", "0.123", "-0", "−5", "1e400", "NaN"]),
    st.sampled_from(["١٢", "１２", "½", "1\x002", "=1+1", "+5", "@1", "12 giáo viên", "không", "-"]),
    st.text(max_size=6),
)  # fmt: skip
YES_NO = st.sampled_from(["", "0", "1", "2", "Có", "01", " 1"])


def typed(value: st.SearchStrategy[str]) -> st.SearchStrategy[Typed]:
    return st.builds(Typed, value=value, gap=GAPS, reason=NOTES, explanation=NOTES)


def chosen(codes: list[str]) -> st.SearchStrategy[Typed]:
    picks = st.lists(st.sampled_from([*codes, *codes, "lạ", "a\x00"]), max_size=3)
    return st.builds(Typed, chosen=picks.map(tuple), gap=GAPS, reason=NOTES, explanation=NOTES)


ROWS: st.SearchStrategy[Row] = st.fixed_dictionaries(
    {},
    optional={
        "teachers": typed(NUMBERS),
        "teachers_with_computer": typed(NUMBERS),
        "computers_primary": typed(NUMBERS),
        "lessons": typed(NUMBERS),
        "lessons_online": typed(NUMBERS),
        "online_plan": typed(YES_NO),
        "maturity": chosen(["1", "2", "3"]),
        "platforms": chosen(["azota", "zalo", "zoom"]),
        "remark": typed(st.text(max_size=20)),
        "dossiers": typed(NUMBERS),
    },
)

# --- the doors --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What came of a row: sentences of the cells that were refused, what is stored, what is said of it."""

    refused: dict[str, str]
    stored: dict[str, Content]
    verdicts: dict[str, tuple[str, str]]
    rules: list[tuple[str, str, str]]


class Doors:
    """One submission of a school, and the ways into it."""

    def __init__(self, submission: Submission, clerk: Client, officer: Client) -> None:
        self.submission, self.clerk, self.officer = submission, clerk, officer
        self.by = User.objects.get(username="officer")

    def form(self, row: Row) -> Outcome:
        """The page saves all or nothing: whoever is refused takes the cells named back and saves again."""
        refused: dict[str, str] = {}
        while True:
            left = {code: one for code, one in row.items() if code not in refused}
            response = self.clerk.post(address(self.submission), _fields(left))
            if response.status_code == 302:
                return self._outcome(refused)
            assert response.status_code == 422
            named = response.context["outcome"].errors
            assert named
            refused |= named

    def cell_by_cell(self, row: Row) -> Outcome:
        answer = self._send(self.clerk, address(self.submission, "cells/"), {"cells": _json(row)})
        return self._answered(answer)

    def grid(self, row: Row) -> Outcome:
        unit, period, form = (getattr(self.submission, name).code for name in ("org_unit", "period", "form"))
        sent = {"units": {unit: {"cells": _json(row)}}}
        # Of rules the grid needs those alone that can be explained; cells speak of the others.
        return self._answered(
            self._send(self.officer, f"/grid/{period}/{form}/cells/", sent)["units"][unit], {"soft"}
        )

    def workbook(self, row: Row) -> Outcome:
        """Checked and saved as an upload is; how a file becomes such a workbook is tested with the reader."""
        refused: dict[str, str] = {}
        while True:
            left = {code: one for code, one in row.items() if code not in refused}
            checked = check(_workbook(self.submission, left), by=self.by)
            assert not checked.faults
            wrong = {one.element.code: one.sentence for one in checked.cells if one.outcome == "error"}
            if not wrong:
                break
            refused |= wrong
        entries = [one.entry() for one in checked.with_outcome(Preview.NEW, Preview.CHANGED)]
        if entries:
            actions.save_many(batches=[(self.submission, entries)], by=self.by, source="workbook")
        outcome = self._outcome(refused)
        for judgement in checked.judgements.values():
            promised = {
                code: (str(one.verdict), one.sentence) for code, one in sorted(judgement.cells.items())
            }
            spoken = {code: one for code, one in promised.items() if one[0] in ("ask", "broken")}
            assert spoken == outcome.verdicts
        return outcome

    def _answered(self, answer: dict[str, Any], severities: Container[str] = ("hard", "soft")) -> Outcome:
        """What an answer says must be what stands there afterwards, whoever asks."""
        cells = answer["cells"]
        refused = {
            code: cell["message"] for code, cell in cells.items() if cell["state"] in ("invalid", "refused")
        }
        outcome = self._outcome(refused)
        told = {code: cell for code, cell in cells.items() if code not in refused} | answer["others"]
        assert _verdicts(told) == {code: one for code, one in outcome.verdicts.items() if code not in refused}
        assert _rules(answer) == [rule for rule in outcome.rules if rule[1] in severities]
        return outcome

    def _outcome(self, refused: dict[str, str]) -> Outcome:
        now = self._send(self.clerk, address(self.submission, "cells/"), {"cells": {}})
        values = DataValue.objects.filter(submission=self.submission).select_related("element")
        return Outcome(
            refused=dict(sorted(refused.items())),
            stored={one.element.code: Content.of(one) for one in values.order_by("element__code")},
            verdicts=_verdicts(now["others"]),
            rules=_rules(now),
        )

    def _send(self, client: Client, path: str, body: object) -> dict[str, Any]:
        response = client.post(path, json.dumps(body), content_type="application/json")
        assert response.status_code == 200, response.content.decode()
        answer: dict[str, Any] = response.json()
        return answer


def _fields(row: Row) -> dict[str, str | list[str]]:
    """A row as the page posts it."""
    fields: dict[str, str | list[str]] = {}
    for code, one in row.items():
        fields |= {f"b-{code}": one.base, f"s-{code}": one.gap}
        fields |= {f"r-{code}": one.reason, f"e-{code}": one.explanation}
        fields[f"v-{code}"] = list(one.chosen) if one.chosen else one.value
    return fields


def _workbook(submission: Submission, row: Row) -> Workbook:
    """The template of one unit's form with a row typed into it, as the reader hands it over."""
    [asked] = authority.with_extension(Submission.objects.with_context()).filter(pk=submission.pk)
    template = template_of(Kind.UNIT, [asked])
    lines = [[CODE, VALUE, GAP, REASON, EXPLANATION]]
    for code, one in row.items():
        gap = GAP_WORDS.get(one.gap, "")
        lines.append([code, "; ".join(one.chosen) or one.value, gap, one.reason, one.explanation])
    return Workbook([_sheet(FORM_SHEET, lines), _sheet(IDENTITY_SHEET, template.identity.rows())], {})


def _sheet(name: str, lines: Sequence[Sequence[str]]) -> Sheet:
    rows = [
        SheetRow(number, {at: Cell(CellKind.TEXT, text) for at, text in enumerate(line, start=1) if text})
        for number, line in enumerate(lines, start=1)
    ]
    return Sheet(name, is_hidden=name == IDENTITY_SHEET, rows=rows)


def _json(row: Row) -> dict[str, dict[str, Any]]:
    return {code: vars(one) | {"chosen": list(one.chosen)} for code, one in row.items()}


def _verdicts(cells: dict[str, dict[str, Any]]) -> dict[str, tuple[str, str]]:
    return {
        code: (cell["verdict"], cell["message"])
        for code, cell in sorted(cells.items())
        if cell["verdict"] in ("ask", "broken")
    }


def _rules(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(rule["code"], rule["severity"], rule["sentence"]) for rule in answer["rules"]]


@pytest.fixture
def doors(province, client_of: Callable[[str], Client]) -> Doors:
    """DN-101's form of 2023, empty, with the figures of 2022 to compare with and questions about changes."""
    enter(province.submission("DN-101", province.earlier), by=province.person("clerk_101"))
    DataElement.objects.filter(type=DataElement.Type.COUNT).update(change_limit=30)
    mark_changed()
    return Doors(province.submission("DN-101"), client_of("clerk_101"), client_of("officer"))


ASKED_AND_BROKEN: Row = {
    "teachers": Typed("60"),
    "teachers_with_computer": Typed("7.661"),  # a part above its whole
    "computers_primary": Typed("90"),  # more than four times last year's
    "lessons": Typed("7,661"),
    "lessons_online": Typed("25", explanation="học bù"),
    "platforms": Typed(chosen=("zoom", "azota")),
    "remark": Typed(gap="not_available"),
}


# Every example is undone, so the province may serve them all.
@given(row=ROWS)
@example(row=ASKED_AND_BROKEN)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_form_cells_and_grid_give_the_same_verdict(doors: Doors, row: Row):
    outcome = _through(doors.form, row)
    assert _through(doors.cell_by_cell, row) == outcome
    assert _through(doors.grid, row) == outcome


def _as_a_workbook_says_it(code: str, one: Typed) -> bool:
    """Whether the cell can stand in a workbook: it knows four gaps, reasons beside one, and two words."""
    if one.reason.strip() and one.gap != "not_available":
        return False
    return one.gap != "lạ" and (code != "online_plan" or one.value in ("", "0", "1", "2"))


@given(row=ROWS)
@example(row=ASKED_AND_BROKEN)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_form_and_workbook_give_the_same_verdict(doors: Doors, row: Row):
    said = {
        code: replace(one, value=unicodedata.normalize("NFC", one.value))
        for code, one in row.items()
        if code != "dossiers" and _as_a_workbook_says_it(code, one)
    }
    assert _through(doors.workbook, said) == _through(doors.form, said)


def test_a_door_that_reads_numbers_its_own_way_is_told_apart(doors: Doors, monkeypatch: pytest.MonkeyPatch):
    """What the property rests on: with a second parser behind the grid, its outcome is another."""
    outcome = _through(doors.form, ASKED_AND_BROKEN)
    assert set(outcome.refused) == {"lessons", "remark"}
    assert {code for code, (verdict, _sentence) in outcome.verdicts.items() if verdict == "ask"}
    assert {code for code, (verdict, _sentence) in outcome.verdicts.items() if verdict == "broken"}

    def lenient(raw: dict[str, Any]) -> Row:
        plain = {code: {**cell, "value": cell["value"].replace(",", "")} for code, cell in raw.items()}
        return typed_from(plain)

    # The package names the view, not the module, by this name.
    monkeypatch.setattr(import_module("collection.views.grid"), "typed_from", lenient)
    assert _through(doors.grid, ASKED_AND_BROKEN) != outcome


def _through(door: Callable[[Row], Outcome], row: Row) -> Outcome:
    with undone():
        return door(row)
