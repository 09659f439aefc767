"""The whole demo province from a number of schools and a seed."""

from dataclasses import dataclass

from reporting.demo.answers import Answers
from reporting.demo.office_answers import department_answers, office_answers
from reporting.demo.province import PUBLISHED_SCHOOLS, Province, build
from reporting.demo.school_answers import SchoolAnswers
from reporting.demo.sizes import Sizes, draw_sizes

SEED = 131


@dataclass(frozen=True)
class Scenario:
    """Units, their sizes and, by period code, their answers."""

    province: Province
    sizes: Sizes
    answers: dict[str, Answers]
    seed: int


def draw_scenario(schools: int = PUBLISHED_SCHOOLS, seed: int = SEED) -> Scenario:
    """The province of `schools` schools; 370 gives the published figures, whatever the seed.

    Raises ValueError for fewer schools than a province can be made of.
    """
    province = build(schools)
    sizes = draw_sizes(province, seed)
    answers = SchoolAnswers(province, sizes, seed).draw()
    offices, department = office_answers(province, seed), department_answers()
    for period, found in answers.items():
        found.offices, found.department = offices[period], department[period]
    return Scenario(province, sizes, answers, seed)
