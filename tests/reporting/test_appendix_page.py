"""The pages of the published figures."""

from django.test import Client
from django.utils.translation import override

from schools.actions import create_user
from schools.models import OrgUnit
from schools.roles import Role


def test_the_appendix_page_shows_the_nine_rows_and_leads_to_each_figure(
    department: OrgUnit, client: Client
) -> None:
    officer = create_user(
        username="chuyen-vien", password=None, memberships=[(department, Role.OFFICER)], by=None
    )
    client.force_login(officer)
    answer = client.get("/appendix/?period=2022..2023")
    text = answer.content.decode()
    assert [row.number for row, _lines in answer.context["rows"]] == list(range(1, 10))
    assert "Tổng số giáo viên có máy tính: 7.661, đạt tỉ lệ: 84,34%" in text
    assert "/units/DN/indicators/A1.1/?period=2022..2023&amp;basis=official" in text
    assert "(732) lớn hơn số hồ sơ nộp trực tuyến (655)" in text


def test_the_pages_are_vietnamese_inside_for_a_reader_of_english(department: OrgUnit, client: Client) -> None:
    client.force_login(
        create_user(username="reader", password=None, memberships=[(department, Role.LEADER)], by=None)
    )
    for path in ("/appendix/", "/report/"):
        with override("vi"):  # the test client leaves the page's language behind
            answer = client.get(f"{path}?period=2022..2023", headers={"accept-language": "en"})
        text = answer.content.decode()
        assert '<html lang="en">' in text
        assert "7.661" in text
        assert "84,34%" in text
        assert "7,661" not in text
