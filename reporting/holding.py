"""Who answers today for the units that have ended, so that "as now" loses nothing that was reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import F

from schools.hierarchy import among, current_holders
from schools.models import Ancestry, OrgUnit
from schools.models.units import OrgUnitQuerySet, in_force


def holders_of_ended(on: dt.date) -> dict[int, int]:
    """Id of each unit that had ended by `on` -> id of the unit that answers for it on that day.

    That is whom `current_holders` names: the unit into which it was merged or split. What was closed
    without a successor is answered for by the unit above it when it ended, or by whoever holds that
    one. Three queries at most, one where nothing has ended.
    """
    ended = list(OrgUnit.objects.filter(valid_to__lte=on).only("pk", "valid_to").order_by())
    if not ended:
        return {}
    holders = current_holders(ended, on=on)
    closed = {unit.pk for unit in ended} - holders.keys()
    if closed:
        above = _above_when_ended({unit.pk for unit in ended})
        holders |= {pk: found for pk in closed if (found := _first_held(pk, above, holders)) is not None}
    return holders


def _above_when_ended(unit_ids: Collection[int]) -> dict[int, int]:
    rows = Ancestry.objects.filter(among("descendant", unit_ids), depth=1, valid_to=F("descendant__valid_to"))
    return dict(rows.order_by().values_list("descendant", "ancestor"))


def _first_held(unit_id: int, above: Mapping[int, int], holders: Mapping[int, int]) -> int | None:
    """Upwards to a unit that is in force or has a holder; what stood at the top has none."""
    current = above.get(unit_id)
    while current is not None and current not in holders and current in above:
        current = above[current]
    return None if current is None else holders.get(current, current)


def held_below(unit: OrgUnit, *, on: dt.date) -> OrgUnitQuerySet:
    """The units whose reports `unit` answers for on the day `on`: below it then, or held by one that is."""
    holders = holders_of_ended(on)
    below = set(
        Ancestry.objects.filter(
            in_force(on), among("descendant", set(holders.values())), ancestor=unit
        ).values_list("descendant", flat=True)
    )
    ended = [pk for pk, holder in holders.items() if holder in below]
    return OrgUnit.objects.under(unit, on=on) | OrgUnit.objects.filter(pk__in=ended)
