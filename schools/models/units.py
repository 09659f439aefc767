"""Org units and what happens to them over time.

A unit's parent and name are dated (Placement); what became of a unit is a Succession. The
Ancestry table is derived from placements so that a subtree on any date is one indexed query.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dxreport.lib.searching import holds_words
from schools.roles import Permission, Scoped


class ByCode(models.Manager[Any]):
    """Finds a row by its code, as fixtures name it."""

    def get_by_natural_key(self, code: str) -> models.Model:
        found: models.Model = self.get(code=code)
        return found


class Word(models.Model):
    """A word of the vocabulary that comes with the application: a kind of unit, a level."""

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=100)
    name_en = models.CharField("tên tiếng Anh", max_length=100, blank=True)

    objects = ByCode()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language; Vietnamese where no translation is given."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class UnitKind(Word):
    """A kind of unit as data: department, district office, commune, school ..."""

    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "loại đơn vị"
        verbose_name_plural = "loại đơn vị"
        ordering = ["position", "code"]


class EducationLevel(Word):
    """A level that a school teaches; general education counts every level but preschool."""

    is_general = models.BooleanField("giáo dục phổ thông, thường xuyên", default=True)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "cấp học"
        verbose_name_plural = "cấp học"
        ordering = ["position", "code"]


def below_roots(roots: Collection[int], on: dt.date) -> Q:
    """Rows of ancestry through which a unit lies in the subtrees of `roots` (ids) on the day `on`.

    A unit that has ended stays below those that it was below when it ended.
    """
    kept = Q(valid_to__isnull=True) | Q(valid_to__gt=on) | Q(valid_to=F("descendant__valid_to"))
    return kept & Q(ancestor__in=roots, valid_from__lte=on)


def in_force(on: dt.date, prefix: str = "") -> Q:
    """Rows whose [valid_from, valid_to) holds `on`."""
    started = Q(**{f"{prefix}valid_from__lte": on})
    return started & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on}))


class OrgUnitQuerySet(models.QuerySet["OrgUnit"]):
    """Scopes of org units; every view starts from `visible_to`."""

    def in_force(self, on: dt.date) -> OrgUnitQuerySet:
        """Units that exist on the day `on`."""
        return self.filter(in_force(on))

    def matching(self, text: str) -> OrgUnitQuerySet:
        """Units whose code or names, past ones too, hold every word of `text`, diacritics or not."""
        return self.filter(holds_words("search_name", text))

    def for_list(self) -> OrgUnitQuerySet:
        """What a list of units shows of each: kind, levels, ownership, those it stood under."""
        placements = models.Prefetch("placements", Placement.objects.select_related("parent"))
        return self.select_related("kind", "profile").prefetch_related("profile__levels", placements)

    def under(self, unit: OrgUnit, *, on: dt.date) -> OrgUnitQuerySet:
        """`unit` and everything below it on the day `on`."""
        rows = Ancestry.objects.filter(in_force(on), ancestor=unit)
        return self.filter(pk__in=rows.order_by().values("descendant"))

    def visible_to(
        self, user: Scoped, *, on: dt.date | None = None, permission: Permission | None = None
    ) -> OrgUnitQuerySet:
        """Units in the subtrees of the user's memberships on the day `on` (today).

        With `permission`, only the memberships that give it count. A unit that has ended stays
        visible to those above it when it ended: its reports are still theirs to answer for.
        """
        return self.below(user.scope(permission), on=on or timezone.localdate())

    def below(self, roots: Collection[int], *, on: dt.date) -> OrgUnitQuerySet:
        """The units in the subtrees of the units `roots` (ids) on the day `on`, as `visible_to` says."""
        rows = Ancestry.objects.filter(below_roots(roots, on))
        return self.filter(pk__in=rows.order_by().values("descendant"))


class OrgUnit(models.Model):
    """A node of the hierarchy. `name` is today's; a past name stands in its placement.

    `search_name` holds its code and every name it has had, folded by `dxreport.lib.folding`.
    """

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    search_name = models.TextField(editable=False, default="")
    kind = models.ForeignKey(UnitKind, models.PROTECT, related_name="units", verbose_name="loại")
    valid_from = models.DateField("thành lập")
    valid_to = models.DateField("kết thúc", null=True, blank=True)
    is_illustrative = models.BooleanField("đơn vị minh họa", default=False)

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="orgunit_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where a unit stood and what it was called, from one day to another."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="placements", verbose_name="đơn vị")
    parent = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="child_placements",
        verbose_name="trực thuộc",
    )
    name = models.CharField("tên", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thời gian trực thuộc"
        verbose_name_plural = "thời gian trực thuộc"
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="placement_one_start_per_unit"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to__isnull=True), name="placement_one_open_per_unit"
            ),
            models.CheckConstraint(
                name="placement_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(name="placement_not_under_itself", condition=~Q(parent=F("unit"))),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%d/%m/%Y})"


class Succession(models.Model):
    """What became of a unit: merger, split, renaming, transfer or closure, with its document."""

    class Kind(TextChoices):
        MERGER = "merger", _("sáp nhập")
        SPLIT = "split", _("chia tách")
        RENAMING = "renaming", _("đổi tên")
        TRANSFER = "transfer", _("chuyển đơn vị quản lý")
        CLOSURE = "closure", _("giải thể")

    kind = models.CharField("hình thức", max_length=10, choices=Kind)
    predecessor = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="successions", verbose_name="đơn vị cũ"
    )
    successor = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="origins", verbose_name="đơn vị mới"
    )
    effective_on = models.DateField("có hiệu lực từ")
    document = models.CharField("văn bản", max_length=300, blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "sáp nhập, chia tách"
        verbose_name_plural = "sáp nhập, chia tách"
        ordering = ["effective_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="succession_successor_unless_closure",
                condition=Q(kind="closure") ^ Q(successor__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.predecessor} → {self.successor or '–'}"


class Ancestry(models.Model):
    """Derived from placements: `ancestor` stood `depth` levels above `descendant` (0: itself)."""

    # The key and the index below start with these columns: an index of their own would only
    # slow the rebuild.
    ancestor = models.ForeignKey(OrgUnit, models.CASCADE, related_name="+", db_index=False)
    descendant = models.ForeignKey(OrgUnit, models.CASCADE, related_name="+", db_index=False)
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["descendant", "valid_from", "depth"]
        constraints = [
            models.UniqueConstraint(
                fields=["descendant", "ancestor", "valid_from"], name="ancestry_once_per_start"
            )
        ]
        indexes = [models.Index(fields=["ancestor", "depth"], name="ancestry_subtree")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id} ({self.depth})"


class SchoolProfile(models.Model):
    """What a school is: its education levels and ownership.

    Whether the department or a district office manages it is not stored here: it is the kind
    of the unit it is placed under.
    """

    class Ownership(TextChoices):
        PUBLIC = "public", _("công lập")
        COMMUNITY = "community", _("dân lập")
        PRIVATE = "private", _("tư thục")

    unit = models.OneToOneField(OrgUnit, models.CASCADE, related_name="profile", verbose_name="đơn vị")
    levels = models.ManyToManyField(EducationLevel, related_name="profiles", verbose_name="cấp học")
    ownership = models.CharField("loại hình", max_length=10, choices=Ownership, default=Ownership.PUBLIC)

    class Meta:
        verbose_name = "hồ sơ trường"
        verbose_name_plural = "hồ sơ trường"
        ordering = ["unit"]

    def __str__(self) -> str:
        return str(self.unit)
