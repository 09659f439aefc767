"""What an edition keeps, as plain data: text, figures, formulas, units, the report itself. Pure.

The data holds numbers as integers and exact strings, so that it reads the same from any database, and its
SHA-256 is that of its one way to be written (`canonical`). docs/editions.md says what each key means.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from indicators.models import Indicator
from reporting.editions import tree
from reporting.editions.snapshot import Snapshot
from reporting.figures import Figure
from reporting.models import EditionFigure
from reporting.notes import LANGUAGE
from reporting.report.content import to_data

Content = dict[str, Any]
FORMAT = 1


def freeze(snapshot: Snapshot, *, templates: Mapping[str, str], warnings: Sequence[str] = ()) -> Content:
    """The content of an edition. `templates`: SHA-256 by kind; `warnings`: what was let stand."""
    source, period = snapshot.source, snapshot.source.period
    return {
        "format": FORMAT,
        "unit": {"code": source.unit.code, "name": source.unit.name, "kind": source.unit.kind.code},
        "period": {
            "code": period.code,
            "name": period.name,
            "starts_on": period.starts_on.isoformat(),
            "ends_on": period.ends_on.isoformat(),
        },
        "basis": str(source.basis),
        "read_at": snapshot.read_at.isoformat(),
        "draft": dict(snapshot.texts),
        "headings": [list(one) for one in snapshot.headings.items()],
        "report": to_data(snapshot.report),
        **figures_data(source.figures),
        "set": {
            "code": period.indicator_set.code,
            "valid_from": period.indicator_set.valid_from.isoformat(),
            "revision": str(period.indicator_set.revision),
        },
        "elements": dict(snapshot.elements),
        "units": tree.to_data(snapshot.tree),
        "templates": dict(templates),
        "warnings": list(warnings),
    }


def figures_data(found: Sequence[Figure]) -> Content:
    """The figures and their formulas, as an edition keeps them."""
    return {
        "figures": [_figure(one) for one in found],
        "formulas": [_formula(one.indicator) for one in found],
    }


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write a content: JSON with sorted keys and no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def figure_rows(content: Mapping[str, Any]) -> list[EditionFigure]:
    """The published figures as rows, not yet of an edition."""
    return [
        EditionFigure(
            position=position,
            code=one["code"],
            name=one["name"],
            kind=one["kind"],
            formula=_formula_text(formula),
            numerator=one["numerator"],
            denominator=one["denominator"],
            value=None if one["value"] is None else Decimal(one["value"]),
            display=one["display"],
            counted=one["counted"],
            expected=one["expected"],
        )
        for position, (one, formula) in enumerate(
            zip(content["figures"], content["formulas"], strict=True), start=1
        )
    ]


def _figure(figure: Figure) -> dict[str, Any]:
    target = figure.target
    return {
        "code": figure.code,
        "name": figure.indicator.name,
        "kind": figure.indicator.kind,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": None if figure.value is None else str(figure.value),
        "display": figure.display_in(LANGUAGE),
        "counted": figure.units_counted,
        "expected": figure.units_expected,
        "names": list(figure.names),
        "status": figure.status.value,
        "target": None
        if target is None
        else {
            "year": target.year,
            "comparison": target.comparison,
            "value": str(target.value),
            "document": target.document,
            "is_verified": target.is_verified,
        },
        "footnotes": list(figure.footnotes),
    }


def _formula(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "choice_group": indicator.choice_group,
        "period_rule": indicator.period_rule,
        "version": indicator.formula_version,
    }


def _formula_text(formula: Mapping[str, Any]) -> str:
    """As "teachers_with_computer / teachers"."""
    return " / ".join(side for side in (formula["numerator"], formula["denominator"]) if side)
