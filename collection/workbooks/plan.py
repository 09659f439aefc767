"""What is kept of a checked workbook until it is confirmed: all it would save, all that is wrong.

The page shows a part of it (`report_of`), the save takes the whole (`plan_of`); both are plain values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from collection.entries import Content, Entry
from collection.shown import shown
from collection.values import last_changes
from collection.verdicts import Verdict
from dxreport.lib.template_filters import short_date

from .preview import Checked, CheckedCell, Outcome, entry_with
from .reading import Fault, Place

# What a page shows at most; the counts are always of all, and the marked file has every error.
CHANGES_SHOWN, ERRORS_SHOWN, CONFLICTS_SHOWN, ASKS_SHOWN = 200, 1000, 300, 100


class Planned(NamedTuple):
    """One cell to be saved: whose, what, over which version, and whether somebody else changed it."""

    unit: str
    code: str
    content: dict[str, Any]
    seen: int
    is_conflict: bool

    @property
    def key(self) -> str:
        """How the page names the cell."""
        return f"{self.unit}/{self.code}"

    def entry(self) -> Entry:
        """The cell for the strict save."""
        return entry_with(self.code, Content.from_json(self.content), self.seen)


def plan_of(checked: Checked) -> dict[str, Any]:
    """Everything that the upload keeps, as JSON takes it."""
    cells = checked.with_outcome(Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT)
    return {
        "cells": [
            [
                cell.submission.org_unit.code,
                cell.element.code,
                cell.new.as_json(),
                cell.seen,
                cell.outcome == Outcome.CONFLICT,
            ]
            for cell in cells
        ],
        "errors": [[*fault.place, fault.sentence] for fault in checked.errors],
    }


def planned_cells(plan: Mapping[str, Any], take: Collection[str]) -> list[Planned]:
    """The cells to save; of those in conflict only the ones that `take` names."""
    cells = (Planned(*cell) for cell in plan["cells"])
    return [cell for cell in cells if not cell.is_conflict or cell.key in take]


def faults_of(plan: Mapping[str, Any]) -> list[Fault]:
    """Everything that is wrong in the file."""
    return [Fault(Place(sheet, cell), sentence) for sheet, cell, sentence in plan["errors"]]


def report_of(checked: Checked) -> dict[str, Any]:
    """What the page shows: counts of all, and the first of each kind."""
    changes = checked.with_outcome(Outcome.NEW, Outcome.CHANGED)
    conflicts = checked.with_outcome(Outcome.CONFLICT)[:CONFLICTS_SHOWN]
    asks = list(_asks(checked))
    return {
        "counts": checked.counts() | {"units": len(checked.submissions), "asks": len(asks)},
        "changes": [_row(cell) for cell in changes[:CHANGES_SHOWN]],
        "conflicts": _conflicts(conflicts),
        "errors": [[*fault.place, fault.sentence] for fault in checked.errors[:ERRORS_SHOWN]],
        "asks": asks[:ASKS_SHOWN],
    }


def _row(cell: CheckedCell) -> dict[str, Any]:
    return {
        "unit": cell.submission.org_unit.name,
        "key": f"{cell.submission.org_unit.code}/{cell.element.code}",
        "label": cell.element.label,
        "sheet": cell.place.sheet,
        "cell": cell.place.cell,
        "old": _said(Content.of(cell.old), cell),
        "new": _said(cell.new, cell),
        "is_new": cell.outcome == Outcome.NEW,
    }


def _said(content: Content, cell: CheckedCell) -> str:
    """Content in words, with the explanation where that alone may be what differs."""
    said = shown(content, cell.element)
    return f"{said} ({content.explanation})" if content.explanation else said


def _conflicts(cells: Iterable[CheckedCell]) -> list[dict[str, Any]]:
    rows = list(cells)
    last = last_changes(cell.old.pk for cell in rows if cell.old)
    return [
        _row(cell)
        | {
            "by": last[cell.old.pk].by if cell.old else "",
            "at": short_date(last[cell.old.pk].at) if cell.old else "",
        }
        for cell in rows
    ]


def _asks(checked: Checked) -> Iterable[dict[str, Any]]:
    """Cells that would keep a submission from being handed in: broken rules, questions to answer."""
    for unit, judgement in checked.judgements.items():
        for code, verdict in judgement.cells.items():
            if verdict.verdict in (Verdict.BROKEN, Verdict.ASK):
                yield {
                    "unit": checked.submissions[unit].org_unit.name,
                    "label": judgement.asked.labels[code],
                    "sentence": verdict.sentence,
                    "is_broken": verdict.verdict == Verdict.BROKEN,
                }
