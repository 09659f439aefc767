"""Decisions on many submissions at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from collection import authority
from collection.models import Submission
from collection.sorting_out import SortedOut, sort_out
from schools.models import User
from schools.roles import Permission

from .transitions import approve


@transaction.atomic
def approve_unflagged(
    *, submissions: Sequence[Submission], by: User, versions: Mapping[int, int]
) -> SortedOut:
    """Approve those of `submissions` that nothing speaks against; says which, and why not the others.

    `versions` (submission id -> version seen) must name each: whatever changed since is left out.
    The rows are locked before they are judged, so what somebody changes meanwhile is either judged
    here as it became, or changed after it was approved and refused there.
    """
    rows = authority.lock(submissions)
    authority.require_at(by, [row.org_unit for row in rows], Permission.REVIEW)
    sorted_out = sort_out(rows, by=by, versions=versions)
    if sorted_out.ready:
        approve(submissions=sorted_out.ready, by=by, versions=versions)
    return sorted_out
