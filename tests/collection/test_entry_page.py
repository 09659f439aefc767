import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(province):
    def sign_in(name):
        client = Client()
        client.force_login(province.person(name))
        return client

    return sign_in


def test_smoke(province, client_of):
    c = client_of("officer")
    for u in [
        "/submissions/",
        "/submissions/2023/DN-101/TRUONG/",
        "/periods/",
        "/submissions/2023/DN-101/TRUONG/history/",
        "/submissions/2023/DN-101/TRUONG/history/teachers/",
        "/submissions/2023/DN-101/TRUONG/review/",
        "/submissions/2023/DN-101/TRUONG/reopen/",
        "/submissions/2023/DN-101/TRUONG/extension/",
    ]:
        r = c.get(u)
        assert r.status_code == 200, u
