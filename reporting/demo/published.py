"""What the demo province must add up to: the published figures for 2023, and invented ones for 2022.

Everything is written for the published province of 370 schools. A part is a fraction of its whole
(teachers with a computer: 7661/9083) and a whole a number for so many schools (3647/127), so
that a smaller or larger province keeps the proportions and the published one comes out exactly.
All of 2022 and every split over schools is invented; so are the totals whose comment says so.
"""

from dataclasses import dataclass
from fractions import Fraction

EARLIER, LATER = PERIODS = ("2022", "2023")
BothYears = tuple[Fraction, Fraction]

# Whom an element is asked of, in the words that forms use; nobody named means every school.
ALL: tuple[str, ...] = ()
GENERAL = ("general_education",)
PRIMARY = ("primary",)
LOWER = ("lower_secondary",)
UPPER = ("upper_secondary",)
SECONDARY = (*LOWER, *UPPER)
UNDER_DEPARTMENT = ("managed_by_department",)


def years(earlier: str, later: str) -> BothYears:
    """A fraction for each year."""
    return Fraction(earlier), Fraction(later)


@dataclass(frozen=True)
class LevelSize:
    """Learners and teachers of all schools that teach a level, in 2022 and 2023."""

    schools: int
    learners: tuple[int, int]
    teachers: tuple[int, int]


# Published: 36,597 children and 150,525 pupils, 2,574 and 6,628 teachers. The split by level is
# invented, near the country's proportions.
LEVEL_SIZES = {
    "preschool": LevelSize(139, (36_112, 36_597), (2_521, 2_574)),
    "primary": LevelSize(127, (71_870, 72_689), (2_704, 2_731)),
    "lower_secondary": LevelSize(101, (52_204, 53_412), (2_365, 2_402)),
    "upper_secondary": LevelSize(32, (22_417, 23_004), (1_409, 1_433)),
    "continuing": LevelSize(2, (1_366, 1_420), (61, 62)),
}
# How well off schools of a level are compared with others (average 100); invented.
LEVEL_STANDING = {
    "preschool": 95,
    "primary": 88,
    "lower_secondary": 104,
    "upper_secondary": 135,
    "continuing": 105,
}


@dataclass(frozen=True)
class OtherStaff:
    """Managers and staff beside teachers; every school has at least `fewest`."""

    asked_of: tuple[str, ...]
    fewest: int
    per_school: BothYears


OTHER_STAFF = (
    OtherStaff(("preschool",), 3, years("1051/139", "1073/139")),
    OtherStaff(GENERAL, 2, years("731/231", "743/231")),
)

# Some schools did not say who of their teachers has a computer: four in 2023, with 119 teachers.
SILENT_SCHOOLS = years("9/370", "4/370")
TEACHERS_OF_SILENT = Fraction(119, 4)
SILENT_REASON = "Trường chưa rà soát xong máy tính của giáo viên tại thời điểm báo cáo."


@dataclass(frozen=True)
class Need:
    """Computers that the curriculum asks of a level, shared out by its learners."""

    element: str
    level: str
    per_school: BothYears


NEEDS = (
    Need("computers_needed_primary", "primary", years("3598/127", "3647/127")),
    Need("computers_needed_lower_secondary", "lower_secondary", years("4770/101", "4825/101")),
    Need("computers_needed_upper_secondary", "upper_secondary", years("3225/34", "3261/34")),
)


@dataclass(frozen=True)
class Part:
    """A count that is part of the count `of`.

    `lean` in percent says how far a better-off school is ahead (0: not at all), `noise` how far,
    in percent, a school differs from others that are as well off.
    """

    element: str
    of: str
    asked_of: tuple[str, ...]
    shares: BothYears
    lean: int = 40
    noise: int = 25


PARTS = (
    Part("teachers_with_computer", "teachers", ALL, years("0.788", "7661/9083"), lean=80),
    Part("teachers_with_internet", "teachers", ALL, years("0.921", "8899/9202"), lean=30),
    Part("pupils_with_computer", "pupils", GENERAL, years("0.364", "64450/150525"), 100, 35),
    Part("pupils_with_internet", "pupils", GENERAL, years("0.433", "72547/150525"), 70, 30),
    Part("pupils_on_platform", "pupils", GENERAL, years("0.579", "99676/150525"), 30, 30),
    Part("pupils_digital_record", "pupils", GENERAL, years("0.912", "145006/150525"), 15, 12),
    Part("staff_digital_record", "staff_records", ALL, years("0.884", "10393/11018"), 15, 15),
    Part("teachers_trained_blended", "teachers", GENERAL, years("0.811", "6628/6628")),
    Part("teachers_trained_elearning", "teachers", GENERAL, years("0.463", "4640/6628")),
    Part("staff_trained_management", "staff_records", GENERAL, years("0.846", "7371/7371")),
    Part("staff_trained_security", "staff_records", GENERAL, years("0.752", "7371/7371")),
    Part("computers_primary", "computers_needed_primary", PRIMARY, years("0.414", "1726/3647"), 60),
    Part(
        "computers_lower_secondary",
        "computers_needed_lower_secondary",
        LOWER,
        years("0.392", "2143/4825"),
        60,
    ),
    Part("computers_upper_secondary", "computers_needed_upper_secondary", UPPER, years("0.403", "1456/3261")),
)


@dataclass(frozen=True)
class YesNo:
    """A question that so many of the schools asked answer with yes."""

    element: str
    asked_of: tuple[str, ...]
    shares: BothYears


