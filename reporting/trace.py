"""The way of a figure for machines: as JSON, and as rows of one table.

The same numbers as on the page, so that whoever doubts a figure can add it up again. Numbers are
exact strings, or null where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dxreport.lib.numbers import quotient
from dxreport.lib.workbooks import Value
from indicators.models import Indicator
from reporting.explanation import Explanation
from reporting.figure_parts import Part
from reporting.figures import Figure
from reporting.own_answers import EnteredValue


def trace(found: Explanation) -> dict[str, Any]:
    """Everything that the page of a figure shows, ready for JSON: docs/trace.md says what each key means."""
    figure, selection = found.figure, found.selection
    return {
        "unit": {"code": found.place.unit.code, "name": found.place.unit.name},
        "period": selection.period.code,
        "periods": [one.code for one in selection.members],
        "basis": selection.basis.value,
        "hierarchy": selection.hierarchy.value,
        "level": selection.slice.level,
        "ownership": selection.slice.ownership,
        "indicator": _indicator(figure.indicator),
        "figure": _figure(figure),
        "rounding": _rounding(figure),
        "target": _target(figure),
        "contributions": [_contribution(part, found.name_of(part)) for part in found.parts.all],
        "choices": [{"choice": name, "units": exact(units)} for name, units in found.choices],
        "missing": [{"code": one.code, "name": one.name, "reason": one.reason} for one in found.missing],
        "outside": {
            "not_asked": str(found.outside.not_asked),
            "not_applicable": [{"code": code, "name": name} for code, name in found.outside.not_applicable],
        },
        "cells": [_cell(one) for one in found.values],
        "history": [{"period": part.code, **_figure(part.figure)} for part in found.history],
        "violations": [
            {
                "rule": note.rule_code,
                "unit": note.unit_code,
                "period": note.period_code,
                "left": exact(note.left),
                "right": exact(note.right),
                "explanation": note.explanation,
            }
            for note in figure.findings
        ],
    }


def exact(number: int | Decimal | None) -> str | None:
    """A number as an exact string; None where there is none."""
    return None if number is None else str(number)


def _indicator(indicator: Indicator) -> dict[str, Any]:
    known = indicator.indicator_set
    return {
        "code": indicator.code,
        "name": indicator.name,
        "kind": indicator.kind,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "choice_group": indicator.choice_group,
        "period_rule": indicator.period_rule,
        "formula_version": str(indicator.formula_version),
        "set": known.code,
        "set_valid_from": known.valid_from.isoformat(),
        "set_revision": str(known.revision),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "numerator": exact(figure.numerator),
        "denominator": exact(figure.denominator),
        "value": exact(figure.value),
        "display": figure.display,
        "units_counted": str(figure.units_counted),
        "units_expected": str(figure.units_expected),
        "status": figure.status.value,
    }


def _rounding(figure: Figure) -> dict[str, Any] | None:
    if not figure.is_ratio or figure.numerator is None or not figure.denominator:
        return None
    cut, is_all = quotient(figure.numerator, figure.denominator)
    return {"quotient": str(cut), "is_exact": is_all, "rule": "half-up", "decimals_of_percent": "2"}


def _target(figure: Figure) -> dict[str, Any] | None:
    target = figure.target
    if target is None:
        return None
    return {
        "year": str(target.year),
        "comparison": target.comparison,
        "value": exact(target.value),
        "document": target.document,
        "is_verified": target.is_verified,
        "gap": exact(figure.gap),
    }


def _contribution(part: Part, name: str) -> dict[str, Any]:
    """`code` is null for what does not come from a child unit: the unit's own form."""
    lack = part.shortfall
    return {
        "code": part.code or None,
        "name": name,
        **_figure(part.figure),
        "choices": list(part.figure.names),
        "lacking": exact(lack.people if lack else None),
        "share_of_lack": exact(lack.share if lack else None),
    }


def _cell(one: EnteredValue) -> dict[str, Any]:
    return {
        "period": one.period_code,
        "element": one.element_code,
        "name": one.element,
        "state": one.content.state,
        "number": exact(one.content.number),
        "choices": None if one.content.choices is None else list(one.content.choices),
        "reason": one.content.reason,
        "explanation": one.explanation,
        "version": str(one.version),
        "updated_at": one.updated_on.isoformat(),
        "updated_by": one.updated_by,
        "url": one.url,
    }


# --- As a table -------------------------------------------------------------------------


def headings() -> list[tuple[str, float]]:
    """What the columns are called, and how wide they are in a workbook, in characters."""
    return [
        (_("Loại dòng"), 20),
        (_("Mã"), 16),
        (_("Tên"), 44),
        (_("Tử số hoặc số đếm"), 14),
        (_("Mẫu số"), 14),
        (_("Kết quả"), 12),
        (_("Số đơn vị được tính"), 12),
        (_("Số đơn vị phải tính"), 12),
        (_("Còn thiếu so với mục tiêu"), 14),
        (_("Phần trong số thiếu (%)"), 14),
        (_("Ghi chú"), 60),
    ]


def rows(found: Explanation) -> Iterator[list[Value]]:
    """What every unit brings, the whole, who is missing or outside, and the unit's own cells."""
    for part in found.parts.all:
        yield _part_row(_("đóng góp"), part, found.name_of(part))
    yield _part_row(found.total.name, found.total, found.place.unit.name)
    yield from (_unit_row(_("chưa tính được"), one.code, one.name, one.reason) for one in found.missing)
    for code, name in found.outside.not_applicable:
        yield _unit_row(_("không áp dụng"), code, name, "")
    yield from _cell_rows(found.values)


def _part_row(kind: str, part: Part, name: str) -> list[Value]:
    figure, lack = part.figure, part.shortfall
    return [
        kind,
        part.code,
        name,
        figure.numerator,
        figure.denominator,
        figure.value,
        figure.units_counted,
        figure.units_expected,
        lack.people if lack else None,
        lack.share if lack else None,
        ", ".join(figure.names),
    ]


def _unit_row(kind: str, code: str, name: str, remark: str) -> list[Value]:
    return [kind, code, name, *[None] * 7, remark]


def _cell_rows(values: Iterable[EnteredValue]) -> Iterator[list[Value]]:
    for one in values:
        remark = f"{one.period}: {one.value}; {one.updated_by}, {one.updated_at}"
        yield [_("ô số liệu"), one.element_code, one.element, one.content.number, *[None] * 6, remark]
