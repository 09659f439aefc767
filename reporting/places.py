"""Where a unit stands: what is above it and directly below it, as far as the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from indicators.models.base import in_language
from schools.access import visible_unit_or_404
from schools.models import Ancestry, OrgUnit, User
from schools.models.units import below_roots, in_force


@dataclass(frozen=True)
class Place:
    """A unit, those above it from the top down, and its children in order of kind and code.

    `above` ends where the reader's scope does. `scopes` are the codes of the unit and of everything
    above it, nearest first: a target set for a whole province holds for readers of one school too.
    """

    unit: OrgUnit
    above: tuple[OrgUnit, ...] = ()
    children: tuple[OrgUnit, ...] = ()
    scopes: tuple[str, ...] = ()

    @property
    def scopes_by_unit(self) -> dict[int, tuple[str, ...]]:
        """For the unit and each child the codes from itself upwards, nearest first, by unit id."""
        below = {child.pk: (child.code, *self.scopes) for child in self.children}
        return {self.unit.pk: self.scopes, **below}


@dataclass(frozen=True)
class Group:
    """The children of one kind."""

    code: str
    name: str
    units: tuple[OrgUnit, ...]


def read_place(user: User, code: str, *, on: dt.date) -> Place:
    """The surroundings of a unit on the day `on`: one query; Http404 outside the user's scope.

    A unit that did not exist on that day is found all the same, without surroundings.
    """
    # PostgreSQL has no text with NUL in it; asking would be an error, not "no such unit".
    if "\x00" in code:
        return _alone(visible_unit_or_404(user, code))
    wanted = OrgUnit.objects.filter(code=code).values("pk")[:1]
    # As `visible_to`, asked of each of the few rows: a list of all units that are visible may be long.
    scope = below_roots(user.scope(), timezone.localdate())
    visible = Ancestry.objects.filter(scope, descendant=OuterRef("descendant"))
    rows = list(
        Ancestry.objects.filter(in_force(on), Q(descendant=wanted) | Q(ancestor=wanted, depth=1))
        .filter(Exists(visible))
        .select_related("ancestor__kind", "descendant__kind")
        .order_by("-depth", "descendant__kind__position", "descendant__code")
    )
    unit = next((row.descendant for row in rows if row.depth == 0), None)
    if unit is None:
        return _alone(visible_unit_or_404(user, code))
    above = [row.ancestor for row in rows if row.descendant_id == unit.pk and row.depth]
    children = [row.descendant for row in rows if row.descendant_id != unit.pk]
    scopes = (unit.code, *(one.code for one in reversed(above)))
    return Place(unit, tuple(_within_scope(user, above)), tuple(children), scopes)


def _alone(unit: OrgUnit) -> Place:
    return Place(unit, scopes=(unit.code,))


def _within_scope(user: User, above: list[OrgUnit]) -> list[OrgUnit]:
    """The part of a path that lies at or below what the user may see."""
    roots = user.scope_unit_ids
    first = next((index for index, one in enumerate(above) if one.pk in roots), len(above))
    return above[first:]


def groups(children: tuple[OrgUnit, ...]) -> list[Group]:
    """The children by kind, the highest kind first."""
    kinds = {one.kind_id: one.kind for one in children}
    return [
        Group(
            kind.code,
            in_language(kind.name, kind.name_en),
            tuple(one for one in children if one.kind_id == pk),
        )
        for pk, kind in sorted(kinds.items(), key=lambda item: (item[1].position, item[1].code))
    ]


def short_names(units: Sequence[OrgUnit]) -> dict[int, str]:
    """Names without the words that all of `units` begin with, by unit id, as inside a sentence.

    Beside each other, "Phòng Giáo dục và Đào tạo huyện Đắk Mil" and seven more of the kind say no
    more than "huyện Đắk Mil" and so on. Of every longer name two words stay: "số 3", not "3".
    """
    words = [unit.name.split() for unit in units]
    shared = 0
    if len(words) > 1:
        while all(len(one) > shared + 2 for one in words) and len({one[shared] for one in words}) == 1:
            shared += 1
    return {unit.pk: " ".join(one[shared:]) for unit, one in zip(units, words, strict=True)}


def at_the_start(name: str) -> str:
    """A name as it begins a line: "huyện Đắk Mil" -> "Huyện Đắk Mil"."""
    return name[:1].upper() + name[1:]


def topmost_unit(user: User) -> OrgUnit | None:
    """The highest unit of which the user is a member; of equals, the first by code. No query of its own."""
    units = [membership.unit for membership in user.active_memberships]
    return min(units, key=lambda unit: (unit.kind.position, unit.code), default=None)
