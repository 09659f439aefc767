"""Which schools a figure is about, and in whose hierarchy: a slice, and as reported or as now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.core.cache import caches
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from reporting.keeping import KEPT_SECONDS
from schools.models import EducationLevel, SchoolProfile
from schools.models.units import OrgUnitQuerySet


class Hierarchy(TextChoices):
    """Where units stand: as in the period, or where they and their successors stand today."""

    REPORTED = "reported", gettext_lazy("Theo lúc báo cáo")
    NOW = "now", gettext_lazy("Theo hiện nay")


@dataclass(frozen=True)
class Slice:
    """The schools that a figure is confined to; without level and ownership, everything.

    `level` is the code of an education level, `ownership` one of SchoolProfile.Ownership. A school of
    several levels belongs to the slice of each, with all its figures. The forms that offices hand in
    for themselves are no school's and belong to no slice.
    """

    level: str = ""
    ownership: str = ""

    def __bool__(self) -> bool:
        return bool(self.level or self.ownership)

    def of(self, units: OrgUnitQuerySet) -> OrgUnitQuerySet:
        """Those of `units` that belong to the slice."""
        if self.level:
            units = units.filter(profile__levels__code=self.level)
        return units.filter(profile__ownership=self.ownership) if self.ownership else units


EVERYTHING = Slice()


def level_labels() -> dict[str, str]:
    """The education levels by code in the reader's language; read from the database once a minute.

    They come with the application and change as seldom as its catalogue.
    """
    pages = caches["pages"]
    levels = cast("list[EducationLevel] | None", pages.get("levels"))
    if levels is None:
        levels = list(EducationLevel.objects.all())
        pages.set("levels", levels, KEPT_SECONDS)
    return {one.code: capfirst(one.label) for one in levels}


def ownership_labels() -> dict[str, str]:
    """The kinds of ownership by code in the reader's language."""
    return {one.value: capfirst(str(one.label)) for one in SchoolProfile.Ownership}
