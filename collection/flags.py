"""What in a submission wants a reviewer's eyes: counted here for the matrix, the list, the review
page and bulk approval, so that they never disagree.

A flag that was explained is still a flag: an explanation is written to be read. A question without
an answer is not counted here: nothing is handed in with one. One can only come up afterwards, when
last period's figure is corrected, and finding it means reading every value; bulk approval does so
before it names what it would approve, which may then be fewer than the matrix had counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value

from collection.models import Anomaly, DataValue, Submission, Violation
from collection.models.submissions import SubmissionQuerySet
from indicators.models import Rule


@dataclass(frozen=True)
class Flags:
    """How many things of each kind one submission has to be looked at for."""

    broken: int = 0  # hard rules: they block submission
    unusual: int = 0  # soft rules, explained or not
    explained: int = 0  # cells whose unusual value was explained
    anomalies: int = 0  # numbers out of line that nobody has confirmed or corrected

    @property
    def total(self) -> int:
        """All of them together; 0 where nothing was found."""
        return sum(getattr(self, field.name) for field in fields(self))

    def __bool__(self) -> bool:
        return self.total > 0


def flag_counts(submissions: SubmissionQuerySet | Iterable[Submission]) -> dict[int, Flags]:
    """Submission id -> its flags, for those that have any. One statement, however many there are.

    Given a queryset, the database picks the submissions itself: no list of ids travels.
    """
    if isinstance(submissions, QuerySet):
        wanted: Any = submissions.order_by().values("pk")
    else:
        wanted = [submission.pk for submission in submissions]
        if not wanted:
            return {}
    first, *others = (_counted(kind, rows.filter(submission__in=wanted)) for kind, rows in _rows().items())
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, kind, number in first.union(*others, all=True):
        counts[pk][kind] = number
    return {pk: Flags(**of_kind) for pk, of_kind in counts.items()}


def is_flagged() -> Q:
    """Submissions with any flag, for a filter of submissions."""
    found = Q()
    for rows in _rows().values():
        found |= Q(Exists(rows.filter(submission=OuterRef("pk"))))
    return found


def _rows() -> dict[str, QuerySet[Any]]:
    """The rows that count as flags, by the name of their kind in `Flags`."""
    broken = Violation.objects.filter(rule__severity=Rule.Severity.HARD)
    unusual = Violation.objects.filter(rule__severity=Rule.Severity.SOFT)
    explained = DataValue.objects.exclude(explanation="").exclude(state=DataValue.State.EMPTY)
    anomalies = Anomaly.objects.filter(status=Anomaly.Status.OPEN)
    return {"broken": broken, "unusual": unusual, "explained": explained, "anomalies": anomalies}


def _counted(kind: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """(submission id, kind, number) of each submission that has some of `rows`."""
    named = rows.order_by().values("submission").annotate(kind=Value(kind, CharField()), number=Count("pk"))
    counted: QuerySet[Any, Any] = named.values_list("submission", "kind", "number")
    return counted
