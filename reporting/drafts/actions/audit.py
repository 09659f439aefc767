"""The audit event of whatever changes a draft."""

from __future__ import annotations

from reporting.models import Draft, DraftSection
from schools.actions import record_event
from schools.models import User


def record(
    action: str,
    draft: Draft,
    by: User,
    section: DraftSection | None = None,
    detail: dict[str, object] | None = None,
) -> None:
    """Write one event about a draft or a section of it, inside the transaction of what it records."""
    said = {"section": section.heading} if section else {}
    record_event(
        by=by,
        action=action,
        subject=str(draft),
        unit_code=draft.unit.code,
        period_code=draft.period.code,
        detail={**said, **(detail or {})},
    )
