import pytest
from django.urls import reverse

from schools.models import User
from tests.schools.province import PASSWORD, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_administrator_finds_a_unit_by_a_few_letters_and_gives_a_role(live_server, page):
    """Also that the administration's own scripts live under our content policy: see `new_context`."""
    province = build()
    page.goto(live_server.url + reverse("admin:schools_user_add"))
    page.get_by_label("Tên đăng nhập").fill("administrator")
    page.get_by_label("Mật khẩu").first.fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/user/add/**")

    page.locator("#id_username").fill("moi")
    page.locator("#id_new_password").fill(PASSWORD)
    page.locator("#memberships-0 .select2-selection").click()
    page.locator(".select2-search__field").fill("nguyen viet")
    page.get_by_role("option", name="Trường Tiểu học Nguyễn Viết Xuân").click()
    page.locator("#id_memberships-0-role").select_option("clerk")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/schools/user/")

    assert User.objects.get(username="moi").scope_unit_ids == {province["S1"].pk}
