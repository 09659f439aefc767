"""How large every school is: learners and teachers by level, other staff, and who kept silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reporting.demo import published
from reporting.demo.apportion import apportion, half_up, highest
from reporting.demo.draws import spread
from reporting.demo.province import Province
from reporting.demo.published import EARLIER, LATER, PERIODS

ByLevel = list[dict[str, int]]  # for each school, a number for each level that it teaches


@dataclass(frozen=True)
class Sizes:
    """Sizes of all schools, in their order, by period; `silent` holds positions."""

    learners: dict[str, ByLevel]
    teachers: dict[str, ByLevel]
    other_staff: dict[str, list[int]]
    silent: dict[str, frozenset[int]]


def draw_sizes(province: Province, seed: int) -> Sizes:
    """Sizes that add up to the published totals: 2023 from chance, 2022 near each school's 2023."""
    levels = _schools_by_level(province)
    learners: dict[str, ByLevel] = {period: [{} for _ in province.schools] for period in PERIODS}
    teachers: dict[str, ByLevel] = {period: [{} for _ in province.schools] for period in PERIODS}
    for level, schools in levels.items():
        _share_learners(province, level, schools, learners, seed)
    silent = _silent(province, levels["primary"], learners[LATER], seed)
    for level, schools in levels.items():
        _share_teachers(level, schools, learners, teachers, silent[LATER], seed)
    other_staff = _share_other_staff(province, learners)
    return Sizes(learners, teachers, other_staff, silent)


def _schools_by_level(province: Province) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {level: [] for level in published.LEVEL_SIZES}
    for i, school in enumerate(province.schools):
        for level in school.taught:
            found[level].append(i)
    return found


def _totals(level: str, both: tuple[int, int], schools: Sequence[int]) -> dict[str, int]:
    """Both years' totals of a level, scaled to the number of schools that teach it."""
    published_schools = published.LEVEL_SIZES[level].schools
    return {
        period: half_up(Fraction(total * len(schools), published_schools))
        for period, total in zip(PERIODS, both, strict=True)
    }


def _share_learners(
    province: Province, level: str, schools: Sequence[int], learners: dict[str, ByLevel], seed: int
) -> None:
    totals = _totals(level, published.LEVEL_SIZES[level].learners, schools)
    # Two draws multiplied: most schools lie below the average, a few far above. A level of a
    # school with several is smaller than that level on its own.
    one = spread(seed, len(schools), 35, 130, "learners", level, "one")
    other = spread(seed, len(schools), 55, 140, "learners", level, "other")
    alone = [100 if len(province.schools[i].taught) == 1 else 60 for i in schools]
    weights = [a * b * c for a, b, c in zip(one, other, alone, strict=True)]
    later = apportion(totals[LATER], weights)
    drift = spread(seed, len(schools), 93, 105, "learners", level, EARLIER)
    earlier = apportion(totals[EARLIER], [n * d for n, d in zip(later, drift, strict=True)])
    for i, before, now in zip(schools, earlier, later, strict=True):
        learners[EARLIER][i][level], learners[LATER][i][level] = before, now


def _silent(
    province: Province, primary: Sequence[int], learners: ByLevel, seed: int
) -> dict[str, frozenset[int]]:
    """Schools that did not count their teachers' computers: larger primary schools in poorer places.

    Those of 2023 had not counted in 2022 either.
    """
    sizes = [sum(cells.values()) for cells in learners]
    only_primary = [i for i in primary if province.schools[i].levels == ("primary",)]
    larger = highest((len(only_primary) + 1) // 2, sizes, only_primary)
    luck = spread(seed, len(province.schools), 0, 60, "silent")
    scores = [luck[i] - school.place.standing for i, school in enumerate(province.schools)]
    found = {}
    for period, share in zip(PERIODS, published.SILENT_SCHOOLS, strict=True):
        count = max(1, half_up(share * len(province.schools)))
        found[period] = frozenset(highest(min(count, len(larger)), scores, larger))
    return found


def _share_teachers(
    level: str,
    schools: Sequence[int],
    learners: dict[str, ByLevel],
    teachers: dict[str, ByLevel],
    silent: frozenset[int],
    seed: int,
) -> None:
    """Teachers by learners; the silent schools of 2023 have together as many as published."""
    totals = _totals(level, published.LEVEL_SIZES[level].teachers, schools)
    noise = dict(zip(schools, spread(seed, len(schools), 88, 112, "teachers", level), strict=True))
    quiet = [i for i in schools if i in silent]
    others = [i for i in schools if i not in silent]
    of_silent = half_up(published.TEACHERS_OF_SILENT * len(quiet))
    for some, total in ((quiet, of_silent), (others, totals[LATER] - of_silent)):
        # Thirty learners more than there are: a small school needs more teachers a learner.
        weights = [(30 + learners[LATER][i][level]) * noise[i] for i in some]
        for i, count in zip(some, apportion(total, weights), strict=True):
            teachers[LATER][i][level] = count
    drift = spread(seed, len(schools), 95, 104, "teachers", level, EARLIER)
    weights = [teachers[LATER][i][level] * d for i, d in zip(schools, drift, strict=True)]
    for i, count in zip(schools, apportion(totals[EARLIER], weights), strict=True):
        teachers[EARLIER][i][level] = count


def _share_other_staff(province: Province, learners: dict[str, ByLevel]) -> dict[str, list[int]]:
    found = {period: [0] * len(province.schools) for period in PERIODS}
    for staff in published.OTHER_STAFF:
        schools = province.having(*staff.asked_of)
        for period, per_school in zip(PERIODS, staff.per_school, strict=True):
            spare = half_up(per_school * len(schools)) - staff.fewest * len(schools)
            weights = [sum(learners[period][i].values()) for i in schools]
            for i, more in zip(schools, apportion(spare, weights), strict=True):
                found[period][i] = staff.fewest + more
    return found
