"""An empty system says what it lacks, whose step comes next, and leads there whoever may take it."""

import pytest

from dxreport.guide.first_steps import first_steps
from schools.models import User
from tests.province import build_province, build_units_and_people
from tests.small_catalogue import create_small_catalogue

pytestmark = pytest.mark.django_db
TITLE = "Hệ thống chưa sẵn sàng thu thập"
PERIOD = "Tạo và mở kỳ báo cáo đầu tiên"


@pytest.fixture
def chief():
    """Whoever has just installed it."""
    return User.objects.create_superuser("chief", password="x")


def page_of(client, person: User | str, path: str = "/") -> str:
    client.force_login(User.objects.get(username=person) if isinstance(person, str) else person)
    return client.get(path).content.decode()


def standing(user: User) -> list[str]:
    return ["done" if step.is_done else "next" if step.is_next else "" for step in first_steps(user)]


def test_a_new_system_lacks_everything_and_says_what_comes_first(client, chief):
    page = page_of(client, chief)

    assert standing(chief) == ["next", "", "", ""]
    assert TITLE in page
    assert "load_catalogue" in page
    assert 'href="/admin/schools/orgunit/add/"' in page


def test_every_step_taken_makes_the_following_the_next(chief):
    create_small_catalogue()
    assert standing(chief) == ["done", "next", "", ""]
    build_units_and_people()
    assert standing(chief) == ["done", "done", "done", "next"]


def test_a_system_with_a_period_lacks_nothing(client, chief):
    build_province()

    assert first_steps(chief) == []
    assert TITLE not in page_of(client, "clerk_101", "/submissions/?q=zzzz")


PAGES = ["/", "/appendix/", "/report/", "/submissions/"]


@pytest.mark.parametrize(
    ("person", "path"),
    [
        *(
            ("officer", path)
            for path in [*PAGES, "/submissions/matrix/", "/completeness/", "/units/DN/charts/"]
        ),
        *(("clerk_101", path) for path in PAGES),
        *(("leader", path) for path in ["/", "/appendix/", "/completeness/"]),
    ],
)
def test_before_the_first_period_each_page_says_whose_step_is_next(client, person, path):
    create_small_catalogue()
    build_units_and_people()
    page = page_of(client, person, path)

    assert PERIOD in page
    assert "việc của chuyên viên Sở" in page
    assert (f'<a href="/periods/">{PERIOD}' in page) is (person == "officer")
