"""Who may do what to submissions, and when a submission is locked.

Everything here takes many submissions and costs the same few statements for one or for all.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from collection.models import Extension, ReportingPeriod, Submission
from collection.models.submissions import SubmissionQuerySet
from collection.refusals import Refused
from schools.hierarchy import ancestor_ids, standing_day
from schools.models import OrgUnit, User
from schools.roles import Permission


def lock(submissions: Iterable[Submission]) -> list[Submission]:
    """The rows of `submissions` as they are now, locked until the transaction ends, in order of id.

    Two statements: what stands beside a submission (its period above all) is read only once
    the lock is held, so a save that waited for a closing period sees it closed.
    """
    ids = sorted({submission.pk for submission in submissions})
    hold(ids)
    found = list(with_extension(Submission.objects.filter(pk__in=ids).with_context()).order_by("pk"))
    if len(found) != len(ids):
        raise Refused(_("Có phiếu không còn tồn tại. Hãy tải lại trang rồi làm lại."))
    return found


def with_extension(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    """`rows`, each knowing whether it was given more time (`has_extension`)."""
    return rows.annotate(has_extension=Exists(Extension.objects.filter(submission=OuterRef("pk"))))


def hold(ids: Sequence[int]) -> None:
    """Lock submission rows until the transaction ends; SQLite's IMMEDIATE already holds all."""
    rows = Submission.objects.filter(pk__in=ids).order_by("pk").select_for_update()
    list(rows.values_list("pk", flat=True))


def ancestors_of(units: Iterable[OrgUnit]) -> dict[int, list[int]]:
    """Ids of the units above each unit, itself first, root last, as the hierarchy stands today.

    A unit that has ended keeps those above it on its last day: they answer for its reports. One
    query, and one more for each day on which some of the units ended.
    """
    today = timezone.localdate()
    by_day: dict[dt.date, list[int]] = defaultdict(list)
    for unit in {unit.pk: unit for unit in units}.values():
        by_day[standing_day(unit, today)].append(unit.pk)
    found: dict[int, list[int]] = {}
    for day, ids in by_day.items():
        found.update(ancestor_ids(ids, on=day))
    return found


_DENIED = {
    Permission.ENTER: gettext_noop(
        "Bạn không được nhập hay nộp phiếu của %(unit)s. Hãy liên hệ cán bộ nhập liệu của đơn vị."
    ),
    Permission.REVIEW: gettext_noop(
        "Bạn không được duyệt hay trả lại phiếu của %(unit)s. Việc này thuộc đơn vị cấp trên."
    ),
    Permission.REOPEN: gettext_noop(
        "Bạn không được mở lại phiếu đã duyệt của %(unit)s. Hãy đề nghị chuyên viên Sở."
    ),
    Permission.MANAGE_PERIODS: gettext_noop(
        "Bạn không được gia hạn cho %(unit)s. Hãy đề nghị chuyên viên Sở."
    ),
    Permission.VIEW_HISTORY: gettext_noop(
        "Bạn không được xem nhật ký của %(unit)s. Hãy liên hệ người quản trị để được phân quyền."
    ),
}


def rights_at(by: User, units: Iterable[OrgUnit]) -> dict[int, set[Permission]]:
    """What `by` may do with the submissions of each unit, by unit id.

    To review takes a membership strictly above the unit (at the root, on the root itself):
    nobody is the reviewer of their own office.
    """
    wanted = list(units)
    above = ancestors_of(wanted)
    rights = {}
    for unit in wanted:
        lineage = above.get(unit.pk, [unit.pk])
        rights[unit.pk] = by.permissions_at(lineage)
        if Permission.REVIEW not in by.permissions_at(lineage[1:] or lineage):
            rights[unit.pk].discard(Permission.REVIEW)
    return rights


def require_at(by: User, units: Iterable[OrgUnit], permission: Permission) -> None:
    """Raise PermissionDenied, with a sentence, unless `by` holds `permission` at every unit."""
    wanted = {unit.pk: unit for unit in units}
    for pk, rights in rights_at(by, wanted.values()).items():
        if permission not in rights:
            raise PermissionDenied(denial(permission, wanted[pk]))


def denial(permission: Permission, unit: OrgUnit) -> str:
    """The sentence for somebody who lacks `permission` at `unit`: whose it is."""
    return _(_DENIED[permission]) % {"unit": unit.name}


def manages_periods(by: User) -> bool:
    """Whether `by` manages periods at a root: a period is everybody's."""
    units = [m.unit for m in by.active_memberships]
    above = ancestors_of(units)
    lineages = [above.get(unit.pk, [unit.pk]) for unit in units]
    return any(
        len(lineage) == 1 and Permission.MANAGE_PERIODS in by.permissions_at(lineage) for lineage in lineages
    )


def require_for_periods(by: User) -> None:
    """Raise PermissionDenied, with a sentence, unless `by` manages periods."""
    if not manages_periods(by):
        raise PermissionDenied(_("Chỉ chuyên viên Sở được tạo, mở và khóa kỳ báo cáo."))


def closed_to_entry(submission: Submission, today: dt.date) -> str:
    """Why values of `submission` (from `lock`) cannot change now because of its period, or ""."""
    if submission.period.state == ReportingPeriod.State.OPEN:
        return ""
    if _is_extended(submission):
        if today <= submission.due_on:
            return ""
        return _(
            "Kỳ %(period)s đã khóa và thời gian gia hạn của %(unit)s đã hết ngày %(due)s."
            " Hãy đề nghị chuyên viên Sở gia hạn thêm."
        ) % {**_names(submission), "due": date_format(submission.due_on, "SHORT_DATE_FORMAT")}
    return _closed(submission)


def closed_to_review(submission: Submission) -> str:
    """Why `submission` cannot be decided on now because of its period, or "".

    What came in under an extension is still decided after the last day of that extension.
    """
    if submission.period.state == ReportingPeriod.State.OPEN or _is_extended(submission):
        return ""
    return _closed(submission)


def _is_extended(submission: Submission) -> bool:
    return bool(getattr(submission, "has_extension", False))


def _closed(submission: Submission) -> str:
    if submission.period.state == ReportingPeriod.State.PLANNED:
        return _("Kỳ %(period)s chưa mở.") % _names(submission)
    return _(
        "Kỳ %(period)s đã khóa nên phiếu của %(unit)s không thay đổi được nữa."
        " Nếu cần sửa, hãy đề nghị chuyên viên Sở gia hạn."
    ) % _names(submission)


def _names(submission: Submission) -> dict[str, str]:
    return {"period": submission.period.code, "unit": submission.org_unit.name}
