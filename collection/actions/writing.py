"""What every way of saving shares: who may be written to, the rows to write, what a sender saw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collection import authority
from collection.entries import Content, HeldVersion
from collection.models import DataValue, ReturnedCell, Submission, ValueChange
from collection.workflow import EDITABLE, State
from indicators.models import DataElement
from schools.models import User

from .audit import subject_of

Key = tuple[int, str]  # id of a submission, code of an element
Seen = tuple[HeldVersion | None, int]  # a cell as it stands, and the version that its sender saw


@dataclass(frozen=True)
class Write:
    """One cell to write: the value as it shall be, and what it held, None for a new one."""

    value: DataValue
    before: Content | None


def write_of(
    submission: Submission,
    element: DataElement,
    content: Content,
    before: HeldVersion | None,
    by: User,
    now: dt.datetime,
) -> Write:
    """The row that puts `content` into a cell, one version after `before`."""
    value = DataValue(
        period_id=submission.period_id,
        org_unit_id=submission.org_unit_id,
        element=element,
        submission_id=submission.pk,
        state=content.state,
        number=content.number,
        choices=None if content.choices is None else list(content.choices),
        text=content.text,
        reason=content.reason,
        explanation=content.explanation,
        version=before.version + 1 if before else 1,
        updated_at=now,
        updated_by=by,
    )
    return Write(value, Content.of(before) if before else None)


def store(writes: Sequence[Write], source: str) -> None:
    """One upsert of the values, one insert of their history."""
    DataValue.objects.bulk_create(
        [write.value for write in writes],
        update_conflicts=True,
        unique_fields=["period", "org_unit", "element"],
        update_fields=[
            "submission",
            "state",
            "number",
            "choices",
            "text",
            "reason",
            "explanation",
            "version",
            "updated_at",
            "updated_by",
        ],
    )
    ValueChange.objects.bulk_create(
        ValueChange(
            value_id=write.value.pk,
            version=write.value.version,
            old=write.before.as_json() if write.before else None,
            new=Content.of(write.value).as_json(),
            source=source,
            changed_at=write.value.updated_at,
            changed_by=write.value.updated_by,
        )
        for write in writes
    )


def returned_cells(submissions: Iterable[Submission]) -> dict[int, frozenset[str]]:
    """For each returned submission the codes of the cells that were sent back: one query, or none."""
    returned: dict[int, set[str]] = {row.pk: set() for row in submissions if row.state == State.RETURNED}
    if returned:
        rows = ReturnedCell.objects.filter(submission__in=list(returned), resolved_at__isnull=True)
        for pk, code in rows.values_list("submission", "element__code"):
            returned[pk].add(code)
    return {pk: frozenset(codes) for pk, codes in returned.items()}


def contents_seen(seen: Mapping[Key, Seen]) -> dict[Key, Content]:
    """What senders saw in cells that have changed since: one query. A version that never was is left out."""
    found: dict[Key, Content] = {}
    sought: dict[tuple[int, int], Key] = {}
    for key, (value, version) in seen.items():
        if version == 0:
            found[key] = Content()
        elif value is not None:
            sought[value.pk, version] = key
    if sought:
        for change in ValueChange.objects.filter(value__in={value for value, _version in sought}):
            if (change.value_id, change.version) in sought:
                found[sought[change.value_id, change.version]] = Content.from_json(change.new)
    return found


def not_editable(submission: Submission, today: dt.date) -> str:
    """Why cells of `submission` (locked, with its period) cannot be written now, or ""."""
    locked = authority.closed_to_entry(submission, today)
    if locked or submission.state in EDITABLE:
        return locked
    if submission.state == State.APPROVED:
        return _(
            "%(subject)s đã được duyệt nên không sửa được. Nếu số sai, hãy đề nghị chuyên viên Sở mở lại."
        ) % {"subject": subject_of(submission)}
    return _("%(subject)s đang chờ duyệt nên không sửa được. Hãy đề nghị người duyệt trả lại ô cần sửa.") % {
        "subject": subject_of(submission)
    }
