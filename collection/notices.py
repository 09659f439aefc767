"""Reading notices: how many wait for somebody, and what each says."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collection.actions.audit import subject_of
from collection.models import Notice
from dxreport.lib.template_filters import short_date
from schools.models import User
from schools.roles import Permission

# The bell says "99+" beyond this: what stands on every page must not cost more with every notice.
COUNTED_AT_MOST = 99


def unread_count(user: User) -> int:
    """How many notices the user has not read, counted up to one more than COUNTED_AT_MOST.

    One statement, and none for those who enter nothing: nobody tells them anything.
    """
    if not user.may_somewhere(Permission.ENTER):
        return 0
    unread = Notice.objects.visible_to(user).unread().order_by()
    return len(unread.values_list("pk")[: COUNTED_AT_MOST + 1])


def sentence_of(notice: Notice) -> str:
    """What a notice says, and what to do now, in the reader's language."""
    facts = {"subject": subject_of(notice.submission), "due": short_date(notice.submission.due_on)}
    if notice.kind == Notice.Kind.RETURNED:
        return _("%(subject)s bị trả lại. Hãy sửa các ô được nêu rồi nộp lại.") % facts
    return _("%(subject)s cần được nộp, hạn %(due)s. Hãy nhập các ô còn thiếu rồi nộp.") % facts
