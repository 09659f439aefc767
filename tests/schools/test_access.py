import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from schools.access import permissions_at, require, require_somewhere, visible_unit_or_404
from schools.actions import (
    close_unit,
    create_user,
    grant_membership,
    merge_units,
    revoke_membership,
    transfer_unit,
)
from schools.models import Ancestry, OrgUnit
from schools.roles import PERMISSIONS, Permission, Role
from tests.schools.province import FOUNDED, PASSWORD, REFORM, TODAY

EVERYBODY = ["DN", "P1", "P2", "S1", "S2", "S3", "T1"]
SEEN = {
    "clerk": ["S1"],
    "two_schools": ["S1", "S3"],
    "reviewer": ["P1", "S1", "S2"],
    "officer": EVERYBODY,
    "leader": EVERYBODY,
    "auditor": ["P2", "S3"],
    "nobody": [],
}


def seen(province, name, on=None):
    units = OrgUnit.objects.visible_to(province.person(name), on=on)
    return list(units.order_by("code").values_list("code", flat=True))


@pytest.mark.parametrize("name", SEEN)
def test_everybody_sees_the_subtrees_of_their_memberships_and_nothing_else(province, name):
    assert seen(province, name) == SEEN[name]


def test_without_the_guard_everything_would_be_seen(province, monkeypatch):
    """The test above tests the guard: with it off, a clerk sees the province."""
    monkeypatch.setattr(
        "schools.models.units.OrgUnitQuerySet.visible_to", lambda self, user, **options: self.all()
    )
    assert seen(province, "clerk") == EVERYBODY != SEEN["clerk"]


def test_an_ended_unit_stays_with_those_above_it_when_it_ended(province):
    close_unit(unit=province["S1"], effective_on=REFORM, by=None)
    assert "S1" in seen(province, "reviewer", TODAY)
    assert "S1" in seen(province, "officer", TODAY)
    assert seen(province, "clerk", TODAY) == ["S1"]
    assert "S1" not in seen(province, "auditor", TODAY)


def test_who_was_above_an_ended_unit_earlier_sees_it_no_longer(province):
    transfer_unit(unit=province["S1"], to=province["P2"], effective_on=REFORM, by=None)
    close_unit(unit=province["S1"], effective_on=REFORM.replace(year=2026), by=None)
    assert "S1" not in seen(province, "reviewer", TODAY)
    assert "S1" in seen(province, "auditor", TODAY)


def test_a_transferred_school_is_seen_by_its_new_district_alone(province):
    transfer_unit(unit=province["S1"], to=province["P2"], effective_on=REFORM, by=None)
    assert seen(province, "reviewer", TODAY) == ["P1", "S2"]
    assert seen(province, "auditor", TODAY) == ["P2", "S1", "S3"]
    assert seen(province, "reviewer", FOUNDED) == ["P1", "S1", "S2"]


def test_who_belonged_to_an_ended_office_keeps_its_own_reports_only(province):
    merge_units(units=[province["P1"]], into=province["P2"], effective_on=REFORM, by=None)
    assert seen(province, "reviewer", TODAY) == ["P1"]
    assert seen(province, "auditor", TODAY) == ["P2", "S1", "S2", "S3"]


def test_a_revoked_membership_shows_nothing(province):
    revoke_membership(membership=province.people["clerk"].memberships.get(), by=None)
    assert seen(province, "clerk") == []


def test_with_a_permission_only_the_memberships_that_give_it_count(province):
    grant_membership(user=province.people["auditor"], unit=province["S1"], role=Role.CLERK, by=None)
    units = OrgUnit.objects.visible_to(province.person("auditor"), permission=Permission.ENTER)
    assert [unit.code for unit in units] == ["S1"]


def test_being_a_superuser_opens_no_unit(province):
    root = create_user(username="root", password=PASSWORD, is_superuser=True, is_staff=True, by=None)
    assert not OrgUnit.objects.visible_to(root).exists()


@pytest.mark.parametrize(
    ("name", "code"), [("clerk", "S2"), ("reviewer", "S3"), ("clerk", "P1"), ("nobody", "S1")]
)
def test_a_unit_outside_the_subtree_does_not_exist(province, name, code):
    with pytest.raises(Http404):
        visible_unit_or_404(province.person(name), code)


def test_without_its_rows_of_ancestry_a_unit_is_outside(province):
    Ancestry.objects.filter(descendant=province["S1"]).delete()
    with pytest.raises(Http404):
        visible_unit_or_404(province.person("officer"), "S1")


@pytest.mark.parametrize("code", ["", "KHONG-CO", "S1\x00", "s1", "%"])
def test_an_unknown_code_does_not_exist_either(province, code):
    with pytest.raises(Http404):
        visible_unit_or_404(province.person("officer"), code)


def test_a_visible_unit_comes_with_its_kind(province, django_assert_num_queries):
    reviewer = province.person("reviewer")
    unit = visible_unit_or_404(reviewer, "S1")
    with django_assert_num_queries(0):
        assert unit.kind.code == "school"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("code", ["S1", "P1", "DN"])
def test_each_role_gives_its_permissions_at_its_unit_and_below(province, role, code):
    user = create_user(username="new", password=PASSWORD, memberships=[(province[code], role)], by=None)
    below = {"S1": ["S1"], "P1": ["P1", "S1", "S2"], "DN": EVERYBODY}[code]
    for other in EVERYBODY:
        expected = PERMISSIONS[role] if other in below else set()
        assert permissions_at(user, province[other]) == expected, other


def test_permissions_at_an_ended_unit_are_those_of_its_last_day(province):
    unit = close_unit(unit=province["S1"], effective_on=REFORM, by=None)
    assert Permission.REVIEW in permissions_at(province.person("reviewer"), unit, on=TODAY)


def test_a_missing_permission_is_refused_with_a_sentence(province):
    require(province.person("clerk"), province["S1"], Permission.ENTER)
    with pytest.raises(PermissionDenied, match="không có quyền duyệt và trả lại phiếu tại Trường Tiểu học"):
        require(province.person("clerk"), province["S1"], Permission.REVIEW)
    with pytest.raises(PermissionDenied):
        require(province.person("clerk"), province["S2"], Permission.ENTER)


def test_a_page_for_some_role_asks_for_a_membership_that_gives_it(province):
    require_somewhere(province.person("auditor"), Permission.VIEW_HISTORY)
    with pytest.raises(PermissionDenied, match="không có quyền xem nhật ký"):
        require_somewhere(province.person("leader"), Permission.VIEW_HISTORY)
