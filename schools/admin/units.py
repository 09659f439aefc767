"""Units, their kinds and levels, and what a school is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from dxreport.lib.folding import fold
from schools.actions import Profile, save_word, set_profiles
from schools.models import EducationLevel, OrgUnit, SchoolProfile, UnitKind
from schools.models.units import OrgUnitQuerySet
from schools.roles import Permission

from .base import ByRole, acting_user, units_of
from .forms import ChangeUnitForm, NewUnitForm


@admin.register(UnitKind, EducationLevel)
class WordAdmin(ByRole):
    """Words that forms and pages use; one vocabulary for all units."""

    permission = Permission.MANAGE_CATALOGUE
    at_the_top = True
    list_display = ("code", "name", "name_en", "position")
    search_fields = ("code", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_word(word=obj, by=acting_user(request))


@admin.register(OrgUnit)
class OrgUnitAdmin(ByRole):
    permission = Permission.MANAGE_CATALOGUE
    list_display = ("code", "name", "kind", "valid_from", "valid_to")
    list_filter = ("kind", "profile__levels", "profile__ownership")
    list_select_related = ("kind",)
    search_fields = ("code", "search_name")

    def get_queryset(self, request: HttpRequest) -> OrgUnitQuerySet:
        """Also what a membership's search for a unit looks through."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            return units_of(request, Permission.MANAGE_USERS)
        return units_of(request, self.permission)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Without diacritics, as on the page of units."""
        return queryset.matching(search_term) if fold(search_term) else queryset, False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        user = acting_user(request)
        return self.may(request) or user.may_somewhere(Permission.MANAGE_USERS)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("code", "kind", "valid_from", "valid_to", "is_illustrative") if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        if obj is None:
            names = ("code", "name", "kind", "parent", "valid_from", "levels", "ownership")
            return [(None, {"fields": names})]
        return [
            (None, {"fields": (("code", "kind"), ("valid_from", "valid_to"), "is_illustrative")}),
            (
                "Thay đổi",
                {
                    "fields": ("name", "parent", "closes", "effective_on", "document", "note"),
                    "description": "Mọi thay đổi có ngày hiệu lực và văn bản."
                    " Số liệu đã nhập ở lại nơi đã nhập.",
                },
            ),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        base = ChangeUnitForm if change else NewUnitForm
        user = acting_user(request)
        offices = (
            units_of(request, self.permission).filter(valid_to__isnull=True).exclude(kind__code="school")
        )

        class Form(base):  # type: ignore[misc, valid-type]
            by = user

            def __init__(self, *args: Any, **given: Any) -> None:
                super().__init__(*args, **given)
                if "parent" in self.fields:
                    self.fields["parent"].queryset = offices

        return (
            Form if not change or self.has_change_permission(request, obj) else super().get_form(request, obj)
        )

    def save_model(self, request: HttpRequest, obj: OrgUnit, form: Any, change: bool) -> None:
        done = form.carry_out()
        if not change:
            obj.pk = done.pk


@admin.register(SchoolProfile)
class SchoolProfileAdmin(ByRole):
    """What a school is. A profile begins with its unit, so none is added here."""

    permission = Permission.MANAGE_CATALOGUE
    list_display = ("unit", "ownership", "level_names")
    list_filter = ("levels", "ownership")
    list_select_related = ("unit",)
    search_fields = ("unit__code", "unit__search_name")
    readonly_fields = ("unit",)
    fields = ("unit", "levels", "ownership")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        units = units_of(request, self.permission).order_by().values("pk")
        return super().get_queryset(request).filter(unit__in=units).prefetch_related("levels")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        return super().formfield_for_manytomany(
            db_field, request, **{"widget": forms.CheckboxSelectMultiple, **options}
        )

    def save_model(self, request: HttpRequest, obj: SchoolProfile, form: Any, change: bool) -> None:
        levels = [level.code for level in form.cleaned_data["levels"]]
        set_profiles(profiles=[Profile(obj.unit, levels, obj.ownership)], by=acting_user(request))

    @admin.display(description="Cấp học")
    def level_names(self, profile: SchoolProfile) -> str:
        return ", ".join(level.name for level in profile.levels.all())
