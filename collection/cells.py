"""What comes of cells saved one by one, and how it travels: JSON in, JSON out.

The save itself is `collection.actions.save_cells`. The form's and the grid's endpoint speak the
same language, described at `cell_json` and `typed_from`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from collection.entries import Content, HeldVersion, State
from collection.live import live_indicators
from collection.models import Submission
from collection.parsing import Typed, typed_of
from collection.refusals import Refused
from collection.shown import change_shown, shown
from collection.validation import cells_of, sentence_of
from collection.verdicts import Judgement, Verdict
from dxreport.lib.template_filters import short_date
from indicators.kept import catalogue_of

MOST_TEXT = (
    10_000  # characters of one typed field: more than any cell takes, so that its refusal is a sentence
)


class CellState(StrEnum):
    """What became of one typed cell."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    INVALID = "invalid"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved in a cell meanwhile."""

    typed: Typed
    shown: str
    by: str
    at: dt.datetime
    version: int


@dataclass(frozen=True)
class CellAnswer:
    """What became of one typed cell, with the sentence for whoever typed it."""

    state: CellState
    message: str = ""
    theirs: Theirs | None = None


@dataclass(frozen=True)
class Saved:
    """What `save_cells` did to one submission, and how its cells stand now.

    With a `refusal` (no right, or locked) nothing was read or written, and there is no judgement.
    """

    submission: Submission
    refusal: PermissionDenied | Refused | None
    answers: Mapping[str, CellAnswer] = field(default_factory=dict)
    values: Mapping[str, HeldVersion] = field(default_factory=dict)
    before: Mapping[str, HeldVersion] = field(default_factory=dict)
    judgement: Judgement | None = None


class UnreadableJson(ValueError):
    """JSON that is not what we speak; the message is a sentence."""


def typed_from(raw: object) -> dict[str, Typed]:
    """What a page sends of its cells. Raises UnreadableJson.

    {code: {"value": "7.661", "chosen": [], "gap": "", "reason": "", "explanation": "", "base": "3"}};
    what is left out is blank, and `base`, the version that the page saw, is "0".
    """
    if not isinstance(raw, dict):
        raise UnreadableJson(_not_ours())
    return {str(code): _typed(cell) for code, cell in raw.items()}


def explanations_from(raw: object) -> dict[str, str]:
    """What a page sends of the rules it explains: {rule code: text}. Raises UnreadableJson."""
    if not isinstance(raw, dict) or not all(_is_text(text) for text in raw.values()):
        raise UnreadableJson(_not_ours())
    return {str(code): text.strip() for code, text in raw.items()}


def _typed(cell: object) -> Typed:
    if not isinstance(cell, dict) or not cell.keys() <= _FIELDS:
        raise UnreadableJson(_not_ours())
    chosen = cell.get("chosen", [])
    texts = {name: cell.get(name, blank) for name, blank in _TEXTS.items()}
    if not isinstance(chosen, list) or not all(_is_text(one) for one in (*chosen, *texts.values())):
        raise UnreadableJson(_not_ours())
    return Typed(chosen=tuple(chosen), **texts)


_TEXTS = {"value": "", "gap": "", "reason": "", "explanation": "", "base": "0"}
_FIELDS = {*_TEXTS, "chosen"}
_HALF = re.compile("[\ud800-\udfff]")


def _is_text(value: object) -> bool:
    """JSON can spell half of a character (\\ud800), which is no text and no database stores."""
    return isinstance(value, str) and len(value) <= MOST_TEXT and not _HALF.search(value)


def _not_ours() -> str:
    return _("Trang gửi lên không đọc được. Hãy tải lại trang rồi nhập lại ô này.")


# --- answers ---------------------------------------------------------------------------------