YES_NO = (
    YesNo("has_internet_wifi", ALL, years("351/370", "370/370")),
    YesNo("internet_sponsored", ALL, years("236/370", "302/370")),
    YesNo("meets_informatics_needs", GENERAL, years("209/231", "231/231")),
    YesNo("online_exam_registration", UPPER, years("30/34", "34/34")),
    YesNo("online_teaching_plan", GENERAL, years("163/231", "200/231")),
    YesNo("computer_room_testing", GENERAL, years("55/231", "87/231")),
    YesNo("online_tools_training", GENERAL, years("194/231", "231/231")),
    YesNo("data_driven_management", ALL, years("329/370", "370/370")),
    YesNo("facilities_digital_record", ALL, years("318/370", "370/370")),
    YesNo("leader_digital_signature", UNDER_DEPARTMENT, years("31/35", "35/35")),
    YesNo("school_management_software", GENERAL, years("217/231", "231/231")),
    YesNo("e_gradebook", GENERAL, years("149/231", "188/231")),
    YesNo("cashless_fees", GENERAL, years("131/231", "206/231")),
)

# How many of the general schools stand at maturity levels 1, 2 and 3.
MATURITY = {
    EARLIER: {"1": 48, "2": 169, "3": 14},
    LATER: {"1": 6, "2": 191, "3": 34},
}


@dataclass(frozen=True)
class Flow:
    """A count over both years, shared out by the learners of `levels`; `first` falls into 2022.

    It comes in steps of `quantum`, which keeps a percentage exact that was published without its
    counts: 14.7 % of any multiple of 1,000 lessons is a whole number.
    """

    element: str
    asked_of: tuple[str, ...]
    per_school: Fraction
    levels: tuple[str, ...]
    first: Fraction
    quantum: int = 1
    lean: int = 0


@dataclass(frozen=True)
class FlowPart:
    """A part of a flow: `share` of it over both years, `first` of it in 2022."""

    element: str
    of: str
    asked_of: tuple[str, ...]
    share: Fraction
    first: Fraction
    lean: int = 60
    noise: int = 30


_SECONDARY = ("lower_secondary", "upper_secondary", "continuing")
_GENERAL = ("primary", *_SECONDARY)
FLOWS = (
    Flow("tablets_received", ALL, Fraction("13834/370"), _GENERAL, Fraction("0.31"), lean=-70),
    # The numbers of lessons and of answers are invented: only percentages were published.
    Flow("lessons_primary", PRIMARY, Fraction("4700000/127"), PRIMARY, Fraction("0.495"), 1000),
    Flow("lessons_secondary", SECONDARY, Fraction("4100000/123"), _SECONDARY, Fraction("0.493"), 1000),
    Flow("survey_respondents", ALL, Fraction(200), ("preschool", *_GENERAL), Fraction("0.46"), 100),
)
FLOW_PARTS = (
    FlowPart("lessons_online_primary", "lessons_primary", PRIMARY, Fraction("0.147"), Fraction("0.126")),
    FlowPart(
        "lessons_online_secondary", "lessons_secondary", SECONDARY, Fraction("0.418"), Fraction("0.389")
    ),
    FlowPart("survey_satisfied", "survey_respondents", ALL, Fraction("0.95"), Fraction("0.935"), 4, 5),
)

# How many general schools of a hundred use each platform: the list is published, its spread is not.
PLATFORMS = {
    "vna": 5,
    "elearning": 18,
    "smart_test": 9,
    "azota": 38,
    "k12_online": 8,
    "zalo": 88,
    "vnedu_lms": 63,
    "google_meet": 54,
    "ms_teams": 29,
    "zoom": 47,
    "classroom": 22,
    "webex": 3,
}
PLATFORMS_OF_2023_ONLY = frozenset({"vna", "k12_online"})

# Two people at each school with an upper-secondary level and three at each office make the 92.
IT_STAFF_OF_SCHOOL, IT_STAFF_OF_OFFICE = 2, 3
IT_TRAINED_OF_SCHOOLS = years("59/68", "68/68")
IT_TRAINED_OF_OFFICES = years("20/24", "24/24")

OFFICE_DOSSIERS = Fraction(10_328, 8)
OFFICE_DOSSIERS_FIRST = Fraction("0.47")
OFFICE_DOSSIERS_DIGITAL = Fraction(9_089, 10_328)
OFFICE_DOSSIERS_DIGITAL_FIRST = Fraction("0.841")

# There is one department whatever the number of schools. Its flows add up to the published numbers
# over the two years; dossiers resolved online exceed those filed online in both, as published.
DEPARTMENT = {
    "department_dossiers": (2_704, 3_088),
    "department_dossiers_digital": (2_351, 2_862),
    "procedures": (84, 84),
    "procedures_online": (81, 84),
    "procedures_online_full": (19, 27),
    "procedures_online_partial": (62, 57),
    "procedure_dossiers": (331, 418),
    "dossiers_filed_online": (271, 384),
    "dossiers_resolved_online": (321, 411),
    "dossiers_on_time": (321, 411),
    # The number of answers is invented: 93 % and 7 % were published.
    "service_respondents": (280, 320),
    "service_very_satisfied": (256, 302),
    "service_satisfied": (24, 18),
    "records_system_cost": (480, 795),
    "shared_materials": (11_862, 16_404),
}
# The department's software, by function: the published footnote lists 14 products.
SOFTWARE = (
    "school_management",
    "gradebook",
    "admission",
    "records",
    "sector_database",
    "documents",
    "one_gate",
    "staff",
    "accounting",
    "property",
    "examinations",
    "universal_education",
    "accreditation",
    "emulation",
)
SOFTWARE_IN_2022 = 11
