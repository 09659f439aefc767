"""Which units a table of the explorer shows: those of one kind below a unit, or some by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from reporting.slices import Slice
from reporting.unit_rows import in_batches
from schools.access import visible_unit_or_404
from schools.models import Ancestry, OrgUnit, UnitKind, User
from schools.models.units import OrgUnitQuerySet, in_force

CHILDREN = "children"
ALONE = "self"
FOUND_AT_MOST = 20


@dataclass(frozen=True)
class UnitChoice:
    """The unit above, and which units are shown: `named` if there are any, else those of `below`.

    `below` is CHILDREN, ALONE or the code of a kind; `kinds` are the kinds that stand below `base`.
    """

    base: OrgUnit
    below: str
    kinds: tuple[UnitKind, ...]
    named: tuple[OrgUnit, ...]
    rows: OrgUnitQuerySet

    @property
    def has_total(self) -> bool:
        """Whether the unit above stands in the table beside the others."""
        return bool(self.named) or self.below != ALONE

    def count(self) -> int:
        """How many units are shown; one query unless they are named."""
        return len(self.named) if self.named else self.rows.count()

    def some(self, start: int, size: int) -> list[OrgUnit]:
        """`size` of the units in their order, from number `start`: one query unless they are named."""
        return list((self.named or self.rows)[start : start + size])

    def batches(self, size: int) -> Iterator[list[OrgUnit]]:
        """All units in their order, `size` at a time."""
        if self.named:
            yield from ([*self.named[at : at + size]] for at in range(0, len(self.named), size))
            return
        for ids in in_batches(self.rows.values_list("pk", flat=True), size):
            found = OrgUnit.objects.in_bulk(ids)
            yield [found[pk] for pk in ids]


def read_units(
    user: User, base: str, below: str, named: Sequence[str], *, on: dt.date, only: Slice
) -> UnitChoice:
    """What an address says about units, as they stood on the day `on`; of schools, those of the slice.

    Http404 for a unit outside the user's scope. What is not below `base` at all, such as districts
    below a school, leaves nothing to show but `base` itself.
    """
    unit = visible_unit_or_404(user, base)
    visible = OrgUnit.objects.visible_to(user)
    under = visible.under(unit, on=on).exclude(pk=unit.pk)
    kinds = tuple(
        UnitKind.objects.filter(pk__in=under.order_by().values("kind")).order_by("position", "code")
    )
    # At a first look the highest kind alone: districts beside each other, not districts and schools.
    wanted = below or (kinds[0].code if len(kinds) > 1 else CHILDREN)
    if not kinds:
        wanted = ALONE
    if wanted == ALONE:
        rows = visible.filter(pk=unit.pk)
    elif wanted == CHILDREN:
        placed = Ancestry.objects.filter(in_force(on), ancestor=unit, depth=1)
        rows = visible.filter(pk__in=placed.order_by().values("descendant"))
    else:
        rows = under.filter(kind__in=[kind.pk for kind in kinds if kind.code == wanted])
    ordered = rows.filter(_in_slice(only)).order_by("kind__position", "code")
    return UnitChoice(unit, wanted, kinds, _named(visible, named), ordered)


def _in_slice(only: Slice) -> Q:
    """Units that are no schools, and the schools of the slice."""
    schools = Q()
    if only.level:
        schools &= Q(profile__levels__code=only.level)
    if only.ownership:
        schools &= Q(profile__ownership=only.ownership)
    return Q(profile__isnull=True) | schools if only else Q()


def _named(visible: OrgUnitQuerySet, codes: Sequence[str]) -> tuple[OrgUnit, ...]:
    """The units of `codes` in order of kind and code. Http404 where one is not the reader's."""
    wanted = {code for code in codes if code}
    if not wanted:
        return ()
    if any("\x00" in code for code in wanted):
        raise Http404(_("Không có đơn vị này trong phạm vi của bạn. Hãy tìm trong danh sách đơn vị."))
    found = tuple(visible.filter(code__in=wanted).order_by("kind__position", "code"))
    if len(found) != len(wanted):
        raise Http404(_("Không có đơn vị này trong phạm vi của bạn. Hãy tìm trong danh sách đơn vị."))
    return found


def find_units(user: User, text: str, *, but: Sequence[OrgUnit]) -> list[OrgUnit]:
    """Units that `text` names, diacritics or not, without those already chosen; none for a blank text."""
    if not text.strip():
        return []
    rows = OrgUnit.objects.visible_to(user).matching(text).exclude(pk__in=[one.pk for one in but])
    return list(rows.order_by("kind__position", "code")[:FOUND_AT_MOST])
