"""The figures once more, by other means: from raw rows, with formulas written out by hand.

Nothing of the catalogue's formulas, of the totals or of the arithmetic is used, so that an error
there cannot hide here. Only what the report itself says is known: what is divided by what.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction

from collection.models import DataValue
from schools.models import Placement

Cells = dict[str, int | None]
Rows = dict[str, dict[str, Cells]]  # unit code -> period code -> element code -> number

# A share: (parts, wholes); each a list of elements whose numbers are added up.
STOCKS = {
    "A1.1": (["teachers_with_computer"], ["teachers"]),
    "A1.2": (["teachers_with_internet"], ["teachers"]),
    "A2.1": (["pupils_with_computer"], ["pupils"]),
    "A2.2": (["pupils_with_internet"], ["pupils"]),
    "A3.3": (["pupils_on_platform"], ["pupils"]),
    "A8.2": (["pupils_digital_record"], ["pupils"]),
    "A8.3": (["staff_digital_record"], ["staff_records"]),
    "A9.1": (["procedures_online_full"], ["procedures"]),
    "B1.9": (["computers_primary"], ["computers_needed_primary"]),
    "B1.10": (["computers_lower_secondary"], ["computers_needed_lower_secondary"]),
    "B1.11": (["computers_upper_secondary"], ["computers_needed_upper_secondary"]),
    "B4.1": (["procedures_online"], ["procedures"]),
    "B4.2": (["procedures_online_partial"], ["procedures"]),
    "B5.1": (["teachers_trained_blended"], ["teachers"]),
    "B5.2": (["teachers_trained_elearning"], ["teachers"]),
    "B5.3": (["staff_trained_management"], ["teachers", "other_staff"]),
    "B5.4": (["staff_trained_security"], ["teachers", "other_staff"]),
    "B5.5": (["it_staff_trained"], ["it_staff"]),
}
FLOWS = {
    "A5.1": (["lessons_online_primary"], ["lessons_primary"]),
    "A5.2": (["lessons_online_secondary"], ["lessons_secondary"]),
    "A8.5": (["department_dossiers_digital"], ["department_dossiers"]),
    "A8.6": (["district_dossiers_digital"], ["district_dossiers"]),
    "A9.2": (["dossiers_resolved_online"], ["procedure_dossiers"]),
    "A9.3": (["survey_satisfied"], ["survey_respondents"]),
    "A9.4": (["service_very_satisfied", "service_satisfied"], ["service_respondents"]),
    "B4.3": (["dossiers_filed_online"], ["procedure_dossiers"]),
    "B4.4": (["dossiers_on_time"], ["procedure_dossiers"]),
    "B4.5": (["service_very_satisfied"], ["service_respondents"]),
    "B4.6": (["service_satisfied"], ["service_respondents"]),
}
# Of the units that said yes or no, those that said yes.
YES_OF_ANSWERED = {
    "A8.1": "data_driven_management",
    "A8.4": "facilities_digital_record",
    "B1.1": "has_internet_wifi",
    "B1.4": "meets_informatics_needs",
    "B1.13": "online_tools_training",
    "B2.2": "online_teaching_plan",
    "B2.3": "computer_room_testing",
    "B3.4": "leader_digital_signature",
    "B3.5": "school_management_software",
    "B3.6": "e_gradebook",
    "B3.7": "cashless_fees",
    "B3.8": "online_exam_registration",
}
LEVEL_OF_ANSWERED = {"B1.5": "1", "B1.6": "2", "B1.7": "3"}
STOCK_COUNTS = {
    "B1.2": "internet_sponsored",
    "B2.1": "shared_materials",
    "B3.2": "learner_records",
    "B3.3": "staff_records",
}
FLOW_COUNTS = {"B1.3": "tablets_received", "B1.12": "records_system_cost"}
COMPUTERS = ("computers_primary", "computers_lower_secondary", "computers_upper_secondary")
DISTINCT = {"A3.1": ("platforms", None), "B3.1": ("management_software", None)}
FOREIGN = {"Google Meet", "MS Teams", "Zoom", "Classroom", "Webex"}


def recomputed(
    unit_code: str, period_codes: list[str], states: Iterable[str]
) -> dict[str, tuple[int, int | None] | None]:
    """Indicator code -> (numerator, denominator or None) of a unit's subtree, or None for no value.

    `period_codes` in time order: one for a single period, several for a span.
    """
    below = _below(unit_code)
    rows, chosen = _read(below, period_codes, list(states))
    last = period_codes[-1]
    at_last = [periods[last] for periods in rows.values() if last in periods]
    everywhen = [cells for periods in rows.values() for cells in periods.values()]
    found: dict[str, tuple[int, int | None] | None] = {"A4": None, "A6": None, "A7": None}
    for code, (parts, wholes) in STOCKS.items():
        found[code] = _share(at_last, parts, wholes)
    for code, (parts, wholes) in FLOWS.items():
        found[code] = _share(everywhen, parts, wholes)
    for code, element in YES_OF_ANSWERED.items():
        said = [cells[element] for cells in at_last if cells.get(element) is not None]
        found[code] = (sum(one == 1 for one in said), len(said)) if said else None
    for code, element in STOCK_COUNTS.items():
        found[code] = _count(at_last, [element])
    for code, element in FLOW_COUNTS.items():
        found[code] = _count(everywhen, [element])
    found["B1.8"] = _count(at_last, COMPUTERS)
    levels = [
        names[0] for (period, element), names in chosen if (period, element) == (last, "maturity_level")
    ]
    for code, level in LEVEL_OF_ANSWERED.items():
        found[code] = (levels.count(level), len(levels)) if levels else None
    for code, (element, _group) in DISTINCT.items():
        found[code] = _distinct(chosen, last, element, lambda _name: True)
    found["A3.2"] = _distinct(chosen, last, "platforms", lambda name: name not in FOREIGN)
    return found


def percent(numerator: int, denominator: int) -> str:
    """The share in percent, half-up to two decimals, in whole-number arithmetic."""
    hundredths = Fraction(numerator * 10_000, denominator)
    whole = (hundredths.numerator * 2 + hundredths.denominator) // (hundredths.denominator * 2)
    return f"{whole // 100}.{whole % 100:02}"


def _below(unit_code: str) -> set[str]:
    children: dict[str | None, list[str]] = defaultdict(list)
    for code, parent in Placement.objects.values_list("unit__code", "parent__code"):
        children[parent].append(code)
    found, waiting = set(), [unit_code]
    while waiting:
        found.add(waiting[-1])
        waiting += children.get(waiting.pop(), [])
    return found


Chosen = list[tuple[tuple[str, str], list[str]]]


def _read(units: set[str], period_codes: list[str], states: list[str]) -> tuple[Rows, Chosen]:
    rows: Rows = defaultdict(lambda: defaultdict(dict))
    chosen: Chosen = []
    for value in DataValue.objects.filter(
        org_unit__code__in=units, period__code__in=period_codes, submission__state__in=states
    ).select_related("org_unit", "period", "element__choice_list"):
        rows[value.org_unit.code][value.period.code][value.element.code] = value.number
        if value.choices:
            assert value.element.choice_list is not None
            names = dict(value.element.choice_list.choices.values_list("code", "name"))
            by_name = (
                value.choices if value.element.code == "maturity_level" else map(names.get, value.choices)
            )
            chosen.append(((value.period.code, value.element.code), [str(one) for one in by_name]))
    return rows, chosen


def _share(several: list[Cells], parts: list[str], wholes: list[str]) -> tuple[int, int | None] | None:
    given = [
        (sum(cells[one] or 0 for one in parts), sum(cells[one] or 0 for one in wholes))
        for cells in several
        if all(cells.get(one) is not None for one in (*parts, *wholes))
    ]
    return (sum(part for part, _ in given), sum(whole for _, whole in given)) if given else None


def _count(several: list[Cells], elements: Iterable[str]) -> tuple[int, int | None] | None:
    """Units answer those of `elements` that they are asked; a demo unit leaves none of them out."""
    numbers = [number for cells in several for one in elements if (number := cells.get(one)) is not None]
    return (sum(numbers), None) if numbers else None


def _distinct(
    chosen: Chosen, period: str, element: str, counts: Callable[[str], bool]
) -> tuple[int, int | None] | None:
    lists = [names for key, names in chosen if key == (period, element)]
    return (len({name for names in lists for name in names if counts(name)}), None) if lists else None
