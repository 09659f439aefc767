from schools.actions import NewUnit, create_units, transfer_unit
from schools.models import OrgUnit
from schools.traits import traits_of
from tests.schools.province import REFORM, TODAY, YEAR_END


def words(province, code, on=YEAR_END):
    return traits_of([province[code]], on=on)[province[code].pk]


def test_a_school_is_described_by_kind_levels_and_who_manages_it(province):
    assert words(province, "S2") == [
        "general_education",
        "lower_secondary",
        "managed_by_district_office",
        "primary",
        "school",
    ]
    assert words(province, "T1") == [
        "general_education",
        "managed_by_department",
        "school",
        "upper_secondary",
    ]


def test_a_preschool_is_not_general_education(province):
    assert words(province, "S3") == ["managed_by_district_office", "preschool", "school"]


def test_the_root_has_its_kind_alone(province):
    assert words(province, "DN") == ["department"]


def test_who_manages_a_school_depends_on_the_day(province):
    commune = NewUnit("X1", "UBND xã Đắk Hòa", "commune", REFORM, "DN")
    create_units(rows=[commune], by=None)
    transfer_unit(unit=province["S1"], to=province.reread("X1"), effective_on=REFORM, by=None)
    assert "managed_by_district_office" in words(province, "S1", YEAR_END)
    assert "managed_by_commune" in words(province, "S1", TODAY)


def test_every_unit_is_in_the_answer_with_the_same_three_queries(province, django_assert_num_queries):
    units = list(OrgUnit.objects.all())
    with django_assert_num_queries(3):
        found = traits_of(units, on=YEAR_END)
    assert set(found) == {unit.pk for unit in units}
    with django_assert_num_queries(3):
        traits_of(units[:1], on=YEAR_END)


def test_a_list_too_long_for_one_statement_is_sifted(province, monkeypatch):
    expected = traits_of([province["S1"]], on=YEAR_END)
    monkeypatch.setattr("schools.hierarchy.IDS_AT_MOST", 0)
    assert traits_of([province["S1"]], on=YEAR_END) == expected
