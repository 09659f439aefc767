"""Roles as readable lists of permissions."""

from enum import Enum

from django.db.models import TextChoices


class Permission(Enum):
    """What a role may do at its unit and below."""

    VIEW = "xem số liệu"
    VIEW_HISTORY = "xem nhật ký"
    ENTER = "nhập và nộp phiếu"
    REVIEW = "duyệt và trả lại phiếu"
    REOPEN = "mở lại phiếu đã duyệt"
    MANAGE_PERIODS = "mở, đóng kỳ và gia hạn"
    EXPORT = "xuất phụ lục và báo cáo"
    MANAGE_CATALOGUE = "sửa danh mục"
    MANAGE_USERS = "quản lý người dùng"
    VIEW_REGISTERS = "xem sổ giáo viên, học sinh"


class Role(TextChoices):
    """Who somebody is at a unit."""

    CLERK = "clerk", "cán bộ nhập liệu"
    REVIEWER = "reviewer", "người duyệt"
    OFFICER = "officer", "chuyên viên Sở"
    LEADER = "leader", "lãnh đạo"
    ADMINISTRATOR = "administrator", "quản trị"
    AUDITOR = "auditor", "kiểm tra"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset({Permission.VIEW, Permission.ENTER, Permission.VIEW_HISTORY, Permission.VIEW_REGISTERS}),
    Role.REVIEWER: frozenset(
        {
            Permission.VIEW,
            Permission.ENTER,
            Permission.REVIEW,
            Permission.VIEW_HISTORY,
            Permission.EXPORT,
            Permission.VIEW_REGISTERS,
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
        }
    ),
    Role.LEADER: frozenset({Permission.VIEW, Permission.EXPORT}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.VIEW, Permission.VIEW_HISTORY, Permission.MANAGE_CATALOGUE, Permission.MANAGE_USERS}
    ),
    Role.AUDITOR: frozenset({Permission.VIEW, Permission.VIEW_HISTORY}),
}
