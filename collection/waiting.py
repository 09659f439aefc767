"""The submission that waits for a reviewer next."""

from __future__ import annotations

from django.db.models import Case, Q, Value, When

from collection import authority
from collection.models import ReportingPeriod, Submission
from collection.workflow import State
from schools.models import User
from schools.roles import Permission

# Of the submissions in somebody's scope a few are not theirs to decide on: those of their own office.
LOOKED_AT = 20


def next_waiting(user: User, after: Submission) -> Submission | None:
    """The next in the order of units whom `user` may decide on, in the same period, round and round.

    Three queries, however many wait.
    """
    rows = authority.with_extension(
        Submission.objects.visible_to(user).filter(period=after.period_id, state=State.SUBMITTED)
    )
    place = (after.org_unit.code, after.form.position)
    later = Q(org_unit__code__gt=place[0]) | Q(org_unit__code=place[0], form__position__gt=place[1])
    waiting = (
        rows.filter(Q(period__state=ReportingPeriod.State.OPEN) | Q(has_extension=True))
        .exclude(pk=after.pk)
        .exclude(submitted_by=user)
        .select_related("period", "org_unit", "form")
        .annotate(turn=Case(When(later, then=Value(0)), default=Value(1)))
        .order_by("turn", "org_unit__code", "form__position")
    )
    some = list(waiting[:LOOKED_AT])
    rights = authority.rights_at(user, [one.org_unit for one in some]) if some else {}
    return next((one for one in some if Permission.REVIEW in rights[one.org_unit_id]), None)
