"""Traits: the plain words that describe a unit, by which a form knows whom it asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from schools.hierarchy import among
from schools.models import OrgUnit, Placement, SchoolProfile
from schools.models.units import in_force

GENERAL_EDUCATION = "general_education"
MANAGED_BY = "managed_by_"


def traits_of(units: Iterable[OrgUnit], *, on: dt.date) -> dict[int, list[str]]:
    """Unit id -> its sorted words on the day `on`; three queries, however many units.

    The words are the code of its kind ("school"), the codes of the levels it teaches
    ("primary"), `general_education` when one of them counts as such, and `managed_by_` with the
    kind of its parent ("managed_by_department").
    """
    ids = {unit.pk for unit in units}
    words: dict[int, set[str]] = {pk: set() for pk in ids}
    for pk, kind in OrgUnit.objects.filter(among("pk", ids)).order_by().values_list("pk", "kind__code"):
        words.setdefault(pk, set()).add(kind)
    levels = SchoolProfile.objects.filter(among("unit", ids), levels__isnull=False).order_by()
    for pk, level, is_general in levels.values_list("unit", "levels__code", "levels__is_general"):
        words.setdefault(pk, set()).update({level, GENERAL_EDUCATION} if is_general else {level})
    placed = Placement.objects.filter(Q(parent__isnull=False) & in_force(on), among("unit", ids)).order_by()
    for pk, kind in placed.values_list("unit", "parent__kind__code"):
        words.setdefault(pk, set()).add(f"{MANAGED_BY}{kind}")
    return {pk: sorted(words[pk]) for pk in ids}
