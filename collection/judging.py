"""Reading submissions and judging them: what the submission page shows and what submitting requires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from collection.asked import AskedForms
from collection.models import Submission, Violation
from collection.readings import Reading, readings_of
from collection.verdicts import Judgement, judge
from indicators.kept import catalogue_of


@dataclass(frozen=True)
class Judged:
    """One submission as it stands, and what is to be said of it."""

    reading: Reading
    judgement: Judgement


def judged(submissions: Sequence[Submission]) -> dict[int, Judged]:
    """Submissions as they stand and what is to be said of them, by id.

    One query for each period among them, and one for what units say to the rules they break.
    """
    forms = AskedForms(submissions)
    asked = {one.pk: forms.of(one) for one in submissions}
    readings: dict[int, Reading] = {}
    for period in {one.period_id: one.period for one in submissions}.values():
        some = [one for one in submissions if one.period_id == period.pk]
        readings |= readings_of(some, period, asked)
    said = explanations_of(readings)
    return {
        one.pk: Judged(
            readings[one.pk],
            judge(
                readings[one.pk].now,
                readings[one.pk].before,
                asked[one.pk],
                catalogue_of(one.form.indicator_set),
                said[one.pk],
            ),
        )
        for one in submissions
        if one.pk in readings
    }


def explanations_of(submission_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """What units say to the rules they break, by submission id and rule code: one query."""
    said: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Violation.objects.filter(submission__in=list(submission_ids)).exclude(explanation="")
    for pk, code, text in rows.values_list("submission", "rule__code", "explanation"):
        said[pk][code] = text
    return said
