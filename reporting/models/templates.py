"""Templates of documents that a department has put in the place of the delivered ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.models import OrgUnit
from schools.roles import Permission

if TYPE_CHECKING:
    from schools.models import User


class DocumentTemplateQuerySet(models.QuerySet["DocumentTemplate"]):
    """Scopes of templates; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> DocumentTemplateQuerySet:
        """Of units whose templates the user looks after."""
        return self.filter(unit__in=OrgUnit.objects.visible_to(user, permission=Permission.MANAGE_TEMPLATES))

    def current(self) -> DocumentTemplateQuerySet:
        """The one in use of each unit and kind; the delivered file where there is none."""
        return self.filter(retired_at=None)


class DocumentTemplate(models.Model):
    """A file that passed the check, used by its unit and those below until another takes its place.

    Kept when it is retired: an edition says by SHA-256 which template it was made from.
    """

    class Kind(models.TextChoices):
        REPORT = "report", _("báo cáo (Word)")
        APPENDIX = "appendix", _("phụ lục (Excel)")

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    kind = models.CharField("loại", max_length=8, choices=Kind)
    file_name = models.CharField("tên tệp", max_length=200)
    data = models.BinaryField("tệp")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    uploaded_at = models.DateTimeField("tải lên lúc")
    retired_at = models.DateTimeField("thôi dùng lúc", null=True)

    objects = DocumentTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind"],
                condition=models.Q(retired_at=None),
                name="documenttemplate_one_in_use",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
