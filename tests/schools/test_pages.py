import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.actions import (
    NewUnit,
    add_students,
    add_teachers,
    close_unit,
    create_units,
    grant_membership,
    record_event,
    rename_unit,
    transfer_unit,
)
from schools.models import EducationLevel, OrgUnit, Student, Teacher
from schools.refusals import Refused
from schools.roles import Role
from tests.schools.province import FOUNDED, REFORM

PAGES = ["unit_list", "teacher_list", "student_list", "audit_list"]


def learner(province, code, unit, **more):
    primary = EducationLevel.objects.get(code="primary")
    return Student(**{"code": code, "unit": province[unit], "level": primary, **more})


@pytest.fixture
def registers(province):
    add_students(
        records=[
            learner(province, "HS01", "S1", name="Nguyễn Thị Ánh", grade=1, has_computer=True),
            learner(province, "HS02", "S1", name="Trần Văn Đức", grade=2, has_computer=False),
            learner(province, "HS03", "S2", name="Nguyễn Thị Ánh", grade=2),
            learner(province, "HS04", "S3", name="Lê Hoàng", has_computer=True),
        ],
        by=None,
    )
    teacher = Teacher.Position.TEACHER
    add_teachers(
        records=[
            Teacher(
                code="GV01", unit=province["S1"], name="Phạm Thị Hà", position=teacher, has_computer=True
            ),
            Teacher(code="GV02", unit=province["S2"], name="Võ Minh", position=Teacher.Position.MANAGER),
        ],
        by=None,
    )
    return province


@pytest.fixture
def get(client):
    """`get(province, name, view, **conditions)`: the page as somebody sees it."""

    def ask(province, name, view, **conditions):
        client.force_login(province.person(name))
        return client.get(reverse(f"schools:{view}"), conditions)

    return ask


def shown(response):
    """Codes of the first column, in order."""
    return [str(row.get_cell("code")) for row in response.context["table"].paginated_rows]


@pytest.mark.parametrize("view", PAGES)
def test_a_page_asks_for_signing_in(client, db, view):
    address = reverse(f"schools:{view}")
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={address}"


ALLOWED = {
    "clerk": {"unit_list", "teacher_list", "student_list", "audit_list"},
    "reviewer": {"unit_list", "teacher_list", "student_list", "audit_list"},
    "officer": {"unit_list", "teacher_list", "student_list", "audit_list"},
    "leader": {"unit_list"},
    "administrator": {"unit_list", "audit_list"},
    "auditor": {"unit_list", "audit_list"},
    "nobody": {"unit_list"},
}


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize("name", ALLOWED)
def test_each_role_opens_its_pages_and_is_told_why_not_the_others(province, get, name, view):
    response = get(province, name, view)
    assert response.status_code == (200 if view in ALLOWED[name] else 403)
    if response.status_code == 403:
        assert "không có quyền" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "codes"),
    [("clerk", ["S1"]), ("two_schools", ["S1", "S3"]), ("reviewer", ["P1", "S1", "S2"]), ("nobody", [])],
)
def test_the_list_of_units_ends_at_the_subtree(province, get, name, codes):
    assert shown(get(province, name, "unit_list")) == codes


def test_a_unit_shows_its_parent_levels_and_ownership_and_leads_to_its_page(province, get):
    page = get(province, "clerk", "unit_list").content.decode()
    for words in ("Cơ sở giáo dục", "Phòng Giáo dục và Đào tạo Đắk Song", "Tiểu học", "công lập"):
        assert words in page
    assert f'href="{reverse("reporting:unit", args=["S1"])}"' in page


def test_the_list_speaks_english_to_who_reads_english(province, get, client):
    client.cookies["django_language"] = "en"
    page = get(province, "clerk", "unit_list").content.decode()
    assert "Primary" in page
    assert "Tiểu học<" not in page


def test_an_unplaced_root_has_a_dash_for_its_parent(province, get):
    response = get(province, "officer", "unit_list", kind="department")
    [row] = response.context["table"].paginated_rows
    assert (row.get_cell("parent"), row.get_cell("levels"), row.get_cell("ownership")) == ("–", "–", "–")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("nguyen viet", ["S1"]),
        ("NGUYỄN  viết", ["S1"]),
        ("van truong", ["S2", "T1"]),
        ("s3", ["S3"]),
        ("đắk", ["DN", "P1"]),
        ("%", []),
        ("_", []),
        ("xyz", []),
        ("'; DROP TABLE", []),
    ],
)
def test_units_are_found_with_and_without_diacritics_in_any_order_of_words(province, get, text, codes):
    assert shown(get(province, "officer", "unit_list", q=text)) == codes


