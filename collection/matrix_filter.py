"""Filters of the matrix: those of the list of submissions, and what only a reviewer of many asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from collection.filters import ALL, SubmissionFilter
from collection.models.submissions import SubmissionQuerySet
from schools.models import EducationLevel, OrgUnit, SchoolProfile

DIRECTLY = "="  # before a unit's code: it and what stands directly under it


class MatrixFilter(SubmissionFilter):
    """The same for the matrix of one period; also by what a school teaches, and by what stands
    directly under one of the reader's own units (`own`), with no office between."""

    level = django_filters.ChoiceFilter(label=_("Cấp học"), method="filter_level", empty_label=_("Tất cả"))

    def __init__(
        self, *args: Any, levels: Iterable[EducationLevel], own: Iterable[OrgUnit], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        periods = self.filters["period"].extra
        periods["choices"] = [choice for choice in periods["choices"] if choice[0] != ALL]
        self.filters["under"].extra["choices"] += [
            (f"{DIRECTLY}{unit.code}", _("Chỉ trực thuộc %(unit)s") % {"unit": unit.name}) for unit in own
        ]
        self.filters["level"].extra["choices"] = [(level.code, level.label) for level in levels]

    def filter_under(self, rows: SubmissionQuerySet, name: str, value: str) -> SubmissionQuerySet:
        code = value.removeprefix(DIRECTLY)
        return rows.under(code) if code == value else rows.directly_under(code)

    def filter_level(self, rows: SubmissionQuerySet, name: str, value: str) -> SubmissionQuerySet:
        taught = SchoolProfile.objects.filter(unit=OuterRef("org_unit"), levels__code=value)
        return rows.filter(Exists(taught))
