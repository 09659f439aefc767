"""Who opens which door of the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from schools.models import OrgUnit, User
from schools.models.units import OrgUnitQuerySet
from schools.roles import Permission

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:  # not subscriptable outside of the type checker
    from django.contrib.admin import ModelAdmin, TabularInline

__all__ = ["ByRole", "ModelAdmin", "ReadOnly", "TabularInline", "acting_user", "units_of"]


def acting_user(request: HttpRequest) -> User:
    """Who administers; the administration lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def units_of(request: HttpRequest, permission: Permission) -> OrgUnitQuerySet:
    """Units at which the user holds `permission`; all of them for a superuser."""
    user = acting_user(request)
    units: OrgUnitQuerySet = OrgUnit.objects.all()
    return units if user.is_superuser else units.visible_to(user, permission=permission)


class ByRole(ModelAdmin):
    """Opens to whoever holds `permission` somewhere; nothing is ever deleted here.

    With `at_the_top` it must be held at the top of the hierarchy: the rows are everybody's.
    """

    permission: Permission
    at_the_top = False

    def may(self, request: HttpRequest) -> bool:
        """Whether the user holds the permission that this door asks for."""
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return False
        if user.is_superuser:
            return True
        return user.is_at_the_top(self.permission) if self.at_the_top else user.may_somewhere(self.permission)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnly(ByRole):
    """To be looked at: units whose history the user may read. `unit_path` leads to the unit."""

    permission = Permission.VIEW_HISTORY
    unit_path = "unit"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        units = units_of(request, self.permission)
        return (
            super().get_queryset(request).filter(**{f"{self.unit_path}__in": units.order_by().values("pk")})
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
