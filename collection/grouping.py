"""Which office answers for which unit: the groups in which hundreds of units are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from schools.models import Ancestry, OrgUnit, User
from schools.models.units import OrgUnitQuerySet, in_force


def managing_units(units: OrgUnitQuerySet) -> list[OrgUnit]:
    """Those of `units` under which others stand or stood, in order of code. One query."""
    return list(units.filter(child_placements__isnull=False).distinct().order_by("code"))


def lineages(managing: Iterable[OrgUnit], *, on: dt.date) -> dict[int, list[int]]:
    """Unit id -> ids of the managing units above it on the day `on`, nearest first.

    A managing unit is the first in its own line. One query.
    """
    rows = Ancestry.objects.filter(in_force(on), ancestor__in=[unit.pk for unit in managing])
    above: dict[int, list[int]] = {}
    for descendant, ancestor in rows.order_by("depth").values_list("descendant", "ancestor"):
        above.setdefault(descendant, []).append(ancestor)
    return above


def tops(user: User, managing: Sequence[OrgUnit], above: Mapping[int, Sequence[int]]) -> set[int]:
    """The managing units that are the user's own and stand under no other of them."""
    own = user.scope_unit_ids & {unit.pk for unit in managing}
    return {pk for pk in own if not own & set(above.get(pk, ())[1:])}


def group_of(unit_id: int, above: Mapping[int, Sequence[int]], under: Collection[int]) -> int | None:
    """The highest unit of `unit_id`'s line below those of `under`: the office it is read with.

    One of `under` itself, and what is placed directly below it, belong to that one. None for a
    unit that stands under none of them.
    """
    line = above.get(unit_id, ())
    for place, pk in enumerate(line):
        if pk in under:
            return line[place - 1] if place else pk
    return None
