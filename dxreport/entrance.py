"""What the sign-in page says: whose product it is, demo accounts, help with a lost password.

The context costs nothing on other pages: what needs the database is lazy.
"""

from typing import Any

from allauth.account.forms import LoginForm
from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import gettext as _

from reporting.demo.accounts import PASSWORD
from schools.models import Membership, Placement, User
from schools.models.units import in_force


class SignInForm(LoginForm):
    """django-allauth's sign-in form; a letter for a lost password is offered only if it can be sent."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].widget.attrs.update(autofocus=True, autocapitalize="none", spellcheck="false")
        if settings.PASSWORD_RESET_BY_EMAIL:
            self.fields["password"].help_text = format_html(
                '<a href="{}">{}</a>', reverse("account_reset_password"), _("Quên mật khẩu?")
            )


def department() -> str:
    """The name of the unit at the top today, or the kind of unit it will be before any exists."""
    root = Placement.objects.filter(in_force(timezone.localdate()), parent=None).order_by("unit__code")
    return root.values_list("name", flat=True).first() or _("Sở Giáo dục và Đào tạo")


def demo_accounts() -> list[User]:
    """Accounts to try the product with, memberships included; none outside a developer's machine."""
    if not settings.DEMO_ACCOUNTS_OPEN:
        return []
    current = Membership.objects.filter(is_active=True).select_related("unit")
    people = User.objects.filter(is_demo=True, is_active=True).order_by("pk")
    rows = people.prefetch_related(Prefetch("memberships", queryset=current))
    return [person for person in rows if person.has_usable_password()]


def context(request: HttpRequest) -> dict[str, object]:
    """Template context processor: department, demo accounts with their password, help by e-mail."""
    return {
        "department": SimpleLazyObject(department),
        "demo_accounts": SimpleLazyObject(demo_accounts),
        "demo_password": PASSWORD if settings.DEMO_ACCOUNTS_OPEN else "",
        "password_reset_by_email": settings.PASSWORD_RESET_BY_EMAIL,
    }
