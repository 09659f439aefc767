"""Editions: what was published, frozen. The database refuses to change or remove them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collection.models import ReportingPeriod
from collection.workflow import Basis
from dxreport.lib.added_only import AddedOnly, AddedOnlyQuerySet
from schools.models import OrgUnit
from schools.roles import Permission

from .drafts import Draft

if TYPE_CHECKING:
    from schools.models import User

# A worker that lives moves on within seconds; longer, and it was stopped or never began.
STALLED_AFTER = dt.timedelta(minutes=1)
REFUSAL = "Bản đã công bố không sửa, không xóa được."


class EditionQuerySet(AddedOnlyQuerySet["Edition"]):
    """Scopes of editions; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> EditionQuerySet:
        """Of units whose figures the user may see."""
        return self.filter(unit__in=OrgUnit.objects.visible_to(user, permission=Permission.VIEW))

    def without_content(self) -> EditionQuerySet:
        """What pages need that show no figures: the content is half a megabyte for a province."""
        return self.defer("content").select_related("unit", "period", "published_by")


class Edition(AddedOnly):
    """A published report: figures, formulas, unit tree and text in `content`, and its rendered files.

    Numbered from 1 for each unit and period. `sha256` is that of `content` written as JSON with
    sorted keys and no spaces; `reason` says what the edition corrects (from number 2 on).
    """

    refusal = REFUSAL

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="editions", verbose_name="bản thảo")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+", verbose_name="kỳ báo cáo")
    basis = models.CharField("số liệu", max_length=11, choices=Basis)
    number = models.PositiveIntegerField("số")
    reason = models.TextField("lý do", blank=True)
    content = models.JSONField("nội dung")
    sha256 = models.CharField("SHA-256", max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người công bố"
    )
    published_at = models.DateTimeField("công bố lúc")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "bản công bố"
        verbose_name_plural = "bản công bố"
        ordering = ["-published_at", "-number"]
        constraints = [models.UniqueConstraint(fields=["unit", "period", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.period}, {self.number}"


class EditionFigureQuerySet(AddedOnlyQuerySet["EditionFigure"]):
    """Published figures: added with their edition, then only read."""


class EditionFigure(AddedOnly):
    """One published figure, as it was: exact sums, value, coverage, and the formula it followed."""

    refusal = REFUSAL

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="figures", verbose_name="bản công bố")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã chỉ số", max_length=40)
    name = models.CharField("tên chỉ số", max_length=500)
    kind = models.CharField("loại", max_length=20)
    formula = models.TextField("công thức", blank=True)
    numerator = models.BigIntegerField("tử số", null=True)
    denominator = models.BigIntegerField("mẫu số", null=True)
    value = models.DecimalField("giá trị", max_digits=20, decimal_places=2, null=True)
    display = models.CharField("như đã in", max_length=60)
    counted = models.PositiveIntegerField("số đơn vị có số liệu")
    expected = models.PositiveIntegerField("số đơn vị được hỏi")

    objects = EditionFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu đã công bố"
        verbose_name_plural = "số liệu đã công bố"
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="editionfigure_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.display}"


class EditionFileQuerySet(AddedOnlyQuerySet["EditionFile"]):
    """Published files: added with their edition, then only read."""

    def without_data(self) -> EditionFileQuerySet:
        """What lists of files need: names and fingerprints, not the bytes."""
        return self.defer("data")


class EditionFile(AddedOnly):
    """A rendered file of an edition, byte for byte as it was published."""

    refusal = REFUSAL

    class Kind(models.TextChoices):
        DOCX = "docx", "Word"
        PDF = "pdf", "PDF"
        HTML = "html", "HTML"
        XLSX = "xlsx", _("Phụ lục Excel")
        JSON = "json", "JSON"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files", verbose_name="bản công bố")
    kind = models.CharField("loại", max_length=4, choices=Kind)
    name = models.CharField("tên tệp", max_length=200)
    data = models.BinaryField("tệp")
    size = models.PositiveIntegerField("dung lượng (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = EditionFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp đã công bố"
        verbose_name_plural = "tệp đã công bố"
        ordering = ["edition", "kind"]
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="editionfile_once")]

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """The work of publishing, done in the background: how far it has come, and what came of it.

    `run` counts how often it was begun: a worker goes on only while it holds the latest number.
    Nothing of an edition is in the database before the one transaction that ends the work.
    """

    class State(models.TextChoices):
        WORKING = "working", _("đang tạo tệp")
        PUBLISHED = "published", _("đã công bố")
        FAILED = "failed", _("chưa công bố được")

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="publications", verbose_name="bản thảo")
    reason = models.TextField("lý do", blank=True)
    # Which warnings of the checker the publisher saw and let stand: a digest, "" for none.
    acknowledged = models.CharField("lưu ý đã xem", max_length=64, blank=True)
    state = models.CharField("trạng thái", max_length=9, choices=State, default=State.WORKING)
    step = models.PositiveSmallIntegerField("bước", default=0)
    problem = models.TextField("vì sao chưa công bố được", blank=True)
    run = models.PositiveIntegerField("lần chạy", default=1)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người công bố"
    )
    requested_at = models.DateTimeField("yêu cầu lúc")
    moved_at = models.DateTimeField("tiến triển lúc")
    edition = models.OneToOneField(
        Edition, models.PROTECT, null=True, related_name="publication", verbose_name="bản công bố"
    )

    class Meta:
        verbose_name = "lần công bố"
        verbose_name_plural = "lần công bố"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=models.Q(state="working"), name="publication_one_at_work"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft}: {self.get_state_display()}"

    @property
    def is_stalled(self) -> bool:
        """Whether nothing has moved for longer than a living worker needs."""
        return self.state == self.State.WORKING and timezone.now() - self.moved_at > STALLED_AFTER
