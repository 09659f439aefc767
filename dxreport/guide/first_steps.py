"""What a system still lacks before its first phiếu, worked out from what there is.

Shown only where a page is empty (`{% first_steps %}`), so that an ordinary page pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collection.models import ReportingPeriod
from indicators.models import IndicatorSet
from schools.models import Membership, OrgUnit, User
from schools.roles import Permission, Role


@dataclass(frozen=True)
class Step:
    """One step of setting up: whose it is, whether it is done or the next, and where the reader does it."""

    title: str | Promise
    whose: str | Promise
    is_done: bool
    is_next: bool
    url: str


def first_steps(user: object) -> list[Step]:
    """The steps in order; none once every one is done, or for nobody in particular."""
    if not isinstance(user, User):
        return []
    steps = list(_steps(user))
    following = next((place for place, (is_done, *_rest) in enumerate(steps) if not is_done), None)
    if following is None:
        return []
    return [
        Step(title, whose, is_done, place == following, "" if is_done else url)
        for place, (is_done, title, whose, url) in enumerate(steps)
    ]


def _steps(user: User) -> Iterator[tuple[bool, str | Promise, str | Promise, str]]:
    roles = set(
        Membership.objects.filter(is_active=True).order_by().values_list("role", flat=True).distinct()
    )
    yield (
        IndicatorSet.objects.exists(),
        _("Nạp danh mục chỉ số và biểu mẫu: lệnh manage.py load_catalogue trên máy chủ"),
        _("việc của người vận hành máy chủ"),
        "",
    )
    yield (
        OrgUnit.objects.exists(),
        _("Thêm Sở, các phòng và các trường"),
        _("việc của quản trị hoặc chuyên viên Sở"),
        reverse("admin:schools_orgunit_add") if _may(user, Permission.MANAGE_CATALOGUE) else "",
    )
    yield (
        {Role.OFFICER, Role.CLERK} <= roles,
        _("Thêm tài khoản và phân quyền, ít nhất một chuyên viên Sở và một người nhập liệu"),
        _("việc của quản trị"),
        reverse("admin:schools_user_add") if _may(user, Permission.MANAGE_USERS) else "",
    )
    yield (
        ReportingPeriod.objects.exclude(state=ReportingPeriod.State.PLANNED).exists(),
        _("Tạo và mở kỳ báo cáo đầu tiên"),
        _("việc của chuyên viên Sở"),
        reverse("collection:period_list") if user.may_somewhere(Permission.MANAGE_PERIODS) else "",
    )


def _may(user: User, permission: Permission) -> bool:
    """Whether the administration lets the user do it."""
    return user.is_superuser or (user.is_staff and user.may_somewhere(permission))
