import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse

from schools.actions import close_unit, create_user, grant_membership, record_event
from schools.models import (
    AuditEvent,
    EducationLevel,
    Membership,
    OrgUnit,
    Placement,
    Succession,
    UnitKind,
    User,
)
from schools.roles import Permission, Role
from tests.schools.province import PASSWORD

MODELS = [
    "auditevent",
    "educationlevel",
    "orgunit",
    "placement",
    "schoolprofile",
    "succession",
    "unitkind",
    "user",
]
WRITABLE = {"educationlevel", "orgunit", "unitkind", "user"}
# Who opens which list; those who are no staff open none.
OPENS = {
    "administrator": set(MODELS),
    "officer": set(MODELS) - {"user"},
    "reviewer": {"auditevent", "placement", "succession"},
    "clerk": {"auditevent", "placement", "succession"},
    "leader": set(),
}


def address(model, page="changelist", *arguments):
    return reverse(f"admin:schools_{model}_{page}", args=arguments)


@pytest.fixture
def enter(client, province):
    """`enter(name)`: a client in which that person, made staff, has signed in."""

    def sign_in(name):
        User.objects.filter(username=name).update(is_staff=True)
        client.force_login(province.person(name))
        return client

    return sign_in


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", OPENS)
def test_each_role_opens_its_lists(enter, name, model):
    expected = 200 if model in OPENS[name] else 403
    assert enter(name).get(address(model)).status_code == expected


@pytest.mark.parametrize("model", MODELS)
def test_a_superuser_who_sets_an_installation_up_opens_every_list_and_form(db, client, model):
    client.force_login(
        create_user(username="root", password=PASSWORD, is_staff=True, is_superuser=True, by=None)
    )
    assert client.get(address(model)).status_code == 200
    assert client.get(address(model, "add")).status_code == (200 if model in WRITABLE else 403)


@pytest.mark.parametrize("model", MODELS)
def test_who_is_no_staff_stays_outside(province, client, model):
    client.force_login(province.person("officer"))
    assert client.get(address(model)).status_code == 302


@pytest.mark.parametrize("model", ["auditevent", "placement", "succession"])
def test_what_only_actions_write_is_read_only(enter, province, model):
    close_unit(unit=province["T1"], effective_on=dt.date(2025, 7, 1), by=None)
    visitor = enter("administrator")
    row = apps.get_model("schools", model)._default_manager.first()
    assert row is not None
    assert visitor.get(address(model, "change", row.pk)).status_code == 200
    assert visitor.post(address(model, "change", row.pk), {"name": "x", "document": "x"}).status_code == 403
    assert visitor.get(address(model, "add")).status_code == 403
    assert visitor.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    visitor.post(address(model), chosen)
    row.refresh_from_db()


@pytest.mark.parametrize("model", MODELS)
def test_nobody_deletes_anything_here(enter, model):
    answer = enter("administrator").get(address(model))
    assert "delete_selected" not in answer.content.decode()


def test_the_lists_end_at_the_subtree(enter, province):
    record_event(by=None, action="x.y", subject="Việc của S3", unit_code="S3")
    # The whole subject, not the code alone: two letters may stand by chance in a token of the page.
    assert "Việc của S3" in enter("officer").get(address("auditevent")).content.decode()
    visitor = enter("reviewer")
    assert "Việc của S3" not in visitor.get(address("auditevent")).content.decode()
    other = Placement.objects.get(unit=province["S3"])
    assert visitor.get(address("placement", "change", other.pk)).status_code == 302


def new_unit(**more):
    return {
        "code": "N1",
        "name": "Trường mới",
        "kind": UnitKind.objects.get(code="school").pk,
        "valid_from": "01/09/2024",
        "parent": OrgUnit.objects.get(code="P1").pk,
        "levels": [EducationLevel.objects.get(code="primary").pk],
        "ownership": "public",
        **more,
    }


def test_a_unit_is_added_through_the_action(enter, province):
    answer = enter("officer").post(address("orgunit", "add"), new_unit())
    assert answer.status_code == 302
    unit = OrgUnit.objects.get(code="N1")
    assert unit.placements.get().parent == province["P1"]
    assert [level.code for level in unit.profile.levels.all()] == ["primary"]
    assert AuditEvent.objects.get(action="unit.create", unit_code="N1").actor == province.people["officer"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "S1"}, "đã"),
        ({"code": "Mã sai"}, "không dùng được"),
        ({"valid_from": "01/01/2019"}, "chưa hoạt động"),
        ({"valid_from": "hôm nay"}, "ngày"),
    ],
)
def test_what_the_action_refuses_is_said_on_the_form(enter, province, typed, sentence):
    before = OrgUnit.objects.count(), AuditEvent.objects.count()
    answer = enter("officer").post(address("orgunit", "add"), new_unit(**typed))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert (OrgUnit.objects.count(), AuditEvent.objects.count()) == before


