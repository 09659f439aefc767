"""Which page opens for whom: 404 for what one may not know, 403 for what one may not do."""

import pytest
from django.test import Client

from tests.collection.conftest import address
from tests.province import approved, submitted

EVERYBODY = {
    "officer", "officer_2", "leader", "administrator", "auditor", "clerk_dn", "reviewer_1", "clerk_1",
    "reviewer_2", "clerk_101", "clerk_101b", "clerk_102", "clerk_201", "clerk_301",
}  # fmt: skip
SEE = EVERYBODY - {"reviewer_2", "clerk_102", "clerk_201", "clerk_301"}
READ_HISTORY = SEE - {"leader"}
OFFICERS = {"officer", "officer_2"}
# page of DN-101's submission -> who gets it; others who see the school get 403, the rest 404
PAGES = {
    "": SEE,
    "review/": {"reviewer_1"} | OFFICERS,
    "reopen/": OFFICERS,
    "extension/": OFFICERS,
    "history/": READ_HISTORY,
    "history/teachers/": READ_HISTORY,
}


@pytest.mark.parametrize("leaf", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_page_opens_for_whom_it_is_meant(province, client_of, leaf, method):
    submission = province.submission("DN-101")
    if leaf == "review/":
        submitted(submission, by=province.person("clerk_101"))
    if leaf == "reopen/":
        approved(submission, by=province.person("clerk_101"), reviewer=province.person("reviewer_1"))
    for name in EVERYBODY:
        expected = {200, 409, 422} if name in PAGES[leaf] else {403} if name in SEE else {404}
        if method == "post" and leaf == "":
            # A post without cells saves nothing and leads back to the page.
            expected = (
                {302}
                if name not in {"leader", "administrator", "auditor"} and name in SEE
                else ({403} if name in SEE else {404})
            )
        response = getattr(client_of(name), method)(address(submission, leaf))
        assert response.status_code in expected, (name, response.status_code)


def test_a_refusal_is_a_sentence(province, client_of):
    response = client_of("clerk_101").get(address(province.submission("DN-101"), "reopen/"))
    assert response.status_code == 403
    assert "Bạn không được mở lại phiếu" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/submissions/2023/DN-101/PHONG/",
        "/submissions/2023/NOWHERE/TRUONG/",
        "/submissions/1999/DN-101/TRUONG/",
        "/submissions/2022..2023/DN-101/TRUONG/",
        "/submissions/2023/DN-101/TRUONG/history/stranger/",
        "/submissions/2023/DN-101/TRUONG/history/dossiers/",
        "/submissions/2023/DN-101%00/TRUONG/",
        "/submissions/2023/DN-101/TRUONG%00/",
        "/submissions/2023/%F0%9F%98%80/TRUONG/",
    ],
)
def test_what_does_not_exist_is_404(client_of, path):
    assert client_of("officer").get(path).status_code == 404


@pytest.mark.parametrize("path", ["/submissions/", "/periods/", "/submissions/2023/DN-101/TRUONG/review/"])
def test_a_stranger_is_asked_to_sign_in(province, path):
    response = Client().get(path)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={path}")


def test_only_the_top_opens_the_page_of_periods(client_of):
    for name in EVERYBODY:
        expected = 200 if name in OFFICERS else 403
        assert client_of(name).get("/periods/").status_code == expected, name


def test_a_membership_that_was_taken_back_opens_nothing(province, client_of):
    from schools.actions import revoke_membership

    revoke_membership(membership=province.person("clerk_101").memberships.get(), by=None)
    assert client_of("clerk_101").get(address(province.submission("DN-101"))).status_code == 404
