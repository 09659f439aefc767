"""The units of the demo province: one department, its offices, its schools. No chance in it.

Codes and names depend on the number of schools alone, never on the seed. The eight offices carry
the names of the province's districts of 2023; schools are numbered, and no school is meant to be
a real one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from reporting.demo.apportion import apportion, half_up

DEPARTMENT = "DN"
FEWEST_SCHOOLS = 10
SCHOOLS_PER_OFFICE = 46
GENERAL = frozenset({"primary", "lower_secondary", "upper_secondary", "continuing"})


@dataclass(frozen=True)
class Place:
    """A district: how many schools it holds beside others, and how well off it is (average 100)."""

    code: str
    name: str
    office_name: str
    schools: int
    standing: int


PLACES = (
    Place("GN", "Gia Nghĩa", "Phòng Giáo dục và Đào tạo thành phố Gia Nghĩa", 40, 132),
    Place("CJ", "Cư Jút", "Phòng Giáo dục và Đào tạo huyện Cư Jút", 45, 108),
    Place("DG", "Đắk Glong", "Phòng Giáo dục và Đào tạo huyện Đắk Glong", 38, 66),
    Place("DM", "Đắk Mil", "Phòng Giáo dục và Đào tạo huyện Đắk Mil", 50, 114),
    Place("DR", "Đắk R'lấp", "Phòng Giáo dục và Đào tạo huyện Đắk R'lấp", 46, 110),
    Place("DS", "Đắk Song", "Phòng Giáo dục và Đào tạo huyện Đắk Song", 40, 97),
    Place("KN", "Krông Nô", "Phòng Giáo dục và Đào tạo huyện Krông Nô", 42, 92),
    Place("TD", "Tuy Đức", "Phòng Giáo dục và Đào tạo huyện Tuy Đức", 34, 70),
)


@dataclass(frozen=True)
class SchoolType:
    """A type of school: its code, its name, the levels it teaches, how many the province has."""

    code: str
    name: str
    levels: tuple[str, ...]
    count: int


PRESCHOOL = SchoolType("MN", "Trường Mầm non", ("preschool",), 139)
UNDER_OFFICES = (
    SchoolType("TH", "Trường Tiểu học", ("primary",), 108),
    SchoolType("THCS", "Trường Trung học cơ sở", ("lower_secondary",), 70),
    SchoolType("LC", "Trường Tiểu học và Trung học cơ sở", ("primary", "lower_secondary"), 18),
)
BOARDING = SchoolType("NT", "Trường Phổ thông dân tộc nội trú Trung học cơ sở", ("lower_secondary",), 1)
WITH_UPPER_SECONDARY = (
    SchoolType(
        "PT",
        "Trường Tiểu học, Trung học cơ sở và Trung học phổ thông tư thục",
        ("primary", "lower_secondary", "upper_secondary"),
        1,
    ),
    SchoolType("THPT", "Trường Trung học phổ thông", ("upper_secondary",), 20),
    SchoolType(
        "TR", "Trường Trung học cơ sở và Trung học phổ thông", ("lower_secondary", "upper_secondary"), 5
    ),
    SchoolType(
        "NTR",
        "Trường Phổ thông dân tộc nội trú Trung học cơ sở và Trung học phổ thông",
        ("lower_secondary", "upper_secondary"),
        6,
    ),
    SchoolType(
        "GDTX",
        "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên",
        ("upper_secondary", "continuing"),
        2,
    ),
)
PUBLISHED_SCHOOLS = PRESCHOOL.count + sum(
    one.count for one in (*UNDER_OFFICES, BOARDING, *WITH_UPPER_SECONDARY)
)


@dataclass(frozen=True)
class Unit:
    """The department or an office."""

    code: str
    name: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True)
class School:
    """A school, the place it stands in and the unit that manages it."""

    code: str
    name: str
    parent: str
    place: Place
    levels: tuple[str, ...]
    ownership: str = "public"

    @property
    def is_general(self) -> bool:
        """Whether it teaches any level of general or continuing education."""
        return not GENERAL.isdisjoint(self.levels)

    @property
    def taught(self) -> tuple[str, ...]:
        """Levels under which its learners are counted: a continuing-education centre has one."""
        return ("continuing",) if "continuing" in self.levels else self.levels

    @property
    def traits(self) -> frozenset[str]:
        """The words by which forms ask, for a school of the demo province."""
        manager = "department" if self.parent == DEPARTMENT else "district_office"
        words = {"school", f"managed_by_{manager}", *self.levels}
        return frozenset(words | {"general_education"} if self.is_general else words)


@dataclass(frozen=True)
class Province:
    """All units; schools stand office by office, then those directly under the department."""

    department: Unit
    offices: tuple[Unit, ...]
    schools: tuple[School, ...]

    def having(self, *traits: str) -> list[int]:
        """Positions of the schools with any of `traits`, as forms ask; of all schools without a trait."""
        if traits not in self._having:
            wanted = set(traits)
            self._having[traits] = [
                i
                for i, school in enumerate(self.schools)
                if not wanted or not wanted.isdisjoint(school.traits)
            ]
        return self._having[traits]

    @cached_property
    def _having(self) -> dict[tuple[str, ...], list[int]]:
        return {}


def build(schools: int = PUBLISHED_SCHOOLS) -> Province:
    """A province of `schools` schools in the published proportions; 370 gives the published ones.

    Raises ValueError below FEWEST_SCHOOLS: fewer cannot hold every type.
    """
    if schools < FEWEST_SCHOOLS:
        raise ValueError(f"a province needs at least {FEWEST_SCHOOLS} schools")
    places = _places(schools)
    offices = tuple(
        Unit(f"{DEPARTMENT}-{place.code}", place.office_name, "district_office", DEPARTMENT)
        for place in places
    )
    counts = _counts(schools)
    under_offices = _dealt((PRESCHOOL, *UNDER_OFFICES), counts, places)
    under_department = _dealt((BOARDING, *WITH_UPPER_SECONDARY), counts, places)
    found = [
        _school(kind, number, place, f"{DEPARTMENT}-{place.code}") for kind, number, place in under_offices
    ]
    found += [_school(kind, number, place, DEPARTMENT) for kind, number, place in under_department]
    name = "Sở Giáo dục và Đào tạo Đắk Nông"
    return Province(Unit(DEPARTMENT, name, "department"), offices, tuple(found))


def _places(schools: int) -> list[Place]:
    """The eight districts; fewer for a very small province, numbered ones beyond them for a large one."""
    if schools <= PUBLISHED_SCHOOLS:
        return list(PLACES[: min(len(PLACES), max(2, schools // 4))])
    wanted = max(len(PLACES), schools // SCHOOLS_PER_OFFICE)
    return list(PLACES) + [_numbered(number) for number in range(len(PLACES) + 1, wanted + 1)]


def _numbered(number: int) -> Place:
    model = PLACES[(number - 1) % len(PLACES)]
    name = f"huyện số {number}"
    return Place(f"H{number}", name, f"Phòng Giáo dục và Đào tạo {name}", model.schools, model.standing)


def _counts(schools: int) -> dict[str, int]:
    """How many schools of each type, by its code."""
    scale = Fraction(schools, PUBLISHED_SCHOOLS)
    preschools = half_up(PRESCHOOL.count * scale)
    upper = max(1, half_up(sum(one.count for one in WITH_UPPER_SECONDARY) * scale))
    boarding = max(1, half_up(BOARDING.count * scale))
    rest = schools - preschools - upper - boarding
    return {
        PRESCHOOL.code: preschools,
        BOARDING.code: boarding,
        **_shared(UNDER_OFFICES, rest),
        **_shared(WITH_UPPER_SECONDARY, upper),
    }


def _shared(types: Sequence[SchoolType], total: int) -> dict[str, int]:
    counts = apportion(total, [one.count for one in types])
    return {one.code: count for one, count in zip(types, counts, strict=True)}


def _dealt(
    types: Sequence[SchoolType], counts: dict[str, int], places: Sequence[Place]
) -> list[tuple[SchoolType, int, Place]]:
    """Every school as (type, number within type and place, place), place by place.

    Each type goes first where most schools are still missing, so that the sizes of places
    follow their weights after every type, not only type by type.
    """
    weights = [place.schools for place in places]
    held = [0] * len(places)
    dealt_so_far = 0
    by_place: list[list[tuple[SchoolType, int, Place]]] = [[] for _ in places]
    for kind in types:
        count = counts[kind.code]
        dealt_so_far += count
        missing = [
            max(0, weight * dealt_so_far - own * sum(weights))
            for weight, own in zip(weights, held, strict=True)
        ]
        for i, share in enumerate(apportion(count, missing)):
            held[i] += share
            by_place[i] += [(kind, number, places[i]) for number in range(1, share + 1)]
    return [school for several in by_place for school in several]


def _school(kind: SchoolType, number: int, place: Place, parent: str) -> School:
    code = f"{DEPARTMENT}-{place.code}-{kind.code}{number:02d}"
    ownership = _ownership(kind, number, place)
    private = " tư thục" if ownership == "private" and kind is PRESCHOOL else ""
    return School(
        code, f"{kind.name}{private} số {number} {place.name}", parent, place, kind.levels, ownership
    )


def _ownership(kind: SchoolType, number: int, place: Place) -> str:
    """Some preschools are private, more of them in better-off places; each ninth is a community's."""
    if kind.code == "PT":
        return "private"
    if kind is not PRESCHOOL:
        return "public"
    if number == 9:
        return "community"
    return "private" if number % (4 if place.standing > 105 else 9) == 0 else "public"
