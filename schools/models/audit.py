"""The audit trail: who did what, when. It outlives what it describes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from dxreport.lib.added_only import AddedOnly, AddedOnlyQuerySet
from dxreport.lib.folding import fold
from schools.roles import Permission

from .units import OrgUnit

if TYPE_CHECKING:
    from .people import User


class AuditEventQuerySet(AddedOnlyQuerySet["AuditEvent"]):
    """Events can be added and read. The database refuses the rest too (migrations 0002, 0003)."""

    def visible_to(self, user: User) -> AuditEventQuerySet:
        """Events of units whose history the user may read.

        What concerns no single unit (periods, the catalogue, accounts) is read at the top of the
        hierarchy.
        """
        units = OrgUnit.objects.visible_to(user, permission=Permission.VIEW_HISTORY)
        shown = Q(unit_code__in=units.values("code"))
        if user.is_at_the_top(Permission.VIEW_HISTORY):
            shown |= Q(unit_code="")
        return self.filter(shown)

    def matching(
        self, text: str, actions: Callable[[str], Collection[str]] = lambda word: ()
    ) -> AuditEventQuerySet:
        """Events that name every word of `text`: person, unit, period or reason, marks aside.

        `actions` gives the actions that a folded word names, for what was done is stored as a short word.
        """
        found = Q()
        for word in fold(text).split(" "):
            found &= Q(search_text__contains=word) | Q(action__in=actions(word))
        return self.filter(found)


class AuditEvent(AddedOnly):
    """One thing that somebody did. Codes and names are copied, so that nothing can erase it."""

    refusal = "Nhật ký chỉ được ghi thêm: không sửa, không xóa."

    at = models.DateTimeField("lúc", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="người làm"
    )
    actor_name = models.CharField("tên người làm", max_length=150)
    action = models.CharField("việc", max_length=40)
    unit_code = models.CharField("mã đơn vị", max_length=20, blank=True)
    period_code = models.CharField("kỳ", max_length=40, blank=True)
    subject = models.CharField("đối tượng", max_length=200)
    reason = models.TextField("lý do", blank=True)
    detail = models.JSONField("chi tiết", default=dict, blank=True)
    # Who, what, where and why, folded by dxreport.lib.folding: what a search looks at.
    search_text = models.TextField(editable=False, db_default="")

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["unit_code", "period_code", "at"], name="audit_unit_period"),
            models.Index(fields=["-at", "-id"], name="audit_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_name}: {self.action} {self.subject}"
