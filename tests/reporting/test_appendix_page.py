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
    address = "/units/DN/indicators/A1.1/?period=2022..2023"
    link = f'<a class="why" href="{address}">7.661, đạt tỉ lệ: 84,34%</a>'
    assert f"Tổng số giáo viên có máy tính: {link}" in text
    assert "(732) lớn hơn số hồ sơ nộp trực tuyến (655)" in text


def test_in_the_report_the_figures_of_text_table_and_appendix_lead_to_their_explanation(
    department: OrgUnit, client: Client
) -> None:
    client.force_login(
        create_user(username="leader", password=None, memberships=[(department, Role.LEADER)], by=None)
    )
    text = client.get("/report/?period=2022..2023").content.decode()
    address = "/units/DN/indicators/A1.1/?period=2022..2023"
    link = f'<a class="why" href="{address}">'
    assert f'{link}<data class="figure" value="84.34">84,34%</data></a>' in text
    assert f'<td class="centred">{link}84,34%</a></td>' in text
    assert f"- Tổng số giáo viên có máy tính: {link}7.661, đạt tỉ lệ: 84,34%</a></p>" in text


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
