"""Which of many submissions may be approved without looking inside, and why the others may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collection import authority
from collection.flags import Flags, flag_counts
from collection.judging import judged
from collection.models import Submission
from collection.workflow import Action, transition
from dxreport.lib.numbers import format_number
from schools.models import User


@dataclass(frozen=True)
class LeftOut:
    """A submission that is not approved with the others, and why, for the screen."""

    submission: Submission
    why: str


@dataclass(frozen=True)
class SortedOut:
    """What is ready to be approved together, and what is not."""

    ready: list[Submission]
    left_out: list[LeftOut]


def sort_out(rows: Iterable[Submission], *, by: User, versions: Mapping[int, int]) -> SortedOut:
    """Sort `rows` (with context and `has_extension`); `versions` are those that `by` saw, by id.

    What is left is judged as if it were submitted now: a question that came up since, because last
    period's figure was corrected, has no answer yet. A fixed number of statements. Where it decides,
    the rows are locked: nothing can change between this answer and the approval.
    """
    found = list(rows)
    flags = flag_counts(found)
    reasons = {row.pk: _why_not(row, by, versions.get(row.pk), flags.get(row.pk)) for row in found}
    judgements = judged([row for row in found if not reasons[row.pk]])
    sorted_out = SortedOut([], [])
    for row in found:
        why = reasons[row.pk]
        if not why and not judgements[row.pk].judgement.is_ready:
            why = _("Phiếu có câu hỏi chưa được giải trình: hãy mở phiếu để xem rồi quyết định.")
        if why:
            sorted_out.left_out.append(LeftOut(row, why))
        else:
            sorted_out.ready.append(row)
    return sorted_out


def _why_not(row: Submission, by: User, seen: int | None, flags: Flags | None) -> str:
    if transition(row.state, Action.APPROVE) is None:
        return _("Phiếu đang ở trạng thái “%(state)s”, không chờ duyệt.") % {"state": row.get_state_display()}
    if row.submitted_by_id == by.pk:
        return _("Phiếu do chính bạn nộp: hãy nhờ một người duyệt khác.")
    if seen != row.version:
        return _("Phiếu vừa thay đổi sau khi bạn mở trang: hãy xem lại số liệu mới.")
    if closed := authority.closed_to_review(row):
        return closed
    if flags:
        count = format_number(flags.total)
        return _("Phiếu có %(count)s cảnh báo: hãy mở phiếu để xem rồi quyết định.") % {"count": count}
    return ""
