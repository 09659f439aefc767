"""Tables of the explorer that a person has named, to come back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from schools.models import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Scopes of saved tables; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> SavedViewQuerySet:
        """The user's own: a saved table is nobody else's."""
        return self.filter(owner=user)


class SavedView(models.Model):
    """A name for the end of an address of the explorer (`query`), which says everything that was chosen.

    What it shows is read anew, within what the owner may see then. `version` rises with every change of
    the name: whoever changes it says which one was read.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name="người lưu"
    )
    name = models.CharField("tên", max_length=80)
    query = models.TextField("lựa chọn")
    saved_at = models.DateTimeField("lưu lúc")
    version = models.PositiveIntegerField("phiên bản", default=0)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng đã lưu"
        verbose_name_plural = "bảng đã lưu"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_named_once")]

    def __str__(self) -> str:
        return self.name
