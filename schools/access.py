"""What somebody may do at a unit: 404 for what they may not know, 403 for what they may not do."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from schools.hierarchy import ancestor_ids, standing_day
from schools.models import OrgUnit, User
from schools.roles import Permission


def visible_unit_or_404(user: User, code: str) -> OrgUnit:
    """The unit of `code` with its kind. Http404 where it is unknown or outside the user's scope."""
    # PostgreSQL has no text with NUL in it; asking would be an error, not "no such unit".
    found = None
    if "\x00" not in code:
        found = OrgUnit.objects.visible_to(user).select_related("kind").filter(code=code).first()
    if found is None:
        raise Http404(_("Không có đơn vị này trong phạm vi của bạn. Hãy tìm trong danh sách đơn vị."))
    return found


def permissions_at(user: User, unit: OrgUnit, *, on: dt.date | None = None) -> set[Permission]:
    """What the user may do at `unit` on the day `on` (today); for an ended unit, as on its last day."""
    day = standing_day(unit, on or timezone.localdate())
    return user.permissions_at(ancestor_ids([unit.pk], on=day).get(unit.pk, []))


def require(user: User, unit: OrgUnit, permission: Permission) -> None:
    """Raise PermissionDenied, with a sentence, unless the user holds `permission` at `unit`."""
    if permission not in permissions_at(user, unit):
        raise PermissionDenied(refusal(permission, unit.name))


def require_somewhere(user: User, permission: Permission) -> None:
    """Raise PermissionDenied unless some membership of the user gives `permission`."""
    if not user.may_somewhere(permission):
        raise PermissionDenied(refusal(permission))


def refusal(permission: Permission, place: str = "") -> str:
    """The sentence that says what is missing and whom to ask."""
    where = _(" tại %(unit)s") % {"unit": place} if place else ""
    return _(
        "Tài khoản của bạn không có quyền %(permission)s%(where)s."
        " Hãy liên hệ người quản trị để được phân quyền."
    ) % {"permission": _(permission.value), "where": where}
