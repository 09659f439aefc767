import pytest

from schools.actions import change_user, create_user, grant_membership, revoke_membership
from schools.models import AuditEvent, Membership, User
from schools.refusals import Refused
from schools.roles import Permission, Role
from tests.schools.province import PASSWORD


def test_an_account_is_created_with_its_memberships_and_both_are_recorded(province):
    user = create_user(
        username="moi",
        password=PASSWORD,
        display_name="Nguyễn Thị Mới",
        memberships=[(province["S1"], Role.CLERK)],
        by=province.person("administrator"),
    )
    assert user.check_password(PASSWORD)
    assert user.scope_unit_ids == {province["S1"].pk}
    created = AuditEvent.objects.get(action="user.create", subject="moi")
    assert created.actor_name == "Người administrator"
    granted = AuditEvent.objects.get(action="membership.grant", subject="moi")
    assert (granted.unit_code, granted.detail) == ("S1", {"role": "clerk"})


def test_no_password_is_written_to_the_trail(province):
    user = create_user(username="moi", password=PASSWORD, by=None)
    change_user(user=user, password="khac-hon-nua", by=None)
    written = " ".join(str(row) for row in AuditEvent.objects.values())
    assert PASSWORD not in written
    assert "khac-hon-nua" not in written
    assert AuditEvent.objects.get(action="user.change").detail == {"password": True}


@pytest.mark.parametrize("name", ["clerk", "CLERK"])
def test_a_name_is_used_once(province, name):
    with pytest.raises(Refused, match="đã được dùng"):
        create_user(username=name, password=PASSWORD, by=None)


def test_a_new_account_with_an_unknown_role_is_not_created_at_all(province):
    with pytest.raises(Refused, match="Không có vai trò"):
        create_user(username="moi", password=PASSWORD, memberships=[(province["S1"], "king")], by=None)
    assert not User.objects.filter(username="moi").exists()


def test_changing_an_account_records_what_changed_and_nothing_else(province):
    user = province.people["clerk"]
    change_user(user=user, display_name="Người clerk", is_active=True, by=None)
    assert not AuditEvent.objects.filter(action="user.change").exists()
    change_user(user=user, is_active=False, by=None)
    assert AuditEvent.objects.get(action="user.change").detail == {"is_active": False}
    assert not province.person("clerk").is_active


def test_a_role_is_taken_back_and_given_again_in_the_same_row(province):
    user = province.people["clerk"]
    assert user.may_somewhere(Permission.ENTER)
    membership = revoke_membership(membership=user.memberships.get(), reason="Chuyển công tác", by=None)
    assert not province.person("clerk").may_somewhere(Permission.ENTER)
    again = grant_membership(user=user, unit=province["S1"], role=Role.CLERK, by=None)
    assert again.pk == membership.pk
    assert user.may_somewhere(Permission.ENTER)
    assert AuditEvent.objects.get(action="membership.revoke").reason == "Chuyển công tác"


def test_what_changes_nothing_is_not_recorded(province):
    user = province.people["clerk"]
    before = AuditEvent.objects.count()
    grant_membership(user=user, unit=province["S1"], role=Role.CLERK, by=None)
    assert Membership.objects.filter(user=user).count() == 1
    membership = user.memberships.get()
    revoke_membership(membership=membership, by=None)
    revoke_membership(membership=membership, by=None)
    assert AuditEvent.objects.count() == before + 1


def test_the_memberships_of_a_request_are_read_once(province, django_assert_num_queries):
    user = province.person("two_schools")
    with django_assert_num_queries(1):
        assert len(user.scope_unit_ids) == 2
        assert user.may_somewhere(Permission.VIEW)
        assert not user.scope(Permission.REVIEW)