def test_a_search_finds_nothing_outside_the_subtree(province, get):
    assert shown(get(province, "clerk", "unit_list", q="Hoa Sen")) == []


def test_a_renamed_school_is_found_by_its_former_name(province, get):
    rename_unit(unit=province["S1"], name="Trường Lê Lợi", effective_on=REFORM, by=None)
    assert shown(get(province, "officer", "unit_list", q="nguyen viet xuan")) == ["S1"]
    assert shown(get(province, "officer", "unit_list", q="le loi")) == ["S1"]


@pytest.mark.parametrize(
    ("conditions", "codes"),
    [
        ({"kind": "district_office"}, ["P1", "P2"]),
        ({"level": "primary"}, ["S1", "S2"]),
        ({"ownership": "private"}, ["S3"]),
        ({"state": "ended"}, ["T1"]),
        ({"state": "all", "kind": "school"}, ["S1", "S2", "S3", "T1"]),
        ({"kind": "school"}, ["S1", "S2", "S3"]),
        ({"kind": "planet"}, ["DN", "P1", "P2", "S1", "S2", "S3"]),
        ({"sort": "-code", "kind": "school"}, ["S3", "S2", "S1"]),
    ],
)
def test_units_are_filtered(province, get, conditions, codes):
    close_unit(unit=province["T1"], effective_on=REFORM, by=None)
    assert shown(get(province, "officer", "unit_list", **conditions)) == codes


def test_an_ended_unit_says_when_and_under_whom_it_last_stood(province, get):
    transfer_unit(unit=province["S1"], to=province["P2"], effective_on=REFORM.replace(year=2024), by=None)
    close_unit(unit=province["S1"], effective_on=REFORM, by=None)
    [row] = get(province, "officer", "unit_list", state="ended").context["table"].paginated_rows
    assert row.get_cell("parent") == province["P2"].name
    assert "kết thúc 01/07/2025" in row.get_cell("state")


def test_learners_are_those_of_the_subtree(registers, get):
    assert shown(get(registers, "clerk", "student_list")) == ["HS01", "HS02"]
    assert shown(get(registers, "reviewer", "student_list")) == ["HS01", "HS02", "HS03"]
    assert shown(get(registers, "officer", "student_list")) == ["HS01", "HS02", "HS03", "HS04"]
    assert shown(get(registers, "other_clerk", "teacher_list")) == []


def test_a_role_that_may_not_read_registers_adds_nothing_to_one_that_may(registers, get):
    """Clerk of S1, auditor above S3: the register of S3 stays closed."""
    grant_membership(user=registers.people["auditor"], unit=registers["S1"], role=Role.CLERK, by=None)
    assert shown(get(registers, "auditor", "student_list")) == ["HS01", "HS02"]


def test_names_are_shown_in_the_school_itself_and_nowhere_above(registers, get):
    own = get(registers, "clerk", "student_list").content.decode()
    assert "Trần Văn Đức" in own
    for name in ("reviewer", "officer"):
        page = get(registers, name, "student_list").content.decode()
        assert "Nguyễn Thị Ánh" not in page
        assert "Họ tên</th>" not in page


def test_of_two_subtrees_only_ones_own_school_has_names(registers, get):
    """Clerk of S1 who also reviews its district: HS03 of S2 has the same name as HS01."""
    grant_membership(user=registers.people["clerk"], unit=registers["P1"], role=Role.REVIEWER, by=None)
    response = get(registers, "clerk", "student_list")
    names = {str(row.get_cell("code")): row.get_cell("shown_name") for row in response.context["table"].rows}
    assert names == {"HS01": "Nguyễn Thị Ánh", "HS02": "Trần Văn Đức", "HS03": "–"}


