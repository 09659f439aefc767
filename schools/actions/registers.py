"""Entering staff and learners in the registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from schools.models import OrgUnit, Student, Teacher, User
from schools.refusals import Refused

from .audit import record_events

BATCH = 2000  # rows a statement; Django makes them fewer for SQLite

Record = TypeVar("Record", Teacher, Student)


@transaction.atomic
def add_teachers(*, records: Iterable[Teacher], by: User | None) -> int:
    """Enter staff records, unsaved, of any number of schools; returns how many.

    Raises Refused for a ministry code that is in the register. One audit event a school.
    `records` may be a generator: only a batch of it is held at a time.
    """
    return _add(Teacher, records, "register.teachers", by)


@transaction.atomic
def add_students(*, records: Iterable[Student], by: User | None) -> int:
    """Enter learner records, as `add_teachers` does."""
    return _add(Student, records, "register.students", by)


def _add(model: type[Record], records: Iterable[Record], action: str, by: User | None) -> int:
    added: Counter[int] = Counter()
    waiting = iter(records)
    while batch := list(islice(waiting, BATCH)):
        _refuse_known(model, [record.code for record in batch])
        model._default_manager.bulk_create(batch)
        added.update(record.unit_id for record in batch)
    codes = dict(OrgUnit.objects.order_by().values_list("pk", "code"))
    record_events(
        by=by,
        events=[
            {
                "action": action,
                "subject": str(model._meta.verbose_name),
                "unit_code": codes[unit_id],
                "detail": {"added": count},
            }
            for unit_id, count in sorted(added.items())
        ],
    )
    return added.total()


def _refuse_known(model: type[Record], codes: Sequence[str]) -> None:
    repeated = [code for code, times in Counter(codes).items() if times > 1]
    known = model._default_manager.filter(code__in=codes).order_by("code").values_list("code", flat=True)
    found = repeated[0] if repeated else known.first()
    if found is not None:
        raise Refused(
            _("Mã định danh %(code)s đã có trong sổ. Mỗi người chỉ có một mã: hãy kiểm tra lại.")
            % {"code": found}
        )