def changed(province, **more):
    return {"name": province["S1"].name, "parent": province["P1"].pk, "document": "QĐ 15", **more}


def test_a_unit_is_renamed_and_moved_from_a_day_on(enter, province):
    typed = changed(province, name="Trường Lê Lợi", parent=province["P2"].pk, effective_on="01/07/2025")
    page = address("orgunit", "change", province["S1"].pk)
    assert enter("officer").post(page, typed).status_code == 302
    unit = province.reread("S1")
    assert unit.name == "Trường Lê Lợi"
    last = unit.placements.order_by("valid_from").last()
    assert (last.parent, last.valid_from) == (province["P2"], dt.date(2025, 7, 1))
    assert set(Succession.objects.values_list("kind", "document")) == {
        ("renaming", "QĐ 15"),
        ("transfer", "QĐ 15"),
    }


def test_a_unit_is_closed(enter, province):
    page = address("orgunit", "change", province["S1"].pk)
    enter("officer").post(page, changed(province, closes="on", effective_on="01/07/2025"))
    assert province.reread("S1").valid_to == dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        ("S1", {"name": "Tên mới"}, "ngày thay đổi có hiệu lực"),
        ("S1", {"name": "Tên mới", "effective_on": "01/07/2190"}, "chưa đến"),
        ("S1", {"parent": "", "effective_on": "01/07/2025"}, "đơn vị cấp trên mới"),
        ("P1", {"closes": "on", "effective_on": "01/07/2025"}, "vẫn còn đơn vị trực thuộc"),
    ],
)
def test_a_change_that_is_refused_is_explained(enter, province, code, typed, sentence):
    parent = province["DN"] if code == "P1" else province["P1"]
    page = address("orgunit", "change", province[code].pk)
    answer = enter("officer").post(
        page, {"name": province[code].name, "parent": parent.pk, "document": "", **typed}
    )
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Succession.objects.exists()


def test_saving_a_unit_as_it_is_changes_nothing(enter, province):
    page = address("orgunit", "change", province["S1"].pk)
    assert enter("officer").post(page, changed(province)).status_code == 302
    assert not Succession.objects.exists()


def test_units_are_searched_without_diacritics(enter):
    page = enter("officer").get(address("orgunit"), {"q": "be van dan"}).content.decode()
    assert "Bế Văn Đàn" in page
    assert "Hoa Sen" not in page


def test_a_profile_is_changed_through_the_action(enter, province):
    profile = province["S1"].profile
    levels = list(
        EducationLevel.objects.filter(code__in=["primary", "lower_secondary"]).values_list("pk", flat=True)
    )
    page = address("schoolprofile", "change", profile.pk)
    enter("officer").post(page, {"levels": levels, "ownership": "private"})
    profile.refresh_from_db()
    assert (profile.ownership, profile.levels.count()) == ("private", 2)
    assert AuditEvent.objects.get(action="unit.profile").actor == province.people["officer"]


def test_the_vocabulary_belongs_to_everybody_and_is_changed_only_at_the_top(enter, province):
    grant_membership(user=province.people["auditor"], unit=province["P2"], role=Role.ADMINISTRATOR, by=None)
    assert enter("auditor").get(address("unitkind")).status_code == 403
    assert enter("administrator").get(address("unitkind")).status_code == 200


def test_a_word_changes_its_name_but_not_its_code(enter):
    kind = UnitKind.objects.get(code="commune")
    page = address("unitkind", "change", kind.pk)
    enter("officer").post(page, {"code": "ward", "name": "Phường, xã", "name_en": "Ward", "position": 3})
    kind.refresh_from_db()
    assert (kind.code, kind.name) == ("commune", "Phường, xã")
    assert AuditEvent.objects.get(action="word.change").subject == "loại đơn vị: commune Phường, xã"


def memberships(*rows, initial=0):
    typed = {"memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": initial}
    for n, row in enumerate(rows):
        typed |= {f"memberships-{n}-{name}": value for name, value in row.items()}
    return typed


def test_an_account_is_opened_with_a_role(enter, province):
    typed = {"username": "moi", "display_name": "Người mới", "new_password": PASSWORD, "is_active": "on"}
    role = {"unit": province["S1"].pk, "role": "clerk", "is_active": "on"}
    answer = enter("administrator").post(address("user", "add"), {**typed, **memberships(role)})
    assert answer.status_code == 302
    user = User.objects.get(username="moi")
    assert user.check_password(PASSWORD)
    assert user.scope_unit_ids == {province["S1"].pk}
    by = AuditEvent.objects.filter(subject="moi").values_list("action", "actor__username")
    assert set(by) == {("user.create", "administrator"), ("membership.grant", "administrator")}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"username": "CLERK"}, "đã được dùng"),
        ({"new_password": "123"}, "10"),
        ({"username": "có dấu cách"}, "errorlist"),
    ],
)
def test_an_account_that_will_not_do_is_not_opened(enter, province, typed, sentence):
    before = User.objects.count()
    fields = {"username": "moi", "new_password": PASSWORD, "is_active": "on", **typed}
    answer = enter("administrator").post(address("user", "add"), {**fields, **memberships()})
    assert sentence in answer.content.decode()
    assert User.objects.count() == before


