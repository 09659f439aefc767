"""Administration of the catalogue. Its files in fixtures/ stay the reviewed source; what is typed
here holds until they are loaded again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Count, Field, Model, QuerySet, TextField
from django.forms import ModelForm
from django.http import HttpRequest

from indicators.actions import mark_changed
from indicators.admin_forms import DataElementForm, IndicatorForm, RuleForm, TraitsField, users_of
from indicators.catalogue import faults_of
from indicators.models import (
    Choice,
    ChoiceList,
    DataElement,
    Form,
    FormElement,
    FormSection,
    Indicator,
    IndicatorSet,
    Rule,
    Section,
    Target,
)
from indicators.targets import requirement

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
    StackedInline = admin.StackedInline[Any, Any]
else:  # not subscriptable outside of the type checker
    from django.contrib.admin import ModelAdmin, StackedInline, TabularInline

FORMULA_FIELDS = {"kind", "numerator", "denominator", "choice_group", "period_rule"}


SHORT_TEXTS: dict[type[Field[Any, Any]], dict[str, Any]] = {
    TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}
}
TARGET_FIELDS = (
    ("year", "comparison", "value"),
    ("scope", "scope_code"),
    ("document", "is_verified"),
    "note",
)


class TraitsMixin:
    """Ticks instead of JSON for `asked_of`."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **options: Any
    ) -> forms.Field | None:
        if db_field.name == "asked_of":
            return TraitsField(
                label=str(db_field.verbose_name).capitalize(),
                required=not db_field.blank,
                help_text="" if not db_field.blank else "Không chọn gì: hỏi mọi đơn vị dùng biểu mẫu.",
            )
        found: forms.Field | None = super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]
        return found


class CatalogueAdmin(TraitsMixin, ModelAdmin):
    """A code never changes once it is given, and a set that no longer holds together says so."""

    fixed_fields: Sequence[str] = ("indicator_set", "code")
    formfield_overrides = SHORT_TEXTS
    list_per_page = 100

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(self.fixed_fields if obj else ())]

    def set_of(self, row: Any) -> IndicatorSet:
        """The indicator set that a row belongs to."""
        found: IndicatorSet = row.indicator_set
        return found

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        mark_changed()
        for fault in faults_of(self.set_of(form.instance)):
            self.message_user(request, f"Bộ chỉ số đang có lỗi. {fault}", messages.WARNING)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        mark_changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        mark_changed()


class SectionInline(TabularInline):
    model = Section
    fields = ("position", "code", "name", "name_en")
    extra = 0


class ChoiceInline(TabularInline):
    model = Choice
    fields = ("position", "code", "name", "name_en", "group")
    extra = 0


class FormSectionInline(TraitsMixin, StackedInline):
    model = FormSection
    formfield_overrides = SHORT_TEXTS
    fields = (("position", "code"), ("name", "name_en"), "introduction", "introduction_en", "asked_of")
    extra = 0
    show_change_link = True


class FormElementInline(TraitsMixin, StackedInline):
    model = FormElement
    fields = (("position", "element", "is_required"), "asked_of")
    autocomplete_fields = ("element",)
    extra = 0


class TargetInline(StackedInline):
    model = Target
    fields = TARGET_FIELDS
    formfield_overrides = SHORT_TEXTS
    extra = 0


