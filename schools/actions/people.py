"""Accounts and what they may do where."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from schools.models import Membership, OrgUnit, User
from schools.refusals import Refused
from schools.roles import Role

from .audit import record_event


@transaction.atomic
def create_user(
    *,
    username: str,
    password: str | None,
    by: User | None,
    display_name: str = "",
    memberships: Iterable[tuple[OrgUnit, str]] = (),
    is_demo: bool = False,
    is_staff: bool = False,
    is_superuser: bool = False,
) -> User:
    """Open an account with its memberships, pairs of unit and role. Raises Refused for a name in use.

    With the password None nobody can sign in until one is set.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(_("Tên đăng nhập %(name)s đã được dùng. Hãy chọn tên khác.") % {"name": username})
    user = User.objects.create_user(
        username,
        password=password,
        display_name=display_name,
        is_demo=is_demo,
        is_staff=is_staff,
        is_superuser=is_superuser,
    )
    powers = {"is_demo": is_demo, "is_staff": is_staff, "is_superuser": is_superuser}
    detail = {name: True for name, given in powers.items() if given}
    record_event(by=by, action="user.create", subject=username, detail=detail)
    for unit, role in memberships:
        grant_membership(user=user, unit=unit, role=role, by=by)
    return user


@transaction.atomic
def change_user(
    *,
    user: User,
    by: User | None,
    display_name: str | None = None,
    is_active: bool | None = None,
    is_staff: bool | None = None,
    password: str | None = None,
) -> User:
    """Change what is given. A new password or a closed account ends the sessions of the account."""
    if by == user and is_active is False:
        raise Refused(_("Bạn không thể khóa tài khoản của chính mình. Hãy nhờ một người quản trị khác."))
    changed: dict[str, object] = {}
    if display_name is not None and display_name != user.display_name:
        user.display_name = changed["display_name"] = display_name
    if is_active is not None and is_active != user.is_active:
        user.is_active = changed["is_active"] = is_active
    if is_staff is not None and is_staff != user.is_staff:
        user.is_staff = changed["is_staff"] = is_staff
    if password is not None:
        user.set_password(password)
        changed["password"] = True  # that it changed, never what it is
    if changed:
        user.save()
        record_event(by=by, action="user.change", subject=user.username, detail=changed)
    return user


@transaction.atomic
def grant_membership(*, user: User, unit: OrgUnit, role: str, by: User | None) -> Membership:
    """Give `user` a role on `unit` and all below it. Granting it again changes nothing."""
    if role not in Role.values:
        raise Refused(
            _("Không có vai trò “%(role)s”. Hãy chọn một vai trò trong danh sách.") % {"role": role}
        )
    membership, is_new = Membership.objects.get_or_create(user=user, unit=unit, role=role)
    if not is_new and membership.is_active:
        return membership
    membership.is_active = True
    membership.save(update_fields=["is_active"])
    _forget(user)
    _record("membership.grant", membership, by)
    return membership


@transaction.atomic
def revoke_membership(*, membership: Membership, by: User | None, reason: str = "") -> Membership:
    """Take a role back. The row stays, out of force."""
    if membership.is_active:
        membership.is_active = False
        membership.save(update_fields=["is_active"])
        _forget(membership.user)
        _record("membership.revoke", membership, by, reason)
    return membership


def _forget(user: User) -> None:
    """Drop what this object remembers of its memberships."""
    for remembered in ("active_memberships", "top_unit_ids"):
        user.__dict__.pop(remembered, None)


def _record(action: str, membership: Membership, by: User | None, reason: str = "") -> None:
    record_event(
        by=by,
        action=action,
        subject=membership.user.username,
        unit_code=membership.unit.code,
        reason=reason,
        detail={"role": str(membership.role)},
    )
