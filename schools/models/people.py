"""Users and their memberships: a role on a unit, holding for everything below it."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from dxreport.lib.prepared import Prepared
from schools.roles import PERMISSIONS, Permission, Role

from .units import Ancestry, OrgUnit


class User(AbstractUser):
    """An account. What it may do stands in its memberships."""

    display_name = models.CharField("tên hiển thị", max_length=150, blank=True)
    is_demo = models.BooleanField("tài khoản dùng thử", default=False)

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.username

    @cached_property
    def active_memberships(self) -> list[Membership]:
        """Memberships in force, with their units: one query for each request."""
        return list(_memberships_of(user=self.pk))

    @property
    def scope_unit_ids(self) -> set[int]:
        """Units at the top of everything that this user may see."""
        return self.scope()

    def scope(self, permission: Permission | None = None) -> set[int]:
        """Units of the memberships in force; with `permission`, of those that give it."""
        return {
            membership.unit_id
            for membership in self.active_memberships
            if permission is None or permission in PERMISSIONS[Role(membership.role)]
        }

    def permissions_at(self, ancestor_ids: set[int] | list[int]) -> set[Permission]:
        """What the user may do at a unit whose ancestors (itself included) are `ancestor_ids`."""
        allowed: set[Permission] = set()
        for membership in self.active_memberships:
            if membership.unit_id in ancestor_ids:
                allowed |= PERMISSIONS[Role(membership.role)]
        return allowed

    @cached_property
    def top_unit_ids(self) -> set[int]:
        """Those of the user's units that never stood under another: one query for each request."""
        roots = self.scope()
        placed = Ancestry.objects.filter(descendant__in=roots, depth__gt=0).order_by()
        return roots - set(placed.values_list("descendant", flat=True))

    def is_at_the_top(self, permission: Permission) -> bool:
        """Whether `permission` is held at the top of the hierarchy."""
        return bool(self.scope(permission) & self.top_unit_ids)

    def sees_names(self) -> bool:
        """Whether the user works in a school: names of people are shown only there."""
        roots = self.scope(Permission.VIEW_REGISTERS)
        return any(m.unit.kind.code == "school" for m in self.active_memberships if m.unit_id in roots)

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether any membership gives `permission`: decides which menu entries to show."""
        return any(permission in PERMISSIONS[Role(m.role)] for m in self.active_memberships)


def _in_force(user: int) -> models.QuerySet[Membership]:
    rows = Membership.objects.filter(user=user, is_active=True)
    return rows.select_related("unit__kind").order_by("unit__code", "role")


def _in_force_with_user(user: int) -> models.QuerySet[Membership]:
    return _in_force(user).select_related("user", "unit__kind")


_memberships_of = Prepared(_in_force)
_memberships_with_user = Prepared(_in_force_with_user)


def user_with_memberships(pk: int) -> User | None:
    """The user of every request, with the memberships that every page asks for: one query for both.

    Two for a user without memberships; None where there is no such user.
    """
    memberships = list(_memberships_with_user(user=pk))
    if not memberships:
        return User.objects.filter(pk=pk).first()
    user: User = memberships[0].user
    user.active_memberships = memberships
    return user


class Membership(models.Model):
    """A role of a user on a unit and all that stands below it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="người dùng")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="memberships", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=13, choices=Role)
    is_active = models.BooleanField("đang hiệu lực", default=True)

    class Meta:
        verbose_name = "phân quyền"
        verbose_name_plural = "phân quyền"
        ordering = ["user", "unit", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role"], name="membership_once"),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"
