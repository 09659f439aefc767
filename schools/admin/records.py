"""What only the actions write: placements, successions and the audit trail, to be looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from schools.models import AuditEvent, Placement, Succession
from schools.trail import action_words, facts_of

from .base import ReadOnly, acting_user


@admin.register(Placement)
class PlacementAdmin(ReadOnly):
    list_display = ("unit", "name", "parent", "valid_from", "valid_to")
    list_select_related = ("unit", "parent")
    search_fields = ("unit__code", "unit__search_name")
    list_filter = ("valid_from",)


@admin.register(Succession)
class SuccessionAdmin(ReadOnly):
    unit_path = "predecessor"
    list_display = ("kind", "predecessor", "successor", "effective_on", "document")
    list_select_related = ("predecessor", "successor")
    search_fields = ("predecessor__search_name", "successor__search_name", "document")
    list_filter = ("kind", "effective_on")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    list_display = ("at", "actor_name", "action_in_words", "subject", "unit_code", "period_code", "reason")
    fields = (*list_display, "detail_in_words")
    readonly_fields = fields
    search_fields = ("actor_name", "subject", "unit_code")
    list_filter = ("action", "period_code")
    date_hierarchy = "at"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The scope of the trail is that of its own page; a superuser reads all of it."""
        user = acting_user(request)
        return AuditEvent.objects.all() if user.is_superuser else AuditEvent.objects.visible_to(user)

    @admin.display(description="Việc", ordering="action")
    def action_in_words(self, event: AuditEvent) -> str:
        return action_words(event.action)

    @admin.display(description="Chi tiết")
    def detail_in_words(self, event: AuditEvent) -> str:
        return "; ".join(f"{name}: {text}" for name, text in facts_of(event.detail)) or "–"