def account(user, **more):
    own = list(user.memberships.order_by("pk"))
    rows = [
        {"id": one.pk, "user": user.pk, "unit": one.unit_id, "role": one.role, "is_active": "on"}
        for one in own
    ]
    fields = {"display_name": user.display_name, "is_active": "on", **memberships(*rows, initial=len(own))}
    return {**fields, **more}


def test_a_role_is_taken_back_by_its_tick(enter, province):
    user = province.people["clerk"]
    enter("administrator").post(
        address("user", "change", user.pk), account(user, **{"memberships-0-is_active": ""})
    )
    assert not province.person("clerk").may_somewhere(Permission.ENTER)
    assert AuditEvent.objects.filter(
        action="membership.revoke", actor=province.people["administrator"]
    ).exists()


def test_another_role_on_the_same_line_takes_the_former_one_back(enter, province):
    user = province.people["clerk"]
    typed = account(user, **{"memberships-0-role": "reviewer"})
    enter("administrator").post(address("user", "change", user.pk), typed)
    rows = set(Membership.objects.filter(user=user).values_list("role", "is_active"))
    assert rows == {("clerk", False), ("reviewer", True)}


def test_a_new_password_is_set_and_an_empty_one_leaves_the_former(enter, province):
    user = province.people["clerk"]
    page = address("user", "change", user.pk)
    enter("administrator").post(page, account(user))
    assert province.person("clerk").check_password(PASSWORD)
    enter("administrator").post(page, account(user, new_password="mot mat khau khac"))
    assert province.person("clerk").check_password("mot mat khau khac")
    assert AuditEvent.objects.get(action="user.change").detail == {"password": True}


def test_nobody_locks_themselves_out(enter, province):
    user = province.people["administrator"]
    answer = enter("administrator").post(
        address("user", "change", user.pk), account(user, is_active="", is_staff="on")
    )
    assert "khóa tài khoản của chính mình" in answer.content.decode()
    assert province.person("administrator").is_active


@pytest.fixture
def local(province):
    """Somebody who manages the accounts of P1 and below."""
    grant_membership(user=province.people["reviewer"], unit=province["P1"], role=Role.ADMINISTRATOR, by=None)
    return "reviewer"


def test_accounts_with_power_elsewhere_are_out_of_reach(enter, province, local):
    """Who could set the password of the officer would be the officer."""
    root = create_user(username="root", password=PASSWORD, is_superuser=True, by=None)
    visitor = enter(local)
    page = visitor.get(address("user")).content.decode()
    assert "Người clerk" in page
    assert "Người nobody" in page
    out_of_reach = [province.people[name] for name in ("officer", "two_schools", "auditor")]
    for user in [*out_of_reach, root]:
        assert f">{user.username}<" not in page
        answer = visitor.post(
            address("user", "change", user.pk), account(user, new_password="cuop-quyen-1234")
        )
        assert answer.status_code == 302
        assert answer["Location"] == reverse("admin:index")
        assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_a_role_outside_the_subtree_cannot_be_given(enter, province, local):
    user = province.people["clerk"]
    for unit in ("DN", "S3"):
        row = {"user": user.pk, "unit": province[unit].pk, "role": "administrator", "is_active": "on"}
        own = user.memberships.get()
        kept = {"id": own.pk, "user": user.pk, "unit": own.unit_id, "role": own.role, "is_active": "on"}
        typed = account(user, **memberships(kept, row, initial=1))
        answer = enter(local).post(address("user", "change", user.pk), typed)
        assert answer.status_code == 200
        assert user.memberships.count() == 1


def test_the_search_for_a_unit_ends_at_the_subtree(enter, province, local):
    query = {"app_label": "schools", "model_name": "membership", "field_name": "unit"}
    answer = enter(local).get(reverse("admin:autocomplete"), {**query, "term": "truong"})
    found = {row["text"] for row in answer.json()["results"]}
    assert found == {province["S1"].name, province["S2"].name}


def test_powers_of_the_whole_site_are_not_given_by_a_form(enter, province):
    user = province.people["clerk"]
    enter("administrator").post(
        address("user", "change", user.pk), account(user, is_superuser="on", is_demo="on")
    )
    user = province.person("clerk")
    assert (user.is_superuser, user.is_demo) == (False, False)


def test_a_list_of_accounts_takes_the_same_statements_for_few_and_many(
    enter, province, django_assert_max_num_queries
):
    for n in range(20):
        create_user(username=f"u{n}", password=PASSWORD, memberships=[(province["S1"], Role.CLERK)], by=None)
    visitor = enter("administrator")
    with django_assert_max_num_queries(12):
        visitor.get(address("user"))
