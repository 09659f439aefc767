"""People at a browser: `sign_in(page, "officer")`."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.province import PASSWORD

SignIn = Callable[[Page, str], None]


@pytest.fixture
def sign_in(live_server) -> SignIn:
    """Sign a person of the small province in, as they do it: through the form."""

    def enter(page: Page, person: str, password: str = PASSWORD) -> None:
        page.goto(f"{live_server.url}/accounts/login/")
        page.get_by_label("Tên đăng nhập").fill(person)
        page.get_by_label("Mật khẩu").fill(password)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_load_state()

    return enter
