"""The words that may describe a unit in `asked_of`: the whole vocabulary that forms use.

The schools app gives units these words; neither app imports the other, so a test of the whole
house compares both lists. The catalogue is refused when it uses a word that is not here.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEVELS: dict[str, str | Promise] = {
    "preschool": gettext_lazy("có cấp mầm non"),
    "primary": gettext_lazy("có cấp tiểu học"),
    "lower_secondary": gettext_lazy("có cấp trung học cơ sở"),
    "upper_secondary": gettext_lazy("có cấp trung học phổ thông"),
    "continuing": gettext_lazy("có giáo dục thường xuyên"),
}
TRAITS: dict[str, str | Promise] = {
    "department": gettext_lazy("Sở"),
    "district_office": gettext_lazy("phòng giáo dục và đào tạo"),
    "commune": gettext_lazy("xã, phường"),
    "school": gettext_lazy("cơ sở giáo dục"),
    **LEVELS,
    "general_education": gettext_lazy("có giáo dục phổ thông hoặc giáo dục thường xuyên"),
    "managed_by_department": gettext_lazy("trực thuộc Sở"),
    "managed_by_district_office": gettext_lazy("trực thuộc phòng giáo dục và đào tạo"),
    "managed_by_commune": gettext_lazy("trực thuộc xã, phường"),
}


def in_words(asked_of: Collection[str]) -> str:
    """["lower_secondary", "upper_secondary"] -> "có cấp trung học cơ sở hoặc có cấp ..."; "" for all."""
    return _(" hoặc ").join(str(TRAITS.get(trait, trait)) for trait in asked_of)
