"""The hierarchy on any day: who stands above and below whom, and who answers for an ended unit.

Placements are what people write; the Ancestry table is derived from them here and nowhere
else, so that every question about a subtree is one indexed query.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from schools.models import Ancestry, OrgUnit, Succession
from schools.models.units import in_force
from schools.refusals import Refused

# Nobody has twenty levels of administration: a longer chain is a circle.
DEEPEST = 20
# Above this many units a subtree is rebuilt with everything else.
SUBTREE_AT_MOST = 2000
# SQLite accepts 32,766 parameters; a longer list of ids is sifted here instead.
IDS_AT_MOST = 20_000

# The units above each unit of the start, with the days on which the whole chain held: the
# intersection of its placements. In SQL because 53,000 units make over 200,000 rows, which the
# database derives in about a second and Python would only carry back and forth.
_CHAIN = """
WITH RECURSIVE chain (ancestor_id, descendant_id, depth, valid_from, valid_to) AS (
    SELECT unit_id, unit_id, 0, valid_from, valid_to FROM schools_placement {start}
    UNION ALL
    SELECT above.parent_id, chain.descendant_id, chain.depth + 1,
        CASE WHEN chain.valid_from > above.valid_from THEN chain.valid_from ELSE above.valid_from END,
        CASE WHEN above.valid_to IS NULL OR chain.valid_to < above.valid_to
            THEN chain.valid_to ELSE above.valid_to END
    FROM chain JOIN schools_placement above ON above.unit_id = chain.ancestor_id
    WHERE above.parent_id IS NOT NULL
        AND (above.valid_to IS NULL OR above.valid_to > chain.valid_from)
        AND (chain.valid_to IS NULL OR chain.valid_to > above.valid_from)
        AND chain.depth < {deepest}
)
"""
_INSERT = """
INSERT INTO schools_ancestry (ancestor_id, descendant_id, depth, valid_from, valid_to)
{chain} SELECT ancestor_id, descendant_id, depth, valid_from, valid_to FROM chain
"""
_CIRCLE = """
{chain} SELECT descendant_id FROM chain
WHERE (depth > 0 AND ancestor_id = descendant_id) OR depth >= {deepest}
ORDER BY depth LIMIT 1
"""


def lock_placements() -> None:
    """Let changes of the hierarchy follow one another until the transaction ends.

    Ancestry is derived: a school created while its district moves would keep the ancestors that
    it was derived from. SQLite's write transactions already wait for each other; readers never
    wait on either database.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE schools_placement IN SHARE ROW EXCLUSIVE MODE")


@transaction.atomic
def rebuild_ancestry(changed: Iterable[OrgUnit] | None = None) -> None:
    """Derive the Ancestry rows of all days from the placements, in three statements.

    With `changed`, the units whose placements changed, only they and what ever stood below them
    are derived anew. Raises Refused when a unit would stand below itself.
    """
    lock_placements()
    _refuse_circles()
    unit_ids = None if changed is None else _subtree_ids([unit.pk for unit in changed])
    rows = Ancestry.objects.order_by()
    if unit_ids is not None:
        rows = rows.filter(descendant__in=unit_ids)
    rows.delete()
    _insert_chains(unit_ids)


def _refuse_circles() -> None:
    """Every circle consists of parents alone, and they are few: looking there is quick."""
    start = "WHERE unit_id IN (SELECT parent_id FROM schools_placement)"
    chain = _CHAIN.format(start=start, deepest=DEEPEST)
    with connection.cursor() as cursor:
        cursor.execute(_CIRCLE.format(chain=chain, deepest=DEEPEST))
        found = cursor.fetchone()
    if found:
        raise circle(OrgUnit.objects.get(pk=found[0]))


def circle(unit: OrgUnit) -> Refused:
    """The refusal to place `unit` under itself."""
    return Refused(
        _(
            "%(unit)s (%(code)s) không thể trực thuộc chính nó hoặc đơn vị nằm dưới nó."
            " Hãy chọn đơn vị cấp trên khác."
        )
        % {"unit": unit.name, "code": unit.code}
    )