def test_a_search_by_name_tells_nothing_about_other_schools(registers, get):
    grant_membership(user=registers.people["clerk"], unit=registers["P1"], role=Role.REVIEWER, by=None)
    assert shown(get(registers, "clerk", "student_list", q="anh nguyen")) == ["HS01"]
    assert shown(get(registers, "officer", "student_list", q="anh nguyen")) == []
    assert shown(get(registers, "officer", "student_list", q="hs0")) == ["HS01", "HS02", "HS03", "HS04"]


def test_without_the_guard_on_names_the_search_would_tell(registers, get, monkeypatch):
    """The test above tests the guard: with the stored name in its place, a stranger finds people."""
    from django.db.models import F

    monkeypatch.setattr("schools.models.registers.Case", lambda *cases, **options: F("name"))
    monkeypatch.setattr(
        "schools.filters.RegisterFilter.filter_words",
        lambda own, rows, name, value: rows.matching(value, own=OrgUnit.objects.values("pk")),
    )
    assert shown(get(registers, "officer", "student_list", q="anh nguyen")) == ["HS01", "HS03"]


def test_a_record_in_a_strangers_hands_carries_no_name(registers):
    for record in Student.objects.visible_to(registers.person("officer")):
        assert vars(record)["shown_name"] == ""
        assert record.get_deferred_fields() == {"name"}


@pytest.mark.parametrize(
    ("conditions", "codes"),
    [
        ({"unit": "S1"}, ["HS01", "HS02"]),
        ({"unit": "hoa sen"}, ["HS04"]),
        ({"unit": "đắk song"}, []),
        ({"level": "preschool"}, []),
        ({"grade": "2"}, ["HS02", "HS03"]),
        ({"grade": "hai"}, ["HS01", "HS02", "HS03", "HS04"]),
        ({"has_computer": "yes"}, ["HS01", "HS04"]),
        ({"has_computer": "no"}, ["HS02"]),
        ({"has_computer": "unknown"}, ["HS03"]),
        ({"has_computer": "yes", "unit": "S3"}, ["HS04"]),
        ({"has_computer": "maybe"}, ["HS01", "HS02", "HS03", "HS04"]),
        ({"sort": "-unit"}, ["HS04", "HS03", "HS02", "HS01"]),
    ],
)
def test_learners_are_filtered(registers, get, conditions, codes):
    assert shown(get(registers, "officer", "student_list", **conditions)) == codes


def test_staff_are_filtered_by_position_and_flags(registers, get):
    assert shown(get(registers, "officer", "teacher_list", position="manager")) == ["GV02"]
    assert shown(get(registers, "officer", "teacher_list", has_computer="yes")) == ["GV01"]
    page = get(registers, "officer", "teacher_list", has_computer="yes").content.decode()
    assert '<details class="more" open>' in page
    assert "giáo viên" in page


def test_a_filter_by_unit_finds_nothing_outside_the_subtree(registers, get):
    assert shown(get(registers, "clerk", "student_list", unit="S3")) == []


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize(
    "conditions",
    [
        {"q": "\x00"},
        {"q": "ệ" * 3000},
        {"unit": "a\x00b"},
        {"kind": "\x00", "level": "\x00"},
        {"grade": "9" * 40},
        {"since": "2023-02-31", "until": "x"},
        {"page": "9" * 30},
        {"page": "-1"},
        {"sort": "x"},
    ],
    ids=lambda conditions: " ".join(conditions),
)
def test_no_condition_breaks_a_page(registers, get, view, conditions):
    assert get(registers, "officer", view, **conditions).status_code == 200


def statements(client, view):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(f"schools:{view}")).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("view", PAGES)
def test_a_page_counts_once_and_its_statements_do_not_grow(registers, client, view):
    client.force_login(registers.person("officer"))
    before = statements(client, view)
    assert len([sql for sql in before if "COUNT(" in sql]) == 1
    rows = [NewUnit(f"K{n}", f"Trường {n}", "school", FOUNDED, "P1", ["primary"]) for n in range(30)]
    schools = create_units(rows=rows, by=None)
    primary = EducationLevel.objects.get(code="primary")
    add_students(
        records=[Student(code=f"X{n}", unit=one, level=primary) for n, one in enumerate(schools)], by=None
    )
    add_teachers(
        records=[Teacher(code=f"Y{n}", unit=one, position="staff") for n, one in enumerate(schools)], by=None
    )
    after = statements(client, view)
    assert len(after) == len(before) <= 11, after


