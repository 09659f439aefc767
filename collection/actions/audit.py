"""Audit events about submissions, in the words that all actions share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from collection.models import ReportingPeriod, Submission
from schools.actions import record_event, record_events
from schools.models import User

SUBJECT_LENGTH = 200
# The trail is read for years by everybody: it does not take on the language of whoever acted.
TRAIL_LANGUAGE = "vi"


def subject_of(submission: Submission) -> str:
    """How a submission is called in sentences and in the audit trail."""
    return _("Phiếu %(form)s kỳ %(period)s của %(unit)s") % {
        "form": submission.form.code,
        "period": submission.period.code,
        "unit": submission.org_unit.name,
    }


def record(
    *,
    by: User,
    action: str,
    submissions: Sequence[Submission],
    reason: str = "",
    details: Mapping[int, Mapping[str, Any]] | None = None,
) -> None:
    """One event for each submission; `details` by submission id."""
    found = details or {}
    with override(TRAIL_LANGUAGE):
        subjects = {one.pk: subject_of(one)[:SUBJECT_LENGTH] for one in submissions}
    record_events(
        by=by,
        events=[
            {
                "action": action,
                "subject": subjects[submission.pk],
                "unit_code": submission.org_unit.code,
                "period_code": submission.period.code,
                "reason": reason,
                "detail": {
                    "form": submission.form.code,
                    "version": submission.version,
                    **found.get(submission.pk, {}),
                },
            }
            for submission in submissions
        ],
    )


def record_period(*, by: User, action: str, period: ReportingPeriod, reason: str = "", **detail: Any) -> None:
    """One event about a period."""
    with override(TRAIL_LANGUAGE):
        subject = _("Kỳ báo cáo %(code)s") % {"code": period.code}
    record_event(
        by=by,
        action=action,
        subject=subject,
        period_code=period.code,
        reason=reason,
        detail=detail,
    )