def saved_json(saved: Saved) -> dict[str, Any]:
    """Everything that a form's page shows after a save. Only for a submission that was not refused."""
    judgement = saved.judgement
    if judgement is None:
        raise ValueError("A refused submission has no cells to show.")
    catalogue = catalogue_of(saved.submission.form.indicator_set)
    live = live_indicators(saved.values, judgement.asked, catalogue)
    return {
        "submission": {
            "version": saved.submission.version,
            "state": str(saved.submission.state),
            **_progress(judgement, judgement.asked.elements),
        },
        "sections": {
            one.section.code: _progress(judgement, [asked.element.code for asked in one.elements])
            for one in judgement.asked.sections
        },
        "cells": cells_json(saved),
        "others": others_json(saved),
        "rules": rules_json(judgement),
        "indicators": [one.as_json() for one in live],
    }


def cells_json(saved: Saved) -> dict[str, Any]:
    """The answer to each typed cell, by element code: see `cell_json`."""
    return {code: cell_json(saved, code) for code in saved.answers if not code.startswith("x-")}


def cell_json(saved: Saved, code: str) -> dict[str, Any]:
    """{"state", "verdict", "message", "version", "typed", "shown", "change", "theirs"} of one cell.

    `verdict` and what is shown speak of the cell as it is stored; `message` is why it could not be
    saved, else why it needs attention; `theirs` is what somebody else saved meanwhile.
    """
    answer, judgement = saved.answers[code], saved.judgement
    element = judgement.asked.elements.get(code) if judgement else None
    if element is None or judgement is None:
        return {"state": answer.state, "verdict": Verdict.EMPTY, "message": answer.message}
    value = saved.values.get(code)
    verdict = judgement.cells[code]
    return {
        "state": answer.state,
        "verdict": _spoken(verdict.verdict),
        "message": answer.message or _needed(verdict.verdict, verdict.sentence),
        "version": str(value.version if value else 0),
        "typed": typed_json(typed_of(value, element)),
        "shown": shown(Content.of(value), element),
        "change": change_shown(value, saved.before.get(code), element),
        "theirs": _theirs_json(answer.theirs),
    }


def typed_json(typed: Typed) -> dict[str, Any]:
    """What stands in a cell's inputs; the version stands beside it."""
    return {
        "value": typed.value,
        "chosen": list(typed.chosen),
        "gap": typed.gap,
        "reason": typed.reason,
        "explanation": typed.explanation,
    }


def others_json(saved: Saved) -> dict[str, Any]:
    """Verdicts of the cells that were not typed and need attention: {code: {"verdict", "message"}}."""
    cells = saved.judgement.cells if saved.judgement else {}
    return {
        code: {"verdict": one.verdict, "message": one.sentence}
        for code, one in cells.items()
        if code not in saved.answers and one.verdict in (Verdict.ASK, Verdict.BROKEN)
    }


def rules_json(judgement: Judgement) -> list[dict[str, Any]]:
    """The rules that do not hold, with what the unit says to them."""
    return [
        {
            "code": one.rule.code,
            "severity": one.rule.severity,
            "sentence": sentence_of(one.rule, one.left, one.right),
            "cells": list(cells_of(one.rule, judgement.asked)),
            "explanation": judgement.explanations.get(one.rule.code, ""),
        }
        for one in judgement.findings
    ]


def _progress(judgement: Judgement, codes: Any) -> dict[str, int]:
    values = judgement.values
    answered = sum(1 for code in codes if code in values and values[code].state != State.EMPTY)
    return {"answered": answered, "asked": len(codes)}


def _spoken(verdict: Verdict) -> Verdict:
    """A page that is being filled in does not blame cells for being empty still."""
    return Verdict.EMPTY if verdict == Verdict.MISSING else verdict


def _needed(verdict: Verdict, sentence: str) -> str:
    return sentence if verdict in (Verdict.ASK, Verdict.BROKEN) else ""


def _theirs_json(theirs: Theirs | None) -> dict[str, Any] | None:
    if theirs is None:
        return None
    return {
        "typed": typed_json(theirs.typed),
        "shown": theirs.shown,
        "by": theirs.by,
        "at": short_date(theirs.at),
        "version": str(theirs.version),
    }