def test_a_page_holds_fifty_rows_and_no_row_is_repeated_on_the_next(province, get):
    primary = EducationLevel.objects.get(code="primary")
    people = [
        Student(code=f"HS{n:03}", unit=province["S1" if n % 2 else "S2"], level=primary) for n in range(120)
    ]
    add_students(records=people, by=None)
    pages = [shown(get(province, "officer", "student_list", page=n)) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({code for page in pages for code in page}) == 120


def test_pages_say_that_registers_of_illustrative_units_are_made_up(province, get):
    assert "không phải người thật" not in get(province, "officer", "student_list").content.decode()
    create_units(rows=[NewUnit("M1", "Trường mẫu", "school", FOUNDED, "P1", is_illustrative=True)], by=None)
    assert "không phải người thật" in get(province, "officer", "student_list").content.decode()
    assert "Đơn vị minh họa" in get(province, "officer", "unit_list").content.decode()


def actions(response):
    return [(row.get_cell("action"), row.get_cell("unit_code")) for row in response.context["table"].rows]


def test_the_trail_shows_the_latest_first_within_the_subtree(province, get):
    rename_unit(unit=province["S1"], name="Trường Lê Lợi", effective_on=REFORM, document="QĐ 15", by=None)
    response = get(province, "clerk", "audit_list")
    assert actions(response)[0] == ("Đổi tên đơn vị", "S1")
    assert {unit for _action, unit in actions(response)} == {"S1"}
    page = response.content.decode()
    assert "tên cũ: Trường Tiểu học Nguyễn Viết Xuân" in page
    assert "văn bản: QĐ 15" in page
    assert "có hiệu lực từ: 01/07/2025" in page


def test_the_trail_is_filtered_by_unit_period_action_and_day(province, get):
    record_event(by=None, action="x.y", subject="Phiếu", unit_code="S1", period_code="2023", reason="Sai số")
    record_event(by=None, action="x.y", subject="Phiếu", unit_code="S2", period_code="2022")
    officer = {"unit": "s1", "period": "2023"}
    page = get(province, "officer", "audit_list", **officer)
    assert actions(page) == [("x.y", "S1")]
    assert "Sai số" in page.content.decode()
    assert actions(get(province, "officer", "audit_list", period="2022")) == [("x.y", "S2")]
    assert actions(get(province, "officer", "audit_list", unit="bế văn đàn", action="unit.create")) == [
        ("Thêm đơn vị", "S2")
    ]
    assert actions(get(province, "officer", "audit_list", q="be van dan", action="unit.create")) == [
        ("Thêm đơn vị", "S2")
    ]
    assert actions(get(province, "officer", "audit_list", q="them be van dan")) == [("Thêm đơn vị", "S2")]
    assert actions(get(province, "clerk", "audit_list", q="be van dan")) == []
    assert actions(get(province, "officer", "audit_list", until="2020-01-01")) == []
    assert actions(get(province, "clerk", "audit_list", unit="S2")) == []


def test_what_somebody_typed_is_never_markup(province, get):
    record_event(by=None, action="x.y", subject="<b>x</b>", unit_code="S1", reason="<script>1</script>")
    page = get(province, "clerk", "audit_list").content.decode()
    assert "<script>1" not in page
    assert "&lt;script&gt;1" in page


def test_a_ministry_code_stands_in_a_register_once(registers):
    for records in (
        [learner(registers, "HS01", "S2")],
        [learner(registers, "HS09", "S2"), learner(registers, "HS09", "S2")],
    ):
        with pytest.raises(Refused, match=f"{records[0].code} đã có trong sổ"):
            add_students(records=records, by=None)
    assert Student.objects.count() == 4


def test_entering_a_register_leaves_one_line_a_school(registers, get):
    page = get(registers, "reviewer", "audit_list", action="register.students")
    assert actions(page) == [("Ghi sổ người học", "S2"), ("Ghi sổ người học", "S1")]
    assert re.search("số dòng thêm: 2", page.content.decode())


def test_units_of_ended_offices_keep_their_registers_in_reach(registers, get):
    close_unit(unit=registers["S1"], effective_on=REFORM, by=None)
    assert "HS01" in shown(get(registers, "reviewer", "student_list"))
    assert OrgUnit.objects.get(code="S1").valid_to == REFORM