def _subtree_ids(unit_ids: Sequence[int]) -> list[int] | None:
    """The units and all that ever stood below them; None when a full rebuild is quicker."""
    if len(unit_ids) > SUBTREE_AT_MOST:
        return None
    below = Ancestry.objects.filter(ancestor__in=unit_ids).order_by().values_list("descendant", flat=True)
    found = {*unit_ids, *below.distinct()[: SUBTREE_AT_MOST + 1]}
    return sorted(found) if len(found) <= SUBTREE_AT_MOST else None


def _insert_chains(unit_ids: Sequence[int] | None) -> None:
    if unit_ids is not None and not unit_ids:
        return
    start = "" if unit_ids is None else f"WHERE unit_id IN ({', '.join(['%s'] * len(unit_ids))})"
    chain = _CHAIN.format(start=start, deepest=DEEPEST)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(chain=chain), list(unit_ids or ()) or None)


def among(field: str, ids: Collection[int] | Collection[str]) -> Q:
    """`field` is one of `ids`; with too many for one statement, any: the caller sifts."""
    return Q(**{f"{field}__in": ids}) if len(ids) <= IDS_AT_MOST else Q()


def ancestor_ids(unit_ids: Iterable[int], *, on: dt.date) -> dict[int, list[int]]:
    """Unit id -> ids of the units above it on the day `on`, itself first, root last.

    One query. A unit that did not exist on that day is not in the answer.
    """
    wanted = set(unit_ids)
    rows = Ancestry.objects.filter(in_force(on), among("descendant", wanted)).order_by("descendant", "depth")
    above: dict[int, list[int]] = defaultdict(list)
    for descendant, ancestor in rows.values_list("descendant", "ancestor"):
        if descendant in wanted:
            above[descendant].append(ancestor)
    return dict(above)


def children(unit: OrgUnit, *, on: dt.date) -> QuerySet[OrgUnit]:
    """Units placed directly under `unit` on the day `on`, in order of code."""
    placed = Q(placements__parent=unit) & in_force(on, "placements__")
    return OrgUnit.objects.filter(placed)


def path(unit: OrgUnit, *, on: dt.date) -> list[OrgUnit]:
    """From the root down to `unit` on the day `on`; for an ended unit, on its last day."""
    rows = Ancestry.objects.filter(in_force(standing_day(unit, on)), descendant=unit)
    return [row.ancestor for row in rows.select_related("ancestor__kind").order_by("-depth")]


def standing_day(unit: OrgUnit, on: dt.date) -> dt.date:
    """`on`, or the nearest day on which `unit` existed: those above it then answer for it."""
    if unit.valid_to is not None and on >= unit.valid_to:
        return unit.valid_to - dt.timedelta(days=1)
    return max(on, unit.valid_from)


def current_holders(units: Iterable[OrgUnit], *, on: dt.date) -> dict[int, int]:
    """Unit id -> id of the unit that answers for it on the day `on`, as "as now" needs it.

    A unit in force holds itself. An ended one is followed through mergers and splits, however
    many; of several successors of a split the first one named holds what cannot be divided. A
    unit that was closed without a successor is not in the answer. One query.
    """
    ends = Succession.objects.filter(
        kind__in=[Succession.Kind.MERGER, Succession.Kind.SPLIT],
        effective_on__lte=on,
        predecessor__valid_to__lte=on,
    )
    rows = ends.order_by("-effective_on", "-pk").values_list(
        "predecessor", "successor", "successor__valid_to"
    )
    # Going backwards, so that the first row of a predecessor is the one that stays.
    became = {old: (new, ended) for old, new, ended in rows}
    return {
        unit.pk: holder
        for unit in units
        if (holder := _holder(unit.pk, unit.valid_to, became, on)) is not None
    }


def _holder(
    unit_id: int, ended: dt.date | None, became: Mapping[int, tuple[int | None, dt.date | None]], on: dt.date
) -> int | None:
    """Follow successions until a unit that is in force. Dates only grow, so it ends."""
    current: int | None = unit_id
    while current is not None and ended is not None and ended <= on:
        current, ended = became.get(current, (None, None))
    return current
