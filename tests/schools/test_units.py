import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from dxreport.lib.folding import fold
from schools.actions import NewUnit, Profile, create_units, set_profiles
from schools.models import AuditEvent, EducationLevel, OrgUnit, SchoolProfile, UnitKind
from schools.refusals import Refused
from tests.schools.province import FOUNDED, load_words


def assert_refused(sentence, *rows):
    before = OrgUnit.objects.count(), AuditEvent.objects.count()
    with pytest.raises(Refused, match=sentence):
        create_units(rows=rows, by=None)
    assert (OrgUnit.objects.count(), AuditEvent.objects.count()) == before


def new(code="N1", name="Trường mới", kind="school", valid_from=FOUNDED, parent="P1", **more):
    return NewUnit(code, name, kind, valid_from, parent, **more)


def test_units_are_created_in_any_order_and_returned_in_that_order(province):
    created = create_units(rows=[new("N2", parent="N1"), new("N1", levels=["primary"])], by=None)
    assert [unit.code for unit in created] == ["N2", "N1"]
    assert created[0].placements.get().parent == created[1]
    assert [level.code for level in created[1].profile.levels.all()] == ["primary"]
    assert not SchoolProfile.objects.filter(unit=created[0]).exists()


def test_every_new_unit_has_its_line_in_the_trail(province):
    officer = province.person("officer")
    create_units(rows=[new("N1"), new("N2")], by=officer)
    events = AuditEvent.objects.filter(action="unit.create", actor=officer)
    assert {event.unit_code for event in events} == {"N1", "N2"}
    assert events[0].detail == {"kind": "school", "parent": "P1", "valid_from": "2020-01-01"}


def test_creating_nothing_is_fine(province):
    assert create_units(rows=[], by=None) == []


def statements(rows):
    with CaptureQueriesContext(connection) as captured:
        create_units(rows=rows, by=None)
    return len(captured)


def test_statements_do_not_grow_with_units(province):
    one = statements([new("A1", levels=["primary"])])
    assert statements([new(f"B{n}", levels=["primary", "lower_secondary"]) for n in range(60)]) == one


@pytest.mark.parametrize("code", ["", "N 1", "N/1", "Đ1", "N" * 21, "-N", "N1\n", "N\x001"])
def test_a_code_must_fit_an_address(province, code):
    assert_refused("Mã đơn vị", new(code))


def test_a_code_is_used_once(province):
    assert_refused("S1 đã được dùng", new("S1"))
    assert_refused("N1 đã được dùng", new("N1"), new("N1"))


def test_what_a_unit_names_must_exist(province):
    assert_refused("Không có loại đơn vị “ward”", new(kind="ward"))
    assert_refused("Không có đơn vị cấp trên mang mã “P9”", new(parent="P9"))
    assert_refused("Không có cấp học “university”", new(levels=["university"]))
    assert_refused("Không có loại hình “mixed”", new(levels=["primary"], ownership="mixed"))
    assert_refused("chưa có tên", new(name=" "))


def test_a_unit_cannot_be_older_than_its_parent(province):
    assert_refused("chưa hoạt động", new(valid_from=FOUNDED.replace(year=2019)))


def test_units_cannot_stand_in_a_circle(province):
    assert_refused("không thể trực thuộc chính nó", new("N1", parent="N2"), new("N2", parent="N1"))
    assert_refused("không thể trực thuộc chính nó", new("N1", parent="N1"))


def test_a_profile_replaces_the_former_one(province):
    set_profiles(profiles=[Profile(province["S1"], ["primary", "lower_secondary"], "private")], by=None)
    profile = SchoolProfile.objects.get(unit=province["S1"])
    assert [level.code for level in profile.levels.all()] == ["primary", "lower_secondary"]
    assert profile.ownership == "private"
    assert AuditEvent.objects.get(action="unit.profile").detail == {
        "before": {"levels": ["primary"], "ownership": "public"},
        "after": {"levels": ["lower_secondary", "primary"], "ownership": "private"},
    }


def test_setting_one_profile_leaves_the_others(province):
    set_profiles(profiles=[Profile(province["S1"], [])], by=None)
    assert not province.reread("S1").profile.levels.exists()
    assert province["S2"].profile.levels.count() == 2


def test_the_words_that_come_with_the_application_load_twice(db):
    load_words()
    load_words()
    assert list(UnitKind.objects.values_list("code", flat=True)) == [
        "department",
        "district_office",
        "commune",
        "school",
    ]
    assert list(EducationLevel.objects.filter(is_general=False).values_list("code", flat=True)) == [
        "preschool"
    ]


def test_words_are_found_and_written_by_code(db, capsys):
    load_words()
    assert str(UnitKind.objects.get_by_natural_key("school")) == "Cơ sở giáo dục"
    call_command("dumpdata", "schools.educationlevel", use_natural_primary_keys=True)
    assert '"pk"' not in capsys.readouterr().out


def test_a_unit_that_others_name_cannot_be_deleted(province):
    with pytest.raises(ProtectedError):
        province["S1"].delete()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Trường THPT  Đắk Song", "truong thpt dak song"),
        ("Trươ\u0300ng", "truong"),  # marks typed apart
        ("ƯƠNG Ơn", "uong on"),
        (" Số\u00a01\n", "so 1"),
        ("a\x00b", "ab"),
        ("", ""),
    ],
)
def test_text_is_folded_for_search(text, folded):
    assert fold(text) == folded
