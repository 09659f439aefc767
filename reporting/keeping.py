"""Pages kept in memory for as long as nothing that they show has changed (docs/adr/0008).

A dashboard is put together from a dozen statements and is the same for everybody who sees the same
units. Before every page the state of the data is read, with the periods, in one statement. A page
is kept under the state that was read before it was built: it can be newer than its key, never older.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import sha256
from typing import TypeVar, cast

from django.contrib.admin.models import LogEntry
from django.core.cache import caches
from django.db.models import CharField
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import get_language

from collection.models import ReportingPeriod, Submission
from collection.models.periods import ReportingPeriodQuerySet
from reporting.models import Totals
from schools.models import AuditEvent, User

# `load_catalogue` leaves no trace in the state: what it changes shows after at most this long.
KEPT_SECONDS = 60

# Every change of a value or state raises its submission's version, and a sum only sees what is
# committed, where a highest id could miss a transaction that commits late. Whatever else people
# change (units, periods) leaves an audit event, the administration a log entry; a rebuild of totals
# makes new rows.
_STATE = f"""(
    (SELECT COUNT(*) || ':' || COALESCE(SUM(version), 0) FROM {Submission._meta.db_table})
    || ':' || (SELECT COALESCE(MAX(id), 0) FROM {AuditEvent._meta.db_table})
    || ':' || (SELECT COALESCE(MAX(id), 0) FROM {LogEntry._meta.db_table})
    || ':' || (SELECT COALESCE(MAX(id), 0) FROM {Totals._meta.db_table})
)"""

Page = TypeVar("Page")


def with_state(periods: ReportingPeriodQuerySet) -> ReportingPeriodQuerySet:
    """The same periods, each carrying the state of the data, which the database works out once."""
    return periods.annotate(state_of_data=RawSQL(_STATE, (), output_field=CharField()))


def state_of(period: ReportingPeriod) -> str:
    """What `with_state` added: differs as soon as a figure, a unit or a period has changed."""
    return str(period.state_of_data)  # type: ignore[attr-defined]


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