@admin.register(IndicatorSet)
class IndicatorSetAdmin(CatalogueAdmin):
    fixed_fields = ("code",)
    fields = ("code", "name", "name_en", "legal_basis", ("valid_from", "valid_to"))
    list_display = ("code", "name", "valid_from", "valid_to", "indicator_count", "element_count")
    search_fields = ("code", "name", "name_en", "legal_basis")
    inlines = (SectionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[IndicatorSet]:
        rows: QuerySet[IndicatorSet] = super().get_queryset(request)
        return rows.annotate(
            indicator_total=Count("indicators", distinct=True), element_total=Count("elements", distinct=True)
        )

    def set_of(self, row: Any) -> IndicatorSet:
        found: IndicatorSet = row
        return found

    @admin.display(description="Số chỉ số", ordering="indicator_total")
    def indicator_count(self, row: Any) -> int:
        total: int = row.indicator_total
        return total

    @admin.display(description="Số chỉ tiêu dữ liệu", ordering="element_total")
    def element_count(self, row: Any) -> int:
        total: int = row.element_total
        return total


@admin.register(ChoiceList)
class ChoiceListAdmin(CatalogueAdmin):
    fields = (("indicator_set", "code"), "name", "name_en", "is_illustrative")
    list_display = ("code", "name", "indicator_set", "is_illustrative")
    list_filter = ("indicator_set", "is_illustrative")
    list_select_related = ("indicator_set",)
    search_fields = ("code", "name", "name_en", "choices__name")
    inlines = (ChoiceInline,)


@admin.register(DataElement)
class DataElementAdmin(CatalogueAdmin):
    form = DataElementForm
    list_display = ("code", "name", "type", "period_rule", "unit_of_measure", "choice_list", "asked_in")
    list_filter = ("indicator_set", "type", "period_rule", "form_elements__section__form")
    search_fields = ("code", "name", "name_en", "definition")
    autocomplete_fields = ("choice_list",)
    fieldsets = (
        (None, {"fields": (("indicator_set", "code"), "name", ("type", "choice_list"), "period_rule")}),
        ("Hỏi lại khi số thay đổi nhiều", {"fields": (("change_limit", "change_least"),)}),
        ("Giải thích", {"fields": ("unit_of_measure", "definition", "source", "example")}),
        (
            "Tiếng Anh",
            {"fields": ("name_en", "unit_of_measure_en", "definition_en", "source_en", "example_en")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[DataElement]:
        rows: QuerySet[DataElement] = super().get_queryset(request)
        return rows.select_related("choice_list").prefetch_related("form_elements__section__form")

    @admin.display(description="Biểu mẫu")
    def asked_in(self, row: DataElement) -> str:
        return ", ".join(dict.fromkeys(one.section.form.code for one in row.form_elements.all())) or "–"

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """An element that a formula names is protected like one that a row points at."""
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        return (
            deleted,
            counts,
            permissions,
            [*protected, *(str(user) for one in objs for user in users_of(one))],
        )


@admin.register(Form)
class FormAdmin(CatalogueAdmin):
    fields = (("indicator_set", "code"), "name", "name_en", ("version", "position"), "asked_of")
    list_display = ("code", "name", "indicator_set", "version", "position")
    list_filter = ("indicator_set",)
    list_select_related = ("indicator_set",)
    search_fields = ("code", "name", "name_en")
    inlines = (FormSectionInline,)


@admin.register(FormSection)
class FormSectionAdmin(CatalogueAdmin):
    fixed_fields = ("form", "code")
    fields = (("form", "code"), "position", "name", "name_en", "introduction", "introduction_en", "asked_of")
    list_display = ("code", "name", "form", "position")
    list_filter = ("form",)
    list_select_related = ("form",)
    search_fields = ("code", "name", "name_en", "form_elements__element__name")
    inlines = (FormElementInline,)

    def set_of(self, row: Any) -> IndicatorSet:
        found: IndicatorSet = row.form.indicator_set
        return found


@admin.register(Indicator)
class IndicatorAdmin(CatalogueAdmin):
    form = IndicatorForm
    list_display = ("code", "name", "section_code", "kind", "formula", "on_dashboard")
    list_filter = ("indicator_set", "section", "kind", "period_rule", "direction", "on_dashboard")
    list_select_related = ("section",)
    search_fields = ("code", "name", "name_en", "short_name", "numerator", "denominator")
    readonly_fields = ("formula_version",)
    inlines = (TargetInline,)
    fieldsets = (
        (None, {"fields": (("indicator_set", "code"), "section", "name", "short_name", "position")}),
        (
            "Cách tính",
            {
                "fields": (
                    "kind",
                    "numerator",
                    "denominator",
                    "choice_group",
                    "period_rule",
                    "unit_of_measure",
                    "direction",
                    "is_estimate",
                    "formula_version",
                ),
                "description": "Công thức là tổng các mã chỉ tiêu dữ liệu, như “teachers + other_staff”; "
                "“maturity_level=2” đếm đơn vị đã chọn mục 2; “units” ở mẫu số đếm đơn vị đã trả lời.",
            },
        ),
        ("Ý nghĩa", {"fields": ("legal_basis", "why_it_matters", "not_applicable_reason", "on_dashboard")}),
        ("Phụ lục", {"fields": ("appendix_row", "appendix_subject", "appendix_measure")}),
        (
            "Tiếng Anh",
            {
                "fields": (
                    "name_en",
                    "short_name_en",
                    "unit_of_measure_en",
                    "why_it_matters_en",
                    "not_applicable_reason_en",
                )
            },
        ),
    )

    @admin.display(description="Phần", ordering="section__position")
    def section_code(self, row: Indicator) -> str:
        return row.section.code

    @admin.display(description="Công thức")
    def formula(self, row: Indicator) -> str:
        return " ÷ ".join(filter(None, (row.numerator, row.denominator))) or "–"

    def save_model(
        self, request: HttpRequest, obj: Indicator, form: ModelForm[Indicator], change: bool
    ) -> None:
        """Another formula is another version: totals kept under the old one have to be made anew."""
        if change and FORMULA_FIELDS.intersection(form.changed_data):
            obj.formula_version += 1
            self.message_user(
                request,
                f"Công thức của {obj.code} nay là phiên bản {obj.formula_version}. "
                "Số tổng hợp còn theo công thức cũ; hãy chạy “manage.py rebuild_totals” để tính lại.",
                messages.WARNING,
            )
        super().save_model(request, obj, form, change)


@admin.register(Target)
class TargetAdmin(CatalogueAdmin):
    fixed_fields = ("indicator",)
    fields = ("indicator", *TARGET_FIELDS)
    list_display = ("indicator", "year", "asks", "scope", "scope_code", "document", "is_verified")
    list_filter = ("is_verified", "year", "scope", "indicator__indicator_set")
    list_select_related = ("indicator",)
    search_fields = ("indicator__code", "indicator__name", "document", "note")
    autocomplete_fields = ("indicator",)

    def set_of(self, row: Any) -> IndicatorSet:
        found: IndicatorSet = row.indicator.indicator_set
        return found

    @admin.display(description="Mục tiêu", ordering="value")
    def asks(self, row: Target) -> str:
        return requirement(row.indicator.kind, row)


@admin.register(Rule)
class RuleAdmin(CatalogueAdmin):
    form = RuleForm
    fields = (("indicator_set", "code"), ("kind", "severity"), "left", "right", "message", "message_en")
    list_display = ("code", "kind", "severity", "left", "right", "message")
    list_filter = ("indicator_set", "kind", "severity")
    search_fields = ("code", "left", "right", "message", "message_en")
