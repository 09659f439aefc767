"""The grid of many schools: units down, elements of one section across, as plain values for a
script. Pure: no query, no write.

A cell is a dictionary without its blanks, since most cells have few of these:
`typed` what stands in its inputs (collection.parsing.Typed, without `base`), `base` the version of
its value, `shown` its content in words where that is not what was typed, `verdict` and `message`
what the rules say of it, `before` and `change` of the last period, `locked` why it alone cannot
be changed, `returned` why the reviewer sent it back. A unit has no cell for what it is not asked. The rules
that ask for an explanation stand with the unit, since they speak of several cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from collection.addresses import CHIPS, codes_of
from collection.cells import rules_json, typed_json
from collection.entries import Content
from collection.entry_page import form_version
from collection.models import Submission
from collection.parsing import typed_of
from collection.readings import Reading
from collection.refusals import not_returned
from collection.shown import answers_of, change_shown, shown
from collection.verdicts import Judgement, Verdict
from collection.workflow import State
from dxreport.lib.numbers import DASH
from indicators.asking import AskedSection
from indicators.models import DataElement, Rule

Cell = dict[str, Any]


@dataclass(frozen=True)
class GridUnit:
    """One submission with everything that its row is made of."""

    submission: Submission
    reading: Reading
    judgement: Judgement
    locked: str = ""  # why nothing in it can be changed, or ""
    returned: Mapping[str, str] | None = None  # of a returned submission: open cells with the reasons


def columns_of(section: AskedSection) -> list[dict[str, Any]]:
    """The elements of a section as the script's columns."""
    return [
        {
            "code": one.element.code,
            "label": one.element.label,
            "measure": one.element.measure,
            "kind": one.element.type,
            "required": one.is_required,
            "help": one.element.help,
            "options": answers_of(one.element),
        }
        for one in section.elements
    ]


def rows_of(units: Iterable[GridUnit], section: AskedSection) -> list[dict[str, Any]]:
    """A row for each unit: who it is, where its form is, how it stands, and its cells."""
    elements = [one.element for one in section.elements]
    return [_row(unit, elements) for unit in units]


def texts_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same rows as words only, for a page without a script."""
    not_asked = _("không hỏi")
    return [
        {**row, "texts": [_text(row["cells"].get(column["code"]), not_asked) for column in columns]}
        for row in rows
    ]


def _text(cell: Mapping[str, Any] | None, not_asked: str) -> str:
    if cell is None:
        return not_asked
    return str(cell.get("shown") or cell["typed"].get("value") or DASH)


def _row(unit: GridUnit, elements: Sequence[DataElement]) -> dict[str, Any]:
    submission = unit.submission
    state = State(submission.state)
    return {
        "unit": submission.org_unit.code,
        "name": submission.org_unit.name,
        "address": reverse("collection:submission", kwargs=codes_of(submission)),
        "state": str(state.label),
        "chip": CHIPS[state],
        "locked": unit.locked,
        "formVersion": form_version(unit.judgement.asked),
        "rules": soft_rules_json(unit.judgement),
        "cells": {one.code: _cell(one, unit) for one in elements if one.code in unit.judgement.asked.codes},
    }


def soft_rules_json(judgement: Judgement) -> list[dict[str, Any]]:
    """The soft rules that do not hold, each with its cells and with what the unit says to it."""
    return [one for one in rules_json(judgement) if one["severity"] == Rule.Severity.SOFT]


def _cell(element: DataElement, unit: GridUnit) -> Cell:
    code, reading = element.code, unit.reading
    value, before = reading.now.get(code), reading.before.get(code)
    typed = typed_of(value, element)
    words = shown(Content.of(value), element)
    judged = unit.judgement.cells[code]
    needs_eyes = judged.verdict in (Verdict.ASK, Verdict.BROKEN)
    parts = {
        "base": "" if value is None else typed.base,
        "shown": "" if words in (DASH, typed.value) else words,
        "verdict": judged.verdict if needs_eyes else "",
        "message": judged.sentence if needs_eyes else "",
        "before": shown(Content.of(before), element) if before is not None else "",
        "change": change_shown(value, before, element),
        "locked": _locked(code, unit),
        "returned": (unit.returned or {}).get(code, ""),
    }
    return {"typed": _without_blanks(typed_json(typed)), **_without_blanks(parts)}


def _locked(code: str, unit: GridUnit) -> str:
    if unit.locked or unit.returned is None or code in unit.returned:
        return ""
    return not_returned()


def _without_blanks(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part}
