"""Making the explanation of a cell a footnote of the report, and taking that back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from collection import authority
from collection.models import DataValue, Footnote, Submission
from collection.refusals import Refused
from schools.models import User
from schools.roles import Permission

from .audit import record


@transaction.atomic
def mark_footnote(*, submission: Submission, element_code: str, is_footnote: bool, by: User) -> None:
    """Let the explanation of one cell stand in the report, or not. Doing it twice changes nothing.

    Raises PermissionDenied unless `by` reviews the submission, Refused where nothing is explained.
    """
    [row] = authority.lock([submission])
    authority.require_at(by, [row.org_unit], Permission.REVIEW)
    value = (
        DataValue.objects.filter(submission=row, element__code=element_code).exclude(explanation="").first()
    )
    if value is None:
        raise Refused(
            _("Ô này chưa có giải trình nên chưa đưa vào báo cáo được. Hãy đề nghị đơn vị giải trình.")
        )
    stands = Footnote.objects.filter(value=value).standing().exists()
    if stands == is_footnote:
        return
    Footnote.objects.filter(value=value).delete()
    if is_footnote:
        Footnote.objects.create(value=value, text=value.explanation, marked_by=by)
    action = "submission.footnote" if is_footnote else "submission.no_footnote"
    record(by=by, action=action, submissions=[row], details={row.pk: {"cells": [element_code]}})
