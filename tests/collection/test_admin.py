"""The administration shows what was reported, within one's scope, and changes nothing."""

import pytest
from django.test import Client

from collection.models import DataValue
from schools.actions import create_user
from tests.province import enter

PAGES = ["reportingperiod", "submission", "datavalue"]


@pytest.fixture
def staff(province):
    """Signs in a new member of staff with a role on a unit."""

    def sign_in(unit, role):
        person = create_user(
            username=f"staff-{unit}-{role}",
            password=None,
            memberships=[(province.unit(unit), role)],
            is_staff=True,
            by=None,
        )
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def submission(province):
    return enter(province.submission("DN-101"), by=province.person("clerk_101"))


@pytest.mark.parametrize("name", PAGES)
def test_who_reads_history_may_look(staff, submission, name):
    assert staff("DN", "auditor").get(f"/admin/collection/{name}/").status_code == 200
    assert staff("DN", "leader").get(f"/admin/collection/{name}/").status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_nobody_adds_or_deletes(staff, submission, name):
    client = staff("DN", "officer")
    assert client.get(f"/admin/collection/{name}/add/").status_code == 403
    before = DataValue.objects.count()
    pk = DataValue.objects.latest("pk").pk if name == "datavalue" else submission.pk
    client.post(f"/admin/collection/{name}/", {"action": "delete_selected", "_selected_action": [pk]})
    client.post(f"/admin/collection/{name}/{pk}/delete/", {"post": "yes"})
    client.post(f"/admin/collection/{name}/{pk}/change/", {"number": "1", "state": "approved"})
    assert DataValue.objects.count() == before
    submission.refresh_from_db()
    assert submission.state == "draft"


def test_the_administration_ends_at_ones_subtree(staff, province, submission):
    own, other = staff("DN-1", "reviewer"), staff("DN-2", "reviewer")
    path = f"/admin/collection/submission/{submission.pk}/change/"
    assert own.get(path).status_code == 200
    assert other.get(path).status_code == 302  # "does not exist", back to the start
    assert "Trường tiểu học số 1" not in other.get("/admin/collection/submission/").content.decode()
    value = submission.values.first()
    assert other.get(f"/admin/collection/datavalue/{value.pk}/change/").status_code == 302
