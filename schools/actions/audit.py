"""Writing the audit trail. Whoever acts calls this inside the transaction of what it records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, TypedDict

from django.db.models import CharField

from dxreport.lib.folding import fold
from schools.models import AuditEvent, User

SYSTEM = "Hệ thống"
BATCH = 2000  # rows a statement; Django makes them fewer for SQLite
_LENGTH = {
    field.name: field.max_length
    for field in AuditEvent._meta.concrete_fields
    if isinstance(field, CharField) and field.max_length
}


class EventFields(TypedDict):
    """What one event says. `action` is a word of `schools.audit_words`, such as "unit.rename"."""

    action: str
    subject: str
    unit_code: NotRequired[str]
    period_code: NotRequired[str]
    reason: NotRequired[str]
    detail: NotRequired[Mapping[str, Any]]


def record_event(
    *,
    by: User | None,
    action: str,
    subject: str,
    unit_code: str = "",
    period_code: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Write one event; `by` None is the system itself."""
    fields: EventFields = {
        "action": action,
        "subject": subject,
        "unit_code": unit_code,
        "period_code": period_code,
        "reason": reason,
        "detail": detail or {},
    }
    return record_events(by=by, events=[fields])[0]


def record_events(*, by: User | None, events: Iterable[EventFields]) -> list[AuditEvent]:
    """Write many events of one actor in one statement a batch."""
    rows = [_event(by, fields) for fields in events]
    return AuditEvent.objects.bulk_create(rows, batch_size=BATCH)


def _event(by: User | None, fields: EventFields) -> AuditEvent:
    event = AuditEvent(
        actor=by,
        actor_name=_cut("actor_name", str(by) if by else SYSTEM),
        action=_cut("action", fields["action"]),
        subject=_cut("subject", fields["subject"]),
        unit_code=_cut("unit_code", fields.get("unit_code", "")),
        period_code=_cut("period_code", fields.get("period_code", "")),
        reason=fields.get("reason", ""),
        detail=dict(fields.get("detail", {})),
    )
    event.search_text = fold(
        " ".join([event.actor_name, event.subject, event.unit_code, event.period_code, event.reason])
    )
    return event


def _cut(name: str, text: str) -> str:
    """An event is never lost because a name is long."""
    limit = _LENGTH[name]
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
