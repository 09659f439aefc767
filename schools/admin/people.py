"""Accounts with their memberships."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest

from schools.actions import grant_membership, revoke_membership
from schools.models import Membership, User
from schools.roles import Permission

from .base import ByRole, TabularInline, acting_user, units_of
from .forms import UserForm


class MembershipInline(TabularInline):
    """Roles on units. One is taken back by its tick, never deleted: the row is part of the story."""

    model = Membership
    fields = ("unit", "role", "is_active")
    autocomplete_fields = ("unit",)
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True  # as for the account that it stands on

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Only units at which the user manages accounts."""
        if db_field.name == "unit":
            options["queryset"] = units_of(request, Permission.MANAGE_USERS).filter(valid_to__isnull=True)
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(User)
class UserAdmin(ByRole):
    permission = Permission.MANAGE_USERS
    form = UserForm
    list_display = ("username", "display_name", "roles", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_demo", "memberships__role")
    search_fields = ("username", "display_name")
    fields = ("username", "display_name", "new_password", "is_active", "is_staff", "is_demo", "last_login")
    inlines = (MembershipInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Accounts whose every membership lies where the user manages accounts.

        Who could set the password of an account with power elsewhere would have that power.
        """
        rows: QuerySet[Any] = super().get_queryset(request).prefetch_related("memberships__unit")
        if acting_user(request).is_superuser:
            return rows
        units = units_of(request, self.permission).order_by().values("pk")
        elsewhere = Membership.objects.filter(user=OuterRef("pk")).exclude(unit__in=units)
        return rows.filter(~Exists(elsewhere), is_superuser=False)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        fixed = ("is_demo", "last_login")
        return ("username", *fixed) if obj else fixed

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change, **options)
        return type("Form", (form,), {"by": acting_user(request)})

    def save_model(self, request: HttpRequest, obj: User, form: UserForm, change: bool) -> None:
        obj.pk = form.carry_out().pk

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Grant what was added or ticked again, take back what was unticked or is now another role."""
        by = acting_user(request)
        changed = formset.save(False)  # builds the rows without writing them
        for row in changed:
            before = Membership.objects.filter(pk=row.pk).first()
            if before and not (row.is_active and (before.unit_id, before.role) == (row.unit_id, row.role)):
                revoke_membership(membership=before, by=by)
            if row.is_active:
                grant_membership(user=form.instance, unit=row.unit, role=row.role, by=by)

    @admin.display(description="Vai trò")
    def roles(self, user: User) -> str:
        return "; ".join(str(one) for one in user.memberships.all() if one.is_active) or "–"
