"""Pages kept in memory for as long as nothing that they show has changed (docs/adr/0008).

A dashboard is put together from several statements and is the same for everybody who sees the same
units. Before every page the state of the data is read, with the periods, in one statement. A page
is kept under the state that was read before it was built: it can be newer than its key, never older.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from hashlib import sha256
from typing import TypeVar, cast

from django.contrib.admin.models import LogEntry
from django.core.cache import caches
from django.db.models import CharField, F
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import get_language

from collection.models import ReportingPeriod
from collection.models.periods import ReportingPeriodQuerySet
from schools.models import AuditEvent, User

# What is changed past actions and administration, by hand in the database, shows after at most this long.
KEPT_SECONDS = 60

# What changes totals makes the revision of their period anew; whatever else people change (units,
# periods, people) leaves an audit event, the administration a log entry. None of these grows dearer
# to read with the number of schools.
_STATE = f"""(
    (SELECT COALESCE(MAX(id), 0) FROM {AuditEvent._meta.db_table})
    || ':' || (SELECT COALESCE(MAX(id), 0) FROM {LogEntry._meta.db_table})
)"""

Page = TypeVar("Page")


def with_state(periods: ReportingPeriodQuerySet) -> ReportingPeriodQuerySet:
    """The same periods, each with the revision of its totals, and the state of everything else."""
    return periods.annotate(
        revision=F("totals_revision__value"),
        state_of_data=RawSQL(_STATE, (), output_field=CharField()),
    )


def state_of(periods: Sequence[ReportingPeriod]) -> str:
    """What `with_state` added to all periods: differs as soon as a figure, a unit or a period has changed."""
    return ":".join(
        f"{one.pk}={one.revision}/{one.indicator_set.revision}/{one.state_of_data}"  # type: ignore[attr-defined]
        for one in periods
    )


def kept(state: str, user: User, address: Hashable, build: Callable[[], Page]) -> Page:
    """The page at `address` as `user` sees it, built only if the data has changed since.

    `address` holds everything of the request that the page depends on. Whoever has the same scope
    and language gets the same page.
    """
    parts = (state, timezone.localdate(), get_language(), sorted(user.scope_unit_ids), address)
    key = f"page:{sha256(repr(parts).encode()).hexdigest()}"
    pages = caches["pages"]
    page = cast("Page | None", pages.get(key))
    if page is None:
        page = build()
        pages.set(key, page, KEPT_SECONDS)
    return page
