"""What the offices and the department answer in each period."""

from collections import Counter

from reporting.demo import published
from reporting.demo.answers import Answer
from reporting.demo.apportion import apportion, half_up
from reporting.demo.draws import spread
from reporting.demo.province import Province
from reporting.demo.published import EARLIER, LATER, PERIODS

ByPeriod = dict[str, list[int]]


def office_answers(province: Province, seed: int) -> dict[str, list[dict[str, Answer]]]:
    """For each period the answers of each office, in the order of the offices."""
    count = len(province.offices)
    dossiers, digital = _dossiers(province, seed)
    people = [published.IT_STAFF_OF_OFFICE] * count
    found: dict[str, list[dict[str, Answer]]] = {}
    for period, share in zip(PERIODS, published.IT_TRAINED_OF_OFFICES, strict=True):
        chance = spread(seed, count, 50, 150, "office it_staff_trained", period)
        columns = {
            "district_dossiers": dossiers[period],
            "district_dossiers_digital": digital[period],
            "it_staff": people,
            "it_staff_trained": apportion(half_up(share * sum(people)), chance, people),
        }
        found[period] = [{element: column[i] for element, column in columns.items()} for i in range(count)]
    return found


def _dossiers(province: Province, seed: int) -> tuple[ByPeriod, ByPeriod]:
    """All dossiers of each office by the schools it manages, and those handled digitally."""
    schools = Counter(school.parent for school in province.schools)
    count = len(province.offices)
    noise = spread(seed, count, 80, 120, "district_dossiers")
    weights = [(10 + schools[office.code]) * n for office, n in zip(province.offices, noise, strict=True)]
    total = half_up(published.OFFICE_DOSSIERS * count)
    first = half_up(published.OFFICE_DOSSIERS_FIRST * total)
    dossiers = {EARLIER: apportion(first, weights), LATER: apportion(total - first, weights)}
    digital = half_up(published.OFFICE_DOSSIERS_DIGITAL * total)
    digital_first = half_up(published.OFFICE_DOSSIERS_DIGITAL_FIRST * first)
    parts = {}
    for period, part in ((EARLIER, digital_first), (LATER, digital - digital_first)):
        chance = spread(seed, count, 93, 107, "district_dossiers_digital", period)
        wholes = dossiers[period]
        parts[period] = apportion(part, [n * c for n, c in zip(wholes, chance, strict=True)], wholes)
    return dossiers, parts


def department_answers() -> dict[str, dict[str, Answer]]:
    """For each period the answers of the department: the same for every seed and size."""
    software = {EARLIER: published.SOFTWARE[: published.SOFTWARE_IN_2022], LATER: published.SOFTWARE}
    found: dict[str, dict[str, Answer]] = {}
    for n, period in enumerate(PERIODS):
        found[period] = {element: both[n] for element, both in published.DEPARTMENT.items()}
        found[period]["management_software"] = software[period]
    return found
