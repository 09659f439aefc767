"""Signing in and what concerns one's account, as people meet it in the browser."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core import mail
from playwright.sync_api import expect

from schools.models import User
from tests.province import PASSWORD, build_province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def province():
    return build_province()


def test_a_wrong_password_says_what_to_check_and_keeps_the_name(page, sign_in):
    sign_in(page, "officer", password="not-the-password")

    expect(page.get_by_text("Tên đăng nhập hoặc mật khẩu không đúng.")).to_be_visible()
    expect(page.get_by_text("Caps Lock và bộ gõ tiếng Việt")).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("officer")


def test_signing_in_leads_to_where_one_was_going(page, live_server):
    page.goto(f"{live_server.url}/indicators/")
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url(f"{live_server.url}/indicators/")
    expect(page.locator(".user .name")).to_have_text("officer")


def test_signing_out_ends_the_session(page, live_server, sign_in):
    sign_in(page, "officer")
    page.goto(f"{live_server.url}/indicators/")
    page.locator(".user > summary").click()
    page.get_by_role("button", name="Đăng xuất").click()

    expect(page.get_by_text("Bạn đã đăng xuất.")).to_be_visible()
    page.goto(f"{live_server.url}/indicators/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_the_department_and_the_demo_accounts_are_named(page, live_server):
    User.objects.filter(username="officer").update(is_demo=True)
    page.goto(f"{live_server.url}/accounts/login/")

    expect(page.locator(".department")).to_have_text("Sở Giáo dục và Đào tạo")
    expect(page.locator(".demo")).to_contain_text("officer")
    expect(page.locator(".demo")).to_contain_text("Chuyên viên Sở")
    expect(page.locator(".demo")).not_to_contain_text("reviewer_1")


def test_closed_demo_accounts_are_not_listed(page, live_server, settings):
    User.objects.filter(username="officer").update(is_demo=True)
    settings.DEMO_ACCOUNTS_OPEN = False
    page.goto(f"{live_server.url}/accounts/login/")

    expect(page.locator(".demo")).to_have_count(0)


def test_no_letter_is_promised_without_a_mail_server(page, live_server):
    page.goto(f"{live_server.url}/accounts/login/")
    expect(page.get_by_text("Quên mật khẩu? Hãy liên hệ người quản trị")).to_be_visible()

    page.goto(f"{live_server.url}/accounts/password/reset/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quên mật khẩu")
    expect(page.locator(".entrance-form input:visible")).to_have_count(0)


def test_a_lost_password_is_set_anew_by_letter(page, live_server, settings):
    settings.PASSWORD_RESET_BY_EMAIL = True
    officer = User.objects.get(username="officer")
    officer.email = "officer@example.org"
    officer.save()
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)

    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("link", name="Quên mật khẩu?").click()
    page.get_by_label("Thư điện tử").fill(officer.email)
    page.get_by_role("button", name="Gửi đường dẫn").click()
    expect(page.get_by_text("Chúng tôi đã gửi thư cho bạn.")).to_be_visible()

    letter = mail.outbox[0]
    assert "đặt lại mật khẩu" in letter.body
    link = re.search(r"http\S+", str(letter.body))
    assert link is not None
    page.goto(link.group())
    page.get_by_label("Mật khẩu mới", exact=True).fill("mot-mat-khau-khac")
    page.get_by_label("Mật khẩu mới (gõ lại)").fill("mot-mat-khau-khac")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("status")).to_contain_text("Mật khẩu đã được đổi.")
    officer.refresh_from_db()
    assert officer.check_password("mot-mat-khau-khac")


def test_changing_the_password_explains_what_is_wrong(page, live_server, sign_in):
    sign_in(page, "officer")
    page.goto(f"{live_server.url}/accounts/password/change/")
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=True).fill("123")
    page.get_by_label("Mật khẩu mới (gõ lại)").fill("123")
    page.get_by_role("button", name="Đổi mật khẩu").click()

    expect(page.get_by_text("Mật khẩu quá ngắn: cần ít nhất 10 ký tự.")).to_be_visible()
    field = page.get_by_label("Mật khẩu mới", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    described = (field.get_attribute("aria-describedby") or "").split()
    assert described
    for identifier in described:
        expect(page.locator(f"#{identifier}")).to_be_visible()


def test_the_second_factor_is_turned_on_used_and_turned_off(page, live_server, sign_in, axe):
    def code(secret: str) -> str:
        return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"

    def faultless() -> None:
        page.evaluate("document.fonts.ready")
        assert axe(page) == []

    sign_in(page, "officer")
    page.goto(f"{live_server.url}/accounts/2fa/")
    page.get_by_role("link", name="Bật ứng dụng xác thực").click()
    if "reauthenticate" in page.url:
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Xác nhận").click()
    secret = page.locator("code").inner_text()
    faultless()
    page.get_by_label("Mã xác thực").fill(code(secret))
    page.get_by_role("button", name="Bật").click()
    expect(page.get_by_role("status")).to_contain_text("Đã bật ứng dụng xác thực.")
    expect(page.locator(".codes li")).to_have_count(10)
    recovery = page.locator(".codes code").first.inner_text()
    faultless()

    page.context.clear_cookies()
    sign_in(page, "officer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực hai bước")
    faultless()
    page.get_by_label("Mã").fill("000000")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_text("Mã không đúng.")).to_be_visible()
    page.get_by_label("Mã").fill(recovery)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_load_state()

    page.goto(f"{live_server.url}/accounts/2fa/")
    expect(page.get_by_text("còn 9/10 mã")).to_be_visible()
    faultless()
    page.get_by_role("link", name="Tắt ứng dụng xác thực").click()
    if "reauthenticate" in page.url:
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Xác nhận").click()
    faultless()
    page.get_by_role("button", name="Tắt").click()
    expect(page.get_by_text("Chưa bật")).to_be_visible()
