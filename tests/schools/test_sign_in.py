import pytest
from django.core.cache import cache
from django.urls import reverse

from schools.actions import change_user, create_user
from schools.models import User
from tests.schools.province import PASSWORD

SIGN_IN = "/accounts/login/"


@pytest.fixture(autouse=True)
def no_attempts_so_far():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def demo(db):
    return create_user(username="truong", password=PASSWORD, is_demo=True, is_staff=True, by=None)


@pytest.fixture
def person(db):
    return create_user(username="an", password=PASSWORD, by=None)


def sign_in(client, username, password=PASSWORD):
    return client.post(SIGN_IN, {"login": username, "password": password})


def is_inside(client):
    return "_auth_user_id" in client.session and client.get(reverse("schools:unit_list")).status_code == 200


def faults(answer):
    return [str(fault) for fault in answer.context["form"].non_field_errors()]


def test_a_person_signs_in_and_out(client, person):
    assert sign_in(client, "an").status_code == 302
    assert is_inside(client)
    client.post(reverse("account_logout"))
    assert not is_inside(client)


def test_a_demo_account_signs_in_where_demo_accounts_are_open(client, demo, settings):
    settings.DEMO_ACCOUNTS_OPEN = True
    assert sign_in(client, "truong").status_code == 302
    assert is_inside(client)


def test_a_demo_account_is_refused_in_production_like_a_wrong_password(client, demo, settings):
    settings.DEMO_ACCOUNTS_OPEN = False
    refused = sign_in(client, "truong")
    assert refused.status_code == 200
    assert not is_inside(client)
    assert "_auth_user_id" not in client.session
    assert faults(refused) == faults(sign_in(client, "truong", "sai-mat-khau"))


def test_a_demo_session_ends_when_demo_accounts_close(client, demo, settings):
    settings.DEMO_ACCOUNTS_OPEN = True
    sign_in(client, "truong")
    settings.DEMO_ACCOUNTS_OPEN = False
    answer = client.get(reverse("schools:unit_list"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(SIGN_IN)


def test_the_other_doors_are_closed_to_a_demo_account_too(client, demo, settings):
    settings.DEMO_ACCOUNTS_OPEN = False
    client.force_login(demo)
    assert client.get(reverse("admin:index")).status_code == 302
    assert client.get(reverse("account_change_password")).status_code == 302
    assert client.get(reverse("mfa_index")).status_code == 302


def test_without_the_guard_a_demo_account_would_sign_in(client, demo, settings, monkeypatch):
    """The tests above test the guard: with it off, production lets the printed password in."""
    settings.DEMO_ACCOUNTS_OPEN = False
    monkeypatch.setattr("schools.authentication.is_closed_demo", lambda user: False)
    sign_in(client, "truong")
    assert is_inside(client)


@pytest.mark.parametrize(("username", "password"), [("an", "sai-mat-khau"), ("khong-co", PASSWORD)])
def test_a_failed_sign_in_does_not_say_what_was_wrong(client, person, username, password):
    answer = sign_in(client, username, password)
    assert faults(answer) == faults(sign_in(client, "an", "sai"))
    assert len(faults(answer)) == 1
    assert not is_inside(client)


def test_a_closed_account_does_not_sign_in_and_its_session_ends(client, person):
    sign_in(client, "an")
    change_user(user=person, is_active=False, by=None)
    assert not is_inside(client)
    sign_in(client, "an")
    assert not is_inside(client)


def test_a_new_password_ends_the_sessions_under_the_former_one(client, person):
    sign_in(client, "an")
    change_user(user=person, password="mot mat khau khac", by=None)
    assert not is_inside(client)


def test_after_five_failures_even_the_right_password_waits(client, person):
    for _attempt in range(5):
        sign_in(client, "an", "sai-mat-khau")
    answer = sign_in(client, "an")
    assert answer.status_code == 200
    assert not is_inside(client)
    assert (
        "quá nhiều lần" in " ".join(faults(answer)).lower() or "too many" in " ".join(faults(answer)).lower()
    )


def test_after_four_failures_the_right_password_is_enough(client, person):
    for _attempt in range(4):
        sign_in(client, "an", "sai-mat-khau")
    sign_in(client, "an")
    assert is_inside(client)


def test_the_administration_has_no_door_of_its_own(client, demo):
    """Django's own form has no limit of attempts and no second factor."""
    answer = client.post(reverse("admin:login"), {"username": "truong", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"].startswith(SIGN_IN)
    assert "_auth_user_id" not in client.session


def test_nobody_opens_an_account_for_themselves(client, db):
    typed = {"username": "ke-la", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), typed)
    assert not User.objects.filter(username="ke-la").exists()


@pytest.mark.parametrize("username", ["an\x00", "a" * 10_000, "", "' OR 1=1 --"])
def test_what_is_no_name_is_refused_quietly(client, person, username):
    assert sign_in(client, username).status_code == 200
    assert not is_inside(client)
