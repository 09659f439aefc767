"""Register rows, counted flag by flag against what each school answered for 2023."""

from itertools import chain

import pytest

from reporting.demo.registers import GRADES, Registers
from reporting.demo.scenario import draw_scenario

LEARNER_FLAGS = {
    "has_computer": "pupils_with_computer",
    "has_internet": "pupils_with_internet",
    "has_digital_record": "pupils_digital_record",
    "uses_platform": "pupils_on_platform",
}
TEACHER_FLAGS = {
    "has_computer": "teachers_with_computer",
    "has_internet": "teachers_with_internet",
    "trained_blended": "teachers_trained_blended",
    "trained_elearning": "teachers_trained_elearning",
}
STAFF_FLAGS = {
    "has_digital_record": "staff_digital_record",
    "trained_management": "staff_trained_management",
    "trained_security": "staff_trained_security",
}


@pytest.fixture(scope="module")
def scenario():
    return draw_scenario()


@pytest.fixture(scope="module")
def registers(scenario):
    return Registers(scenario)


def check_flags(rows, flags, answers):
    for flag, element in flags.items():
        said = [getattr(row, flag) for row in rows]
        if isinstance(answers.get(element), int):
            assert said.count(True) == answers[element], flag
            assert None not in said, flag
        else:
            assert set(said) == {None}, flag


def test_every_flag_agrees_with_its_school(scenario, registers):
    for i in range(len(scenario.province.schools)):
        answers = scenario.answers["2023"].of_school(i)
        learners, staff = registers.learners(i), registers.staff(i)
        teachers = [row for row in staff if row.position == "teacher"]
        others = [row for row in staff if row.position != "teacher"]
        assert len(learners) == answers["learner_records"]
        assert (len(teachers), len(others)) == (answers["teachers"], answers["other_staff"])
        check_flags(learners, LEARNER_FLAGS, answers)
        check_flags(teachers, TEACHER_FLAGS, answers)
        check_flags(staff, STAFF_FLAGS, answers)
        assert {getattr(row, flag) for row in others for flag in TEACHER_FLAGS} == {None}


def test_every_person_has_a_code_of_their_own_and_no_name(scenario, registers):
    schools = range(len(scenario.province.schools))
    learners = list(chain.from_iterable(registers.learners(i) for i in schools))
    staff = list(chain.from_iterable(registers.staff(i) for i in schools))
    assert len({row.code for row in learners}) == 187_122
    assert len({row.code for row in staff}) == 11_018
    assert not {"name", "display_name"} & {*learners[0]._fields, *staff[0]._fields}
    assert not any(row.code.isdigit() for row in (*learners, *staff))


def test_learners_and_teachers_stand_at_levels_of_their_school(scenario, registers):
    for i, school in enumerate(scenario.province.schools):
        for row in registers.learners(i):
            assert row.level in school.levels
            assert row.grade is None if row.level == "preschool" else row.grade in GRADES[row.level]
        for member in registers.staff(i):
            assert (member.level in school.levels) == (member.position == "teacher")


def test_every_school_has_a_manager_and_every_grade_of_a_level_has_learners(scenario, registers):
    for i in range(len(scenario.province.schools)):
        assert "manager" in {row.position for row in registers.staff(i)}
        found = {(row.level, row.grade) for row in registers.learners(i) if row.grade}
        for level in {level for level, _grade in found}:
            assert {grade for at, grade in found if at == level} == set(GRADES[level])


def test_the_same_seed_gives_the_same_rows():
    one, other, third = (Registers(draw_scenario(10, seed)) for seed in (3, 3, 4))
    assert one.learners(4) == other.learners(4)
    assert one.staff(4) == other.staff(4)
    assert one.learners(4) != third.learners(4)
