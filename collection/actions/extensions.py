"""More time for submissions, with who gave it and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collection import authority
from collection.models import Extension, Submission
from collection.refusals import Refused
from schools.models import User
from schools.roles import Permission

from .audit import record, subject_of
from .periods import require_reason


@transaction.atomic
def grant_extension(*, submission: Submission, due_on: dt.date, reason: str, by: User) -> Extension:
    """Give one submission until `due_on`, also when its period is closed."""
    [extension] = grant_extensions(submissions=[submission], due_on=due_on, reason=reason, by=by)
    return extension


@transaction.atomic
def grant_extensions(
    *, submissions: Sequence[Submission], due_on: dt.date, reason: str, by: User
) -> list[Extension]:
    """Give several submissions until `due_on` for one reason, or none of them; an audit event each."""
    rows = authority.lock(submissions)
    authority.require_at(by, [row.org_unit for row in rows], Permission.MANAGE_PERIODS)
    require_reason(reason, _("Hãy ghi lý do gia hạn: lý do được lưu trong nhật ký."))
    for row in rows:
        if due_on < timezone.localdate() or due_on <= row.due_on:
            raise Refused(
                _("%(subject)s: hạn mới phải sau hạn cũ (%(due)s) và chưa qua. Hãy chọn ngày khác.")
                % {"subject": subject_of(row), "due": date_format(row.due_on, "SHORT_DATE_FORMAT")}
            )
    extensions = Extension.objects.bulk_create(
        Extension(submission=row, due_on=due_on, reason=reason.strip(), granted_by=by) for row in rows
    )
    Submission.objects.filter(pk__in=[row.pk for row in rows]).update(due_on=due_on)
    for submission in submissions:
        submission.due_on = due_on
    changes = {row.pk: {"from": row.due_on.isoformat(), "to": due_on.isoformat()} for row in rows}
    record(by=by, action="submission.extend", submissions=rows, reason=reason.strip(), details=changes)
    return extensions
