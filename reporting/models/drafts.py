"""Drafts: the report of a unit on a period while people write it, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from collection.models import ReportingPeriod
from collection.workflow import Basis
from schools.models import OrgUnit
from schools.roles import Permission

if TYPE_CHECKING:
    from schools.models import User


class DraftQuerySet(models.QuerySet["Draft"]):
    """Scopes of drafts; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> DraftQuerySet:
        """Of units whose figures the user may see."""
        return self.filter(unit__in=OrgUnit.objects.visible_to(user, permission=Permission.VIEW))


class Draft(models.Model):
    """One report of one unit on one period; editions are frozen from it, a correction goes on in it."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+", verbose_name="kỳ báo cáo")
    basis = models.CharField("số liệu", max_length=11, choices=Basis, default=Basis.OFFICIAL)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lập lúc")

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "bản thảo báo cáo"
        verbose_name_plural = "bản thảo báo cáo"
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "period"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.period}"


class DraftSection(models.Model):
    """One section of a draft. `text` is the source that `reporting.report.markup` reads.

    `version` is the number of the SectionVersion that holds the same text, and rises with every change:
    whoever saves says which one was read.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="sections", verbose_name="bản thảo")
    key = models.SlugField("mã phần", max_length=40)
    heading = models.CharField("tên phần", max_length=200)
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.TextField("nội dung", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người sửa cuối"
    )
    updated_at = models.DateTimeField("sửa lúc")
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="written_sections", blank=True, verbose_name="người viết"
    )

    class Meta:
        verbose_name = "phần của bản thảo"
        verbose_name_plural = "các phần của bản thảo"
        ordering = ["draft", "position"]
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="draftsection_once")]

    def __str__(self) -> str:
        return self.heading


class SectionVersion(models.Model):
    """A text that somebody wrote for a section; only ever added.

    `restored` is the older number it was taken from. A text that was written over version `aside_of`
    while somebody else saved is kept aside: the section never read so, and nothing of it is lost.
    """

    section = models.ForeignKey(
        DraftSection, models.CASCADE, related_name="versions", verbose_name="phần của bản thảo"
    )
    number = models.PositiveIntegerField("số")
    text = models.TextField("nội dung", blank=True)
    restored = models.PositiveIntegerField("lấy lại từ số", null=True)
    aside_of = models.PositiveIntegerField("để riêng, viết trên số", null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người viết"
    )
    written_at = models.DateTimeField("viết lúc")

    class Meta:
        verbose_name = "phiên bản của phần"
        verbose_name_plural = "các phiên bản của phần"
        ordering = ["section", "-number"]
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="sectionversion_once")]

    def __str__(self) -> str:
        return f"{self.section} ({self.number})"


class SectionComment(models.Model):
    """A remark on words of a section, or an answer to one; it is settled, never removed."""

    section = models.ForeignKey(
        DraftSection, models.CASCADE, related_name="comments", verbose_name="phần của bản thảo"
    )
    answers = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="replies", verbose_name="trả lời cho"
    )
    quote = models.CharField("về các chữ", max_length=300, blank=True)
    text = models.TextField("ý kiến", max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người viết"
    )
    written_at = models.DateTimeField("viết lúc")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người đánh dấu xong",
    )
    settled_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
