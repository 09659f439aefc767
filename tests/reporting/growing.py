"""A province made larger, to see that a page costs the same."""

from __future__ import annotations

from decimal import Decimal

from indicators.models import Indicator, Target
from schools.actions import NewUnit, create_units
from tests.province import SINCE, Province


def grow(province: Province) -> None:
    """Three districts of four schools more, twenty indicators with targets, one for the unit alone."""
    offices = [NewUnit(f"DN-7{n}", f"Phòng {n}", "district_office", SINCE, parent="DN") for n in range(3)]
    schools = [
        NewUnit(f"{office.code}-{n}", f"Trường {n}", "school", SINCE, parent=office.code, levels=["primary"])
        for office in offices
        for n in range(4)
    ]
    create_units(rows=[*offices, *schools], by=None)
    sample = Indicator.objects.get(code="T1")
    for number in range(20):
        sample.pk, sample.code, sample.position = None, f"M{number}", 50 + number
        sample.save()
        Target.objects.create(indicator=sample, year=2025, value=Decimal(50), document="Văn bản thử")
    Target.objects.create(
        indicator=sample,
        year=2025,
        scope="unit",
        scope_code="DN",
        value=Decimal(60),
        document="Kế hoạch tỉnh",
    )
