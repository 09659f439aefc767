"""Whether a submission's values hold together, and whether it can be submitted.

`examine` is pure; `keep_violations` stores what it finds, for many submissions at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from collection.asked import Asked
from collection.entries import Held, State
from collection.models import Submission, Violation
from collection.values import lookup_for
from dxreport.lib.numbers import format_number
from indicators.formula import elements_of
from indicators.models import Rule
from indicators.rules import Finding, check


def examine(values: Mapping[str, Held], asked: Asked, rules: Sequence[Rule]) -> list[Finding]:
    """The rules that one submission's values do not satisfy."""
    return check(rules, lookup_for(values, asked.codes))


def unanswered(values: Mapping[str, Held], asked: Asked) -> dict[str, str]:
    """Required cells without an answer: element code -> sentence. Any reasoned gap is an answer."""
    sentence = _("Ô này chưa có câu trả lời. Hãy nhập, hoặc chọn “không có số liệu” và ghi lý do.")
    return {
        code: sentence for code in asked.required if code not in values or values[code].state == State.EMPTY
    }


def cells_of(rule: Rule, asked: Asked) -> tuple[str, ...]:
    """Codes of the asked cells that a rule speaks of, each once, in the rule's order."""
    return tuple(code for code in elements_of(rule.left, rule.right) if code in asked.codes)


def sentence_of(rule: Rule, left: int | None, right: int | None) -> str:
    """What is wrong, with both numbers: the rule's own sentence, for a place beside its cells."""
    sentence = rule.sentence.rstrip(".")
    if left is None or right is None:
        return sentence
    return _("%(sentence)s (%(left)s so với %(right)s)") % {
        "sentence": sentence,
        "left": format_number(left),
        "right": format_number(right),
    }


def sentence_with_cells(rule: Rule, left: int | None, right: int | None, asked: Asked) -> str:
    """The same with the names of the cells, for a place away from them."""
    cells = ", ".join(f"“{asked.elements[code].label}”" for code in cells_of(rule, asked))
    return _("%(sentence)s, ở các ô %(cells)s") % {"sentence": sentence_of(rule, left, right), "cells": cells}


@dataclass(frozen=True)
class Examined:
    """What was found in one submission, with explanations that came along, by rule code.

    `had_findings` is False where nothing was found in the values before, so that nothing is stored.
    """

    submission: Submission
    findings: Sequence[Finding]
    explanations: Mapping[str, str]
    had_findings: bool = True


class Kept(NamedTuple):
    """Ids of the submissions whose violations changed; what units say, by submission id and rule code."""

    changed: set[int]
    explanations: dict[int, dict[str, str]]


def keep_violations(examined: Sequence[Examined]) -> Kept:
    """Make the Violation rows say what was found; an explanation stays while its rule is broken.

    At most one query to read, one upsert and one delete. Where nothing is found nothing is read, and
    where nothing was found before neither: a rule that breaks or is mended alone costs one statement.
    """
    standing = [one.submission.pk for one in examined if one.findings and one.had_findings]
    rows = Violation.objects.filter(submission__in=standing).order_by() if standing else ()
    stored = {(row.submission_id, row.rule_id): row for row in rows}
    changed: list[Violation] = []
    explanations: dict[int, dict[str, str]] = {}
    for one in examined:
        said = explanations[one.submission.pk] = {}
        for finding in one.findings:
            row = stored.pop((one.submission.pk, finding.rule.pk), None)
            wanted = _violation(one, finding, row)
            said[finding.rule.code] = wanted.explanation
            if row is None or _said(row) != _said(wanted):
                changed.append(wanted)
    Violation.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["submission", "rule"],
        update_fields=["left", "right", "explanation"],
    )
    mended = [one.submission.pk for one in examined if one.had_findings and not one.findings]
    if mended or stored:
        gone = Q(submission__in=mended) | Q(pk__in=[row.pk for row in stored.values()])
        Violation.objects.filter(gone).delete()
    return Kept({row.submission_id for row in (*changed, *stored.values())}, explanations)


def _violation(one: Examined, finding: Finding, before: Violation | None) -> Violation:
    explained = before.explanation if before else ""
    return Violation(
        submission_id=one.submission.pk,
        rule=finding.rule,
        left=finding.left,
        right=finding.right,
        explanation=one.explanations.get(finding.rule.code, explained).strip(),
    )


def _said(row: Violation) -> tuple[int | None, int | None, str]:
    return row.left, row.right, row.explanation
