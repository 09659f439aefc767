"""Register rows behind the answers of 2023: codes and flags, no names.

Each flag is set for as many people as the school's answer says; who they are is chance. A flag that
the school is not asked, or did not answer, is None. Codes begin with letters so that no row can
be taken for the record of a real person.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import NamedTuple

from reporting.demo.apportion import apportion
from reporting.demo.draws import draw
from reporting.demo.published import LATER
from reporting.demo.scenario import Scenario

Flag = bool | None
GRADES = {
    "primary": range(1, 6),
    "lower_secondary": range(6, 10),
    "upper_secondary": range(10, 13),
    "continuing": range(10, 13),
}


class LearnerRow(NamedTuple):
    """One learner; `grade` is None below primary school."""

    code: str
    level: str
    grade: int | None
    has_computer: Flag
    has_internet: Flag
    has_digital_record: Flag
    uses_platform: Flag


class StaffRow(NamedTuple):
    """One staff member; `level` is that of a teacher, None for those who serve the whole school."""

    code: str
    position: str
    level: str | None
    has_computer: Flag
    has_internet: Flag
    has_digital_record: Flag
    trained_blended: Flag
    trained_elearning: Flag
    trained_management: Flag
    trained_security: Flag


class Registers:
    """Rows of any school of a scenario; codes run on from school to school."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._answers = scenario.answers[LATER]
        schools = range(len(scenario.province.schools))
        self._learners_before = _running(self._answers.number("learner_records", i) for i in schools)
        self._staff_before = _running(self._answers.number("staff_records", i) for i in schools)

    def learners(self, position: int) -> list[LearnerRow]:
        """The learners of one school, by level and grade."""
        chance = self._chance("learner register", position)
        places = list(_grades(self._scenario.sizes.learners[LATER][position], chance))
        flags = [
            _flags(self._answers.number(element, position), len(places), chance)
            for element in (
                "pupils_with_computer",
                "pupils_with_internet",
                "pupils_digital_record",
                "pupils_on_platform",
            )
        ]
        first = self._learners_before[position] + 1
        return [
            LearnerRow(f"HS{first + i:08d}", level, grade, *row)
            for i, ((level, grade), row) in enumerate(zip(places, zip(*flags, strict=True), strict=True))
        ]

    def staff(self, position: int) -> list[StaffRow]:
        """The staff of one school: teachers by level, then managers, then others."""
        chance = self._chance("staff register", position)
        posts = list(self._posts(position))
        teachers = sum(post == "teacher" for post, _level in posts)
        flags = [
            self._staff_flags(element, position, counted, len(posts), chance)
            for element, counted in (
                ("teachers_with_computer", teachers),
                ("teachers_with_internet", teachers),
                ("staff_digital_record", len(posts)),
                ("teachers_trained_blended", teachers),
                ("teachers_trained_elearning", teachers),
                ("staff_trained_management", len(posts)),
                ("staff_trained_security", len(posts)),
            )
        ]
        first = self._staff_before[position] + 1
        return [
            StaffRow(f"CB{first + i:08d}", post, level, *row)
            for i, ((post, level), row) in enumerate(zip(posts, zip(*flags, strict=True), strict=True))
        ]

    def _chance(self, register: str, position: int) -> Random:
        return draw(self._scenario.seed, register, self._scenario.province.schools[position].code)

    def _posts(self, position: int) -> Iterator[tuple[str, str | None]]:
        for level, count in self._scenario.sizes.teachers[LATER][position].items():
            yield from [("teacher", level)] * count
        others = self._scenario.sizes.other_staff[LATER][position]
        managers = _managers(sum(self._scenario.sizes.learners[LATER][position].values()), others)
        yield from [("manager", None)] * managers
        yield from [("staff", None)] * (others - managers)

    def _staff_flags(
        self, element: str, position: int, counted: int, people: int, chance: Random
    ) -> list[Flag]:
        """Flags of the first `counted` people, whom the element counts; None for the others."""
        asked = _flags(self._answers.number(element, position), counted, chance)
        return asked + [None] * (people - counted)


def _running(counts: Iterator[int | None]) -> list[int]:
    """How many rows stand before each school's."""
    return list(accumulate((count or 0 for count in counts), initial=0))


def _flags(count: int | None, people: int, chance: Random) -> list[Flag]:
    """True for `count` of the people; None for all where there is no count."""
    if count is None:
        return [None] * people
    flags: list[Flag] = [False] * people
    for i in chance.sample(range(people), count):
        flags[i] = True
    return flags


def _grades(by_level: dict[str, int], chance: Random) -> Iterator[tuple[str, int | None]]:
    """Level and grade of each learner; grades of a level are nearly equal."""
    for level, count in by_level.items():
        grades = GRADES.get(level)
        if grades is None:
            yield from [(level, None)] * count
            continue
        sizes = apportion(count, [chance.randint(90, 112) for _ in grades])
        for grade, size in zip(grades, sizes, strict=True):
            yield from [(level, grade)] * size


def _managers(learners: int, others: int) -> int:
    """A head, one deputy from 150 learners on and another from 700; somebody else is left to do the books."""
    return max(1, min(1 + (learners >= 150) + (learners >= 700), others - 1))
