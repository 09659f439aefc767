"""The words that may describe a unit in `asked_of`: the whole vocabulary that forms use.

The schools app gives units these words; neither app imports the other, so a test of the whole
house compares both lists. The catalogue is refused when it uses a word that is not here.
"""

UNIT_KINDS = frozenset({"department", "district_office", "commune", "school"})
LEVELS = frozenset({"preschool", "primary", "lower_secondary", "upper_secondary", "continuing"})
GENERAL_EDUCATION = "general_education"  # teaches any level but preschool
MANAGED_BY = frozenset({"managed_by_department", "managed_by_district_office", "managed_by_commune"})

TRAITS = UNIT_KINDS | LEVELS | {GENERAL_EDUCATION} | MANAGED_BY
