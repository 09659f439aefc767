"""Roles as readable lists of permissions."""

from enum import Enum
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class Permission(Enum):
    """What a role may do at its unit and below."""

    VIEW = gettext_noop("xem số liệu")
    VIEW_HISTORY = gettext_noop("xem nhật ký")
    ENTER = gettext_noop("nhập và nộp phiếu")
    REVIEW = gettext_noop("duyệt và trả lại phiếu")
    REOPEN = gettext_noop("mở lại phiếu đã duyệt")
    MANAGE_PERIODS = gettext_noop("mở, đóng kỳ và gia hạn")
    EXPORT = gettext_noop("xuất phụ lục và báo cáo")
    MANAGE_CATALOGUE = gettext_noop("sửa danh mục")
    MANAGE_USERS = gettext_noop("quản lý người dùng")
    VIEW_REGISTERS = gettext_noop("xem sổ giáo viên, học sinh")
    WRITE_REPORT = gettext_noop("soạn báo cáo")
    PUBLISH = gettext_noop("công bố báo cáo")
    MANAGE_TEMPLATES = gettext_noop("thay mẫu văn bản")


class Role(TextChoices):
    """Who somebody is at a unit."""

    CLERK = "clerk", _("cán bộ nhập liệu")
    REVIEWER = "reviewer", _("người duyệt")
    OFFICER = "officer", _("chuyên viên Sở")
    LEADER = "leader", _("lãnh đạo")
    ADMINISTRATOR = "administrator", _("quản trị")
    AUDITOR = "auditor", _("kiểm tra")


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset(
        {Permission.VIEW, Permission.ENTER, Permission.VIEW_HISTORY, Permission.VIEW_REGISTERS}
    ),
    Role.REVIEWER: frozenset(
        {
            Permission.VIEW,
            Permission.ENTER,
            Permission.REVIEW,
            Permission.VIEW_HISTORY,
            Permission.EXPORT,
            Permission.VIEW_REGISTERS,
            Permission.WRITE_REPORT,
        }
    ),
    Role.OFFICER: frozenset(
        {
            Permission.VIEW,
            Permission.ENTER,
            Permission.REVIEW,
            Permission.REOPEN,
            Permission.MANAGE_PERIODS,
            Permission.VIEW_HISTORY,
            Permission.EXPORT,
            Permission.MANAGE_CATALOGUE,
            Permission.VIEW_REGISTERS,
            Permission.WRITE_REPORT,
            Permission.PUBLISH,
            Permission.MANAGE_TEMPLATES,
        }
    ),
    Role.LEADER: frozenset({Permission.VIEW, Permission.EXPORT, Permission.PUBLISH}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.VIEW, Permission.VIEW_HISTORY, Permission.MANAGE_CATALOGUE, Permission.MANAGE_USERS}
    ),
    Role.AUDITOR: frozenset({Permission.VIEW, Permission.VIEW_HISTORY}),
}


class Scoped(Protocol):
    """Whoever a queryset can be narrowed to: somebody with units of their own."""

    def scope(self, permission: Permission | None = None) -> set[int]:
        """Ids of the units at the top of what they may see, or of what `permission` covers."""
